// A small network forward and backward, in lists of rows; a test holds it to the NumPy kernels.
import { correlate2d, correlate2dBackward, sum } from "./arithmetic.js";

// The (row, column) of the largest number of each 2×2 window, the first among equals.
export function winnersOf(map) {
  return Array.from({ length: map.length >> 1 }, (_, i) =>
    Array.from({ length: map[0].length >> 1 }, (_, j) => {
      const places = [0, 1, 2, 3].map((k) => [2 * i + (k >> 1), 2 * j + (k & 1)]);
      const size = ([r, c]) => map[r][c];
      return places.reduce((best, place) => (size(place) > size(best) ? place : best));
    }),
  );
}

export function sharesOf(scores) {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = sum([powers]);
  return powers.map((power) => power / total);
}

// Every value, and the gradient of the loss by it under the same name with a "d" before it:
// matrices by name. `flat` is one row; the biases and scores are one column.
export function runGraph({ x, w1, b1, w2, b2, y }) {
  const each = (map, change) => map.map((row, i) => row.map((value, j) => change(value, i, j)));
  const conv = each(correlate2d(x, w1, 1, 0), (value) => value + b1[0][0]);
  const relu = each(conv, (value) => Math.max(value, 0));
  const winners = winnersOf(relu);
  const pool = winners.map((row) => row.map(([r, c]) => relu[r][c]));
  const flat = [pool.flat()];
  const scores = w2.map((row, k) => [sum([row.map((w, d) => w * flat[0][d])]) + b2[k][0]]);
  const shares = sharesOf(scores.flat());
  const loss = [[-Math.log(shares[y])]];

  const dscores = shares.map((share, k) => [share - (k === y ? 1 : 0)]);
  const dflat = [flat[0].map((_, d) => sum([dscores.map(([grad], k) => grad * w2[k][d])]))];
  const dw2 = dscores.map(([grad]) => flat[0].map((value) => grad * value));
  const dpool = each(pool, (_, i, j) => dflat[0][i * pool[0].length + j]);
  const drelu = each(relu, () => 0);
  winners.forEach((row, i) => row.forEach(([r, c], j) => (drelu[r][c] = dpool[i][j])));
  const dconv = each(drelu, (grad, i, j) => (conv[i][j] > 0 ? grad : 0));
  const { dx, dw } = correlate2dBackward(dconv, x, w1, 1, 0);
  const forward = { x, w1, b1, conv, relu, pool, flat, w2, b2, scores, loss };
  const backward = { dscores, dflat, dw2, db2: dscores, dpool, drelu, dconv, dx, dw1: dw };
  return { ...forward, ...backward, db1: [[sum(dconv)]], dloss: [[1]] };
}
