// How each panel of BackpropStepper is drawn.
import { largestSize, pad } from "./arithmetic.js";
import { format, short, tint } from "./shared.js";
import { writeProducts } from "./stepper_panels.js";

// A grid of signed numbers in its empty rings of padding.
export function drawSigned(grid, matrix, padding, limit) {
  const padded = pad(matrix, padding);
  grid.resize(padded.length, padded[0].length);
  padded.forEach((values, row) =>
    values.forEach((value, column) => {
      const [r, c] = [row - padding, column - padding];
      const outside = matrix[r]?.[c] === undefined;
      const spoken = outside ? "padding" : `row ${r}, column ${c}: ${format(value)}`;
      const kind = outside ? "outside" : "signed";
      tint(grid.write(row, column, outside ? "" : short(value), spoken, kind), value, limit);
    }),
  );
  grid.fit();
}

// factor × every number of a matrix, written out.
export function drawScaled(list, matrix, factor, limit) {
  writeProducts(
    list,
    matrix.flat().map((value) => [factor, value]),
    limit,
  );
}

// The window of a padded matrix at output (i, j).
export function windowAt(padded, { kernel, stride }, [i, j]) {
  return kernel.map((row, u) => row.map((_, v) => padded[i * stride + u][j * stride + v]));
}

// The largest product of a number of one matrix and one of another: one range for all steps.
export function productLimit(a, b) {
  return largestSize(a) * largestSize(b);
}
