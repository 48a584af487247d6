// The mathematics of the widgets; tests hold each function to the NumPy kernel of its name.

// The number of places for a window along a side: ⌊(length + 2·padding − size) / stride⌋ + 1.
export function outputSize(length, size, stride, padding) {
  return Math.floor((length + 2 * padding - size) / stride) + 1;
}

// Rings of zeros around a matrix (a list of rows).
export function pad(x, padding) {
  const ring = Array(padding).fill(0);
  const rows = () => Array.from(ring, () => Array(x[0].length + 2 * padding).fill(0));
  return [...rows(), ...x.map((row) => [...ring, ...row, ...ring]), ...rows()];
}

// The products window × kernel at output (i, j), a matrix of the kernel's shape.
export function productsAt(padded, w, stride, i, j) {
  return w.map((row, u) => row.map((weight, v) => padded[i * stride + u][j * stride + v] * weight));
}

export function sum(matrix) {
  return matrix.flat().reduce((total, value) => total + value, 0);
}

// out[i, j] = Σ_u Σ_v x[i·stride + u, j·stride + v] · w[u, v]
export function correlate2d(x, w, stride, padding) {
  const padded = pad(x, padding);
  const rows = outputSize(x.length, w.length, stride, padding);
  const columns = outputSize(x[0].length, w[0].length, stride, padding);
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => sum(productsAt(padded, w, stride, i, j))),
  );
}

// The largest |value| in a matrix.
export function largestSize(matrix) {
  return Math.max(...matrix.flat().map(Math.abs));
}

// What each window of the channels x[c] sees, as a column of C·rows·columns numbers:
// cols[(c·rows + u)·columns + v][i·OW + j] = x[c][i·stride + u][j·stride + v]
export function im2col(x, rows, columns, stride) {
  const across = outputSize(x[0][0].length, columns, stride, 0);
  const count = outputSize(x[0].length, rows, stride, 0) * across;
  return Array.from({ length: x.length * rows * columns }, (_, row) => {
    const [c, u, v] = tapOf(row, rows, columns);
    return Array.from({ length: count }, (_, k) => {
      const [i, j] = [Math.floor(k / across), k % across];
      return x[c][i * stride + u][j * stride + v];
    });
  });
}

// The channel, row and column in the window, [c, u, v], of a row of im2col's matrix.
export function tapOf(row, rows, columns) {
  const place = row % (rows * columns);
  return [Math.floor(row / (rows * columns)), Math.floor(place / columns), place % columns];
}

// The gradients { dx, dw } of the first `count` outputs of correlate2d, in reading order:
// dx[i·stride + u, j·stride + v] += dout[i, j] · w[u, v] scatters,
// dw[u, v] += dout[i, j] · x[i·stride + u, j·stride + v] gathers.
export function correlate2dBackward(dout, x, w, stride, padding, count = Infinity) {
  const padded = pad(x, padding);
  const dxPadded = padded.map((row) => row.map(() => 0));
  const dw = w.map((row) => row.map(() => 0));
  dout.flat().slice(0, count).forEach((gradient, index) => {
    const [top, left] = [
      stride * Math.floor(index / dout[0].length),
      stride * (index % dout[0].length),
    ];
    w.forEach((row, u) =>
      row.forEach((weight, v) => {
        dxPadded[top + u][left + v] += gradient * weight;
        dw[u][v] += gradient * padded[top + u][left + v];
      }),
    );
  });
  const inside = (row) => row.slice(padding, padding + x[0].length);
  return { dx: dxPadded.slice(padding, padding + x.length).map(inside), dw };
}
