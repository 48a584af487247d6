// The forward pass of a small network, layer by layer; tests hold it to `cnnedu.nn`.
import { decodeArray } from "./arrays.js";
import { avgPool2d, conv2d, createVolume, maxPool2d, relu } from "./volumes.js";

const each = (change) => (x) => ({ ...x, data: x.data.map(change) });

// For each kind of layer a function that makes a function of a volume from its description.
const KINDS = {
  Conv2d({ w, b, stride, padding }) {
    const [filters, , height, width] = w.shape;
    const kernels = { filters, height, width, data: decodeArray(w).data };
    const biases = decodeArray(b).data;
    return (x) => conv2d(x, kernels, biases, stride, padding);
  },
  // Every number is a channel of one pixel, every row of weights a filter of 1×1.
  Linear({ w, b }) {
    const weights = { filters: w.shape[0], height: 1, width: 1, data: decodeArray(w).data };
    const biases = decodeArray(b).data;
    return (x) => conv2d(x, weights, biases);
  },
  Flatten: () => (x) => createVolume(x.data.length, 1, 1, x.data),
  MaxPool2d: ({ size, stride }) => (x) => maxPool2d(x, size, stride),
  AvgPool2d: ({ size, stride }) => (x) => avgPool2d(x, size, stride),
  ReLU: () => relu,
  Tanh: () => each(Math.tanh),
  Sigmoid: () => each((value) => 1 / (1 + Math.exp(-value))),
  Dropout: () => (x) => x, // it acts in training only
};

// The network as a function from an 8×8 picture with ink from 0 to 16 to its scores.
export function createNetwork(layers) {
  const steps = layers.map((layer) => KINDS[layer.kind](layer));
  return (picture) => {
    const ink = Float64Array.from(picture.flat(), (value) => value / 16);
    const start = createVolume(1, picture.length, picture[0].length, ink);
    return [...steps.reduce((x, step) => step(x), start).data];
  };
}

export function probabilities(scores) {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power);
  return powers.map((power) => power / total);
}
