// A photograph that slides under a fixed window: by mouse, by finger, with the arrow keys.
import { STEPS } from "./grid.js";
import { div, element, format, setText } from "./shared.js";

// `photograph` is { shape, data } in colour; it has `reach` + `margin` pixels on each side of the
// window. `read()` returns the shift, `moveTo(shift)` changes it, both [down, right] in pixels.
export function createSlidingPhotograph(photograph, reach, margin, read, moveTo) {
  const [height, width] = [0, 1].map((axis) => photograph.shape[axis] - 2 * margin);
  const canvas = element("canvas", { height, width, "aria-hidden": "true" });
  const frame = element("div", { class: "cnn-window", "aria-hidden": "true" });
  const caption = element("p", { class: "cnn-title" });
  const node = div("cnn-sliding", canvas, frame);
  node.setAttribute("role", "application");
  node.setAttribute("aria-label", "Photograph: drag it, or use the arrow keys");
  node.tabIndex = 0;
  Object.assign(frame.style, {
    inset: `${(100 * reach[0]) / height}% ${(100 * reach[1]) / width}%`,
  });
  let held = null; // where the pointer went down, and the shift there

  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    held = { x: event.clientX, y: event.clientY, shift: read() };
  });
  node.addEventListener("pointermove", (event) => {
    if (!held || !node.hasPointerCapture(event.pointerId)) return;
    const box = canvas.getBoundingClientRect();
    const down = ((event.clientY - held.y) / box.height) * height;
    const right = ((event.clientX - held.x) / box.width) * width;
    moveTo([held.shift[0] + Math.round(down), held.shift[1] + Math.round(right)]);
  });
  node.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    moveTo(read().map((by, axis) => by + step[axis]));
  });

  function draw([down, right]) {
    const image = new ImageData(width, height);
    const [rows, columns] = photograph.shape;
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const [row, column] = [i + margin - down, j + margin - right];
        if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
        const [from, to] = [3 * (row * columns + column), 4 * (i * width + j)];
        image.data.set(photograph.data.subarray(from, from + 3), to);
        image.data[to + 3] = 255;
      }
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    setText(caption, `Photograph: ${format(down)} down, ${format(right)} right`);
  }

  return { node, caption, draw };
}
