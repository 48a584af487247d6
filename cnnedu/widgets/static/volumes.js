// Layers on whole pictures: fast enough to be computed while something is dragged. A volume is
// { channels, height, width, data }, its numbers row by row, channel by channel. Tests hold each
// function to the NumPy kernel of its name, on a batch of one.
import { outputSize } from "./arithmetic.js";

export function createVolume(channels, height, width, data) {
  return { channels, height, width, data: data ?? new Float64Array(channels * height * width) };
}

// out[f, i, j] = b[f] + Σ_c Σ_u Σ_v x[c, i·stride + u − padding, j·stride + v − padding] · w[f, c, u, v]
// `w` is { filters, height, width, data }. One weight at a time is multiplied with all it meets:
// long straight loops, and a weight of zero costs nothing.
export function conv2d(x, w, b, stride = 1, padding = 0) {
  const rows = outputSize(x.height, w.height, stride, padding);
  const columns = outputSize(x.width, w.width, stride, padding);
  const out = createVolume(w.filters, rows, columns);
  const size = rows * columns;
  let k = 0;
  for (let f = 0; f < w.filters; f++) {
    const plane = out.data.subarray(f * size, (f + 1) * size);
    if (b) plane.fill(b[f]);
    for (let c = 0; c < x.channels; c++) {
      for (let u = 0; u < w.height; u++) {
        for (let v = 0; v < w.width; v++, k++) {
          if (w.data[k] !== 0) addTap(plane, rows, columns, x, c, u, v, w.data[k], stride, padding);
        }
      }
    }
  }
  return out;
}

// Add weight · x to every output whose window meets the picture in its row u, column v.
function addTap(plane, rows, columns, x, c, u, v, weight, stride, padding) {
  const [top, left] = [u - padding, v - padding];
  const first = Math.max(0, Math.ceil(-left / stride));
  const end = Math.min(columns, Math.floor((x.width - 1 - left) / stride) + 1);
  const { data } = x;
  for (let i = 0; i < rows; i++) {
    const row = i * stride + top;
    if (row < 0 || row >= x.height) continue;
    const from = (c * x.height + row) * x.width + left;
    const to = i * columns;
    for (let j = first; j < end; j++) plane[to + j] += weight * data[from + j * stride];
  }
}

export function relu(x) {
  const out = createVolume(x.channels, x.height, x.width);
  for (let k = 0; k < out.data.length; k++) out.data[k] = x.data[k] > 0 ? x.data[k] : 0;
  return out;
}

export function maxPool2d(x, size, stride = size) {
  return pool(x, size, stride, true);
}

export function avgPool2d(x, size, stride = size) {
  return pool(x, size, stride, false);
}

// The largest, or else the mean, of `size` × `size` numbers every `stride` pixels.
function pool(x, size, stride, ofLargest) {
  const rows = outputSize(x.height, size, stride, 0);
  const columns = outputSize(x.width, size, stride, 0);
  const out = createVolume(x.channels, rows, columns);
  const { data } = x;
  let k = 0;
  for (let c = 0; c < x.channels; c++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let value = ofLargest ? -Infinity : 0;
        for (let u = 0; u < size; u++) {
          const from = (c * x.height + i * stride + u) * x.width + j * stride;
          for (let v = 0; v < size; v++) {
            value = ofLargest ? Math.max(value, data[from + v]) : value + data[from + v];
          }
        }
        out.data[k++] = ofLargest ? value : value / size ** 2;
      }
    }
  }
  return out;
}

// The size |value| that `share` of the numbers do not exceed, to a thousandth of the largest.
export function sizeOf({ data }, share) {
  let largest = 0;
  for (let k = 0; k < data.length; k++) largest = Math.max(largest, Math.abs(data[k]));
  if (largest === 0) return 0;
  const counts = new Uint32Array(1001);
  const scale = 1000 / largest;
  for (let k = 0; k < data.length; k++) {
    counts[Math.min(1000, Math.ceil(Math.abs(data[k]) * scale))]++;
  }
  let step = 0;
  for (let left = share * data.length - counts[0]; left > 0; left -= counts[step]) step++;
  return ((step || 1000) / 1000) * largest; // where nearly all are 0: the largest
}
