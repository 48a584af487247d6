// Colours for canvases, where the style sheet does not reach: what CSS says in words, as numbers.
import { element } from "./shared.js";

const STOPS = ["--far-below", "--below", "--zero", "--above", "--far-above"];
const STEPS = 255; // on each side of zero

// A grey level from 0 to 255 as a pixel; what lies beyond is black or white, as in a photograph.
export function grey(value) {
  const level = value < 0 ? 0 : value > 255 ? 255 : Math.round(value);
  return 0xff000000 | (level << 16) | (level << 8) | level;
}

// The map of signed values, in the theme's colours; `onChange` is called when the theme changes.
export function createSignedMap(root, onChange) {
  const probe = element("span", { class: "cnn-probe", "aria-hidden": "true" });
  root.append(probe);
  let colours = read();

  function read() {
    const line = element("canvas", { width: 2 * STEPS + 1, height: 1 }).getContext("2d");
    const gradient = line.createLinearGradient(0, 0, 2 * STEPS + 1, 0);
    STOPS.forEach((stop, k) => {
      probe.style.backgroundColor = `var(${stop})`;
      gradient.addColorStop(k / 4, getComputedStyle(probe).backgroundColor);
    });
    line.fillStyle = gradient;
    line.fillRect(0, 0, 2 * STEPS + 1, 1);
    return new Uint32Array(line.getImageData(0, 0, 2 * STEPS + 1, 1).data.buffer);
  }

  // The probe's colour passes from one theme's to the other's, however the page changes it.
  probe.addEventListener("transitionend", () => {
    colours = read();
    onChange();
  });

  // A function from a value to a pixel whose colours are full at ±limit.
  return (limit) => {
    const scale = limit ? STEPS / limit : 0;
    return (value) => {
      const step = Math.round(value * scale);
      return colours[STEPS + (step < -STEPS ? -STEPS : step > STEPS ? STEPS : step)];
    };
  };
}
