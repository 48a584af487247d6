// What the stepper makes of a typed number: whether it is right, and which slip a wrong one shows.
import { pad, productsAt, sum } from "./arithmetic.js";
import { flipped } from "./kernel_presets.js";

// The number in a text, with any minus sign and a comma or a point, or as a fraction such as −1/9;
// NaN if there is none.
export function readNumber(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(/,/g, ".");
  const [, top, bottom = "1"] =
    plain.match(/^([+-]? ?(?:\d+\.?\d*|\.\d+))(?: ?\/ ?([1-9]\d*))?$/) ?? [];
  return top === undefined ? NaN : Number(top.replace(" ", "")) / Number(bottom);
}

// Whether a typed number is this value: whole numbers exactly, others to two decimals.
export function agrees(typed, value) {
  const near = Math.abs(value - Math.round(value)) < 1e-9;
  return Math.abs(typed - value) < (near ? 1e-6 : 0.005 + 1e-6);
}

const STEPS_ASIDE = [[-1, 0], [1, 0], [0, -1], [0, 1]];
const mirrored = (w) => w.map((row) => [...row].reverse());
const transposed = (w) => w[0].map((_, v) => w.map((row) => row[v]));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// The numbers that each slip gives at output (i, j): { slip: [numbers] }.
export function slipsAt({ picture, kernel: w, stride, padding }, i, j) {
  const padded = pad(picture, padding);
  const [top, left] = [i * stride, j * stride];
  const fits = (kernel, row, column) =>
    row >= 0 &&
    column >= 0 &&
    row + kernel.length <= padded.length &&
    column + kernel[0].length <= padded[0].length;
  const total = (kernel, row = top, column = left) =>
    sum(productsAt(padded, kernel, 1, row, column));
  const at = (...places) =>
    places.filter(([r, c]) => fits(w, r, c)).map(([r, c]) => total(w, r, c));

  const products = productsAt(padded, w, stride, i, j).flat();
  const right = total(w);
  const unsigned = products.reduce((all, product) => all + Math.abs(product), 0);
  const ones = w.map((row) => row.map(() => 1));
  const [window, weights] = [total(ones), sum(w)];
  // Two slips that can't be told apart here count as one.
  const turnsSign = same(flipped(w), w.map((row) => row.map((weight) => 0 - weight)));
  return {
    flipped: [flipped(w), mirrored(w), mirrored(flipped(w))].map((kernel) => total(kernel)),
    transposed: fits(transposed(w), top, left) ? [total(transposed(w))] : [],
    minus: [
      unsigned,
      ...products.filter((product) => product < 0).map((product) => right - 2 * product),
    ],
    sign: turnsSign ? [] : [-right],
    "left out": products.filter((product) => product !== 0).map((product) => right - product),
    shifted: at(...STEPS_ASIDE.map(([r, c]) => [top + r, left + c])),
    swapped: at([j * stride, i * stride]),
    "no stride": stride > 1 ? at([i, j]) : [],
    "no padding": padding > 0 ? at([top + padding, left + padding]) : [],
    unweighted: window === unsigned ? [] : [window],
    weights: [weights],
    added: weights === 0 ? [] : [window + weights],
    mean: [right / products.length],
  };
}

// The one slip that gives the typed number, or undefined if none does or several do.
export function slipBehind(typed, state, i, j) {
  const found = Object.entries(slipsAt(state, i, j))
    .filter(([, numbers]) => numbers.some((number) => agrees(typed, number)))
    .map(([slip]) => slip);
  return found.length === 1 ? found[0] : undefined;
}
