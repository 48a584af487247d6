// KernelSearch: nine sliders, the map they give, and how far it is from the one that is wanted.
import { largestSize } from "./arithmetic.js";
import { decodeArray } from "./arrays.js";
import { createChart } from "./chart.js";
import { downhill, mapOf, meanSquare, slopesOf, standardise } from "./kernel_fit.js";
import { GREYS, createSignedMap, drawSpectrum, paint, pixelOf } from "./palette.js";
import {
  button,
  clamp,
  div,
  element,
  figure,
  format,
  openView,
  save,
  section,
  setText,
} from "./shared.js";
import { createWeightSliders } from "./weight_sliders.js";
import { sizeOf } from "./volumes.js";

const LARGEST_WEIGHT = 999; // a rate too large lets the weights grow without end
const FOUND_WITHIN = 0.05;

function render({ model, el }) {
  const view = openView({ model, el }, "kernel-search");
  const colours = createSignedMap(view.root, () => state && drawMaps());
  let given = null; // everything that depends on picture and hidden kernel alone
  let state = null; // everything that depends on the reader's weights

  const squareOf = (weights) => meanSquare(given.x, given.target, weights);

  function drag(weights) {
    save(model, { weights });
  }

  // A move is finished: a slider is let go, a key or a button was pressed.
  function move(weights) {
    const errors = [...model.get("errors"), Math.sqrt(squareOf(weights))];
    save(model, { weights, errors });
  }

  function stepDownhill() {
    const weights = model.get("weights");
    const slopes = slopesOf(given.x, given.target, weights);
    const next = downhill(weights, slopes, model.get("rate"));
    move(next.map((row) => row.map((w) => clamp(w, -LARGEST_WEIGHT, LARGEST_WEIGHT))));
  }

  function startAgain() {
    const weights = model.get("weights").map((row) => row.map(() => 0));
    save(model, { weights, errors: [Math.sqrt(squareOf(weights))] });
  }

  const views = ["Picture x", "Wanted map", "Your map", "Yours − wanted"].map((name) => {
    const canvas = element("canvas", { role: "img", "aria-label": name });
    return { canvas, node: figure(name, canvas) };
  });
  const spectrum = element("div", { class: "cnn-spectrum", "aria-hidden": "true" });
  const sliders = createWeightSliders(drag, move);
  const rate = element("input", { type: "number", min: 0.01, max: 1, step: 0.01, required: "" });
  rate.addEventListener("input", () => {
    if (rate.value !== "" && rate.checkValidity()) save(model, { rate: Number(rate.value) });
  });
  const hints = checkbox("Slopes", (shown) => save(model, { hints: shown }));
  const revealed = checkbox("Show the hidden kernel", (shown) => save(model, { revealed: shown }));
  const figures = {};
  const tiles = element("ul", { class: "cnn-figures", "aria-label": "Figures" });
  for (const name of ["Error (root)", "Mean square", "Of the first error", "Moves"]) {
    figures[name] = element("b");
    tiles.append(element("li", {}, element("span", {}, name), figures[name]));
  }
  const chart = createChart(view.signal);
  const verdict = element("p", { class: "cnn-verdict", role: "status" });
  const caption = (text) => element("p", { class: "cnn-caption" }, text);
  const slopesCaption = caption(
    "▲ or ▼: the way that lowers the error. The number is the slope of the mean square: " +
      "its value with the weight 0.01 higher, less that with it 0.01 lower, over 0.02.",
  );

  view.root.append(
    div("cnn-maps", ...views.map(({ node }) => node)),
    div("cnn-key", caption("All three maps have the same colours:"), spectrum),
    div(
      "cnn-tools",
      button("One step downhill", stepDownhill),
      element("label", {}, element("span", {}, "Rate"), rate),
      button("Start again", startAgain),
      hints.node,
      revealed.node,
    ),
    div(
      "cnn-panels",
      section(
        "Your weights",
        element("p", { class: "cnn-title" }, "Your nine weights"),
        sliders.node,
        caption("Arrow keys: by 0.1. A digit: that number. Minus: the other sign."),
        slopesCaption,
      ),
      section(
        "Error",
        element("p", { class: "cnn-title" }, "How far your map is from the wanted one"),
        tiles,
        chart.node,
        verdict,
      ),
    ),
  );

  function readGiven() {
    const [picture, kernel] = [model.get("picture"), model.get("kernel")];
    if (given?.picture === picture && given.kernel === kernel) return;
    const pixels = decodeArray(picture);
    const x = standardise(pixels);
    const target = mapOf(x, kernel);
    given = { picture, kernel, pixels, x, target, limit: sizeOf(target, 0.995) };
  }

  function draw() {
    readGiven();
    const weights = model.get("weights");
    const response = mapOf(given.x, weights);
    const difference = response.data.map((value, k) => value - given.target.data[k]);
    state = { weights, response, difference: { ...response, data: difference } };
    drawMaps();
    drawWeights();
    drawErrors();
  }

  function drawMaps() {
    const palette = colours(given.limit);
    const [rows, columns] = given.pixels.shape;
    paint(views[0].canvas, rows, columns, (k) => pixelOf(GREYS, given.pixels.data[k]));
    [given.target, state.response, state.difference].forEach(({ height, width, data }, k) =>
      paint(views[k + 1].canvas, height, width, (at) => pixelOf(palette, data[at])),
    );
    drawSpectrum(spectrum, given.limit);
  }

  function drawWeights() {
    const [{ weights }, shown] = [state, model.get("hints")];
    const hidden = model.get("revealed") ? given.kernel : null;
    const slopes = shown ? slopesOf(given.x, given.target, weights) : null;
    sliders.draw(weights, Math.ceil(largestSize(given.kernel)) + 1, slopes, hidden);
    slopesCaption.hidden = !shown;
    hints.input.checked = shown;
    revealed.input.checked = model.get("revealed");
    if (!rate.matches(":focus")) rate.value = model.get("rate");
  }

  function drawErrors() {
    const errors = model.get("errors");
    const square = squareOf(state.weights);
    const error = Math.sqrt(square);
    const first = errors[0] || error;
    const moves = errors.length - 1;
    setText(figures["Error (root)"], error.toFixed(3));
    setText(figures["Mean square"], square.toFixed(3));
    setText(
      figures["Of the first error"],
      first ? `${Math.round((100 * error) / first)} %` : "–",
    );
    setText(figures["Moves"], String(moves));
    const isNow = Math.abs(errors.at(-1) - error) < 1e-9;
    const points = (isNow ? errors : [...errors, error]).map((value, k) => [k, value]);
    chart.draw({
      label: `Error after each move: ${format(errors[0])} at first, ${format(error)} now`,
      x: { range: [0, Math.max(10, points.length - 1)], label: "moves" },
      y: { range: [0, 1.08 * Math.max(...points.map(([, value]) => value)) || 1] },
      lines: [
        { kind: "error", points },
        { kind: "now", points: points.slice(-1), dots: true },
      ],
    });
    const misses = given.kernel.flat().map((wanted, k) => wanted - state.weights.flat()[k]);
    const found = Math.max(...misses.map(Math.abs)) < FOUND_WITHIN;
    setText(
      verdict,
      found ? `Found: each of your weights is within ${FOUND_WITHIN} of the hidden one.` : "",
    );
  }

  view.drawOnChange(
    ["picture", "kernel", "weights", "rate", "hints", "revealed", "errors"],
    draw,
  );
  return view.close;
}

function checkbox(label, onChange) {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", () => onChange(input.checked));
  return { node: element("label", {}, input, label), input };
}

export default { render };
