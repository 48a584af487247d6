// The layers of a stack as blocks drawn to scale, in oblique projection.
import { thousands } from "./shape_table.js";
import { clamp, div, svg } from "./shared.js";

const TALLEST_BLOCK = 130; // pixels on the screen
const THICKEST_CHANNEL = 9; // pixels for one channel, if there is space
const SHEET_THICKNESS = 1.5; // of a layer that doesn't change the shape
const VECTOR_THICKNESS = 12;
const BLOCK_GAP = 12;
const BLOCK_DEPTH = [0.22, 0.18]; // how far each column reaches to the right and up
const LABEL_CHARACTER = 8.2; // pixels of a character, with space around the label

const isSheet = (kind) => kind === "Elementwise" || kind === "BatchNorm";

// The shapes to draw: the input, every layer that fits, and one place for the first that doesn't.
function blockShapes({ layers, inputShape, rows, problem }) {
  const shapes = [{ kind: "Input", shape: inputShape }];
  rows.forEach((row, k) => shapes.push({ kind: layers[k].kind, shape: row.output }));
  if (problem) shapes.push({ kind: "Problem", shape: shapes.at(-1).shape });
  return shapes;
}

// Three faces of a block as points of polygons; its front's lower left corner is at (x, y).
function blockFaces(x, y, w, h, [across, up]) {
  const point = ([px, py]) => `${(x + px).toFixed(1)},${(y - py).toFixed(1)}`;
  const points = (...pairs) => pairs.map(point).join(" ");
  return {
    top: points([0, h], [w, h], [w + across, h + up], [across, h + up]),
    side: points([w, 0], [w, h], [w + across, h + up], [w + across, up]),
    front: points([0, 0], [w, 0], [w, h], [0, h]),
  };
}

// The scales of a drawing `width` pixels wide: { gap, pixel, channel, bar, unit }.
function blockScales(shapes, width) {
  const solid = shapes.filter(({ kind, shape }) => !isSheet(kind) && shape.length === 3);
  const units = solid.reduce((total, { shape }) => total + Math.sqrt(shape[0]), 0);
  const vectors = shapes.filter(({ shape }) => shape.length === 1);
  const pixel = TALLEST_BLOCK / Math.max(...shapes[0].shape.slice(1));
  const gap = Math.min(BLOCK_GAP, (0.45 * width) / shapes.length);
  const overhang = BLOCK_DEPTH[0] * pixel * (shapes.at(-1).shape[2] ?? 0);
  const bars = Math.min(VECTOR_THICKNESS * vectors.length, 0.2 * width);
  const room = width - 4 - overhang - gap * shapes.length - bars;
  return {
    gap,
    pixel,
    channel: Math.min(THICKEST_CHANNEL, room / units),
    bar: bars / vectors.length,
    unit: TALLEST_BLOCK / Math.sqrt(Math.max(1, ...vectors.map(({ shape }) => shape[0]))),
  };
}

// Thickness, height and depth of one block on the screen.
function blockSize({ kind, shape }, { pixel, channel, bar, unit }) {
  if (shape.length === 1) {
    return [isSheet(kind) ? SHEET_THICKNESS : bar, Math.max(1, unit * Math.sqrt(shape[0])), [0, 0]];
  }
  const [channels, rows, columns] = shape;
  const thickness = isSheet(kind) ? SHEET_THICKNESS : Math.max(1, channel * Math.sqrt(channels));
  return [thickness, Math.max(1, pixel * rows), BLOCK_DEPTH.map((by) => by * pixel * columns)];
}

// The labels { left, right, rank } that fit next to one another; lower ranks go first.
function roomForLabels(labels) {
  const kept = [];
  for (const label of labels.toSorted((a, b) => a.rank - b.rank)) {
    if (kept.every(({ left, right }) => label.left >= right || label.right <= left)) {
      kept.push(label);
    }
  }
  return kept;
}

// The picture of a stack, `node`; `onSelect(number)` is called with the layer that was clicked.
export function createBlocks(onSelect) {
  const labels = svg("g");
  const base = (1 + BLOCK_DEPTH[1]) * TALLEST_BLOCK + 4;
  const picture = svg("svg", { role: "img", height: base + 24 }, labels);
  const node = div("cnn-blocks", picture);
  let blocks = []; // kept from one drawing to the next, since only their corners change
  let width = 200;

  function createBlock(number) {
    const faces = { top: svg("polygon"), side: svg("polygon"), front: svg("polygon") };
    for (const name in faces) faces[name].setAttribute("class", `cnn-${name}`);
    const block = svg("g", { class: "cnn-block" }, ...Object.values(faces));
    if (number > 0) block.addEventListener("click", () => onSelect(number));
    return { block, faces, written: "" };
  }

  function draw(state) {
    const shapes = blockShapes(state);
    if (blocks.length !== shapes.length) {
      blocks = shapes.map((_, number) => createBlock(number));
      picture.replaceChildren(...blocks.map(({ block }) => block), labels);
    }
    const scales = blockScales(shapes, width);
    const texts = [];
    let x = 2;
    shapes.forEach(({ kind, shape }, number) => {
      const { block, faces, written } = blocks[number];
      const [thickness, height, depth] = blockSize({ kind, shape }, scales);
      const corners = blockFaces(x, base, thickness, height, depth);
      blocks[number].written = Object.values(corners).join(" ");
      if (blocks[number].written !== written) {
        for (const name in faces) faces[name].setAttribute("points", corners[name]);
      }
      if (block.dataset.kind !== kind) block.dataset.kind = kind;
      block.toggleAttribute("data-selected", number > 0 && number === state.selected);
      if (!isSheet(kind) && kind !== "Problem") {
        const text = shape.map(thousands).join("×");
        const half = (text.length * LABEL_CHARACTER) / 2;
        const middle = clamp(x + thickness / 2, half, width - half);
        const rank = kind === "Flatten" ? -1 : number;
        texts.push({ text, middle, left: middle - half, right: middle + half, rank });
      }
      x += thickness + scales.gap;
    });
    labels.replaceChildren(
      ...roomForLabels(texts).map(({ text, middle }) =>
        svg("text", { x: middle, y: base + 17, "text-anchor": "middle" }, text),
      ),
    );
    const name = `The stack as blocks: ${shapes.map(({ shape }) => shape.join(" × ")).join(", ")}`;
    picture.setAttribute("aria-label", name);
  }

  function setWidth(pixels) {
    width = Math.max(200, pixels);
    picture.setAttribute("width", width);
  }

  return { node, draw, setWidth };
}
