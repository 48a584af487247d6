// Colours for canvases, where the style sheet does not reach: what CSS says in words, as numbers.
import { element } from "./shared.js";

const STOPS = ["--far-below", "--below", "--zero", "--above", "--far-above"];
const HALF = 255; // colours on each side of zero

// A grey level from 0 to 255 as a pixel; what lies beyond is black or white, as in a photograph.
export function grey(value) {
  const level = value < 0 ? 0 : value > 255 ? 255 : (value + 0.5) | 0;
  return 0xff000000 | (level << 16) | (level << 8) | level;
}

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
      // Before the widget stands in the page it has no colours yet.
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

  // A function from a value to a pixel whose colours are full at ±limit.
  return (limit) => {
    const scale = limit ? HALF / limit : 0;
    const [middle, last] = [HALF + 0.5, 2 * HALF];
    return (value) => {
      const step = value * scale + middle;
      return colours[step < 0 ? 0 : step > last ? last : step | 0];
    };
  };
}
