// Crop the square in the middle and resize it, to the last bit as Pillow does, and so Python's
// `middle_square`: browsers' own ways of resizing differ from each other.
"use strict";

const PARTS = 2 ** 22; // Pillow's weights for 8-bit pixels are whole numbers of such parts
const STRIP = 256; // lines at a time: phones refuse a canvas of a whole photograph

const BOX = { support: 0.5, weigh: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) };
const BICUBIC = {
  support: 2,
  weigh(x) {
    x = Math.abs(x);
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
  },
};

// For each of `size` outputs along [start, end) of a line of `length` pixels: the first pixel that
// counts, and the weights from there on.
function windows(length, start, end, size, filter) {
  const scale = (end - start) / size;
  const wide = Math.max(scale, 1);
  const reach = filter.support * wide;
  return Array.from({ length: size }, (_, index) => {
    const centre = start + (index + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const last = Math.min(length, Math.trunc(centre + reach + 0.5));
    const weights = [];
    for (let x = first; x < last; x++) {
      weights.push(filter.weigh((x - centre + 0.5) * (1 / wide)));
    }
    const sum = weights.reduce((a, b) => a + b, 0);
    const whole = weights.map((w) => Math.trunc((w / sum) * PARTS + (w < 0 ? -0.5 : 0.5)));
    return { first, weights: whole };
  });
}

const eightBits = (sum) => Math.min(255, Math.max(0, Math.floor((sum + PARTS / 2) / PARTS)));

// One line of an output: every pixel is the weighted sum of those in its window, per channel.
function weighAlong(windows, from, offset, step, to, place, stride) {
  for (const { first, weights } of windows) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        sum += weights[k] * from[offset + (first + k) * step + channel];
      }
      to[place + channel] = eightBits(sum);
    }
    place += stride;
  }
}

// Return the middle square of an ImageBitmap as Uint8Array (size, size, 3), red, green, blue.
function middleSquare(bitmap, size) {
  const { width, height } = bitmap;
  const side = Math.min(width, height);
  const filter = side < size ? BICUBIC : BOX;
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  const across = windows(width, left, left + side, size, filter);
  const down = windows(height, top, top + side, size, filter);
  // Pillow goes across first, and since version 13 down first where that saves much work. With an
  // older Pillow, a tall picture differs a little.
  const downFirst = height - size > Math.max(0, 2 * (width - size));
  const [along, between] = downFirst ? [down, across] : [across, down];
  const narrow = resizeLines(bitmap, along, between, downFirst);
  const square = new Uint8Array(size * size * 3);
  const [step, stride] = downFirst ? [size * 3, 3] : [3, size * 3];
  for (let place = 0; place < size; place++) {
    const offset = (place - between[0].first * size) * 3;
    weighAlong(between, narrow, offset, size * 3, square, place * step, stride);
  }
  return square;
}

// The first of the two passes: resize each line (row, or column) that the windows between the lines
// will ask for. Return them one after the other.
function resizeLines(bitmap, along, between, downwards) {
  const [start, count, origin, length] = [...range(between), ...range(along)];
  const size = along.length;
  const lines = new Uint8Array(count * size * 3);
  for (let line = 0; line < count; line += STRIP) {
    const some = Math.min(STRIP, count - line);
    const [data, step, leap] = downwards
      ? [pixelsOf(bitmap, start + line, origin, some, length), some * 4, 4]
      : [pixelsOf(bitmap, origin, start + line, length, some), 4, length * 4];
    for (let k = 0; k < some; k++) {
      weighAlong(along, data, k * leap - origin * step, step, lines, (line + k) * size * 3, 3);
    }
  }
  return lines;
}

// The first pixel of all windows, and how many they span.
function range(windows) {
  const { first, weights } = windows[windows.length - 1];
  return [windows[0].first, first + weights.length - windows[0].first];
}

// The values (red, green, blue, alpha) of part of a bitmap; what is transparent is white, as paper.
function pixelsOf(bitmap, left, top, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingEnabled = false;
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, left, top, width, height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}
