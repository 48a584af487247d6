// How well a kernel's map fits a target, and which way each weight should move. Maps are volumes of
// one channel; weights are a list of rows. Tests hold all of it to `KernelSearch` in Python.
import { conv2d, createVolume } from "./volumes.js";

const NUDGE = 0.01; // how far a weight is tried up and down

// x = (picture − mean) / standard deviation
export function standardise({ shape, data }) {
  const mean = data.reduce((total, value) => total + value, 0) / data.length;
  const variance = data.reduce((total, value) => total + (value - mean) ** 2, 0) / data.length;
  const spread = Math.sqrt(variance);
  return createVolume(1, ...shape, Float64Array.from(data, (value) => (value - mean) / spread));
}

export function mapOf(x, weights) {
  const w = { filters: 1, height: weights.length, width: weights[0].length, data: weights.flat() };
  return conv2d(x, w);
}

// E = mean((x ⋆ weights − target)²)
export function meanSquare(x, target, weights) {
  const { data } = mapOf(x, weights);
  let total = 0;
  for (let k = 0; k < data.length; k++) total += (data[k] - target.data[k]) ** 2;
  return total / data.length;
}

export function withWeight(weights, u, v, value) {
  return weights.map((row, i) => row.map((old, j) => (i === u && j === v ? value : old)));
}

// slope[u, v] = (E(weights[u, v] + NUDGE) − E(weights[u, v] − NUDGE)) / (2 · NUDGE)
export function slopesOf(x, target, weights) {
  return weights.map((row, u) =>
    row.map((weight, v) => {
      const [more, less] = [NUDGE, -NUDGE].map((by) =>
        meanSquare(x, target, withWeight(weights, u, v, weight + by)),
      );
      return (more - less) / (2 * NUDGE);
    }),
  );
}

// weights − rate · slopes
export function downhill(weights, slopes, rate) {
  return weights.map((row, u) => row.map((weight, v) => weight - rate * slopes[u][v]));
}
