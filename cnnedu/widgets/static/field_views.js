// The two pictures of ReceptiveField: the input with a unit's fields on it, and the output.
import { pointAndStep } from "./pictures.js";
import { clamp, div, element } from "./shared.js";

const TINT = [217, 64, 0];

// A unit's receptive field, its first and last row and column: [[top, bottom], [left, right]].
export function fieldOf({ low, jump, size }, unit) {
  return [0, 1].map((axis) => {
    const first = low[axis] + jump[axis] * unit[axis];
    return [first, first + size[axis] - 1];
  });
}

// How far units see beyond a picture, up to a quarter of it: space for the frame.
export function marginAround(levels, shape) {
  const reach = levels.flatMap((level) =>
    [0, 1].flatMap((axis) => {
      const [first] = fieldOf(level, [0, 0])[axis];
      const [, last] = fieldOf(level, level.output.map((count) => count - 1))[axis];
      return [-first, last - shape[axis] + 1];
    }),
  );
  return Math.min(Math.max(0, ...reach), Math.ceil(Math.max(...shape) / 4));
}

// How many of the largest numbers it takes to make up half of the sum.
export function pixelsForHalf(data) {
  const sorted = Float64Array.from(data).sort().reverse();
  const half = sorted.reduce((total, value) => total + value, 0) / 2;
  let [count, total] = [0, 0];
  while (total < half) total += sorted[count++];
  return count;
}

export function createInputView({ shape: [height, width], data }, margin) {
  const size = { width: width + 2 * margin, height: height + 2 * margin };
  const photo = element("canvas", { ...size, class: "cnn-behind" });
  const tint = element("canvas", { ...size, class: "cnn-tint" });
  const frame = element("div", { class: "cnn-frame", "aria-hidden": "true" });
  const node = element("div", { class: "cnn-view", role: "img" }, photo, tint, frame);
  node.style.setProperty("--ratio", size.width / size.height);

  const image = new ImageData(width, height);
  data.forEach((value, k) => image.data.set([value, value, value, 255], 4 * k));
  photo.getContext("2d").putImageData(image, margin, margin);

  function setFrame([[top, bottom], [left, right]]) {
    const percent = (pixels, whole) => `${(100 * pixels) / whole}%`;
    frame.style.top = percent(top + margin, size.height);
    frame.style.left = percent(left + margin, size.width);
    frame.style.height = percent(bottom - top + 1, size.height);
    frame.style.width = percent(right - left + 1, size.width);
  }

  // Tint the pixels seen by `values`, from 0 to 255, row by row; without values, tint nothing.
  function setTint([[top], [left, right]], values) {
    const context = tint.getContext("2d");
    context.clearRect(0, 0, size.width, size.height);
    if (!values) return;
    const pixels = new ImageData(right - left + 1, values.length / (right - left + 1));
    values.forEach((value, k) => pixels.data.set([...TINT, 230 * Math.sqrt(value / 255)], 4 * k));
    // The tint never covers the padding.
    context.putImageData(pixels, left + margin, top + margin);
    context.clearRect(0, 0, size.width, margin);
    context.clearRect(0, 0, margin, size.height);
    context.clearRect(margin + width, 0, margin, size.height);
    context.clearRect(0, margin + height, size.width, margin);
  }

  return { node, setFrame, setTint };
}

// The units of a layer; a pointer or the arrow keys choose one: `onMove(i, j)`, within bounds.
export function createUnitView(onMove) {
  const marker = div("cnn-unit");
  const node = div("cnn-units", marker);
  let shape = [1, 1];
  let current = [0, 0];

  function move(...to) {
    const within = to.map((at, axis) => clamp(at, 0, shape[axis] - 1));
    if (within.join() === current.join()) return;
    current = within; // at once: another key may be pressed before the next drawing
    onMove(...within);
  }

  pointAndStep(
    node,
    () => shape,
    move,
    (rows, columns) => move(current[0] + rows, current[1] + columns),
  );

  function draw(output, unit) {
    [shape, current] = [output, unit];
    node.setAttribute("aria-label", `Output, ${output.join(" × ")}: the arrow keys choose a unit`);
    node.style.setProperty("--rows", output[0]);
    node.style.setProperty("--columns", output[1]);
    marker.style.translate = `${100 * unit[1]}% ${100 * unit[0]}%`;
  }

  return { node, draw };
}
