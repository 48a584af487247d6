// Colours for canvases, which no style sheet reaches: what CSS says in words, as numbers.
import { element, short } from "./shared.js";

const STOPS = ["--far-below", "--below", "--zero", "--above", "--far-above"];
const HALF = 255; // colours on each side of zero

// A palette is { table, scale, middle }: the pixel of a value is at value · scale + middle.
export function pixelOf({ table, scale, middle }, value) {
  const step = value * scale + middle;
  const last = table.length - 1;
  return table[step < 0 ? 0 : step > last ? last : step | 0];
}

// Grey levels from 0 to 255; anything beyond is black or white, as in a photograph.
export const GREYS = {
  table: Uint32Array.from({ length: 256 }, (_, k) => 0xff000000 + k * 0x010101),
  scale: 1,
  middle: 0.5,
};

// The map of signed values, in the theme's colours; `onChange` is called when the theme changes.
export function createSignedMap(root, onChange) {
  const probe = element("span", { class: "cnn-probe", "aria-hidden": "true" });
  root.append(probe);
  let colours = read();

  function read() {
    const line = element("canvas", { width: 2 * HALF + 1, height: 1 }).getContext("2d");
    const gradient = line.createLinearGradient(0, 0, 2 * HALF + 1, 0);
    STOPS.forEach((stop, k) => {
      probe.style.backgroundColor = `var(${stop})`;
      // Until the widget is in the page it has no colours.
      gradient.addColorStop(k / 4, getComputedStyle(probe).backgroundColor || "transparent");
    });
    line.fillStyle = gradient;
    line.fillRect(0, 0, 2 * HALF + 1, 1);
    return new Uint32Array(line.getImageData(0, 0, 2 * HALF + 1, 1).data.buffer);
  }

  // In the style sheet the probe has an animation, which starts when the widget comes into the
  // page, and a transition of its colour from one theme's to the other's.
  for (const event of ["animationstart", "transitionend"]) {
    probe.addEventListener(event, () => {
      colours = read();
      onChange();
    });
  }

  // The palette whose colours are full at ±limit.
  return (limit) => ({ table: colours, scale: limit ? HALF / limit : 0, middle: HALF + 0.5 });
}

// Write the numbers at the ends and in the middle of the colours up to ±limit.
export function drawSpectrum(node, limit) {
  node.replaceChildren(...[-limit, 0, limit].map((end) => element("span", {}, short(end))));
}

// Draw a map pixel by pixel: `colourAt(k)` is the colour of its number k.
export function paint(canvas, height, width, colourAt) {
  if (canvas.width !== width || canvas.height !== height) {
    [canvas.width, canvas.height] = [width, height];
  }
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < pixels.length; k++) pixels[k] = colourAt(k);
  canvas.getContext("2d").putImageData(image, 0, 0);
}
