// All maps of all layers, drawn small: one column for each layer.
import { pixelOf } from "./palette.js";
import { element } from "./shared.js";

const shapeWords = ({ channels, height, width }) =>
  height * width === 1 ? `${channels}` : `${channels} × ${height} × ${width}`;

// `onPick(layer, map)` is called when the reader chooses one of the maps of a layer, and without a
// map when they choose the layer.
export function createOverview(onPick) {
  const node = element("div", { class: "cnn-layers", role: "group", "aria-label": "Layers" });
  let columns = [];
  let marked = "";

  function build(layers, volumes) {
    columns = layers.map((layer, k) => {
      const shape = element("small", {}, shapeWords(volumes[k]));
      const header = element(
        "button",
        { type: "button", "aria-label": `${layer.name}, ${shapeWords(volumes[k])}` },
        element("b", {}, layer.name),
        shape,
      );
      const canvas = element("canvas", { "aria-hidden": "true" });
      const frame = element("div", { class: "cnn-frame", "aria-hidden": "true" });
      const place = element("div", { class: "cnn-tiles" }, canvas, frame);
      header.addEventListener("click", () => onPick(k));
      place.addEventListener("click", (event) => {
        const at = tileAt(columns[k], volumes[k], event);
        if (at !== null) onPick(k, at);
      });
      const across = evenColumns(volumes[k].channels);
      const down = volumes[k].channels / across;
      return { node: element("div", {}, header, place), header, canvas, frame, across, down };
    });
    node.replaceChildren(...columns.map((column) => column.node));
  }

  // Draw each layer in a colour range of its own, the same for all of its maps.
  function draw(layers, volumes, limits, colours) {
    if (columns.length !== layers.length) build(layers, volumes);
    columns.forEach((column, k) => drawTiles(column, volumes[k], colours(limits[k])));
  }

  function mark([layer, map]) {
    if (marked === `${layer} ${map}`) return;
    marked = `${layer} ${map}`;
    columns.forEach(({ header, frame, across, down }, k) => {
      header.setAttribute("aria-pressed", k === layer);
      frame.hidden = k !== layer;
      if (k !== layer) return;
      frame.style.width = `max(${100 / across}%, 10px)`;
      frame.style.height = `max(${100 / down}%, 10px)`;
      frame.style.left = `${(100 * ((map % across) + 0.5)) / across}%`;
      frame.style.top = `${(100 * (Math.floor(map / across) + 0.5)) / down}%`;
    });
  }
  return { node, draw, mark };
}

// The smallest divisor of `count` that is at least its square root: 8 × 4, 8 × 8, 5 × 2.
function evenColumns(count) {
  let columns = Math.ceil(Math.sqrt(count));
  while (count % columns) columns++;
  return columns;
}

function drawTiles({ canvas, across, down }, { channels, height, width, data }, palette) {
  const gap = height > 1 ? 1 : 0;
  [canvas.width, canvas.height] = [across * (width + gap), down * (height + gap)];
  const image = new ImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  let k = 0;
  for (let c = 0; c < channels; c++) {
    const left = (c % across) * (width + gap);
    const top = Math.floor(c / across) * (height + gap);
    for (let i = 0; i < height; i++) {
      const row = (top + i) * canvas.width + left;
      for (let j = 0; j < width; j++) pixels[row + j] = pixelOf(palette, data[k++]);
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function tileAt({ canvas, across, down }, { channels }, event) {
  const box = canvas.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * across);
  const row = Math.floor(((event.clientY - box.top) / box.height) * down);
  const map = row * across + column;
  return map < channels ? map : null;
}
