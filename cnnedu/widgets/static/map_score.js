// A sketch of a feature map, in levels from −2 to 2, compared with the map.
import { largestSize } from "./arithmetic.js";

const TINY = 1e-9; // what a sum of fractions may be off, as a share of the largest output
const CYCLE = [0, 1, 2, -1, -2];

// The level that a click puts in the place of `level`.
export function nextLevel(level) {
  return CYCLE[(CYCLE.indexOf(level) + 1) % CYCLE.length];
}

// How well a sketch meets the map: `right` says of each place whether its sign is, `signs` counts
// them, `blank` counts the zeros, which an empty sketch has right; `miss` is the [row, column]
// where level · limit / 2 is furthest from the map, null if every level is the nearest one.
export function scoreOf(sketch, output) {
  const limit = largestSize(output);
  const sign = (value) => (Math.abs(value) <= TINY * limit ? 0 : Math.sign(value));
  const right = output.map((row, i) =>
    row.map((value, j) => sign(value) === Math.sign(sketch[i][j])),
  );
  const blank = output.flat().filter((value) => sign(value) === 0).length;
  let [miss, furthest] = [null, (0.25 + TINY) * limit];
  output.forEach((row, i) =>
    row.forEach((value, j) => {
      const distance = Math.abs((sketch[i][j] * limit) / 2 - value);
      if (distance > furthest * (1 + TINY)) [miss, furthest] = [[i, j], distance];
    }),
  );
  const all = right.flat();
  return { right, signs: all.filter(Boolean).length, count: all.length, blank, miss };
}
