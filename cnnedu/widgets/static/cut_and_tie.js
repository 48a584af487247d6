// The matrix of a dense layer with one output for each 3×3 window, cut and tied. Tests hold it to
// DenseToConvolution's own arithmetic in NumPy.

// Whether each weight is kept, the matrix, and how many different weights it has.
// `own` has shape [outputs, pixels]; `width` is that of the picture.
export function cutAndTie({ shape: [outputs, pixels], data: own }, width, reach, tied) {
  const places = new Int16Array(outputs * pixels); // a number for each place around the middle
  const kept = new Uint8Array(outputs * pixels);
  const [sums, counts] = [new Float64Array(1024), new Float64Array(1024)];
  for (let k = 0, at = 0; k < outputs; k++) {
    const middle = [1 + Math.floor(k / (width - 2)), 1 + (k % (width - 2))];
    for (let p = 0; p < pixels; p++, at++) {
      const [down, right] = [Math.floor(p / width) - middle[0], (p % width) - middle[1]];
      places[at] = 32 * (down + 16) + right + 16;
      kept[at] = Math.max(Math.abs(down), Math.abs(right)) <= reach;
      sums[places[at]] += own[at];
      counts[places[at]] += 1;
    }
  }
  const weight = (at) => (tied ? sums[places[at]] / counts[places[at]] : own[at]);
  const matrix = Float64Array.from(kept, (is, at) => (is ? weight(at) : 0));
  const multiplications = kept.reduce((total, is) => total + is, 0);
  const parameters = tied ? new Set(places.filter((_, at) => kept[at])).size : multiplications;
  return { matrix, kept, multiplications, parameters };
}

// out[k] = Σ_p M[k, p] · x[p]
export function timesPicture(matrix, x) {
  return Array.from({ length: matrix.length / x.length }, (_, k) =>
    x.reduce((total, pixel, p) => total + matrix[k * x.length + p] * pixel, 0),
  );
}
