// Layers for whole pictures, fast enough to run during a drag. A volume is { channels, height,
// width, data }, with its numbers row by row, channel by channel. Tests hold each function to the
// NumPy kernel of its name, on a batch of one.
import { outputSize } from "./arithmetic.js";

export function createVolume(channels, height, width, data) {
  return { channels, height, width, data: data ?? new Float64Array(channels * height * width) };
}

// out[f, i, j] = b[f] + Σ_c Σ_u Σ_v x[c, i·stride + u − padding, j·stride + v − padding] · w[f, c, u, v]
// `w` is { filters, height, width, data }. Each pass over the output adds the products of four
// weights, zeros left out: long straight loops, and few of them.
export function conv2d(x, w, b, stride = 1, padding = 0) {
  const padded = padding ? padVolume(x, padding) : x;
  const rows = outputSize(x.height, w.height, stride, padding);
  const columns = outputSize(x.width, w.width, stride, padding);
  const out = createVolume(w.filters, rows, columns);
  const size = rows * columns;
  const weights = w.data.length / w.filters;
  for (let f = 0; f < w.filters; f++) {
    const plane = out.data.subarray(f * size, (f + 1) * size);
    if (b) plane.fill(b[f]);
    const [taps, places] = [[], []]; // weights, and the pixels under them in the first window
    for (let k = 0; k < weights; k++) {
      if (w.data[f * weights + k] === 0) continue;
      taps.push(w.data[f * weights + k]);
      places.push(pixelAt(k, w, padded));
    }
    while (taps.length % 4) {
      taps.push(0);
      places.push(0);
    }
    for (let t = 0; t < taps.length; t += 4) {
      addFour(plane, columns, padded, stride, taps.slice(t, t + 4), places.slice(t, t + 4));
    }
  }
  return out;
}

// The place in `x` under weight number k of a filter at the first window.
function pixelAt(k, { height, width }, x) {
  const v = k % width;
  const u = Math.floor(k / width) % height;
  const c = Math.floor(k / (width * height));
  return (c * x.height + u) * x.width + v;
}

function addFour(plane, columns, { width, data }, stride, [a, b, c, d], [p, q, r, s]) {
  for (let to = 0, row = 0; to < plane.length; to += columns, row += stride * width) {
    for (let j = 0, at = row; j < columns; j++, at += stride) {
      plane[to + j] += a * data[p + at] + b * data[q + at] + c * data[r + at] + d * data[s + at];
    }
  }
}

// Rings of zeros around every channel.
function padVolume({ channels, height, width, data }, padding) {
  const out = createVolume(channels, height + 2 * padding, width + 2 * padding);
  for (let row = 0; row < channels * height; row++) {
    const above = padding * (1 + 2 * Math.floor(row / height)) + row;
    const from = data.subarray(row * width, (row + 1) * width);
    out.data.set(from, above * out.width + padding);
  }
  return out;
}

export function relu(x) {
  const out = createVolume(x.channels, x.height, x.width);
  for (let k = 0; k < out.data.length; k++) out.data[k] = x.data[k] > 0 ? x.data[k] : 0;
  return out;
}

// out = x/2 · (1 + erf(x/√2))
export function gelu(x) {
  const out = createVolume(x.channels, x.height, x.width);
  for (let k = 0; k < out.data.length; k++) {
    out.data[k] = (x.data[k] / 2) * (1 + erf(x.data[k] * Math.SQRT1_2));
  }
  return out;
}

// erf(x) = 2/√π · exp(−x²) · Σ_n 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n + 1)): all terms have the same sign.
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-16 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

export function maxPool2d(x, size, stride = size) {
  return pool(x, size, stride, true);
}

export function avgPool2d(x, size, stride = size) {
  return pool(x, size, stride, false);
}

// The largest, or else the mean, of the `size` × `size` numbers at every `stride` pixels.
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

// The |value| that this share of the numbers doesn't exceed, to a thousandth of the largest.
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
  return ((step || 1000) / 1000) * largest; // the largest, if nearly all are 0
}
