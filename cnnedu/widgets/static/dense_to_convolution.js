// DenseToConvolution: the matrix of a layer, cut and tied; one of its rows is laid over the picture.
import { decodeArray } from "./arrays.js";
import { cutAndTie, timesPicture } from "./cut_and_tie.js";
import { createGrid } from "./grid.js";
import { createSignedMap, drawSpectrum, pixelOf } from "./palette.js";
import { pointAndStep } from "./pictures.js";
import {
  button,
  clamp,
  div,
  element,
  format,
  openView,
  save,
  section,
  setText,
  shade,
  short,
  tint,
} from "./shared.js";

const CUT = 0; // the pixel of a weight that isn't there: transparent
const many = (count) => count.toLocaleString("en");

function render({ model, el }) {
  const view = openView({ model, el }, "dense-to-convolution");
  const picture = model.get("picture");
  const own = decodeArray(model.get("weights"));
  const [outputs, pixels] = own.shape;
  const [height, width] = [picture.length, picture[0].length];
  const [rows, columns] = [height - 2, width - 2];
  const farthest = Math.max(rows, columns);
  const lightest = Math.max(...picture.flat());

  const goTo = (k) => {
    const to = clamp(k, 0, outputs - 1);
    save(model, { position: [Math.floor(to / columns), to % columns] });
  };
  const current = () => {
    const [i, j] = model.get("position");
    return i * columns + j;
  };

  const slider = element("input", { type: "range", min: 1, max: farthest });
  slider.addEventListener("input", () => save(model, { reach: Number(slider.value) }));
  const reachText = element("b", { class: "cnn-reach" });
  const tie = element("input", { type: "checkbox" });
  tie.addEventListener("change", () => save(model, { tied: tie.checked }));
  const stages = [
    ["Dense", { reach: farthest, tied: false }],
    ["Local", { reach: 1, tied: false }],
    ["Convolution", { reach: 1, tied: true }],
  ].map(([name, state]) => ({ node: button(name, () => save(model, state)), state }));

  const canvas = element("canvas", { width: pixels, height: outputs, "aria-hidden": "true" });
  const row = element("div", { class: "cnn-row", "aria-hidden": "true" });
  const matrixNode = div("cnn-matrix", canvas, row);
  pointAndStep(
    matrixNode,
    () => own.shape,
    (k) => goTo(k),
    (down, right) => goTo(current() + down + right),
  );
  row.style.height = `${100 / outputs}%`;

  const spectrum = element("div", { class: "cnn-spectrum", "aria-hidden": "true" });
  const meter = (name) => {
    const [bar, text] = [element("i"), element("span")];
    const node = element("li", {}, element("span", {}, name), div("cnn-bar", bar), text);
    return { bar, text, node };
  };
  const meters = [meter("multiplications"), meter("parameters")];

  const pictureGrid = createGrid("Picture");
  const weightGrid = createGrid("Weights of the output");
  const outputGrid = createGrid("Outputs: the arrow keys choose one", (i, j) =>
    save(model, { position: [i, j] }),
  );
  for (const kind of ["pointerdown", "pointermove"]) {
    outputGrid.node.addEventListener(kind, (event) => {
      const at = event.buttons === 1 && outputGrid.at(event);
      if (at) save(model, { position: at });
    });
  }
  const weightTitle = div("cnn-title");
  const words = element("p", { class: "cnn-words", role: "status" });

  view.root.append(
    div(
      "cnn-tools",
      ...stages.map(({ node }) => node),
      element("label", {}, element("span", {}, "Reach"), slider, reachText),
      element("label", {}, tie, "Tie: all outputs share their weights"),
    ),
    section(
      "Matrix",
      div("cnn-title", `Matrix: ${outputs} outputs (rows) × ${pixels} pixels (columns)`),
      matrixNode,
      div("cnn-key", element("span", {}, "weight"), spectrum, element("span", {}, "cut")),
      element(
        "ul",
        { class: "cnn-meters", "aria-label": "What it costs" },
        ...meters.map(({ node }) => node),
      ),
    ),
    div(
      "cnn-panels",
      section("Weights", weightTitle, weightGrid.place),
      section("Picture", div("cnn-title", "Picture"), pictureGrid.place),
      section("Output", div("cnn-title", "All outputs"), outputGrid.place),
    ),
    words,
  );

  const signedMap = createSignedMap(view.root, () => redraw());
  const context = canvas.getContext("2d");
  const image = new ImageData(pixels, outputs);

  function drawMatrix({ matrix, kept }, limit) {
    const palette = signedMap(limit);
    drawSpectrum(spectrum, limit);
    const drawn = new Uint32Array(image.data.buffer);
    kept.forEach((is, at) => (drawn[at] = is ? pixelOf(palette, matrix[at]) : CUT));
    context.putImageData(image, 0, 0);
  }

  function drawCosts({ multiplications, parameters }) {
    [multiplications, parameters].forEach((count, which) => {
      const { bar, text } = meters[which];
      bar.style.width = `${(100 * count) / own.data.length}%`;
      setText(text, `${many(count)} of ${many(own.data.length)}`);
    });
  }

  function write(grid, i, j, value, { kind, limit }) {
    const spoken = `row ${i}, column ${j}: ${kind === "outside" ? "cut" : format(value)}`;
    tint(grid.write(i, j, kind === "outside" ? "" : short(value), spoken, kind), value, limit);
  }

  // The weights and pixels of output k, and the frame around those it looks at.
  function drawRow({ matrix, kept }, k, reach, limit) {
    const [i, j] = [Math.floor(k / columns), k % columns];
    const [top, left] = [Math.max(0, i + 1 - reach), Math.max(0, j + 1 - reach)];
    const sides = [Math.min(height, i + 2 + reach) - top, Math.min(width, j + 2 + reach) - left];
    for (const grid of [weightGrid, pictureGrid]) {
      grid.resize(height, width);
      grid.setFrame(top, left, ...sides);
    }
    picture.flat().forEach((value, p) => {
      const [r, c] = [Math.floor(p / width), p % width];
      const at = k * pixels + p;
      const kind = kept[at] ? "signed" : "outside";
      write(weightGrid, r, c, matrix[at], { kind, limit });
      write(pictureGrid, r, c, value, { kind: shade(value, lightest), limit: lightest });
    });
    row.style.top = `${(100 * k) / outputs}%`;
    setText(weightTitle, `Weights of (${i}, ${j})`);
    [weightGrid, pictureGrid].forEach((grid) => grid.fit());
  }

  function drawOutputs(out, [i, j]) {
    const limit = Math.max(...out.map(Math.abs));
    outputGrid.resize(rows, columns);
    out.forEach((value, k) => {
      write(outputGrid, Math.floor(k / columns), k % columns, value, { kind: "signed", limit });
    });
    outputGrid.fit();
    outputGrid.setFrame(i, j, 1, 1);
    outputGrid.setCurrent(i, j);
  }

  function draw() {
    const [reach, tied] = [model.get("reach"), model.get("tied")];
    const layer = cutAndTie(own, width, reach, tied);
    const out = timesPicture(layer.matrix, picture.flat());
    const k = current();
    const limit = layer.matrix.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    drawMatrix(layer, limit);
    drawCosts(layer);
    drawRow(layer, k, reach, limit);
    drawOutputs(out, model.get("position"));

    const side = 2 * reach + 1;
    const whole = reach === farthest;
    slider.value = reach;
    setText(reachText, whole ? "the whole picture" : `${side} × ${side} pixels`);
    slider.setAttribute("aria-valuetext", reachText.textContent);
    tie.checked = tied;
    for (const { node, state } of stages) {
      node.ariaPressed = String(state.reach === reach && state.tied === tied);
    }
    const terms = layer.kept.subarray(k * pixels, (k + 1) * pixels).filter(Boolean).length;
    const name = `Output (${model.get("position").join(", ")})`;
    const total = `${name}: ${terms} products add up to ${short(out[k])}.`;
    setText(words, `${total} ${describe(reach, tied, whole)}`);
    matrixNode.setAttribute("aria-label", `Matrix, row ${k} marked. The arrow keys move the mark.`);
  }

  const redraw = view.drawOnChange(["reach", "tied", "position"], draw);
  return view.close;
}

function describe(reach, tied, whole) {
  if (whole) {
    return tied
      ? "Every output still weighs all pixels, but all outputs share one large set of weights."
      : "A dense layer: every output weighs every pixel, with weights of its own.";
  }
  if (!tied) return "A local layer: every output looks at its window, with weights of its own.";
  return reach === 1
    ? "A convolution with a kernel of 3 × 3: these are the outputs of the sliding window."
    : `A convolution with padding, and a kernel of ${2 * reach + 1} × ${2 * reach + 1}.`;
}

export default { render };
