// A trained network, layer by layer, and how each of its outputs is computed. The layers are those
// of page_layers.py; volumes are those of volumes.js, and vectors are maps of one pixel.
import { sum } from "./arithmetic.js";
import { avgPool2d, conv2d, createVolume, gelu, maxPool2d, relu } from "./volumes.js";

// The layers with their own weights: `w` and `b` are views of the one array of all weights.
export function openNetwork(layers, weights) {
  let from = 0;
  const take = (count) => weights.subarray(from, (from += count));
  return layers.map((layer) => {
    const { kind, filters, channels, height = 1, width = 1 } = layer;
    if (kind === "scale") return { ...layer, w: take(channels), b: take(channels) };
    if (kind !== "conv" && kind !== "dense") return layer;
    const w = { filters, height, width, data: take(filters * channels * height * width) };
    return { ...layer, w, b: take(filters) };
  });
}

// out[c, i, j] = (picture[i, j, c] / 255 − mean[c]) / std[c]
export function normalisePicture({ shape: [height, width], data }, mean, std) {
  const out = createVolume(3, height, width);
  for (let k = 0; k < height * width; k++) {
    for (let c = 0; c < 3; c++) {
      out.data[c * height * width + k] = (data[3 * k + c] / 255 - mean[c]) / std[c];
    }
  }
  return out;
}

// The outputs of all layers.
export function runNetwork(layers, x) {
  return layers.map((layer) => (x = runLayer(layer, x)));
}

function runLayer(layer, x) {
  switch (layer.kind) {
    case "conv":
      return conv2d(x, layer.w, layer.b, layer.stride, layer.padding);
    case "dense":
      return dense(x, layer.w, layer.b);
    case "scale":
      return scaleMaps(x, layer.w, layer.b);
    case "relu":
      return relu(x);
    case "gelu":
      return gelu(x);
    case "tanh":
      return { ...x, data: x.data.map(Math.tanh) };
    case "sigmoid":
      return { ...x, data: x.data.map((value) => 1 / (1 + Math.exp(-value))) };
    case "times":
      return { ...x, data: x.data.map((value) => layer.factor * value) };
    case "max":
      return maxPool2d(x, layer.size, layer.stride);
    case "average":
      return avgPool2d(x, layer.size, layer.stride);
    case "mean":
      return meanOfMaps(x);
    case "peak":
      return peakOfMaps(x);
    case "flatten":
      return createVolume(x.data.length, 1, 1, x.data);
  }
}

// out[f] = b[f] + Σ_k w[f, k] · x[k]
function dense(x, w, b) {
  const out = createVolume(w.filters, 1, 1);
  const count = x.data.length;
  for (let f = 0; f < w.filters; f++) {
    let total = b[f];
    for (let k = 0; k < count; k++) total += w.data[f * count + k] * x.data[k];
    out.data[f] = total;
  }
  return out;
}

function scaleMaps(x, scale, shift) {
  const size = x.height * x.width;
  return {
    ...x,
    data: x.data.map((value, k) => scale[(k / size) | 0] * value + shift[(k / size) | 0]),
  };
}

function meanOfMaps(x) {
  const size = x.height * x.width;
  const out = createVolume(x.channels, 1, 1);
  x.data.forEach((value, k) => (out.data[(k / size) | 0] += value / size));
  return out;
}

function peakOfMaps(x) {
  const size = x.height * x.width;
  const out = createVolume(x.channels, 1, 1);
  for (let c = 0; c < x.channels; c++) {
    out.data[c] = Math.max(...x.data.subarray(c * size, (c + 1) * size));
  }
  return out;
}

// p[k] = exp(logits[k]) / Σ exp(logits), computed without overflow.
export function softmax(logits) {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (value) => Math.exp(value - largest));
  const total = sum(powers);
  return powers.map((power) => power / total);
}

// What goes into output (map, i, j) of a layer: its `bias` and its `groups`, one for each input map
// it looks at, { map, x, w, products, sum }, with matrices as lists of rows.
export function explainOutput(layer, x, [map, i, j]) {
  const [size, stride, padding] = [layer.size ?? layer.height, layer.stride, layer.padding ?? 0];
  if (layer.kind === "conv") {
    const { height, width, data } = layer.w;
    const groups = Array.from({ length: x.channels }, (_, c) => {
      const pixels = cut(x, c, i * stride - padding, j * stride - padding, height, width);
      const from = (map * x.channels + c) * height * width;
      return productsOf(c, pixels, rowsOf(data.subarray(from, from + height * width), width));
    });
    return { bias: layer.b[map], groups };
  }
  if (layer.kind === "dense") {
    const weights = layer.w.data.subarray(map * x.data.length, (map + 1) * x.data.length);
    const groups = Array.from(weights, (weight, k) => productsOf(k, [[x.data[k]]], [[weight]]));
    return { bias: layer.b[map], groups };
  }
  if (layer.kind === "scale") {
    const pixels = cut(x, map, i, j, 1, 1);
    return { bias: layer.b[map], groups: [productsOf(map, pixels, [[layer.w[map]]])] };
  }
  if (layer.kind === "max" || layer.kind === "average") {
    return { groups: [{ map, x: cut(x, map, i * stride, j * stride, size, size) }] };
  }
  if (layer.kind === "mean" || layer.kind === "peak") {
    return { groups: [{ map, x: cut(x, map, 0, 0, x.height, x.width) }] };
  }
  if (layer.kind === "times") {
    return { groups: [productsOf(map, cut(x, map, i, j, 1, 1), [[layer.factor]])] };
  }
  if (layer.kind === "flatten") {
    const pixels = x.height * x.width;
    const at = [Math.floor((map % pixels) / x.width), map % x.width];
    return { groups: [{ map: Math.floor(map / pixels), x: [[x.data[map]]], at }] };
  }
  return { groups: [{ map, x: cut(x, map, i, j, 1, 1) }] }; // an activation
}

// The number of the group that adds most to the output.
export function strongest(groups) {
  return groups.reduce(
    (best, group, k) => (Math.abs(group.sum) > Math.abs(groups[best].sum) ? k : best),
    0,
  );
}

function productsOf(map, x, w) {
  const products = x.map((row, u) => row.map((value, v) => value * w[u][v]));
  return { map, x, w, products, sum: sum(products) };
}

// A window of one map as a matrix, with zeros outside the map.
function cut(x, c, top, left, height, width) {
  return Array.from({ length: height }, (_, u) =>
    Array.from({ length: width }, (_, v) => {
      const [row, column] = [top + u, left + v];
      const inside = row >= 0 && row < x.height && column >= 0 && column < x.width;
      return inside ? x.data[(c * x.height + row) * x.width + column] : 0;
    }),
  );
}

function rowsOf(data, width) {
  return Array.from({ length: data.length / width }, (_, u) => [
    ...data.subarray(u * width, (u + 1) * width),
  ]);
}

// The place of the window of output (i, j) in the layer's input: [top, left, height, width].
export function windowOf({ kind, stride, padding = 0, size, height, width }, [i, j], x) {
  if (kind === "conv") return [i * stride - padding, j * stride - padding, height, width];
  if (kind === "max" || kind === "average") return [i * stride, j * stride, size, size];
  if (kind === "mean" || kind === "peak") return [0, 0, x.height, x.width];
  return [i, j, 1, 1];
}
