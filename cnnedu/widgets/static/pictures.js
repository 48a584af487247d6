// Pictures as traits, from files and on canvases.
import { STEPS } from "./grid.js";
import { pixelOf } from "./palette.js";
import { element } from "./shared.js";
import { createVolume } from "./volumes.js";

// A `Picture` trait, { shape: [H, W], data: base64 }, as a volume of one channel.
export function decodePicture({ shape: [height, width], data }) {
  return createVolume(
    1,
    height,
    width,
    Uint8Array.from(atob(data), (byte) => byte.charCodeAt(0)),
  );
}

// A file of the reader's as a `Picture` trait: grey, its longer side at most `most` pixels.
export async function readPicture(file, most) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, most / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.round(side * scale));
  const context = element("canvas", { width, height }).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white"; // behind a picture with transparent parts
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  let bytes = "";
  for (let k = 0; k < data.length; k += 4) {
    const grey = 0.299 * data[k] + 0.587 * data[k + 1] + 0.114 * data[k + 2];
    bytes += String.fromCharCode(Math.round(grey));
  }
  return { shape: [height, width], data: btoa(bytes) };
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

// On `node`, which shows the pixels of a picture of `size()`, a pointer that is down chooses one,
// `onPoint(i, j)`; the arrow keys move on by one, with Shift by ten, `onStep(rows, columns)`.
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
