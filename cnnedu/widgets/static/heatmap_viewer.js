// HeatmapViewer: the maps come from Python; the page lays them over the picture and compares them.
import { decodeArray } from "./arrays.js";
import { GREYS, createSignedMap, drawSpectrum, paint, pixelOf } from "./palette.js";
import { rankCorrelation } from "./ranks.js";
import { chooser, div, element, format, openView, save, section } from "./shared.js";

const HEAT_UNITS = {
  "Grad-CAM": "logit",
  Occlusion: "probability lost when this part is covered",
  Saliency: "logit per unit of the pixel",
};

function render({ model, el }) {
  const view = openView({ model, el }, "heatmap");
  const rows = model.get("maps").map((row) => ({
    ...row,
    trained: decodeArray(row.trained),
    random: decodeArray(row.random),
  }));
  const layers = rows.map(({ layer }) => layer).filter(Boolean);
  const colours = createSignedMap(view.root, () => redraw?.());

  const method = chooser("Method", Object.keys(HEAT_UNITS), (name) =>
    save(model, { method: name }),
  );
  const layer = slider("Layer", layers.length - 1, 1, (k) => save(model, { layer: layers[k] }));
  const opacity = slider("Opacity", 1, 0.01, (value) => save(model, { opacity: value }));
  const same = element("input", { type: "checkbox" });
  same.addEventListener("change", () => save(model, { same_scale: same.checked }));
  const panels = {
    trained: createOverlay("Trained network"),
    random: createOverlay("The same network with random weights"),
  };
  const verdict = element("p", { class: "cnn-verdict", role: "status" });
  view.root.append(
    div(
      "cnn-tools",
      method.node,
      layer.node,
      opacity.node,
      element("label", {}, same, element("span", {}, "Same colours for both")),
    ),
    div("cnn-panels", panels.trained.node, panels.random.node),
    verdict,
  );

  function draw() {
    const [kind, name, alpha] = ["method", "layer", "opacity"].map((trait) => model.get(trait));
    const ofLayer = kind === "Grad-CAM";
    const row = rows.find((row) => row.method === kind && row.layer === (ofLayer ? name : ""));
    const limits = { trained: largest(row.trained), random: largest(row.random) };
    const most = Math.max(limits.trained, limits.random);
    const picture = decodeArray(model.get("picture"));
    for (const [key, panel] of Object.entries(panels)) {
      panel.draw(
        picture,
        row[key],
        colours,
        model.get("same_scale") ? most : limits[key],
        alpha,
        HEAT_UNITS[kind],
      );
    }
    method.select.value = kind;
    layer.node.hidden = !ofLayer;
    layer.set(layers.indexOf(name), name);
    opacity.set(alpha, `${Math.round(100 * alpha)} %`);
    same.checked = model.get("same_scale");
    const ranks = rankCorrelation(row.trained.data, row.random.data);
    const size = row.trained.shape.join(" × ");
    const correlation = Number.isNaN(ranks)
      ? "none, one of them is flat"
      : format(Number(ranks.toFixed(2)));
    verdict.textContent =
      `${kind}${ofLayer ? ` at ${name}` : ""} for the class ${model.get("answer")}, ${size}. ` +
      `Rank correlation of the two maps: ${correlation} ` +
      "(1: they rank all places alike, 0: unrelated).";
  }

  const redraw = view.drawOnChange(["method", "layer", "opacity", "same_scale"], draw);
  return view.close;
}

// A grey copy of the picture under a map, which is stretched to its size, and the map's range.
function createOverlay(title) {
  const below = element("canvas", { "aria-hidden": "true" });
  const above = element("canvas", { "aria-hidden": "true" });
  const photo = element("div", { class: "cnn-overlay", role: "img" }, below, above);
  const spectrum = element("div", { class: "cnn-spectrum", "aria-hidden": "true" });
  const unit = element("p", { class: "cnn-quiet" });
  const node = section(title, element("p", { class: "cnn-title" }, title), photo, spectrum, unit);

  function draw({ shape: [height, width], data }, heat, colours, limit, opacity, unitWords) {
    const level = (k) => (data[3 * k] + data[3 * k + 1] + data[3 * k + 2]) / 3;
    paint(below, height, width, (k) => pixelOf(GREYS, level(k)));
    const palette = colours(limit);
    paint(above, ...heat.shape, (k) => pixelOf(palette, heat.data[k]));
    above.style.opacity = opacity;
    drawSpectrum(spectrum, limit);
    unit.textContent = unitWords;
    photo.setAttribute(
      "aria-label",
      `${title}: values from ${format(Math.min(...heat.data))} to ${format(Math.max(...heat.data))}`,
    );
  }
  return { node, draw };
}

function slider(label, most, step, onInput) {
  const input = element("input", { type: "range", min: 0, max: most, step, "aria-label": label });
  const words = element("b");
  input.addEventListener("input", () => onInput(Number(input.value)));
  function set(value, text) {
    input.value = value;
    words.textContent = text;
    input.setAttribute("aria-valuetext", text);
  }
  return { node: element("label", {}, element("span", {}, label), input, words), set };
}

const largest = ({ data }) => data.reduce((size, value) => Math.max(size, Math.abs(value)), 0);

export default { render };
