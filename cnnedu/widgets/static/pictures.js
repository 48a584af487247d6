// Pictures from files and on canvases.
import { encodeBytes } from "./arrays.js";
import { STEPS } from "./grid.js";
import { pixelOf } from "./palette.js";
import { element } from "./shared.js";

// The red, green, blue and alpha of each pixel of a bitmap: `from`, [left, top, width, height] in
// it, drawn on white with [height, width] pixels.
function pixelsOf(bitmap, from, [height, width]) {
  const context = element("canvas", { width, height }).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white"; // behind a picture with transparent parts
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, ...from, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height).data;
}

// A reader's file as a grey picture (H, W) whose longer side has at most `most` pixels.
export async function readGrey(file, most) {
  const bitmap = await createImageBitmap(file);
  const sides = [bitmap.height, bitmap.width];
  const scale = Math.min(1, most / Math.max(...sides));
  const shape = sides.map((side) => Math.round(side * scale));
  const pixels = pixelsOf(bitmap, [0, 0, bitmap.width, bitmap.height], shape);
  const grey = (k) => Math.round(0.299 * pixels[k] + 0.587 * pixels[k + 1] + 0.114 * pixels[k + 2]);
  return encodeBytes(
    shape,
    Array.from({ length: pixels.length / 4 }, (_, k) => grey(4 * k)),
  );
}

// A reader's file as a picture (height, width, 3): its middle, as large as fits.
export async function readColours(file, height, width) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(bitmap.width / width, bitmap.height / height);
  const [w, h] = [width * scale, height * scale];
  const from = [(bitmap.width - w) / 2, (bitmap.height - h) / 2, w, h];
  const pixels = pixelsOf(bitmap, from, [height, width]);
  return encodeBytes(
    [height, width, 3],
    pixels.filter((_, k) => k % 4 < 3),
  );
}

// A picture on a canvas with a frame on it; pointer and keys as in `pointAndStep`.
export function createPictureView(label, onPoint, onStep) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const frame = element("div", { class: "cnn-frame", "aria-hidden": "true" });
  const node = element("div", { class: "cnn-photo", "aria-label": label }, canvas, frame);
  const context = canvas.getContext("2d");

  let image = null;

  function draw(picture, palette) {
    const { width, height, data } = picture;
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      canvas.style.imageRendering = width < 100 ? "pixelated" : "auto";
      image = null;
    }
    image ??= new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let k = 0; k < pixels.length; k++) pixels[k] = pixelOf(palette, data[k]);
    context.putImageData(image, 0, 0);
  }

  // Lay the frame around `size` × `size` pixels from (i, j); it never gets too small to be seen.
  function setFrame(i, j, size) {
    frame.style.width = `max(${(100 * size) / canvas.width}%, 14px)`;
    frame.style.left = `${(100 * (j + size / 2)) / canvas.width}%`;
    frame.style.top = `${(100 * (i + size / 2)) / canvas.height}%`;
  }

  pointAndStep(node, () => [canvas.height, canvas.width], onPoint, onStep);
  return { node, draw, setFrame };
}

// On `node`, which shows a picture of `size()` pixels, a pressed pointer chooses one of them,
// `onPoint(i, j)`; the arrow keys move by one, with Shift by ten, `onStep(rows, columns)`.
export function pointAndStep(node, size, onPoint, onStep) {
  function at(event) {
    const box = node.getBoundingClientRect();
    const [rows, columns] = size();
    return [
      Math.floor(((event.clientY - box.top) / box.height) * rows),
      Math.floor(((event.clientX - box.left) / box.width) * columns),
    ];
  }

  node.setAttribute("role", "application");
  node.tabIndex = 0;
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    onPoint(...at(event));
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) onPoint(...at(event));
  });
  node.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    onStep(...step.map((by) => (event.shiftKey ? 10 * by : by)));
  });
}
