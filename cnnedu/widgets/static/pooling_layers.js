// The sheet of PoolingLab and the layers that halve it.
import { avgPool2d, conv2d, createVolume, maxPool2d } from "./volumes.js";

export const SHEET = 14;
export const FARTHEST = 6;

const WEIGHTS = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((weight) => weight / 16);
const BLUR = { filters: 1, height: 3, width: 3, data: WEIGHTS };

// The picture on its sheet, moved from the middle by `shift`; what leaves the sheet is cut off.
export function layOut(picture, shift) {
  const sheet = createVolume(1, SHEET, SHEET);
  const [top, left] = [picture.length, picture[0].length].map(
    (size, axis) => Math.floor((SHEET - size) / 2) + shift[axis],
  );
  picture.forEach((row, i) =>
    row.forEach((value, j) => {
      const [r, c] = [top + i, left + j];
      if (r >= 0 && r < SHEET && c >= 0 && c < SHEET) sheet.data[r * SHEET + c] = value;
    }),
  );
  return sheet;
}

// The output of a layer for a sheet: half as many rows and columns, or one number.
export function applyLayer(sheet, pooling, blur) {
  if (pooling === "global average") return avgPool2d(sheet, SHEET);
  const step = blur ? 1 : 2;
  let dense = sheet;
  if (pooling === "max") dense = maxPool2d(sheet, 2, step);
  if (pooling === "average") dense = avgPool2d(sheet, 2, step);
  if (pooling === "stride") dense = avgPool2d(sheet, 1, step); // windows of one pixel
  return blur ? conv2d(dense, BLUR, null, 2, 1) : dense;
}

// The output moved along with the picture, by half its shift; halfway between two outputs it is
// their mean.
export function moveAlong(output, shift) {
  if (output.data.length === 1) return output;
  const { height, width, data } = output;
  const at = (i, j) => (i < 0 || j < 0 || i >= height || j >= width ? 0 : data[i * width + j]);
  const [down, right] = shift.map((pixels) => pixels / 2);
  const out = createVolume(1, height, width);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const rows = [Math.floor(i - down), Math.ceil(i - down)];
      const columns = [Math.floor(j - right), Math.ceil(j - right)];
      for (const r of rows) for (const c of columns) out.data[i * width + j] += at(r, c) / 4;
    }
  }
  return out;
}

// How far the real output is from the moved one, as a share of the sum of the output before.
export function equivarianceError(picture, shift, pooling, blur) {
  const before = applyLayer(layOut(picture, [0, 0]), pooling, blur);
  const expected = moveAlong(before, shift).data;
  const real = applyLayer(layOut(picture, shift), pooling, blur).data;
  const total = before.data.reduce((sum, value) => sum + value, 0);
  return real.reduce((sum, value, k) => sum + Math.abs(value - expected[k]), 0) / (total || 1);
}
