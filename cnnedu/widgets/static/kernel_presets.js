// The kernels that a reader can choose, and how to change one.

const scaled = (kernel, divisor) => kernel.map((row) => row.map((weight) => weight / divisor));
const outer = (row) => row.map((a) => row.map((b) => a * b));

const KERNELS = {
  "Vertical edges": [
    [-1, 0, 1],
    [-1, 0, 1],
    [-1, 0, 1],
  ],
  "Horizontal edges": [
    [-1, -1, -1],
    [0, 0, 0],
    [1, 1, 1],
  ],
  Identity: [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ],
  Blur: scaled(outer([1, 1, 1]), 9),
  Gaussian: scaled(outer([1, 2, 1]), 16),
  Sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
  "Sobel x": [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ],
  "Sobel y": [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ],
  Laplacian: [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  Emboss: [
    [-2, -1, 0],
    [-1, 1, 1],
    [0, 1, 2],
  ],
  "Blur 5×5": scaled(outer([1, 1, 1, 1, 1]), 25),
  "Gaussian 5×5": scaled(outer([1, 4, 6, 4, 1]), 256),
  "Streak 5×5": [0, 1, 2, 3, 4].map((u) => [0, 1, 2, 3, 4].map((v) => (u === v ? 0.2 : 0))),
  "Dots 5×5": [
    [0, 0, -1, 0, 0],
    [0, -1, -2, -1, 0],
    [-1, -2, 16, -2, -1],
    [0, -1, -2, -1, 0],
    [0, 0, -1, 0, 0],
  ],
};

// The kernels of these names, in this order.
export function kernelPresets(names) {
  return Object.fromEntries(names.map((name) => [name, KERNELS[name]]));
}

// The kernel flipped in both axes, which turns it by 180°.
export function flipped(kernel) {
  return kernel.map((row) => [...row].reverse()).reverse();
}

// The kernel in the middle of `size` × `size` weights: with zeros around it, or its rim cut off.
export function resized(kernel, size) {
  const shift = (kernel.length - size) / 2;
  return Array.from({ length: size }, (_, u) =>
    Array.from({ length: size }, (_, v) => kernel[u + shift]?.[v + shift] ?? 0),
  );
}
