// NetworkExplorer: the page computes the whole network from its weights and the picture.
import { drawAnswers } from "./answers.js";
import { decodeArray, drawColours } from "./arrays.js";
import {
  explainOutput,
  normalisePicture,
  openNetwork,
  runNetwork,
  softmax,
  strongest,
  windowOf,
} from "./network.js";
import { createOverview } from "./network_overview.js";
import { createValuePanel } from "./network_value.js";
import { createSignedMap, drawSpectrum } from "./palette.js";
import { createPictureView, readColours } from "./pictures.js";
import { clamp, div, element, format, openView, save, section } from "./shared.js";
import { sizeOf } from "./volumes.js";

function render({ model, el }) {
  const view = openView({ model, el }, "explorer");
  const [mean, std] = [model.get("mean"), model.get("std")];
  const described = model.get("layers");
  const layers = openNetwork(described, decodeArray(model.get("weights")).data);
  let volumes = null; // the input, then the output of each layer
  let limits = null;
  let inputMap = null; // the input map whose products are shown; null for the strongest

  // The trait, moved into the network where it doesn't fit.
  function focus() {
    const [layer = 0, ...place] = model.get("focus");
    return [layer, ...within(layer, place)];
  }
  // The nearest output of a layer; the one in the middle of the map unless i and j are given.
  function within(layer, [map = 0, i, j]) {
    const { channels, height, width } = volumes[layer + 1];
    return [
      Math.min(map, channels - 1),
      clamp(i ?? height >> 1, 0, height - 1),
      clamp(j ?? width >> 1, 0, width - 1),
    ];
  }
  function pick(layer, ...place) {
    if (layer !== focus()[0] || place.length === 1) inputMap = null;
    save(model, { focus: [layer, ...within(layer, place)] });
  }

  const colours = createSignedMap(view.root, () => volumes && drawAll());
  const picture = element("canvas", { role: "img", "aria-label": "The picture" });
  const upload = element("input", { type: "file", accept: "image/*" });
  upload.addEventListener("change", async () => {
    const [height, width] = model.get("picture").shape;
    if (upload.files.length)
      save(model, { picture: await readColours(upload.files[0], height, width) });
  });
  const answers = element("ol", { class: "cnn-answers", "aria-label": "Answer" });
  const overview = createOverview(pick);
  const mapTitle = element("p", { class: "cnn-title" });
  const mapSlider = element("input", { type: "range", min: 0, "aria-label": "Map" });
  mapSlider.addEventListener("input", () => {
    const [layer, , i, j] = focus();
    inputMap = null;
    pick(layer, Number(mapSlider.value), i, j);
  });
  const step = (rows, columns) => {
    const [layer, map, i, j] = focus();
    pick(layer, map, i + rows, j + columns);
  };
  const point = (i, j) => pick(...focus().slice(0, 2), i, j);
  const map = createPictureView(
    "Feature map: a click or the arrow keys choose an output",
    point,
    step,
  );
  const source = createPictureView(
    "Input: a click or the arrow keys move the window",
    (row, column) => {
      const [layer] = focus();
      const { stride = 1, padding = 0, size, height } = layers[layer];
      const reach = ((size ?? height ?? 1) - 1) / 2;
      point(...[row, column].map((at) => Math.round((at + padding - reach) / stride)));
    },
    step,
  );
  const sourceTitle = element("p", { class: "cnn-title" });
  const spectrum = element("div", { class: "cnn-spectrum", "aria-hidden": "true" });
  const value = createValuePanel(view.signal, (chosen) => {
    inputMap = chosen;
    drawFocus();
  });
  const status = element("p", { class: "cnn-spoken", role: "status" });

  view.root.append(
    div(
      "cnn-top",
      section(
        "Picture",
        picture,
        element("label", { class: "cnn-upload" }, element("span", {}, "Your own picture"), upload),
      ),
      section("Answer", element("p", { class: "cnn-title" }, "What the network says"), answers),
    ),
    overview.node,
    div(
      "cnn-detail",
      section(
        "Feature map",
        mapTitle,
        map.node,
        spectrum,
        element("label", {}, element("span", {}, "Map"), mapSlider),
      ),
      section("Input", sourceTitle, source.node),
      value.node,
    ),
    status,
  );

  function drawAll() {
    const pixels = decodeArray(model.get("picture"));
    drawColours(picture, pixels);
    const input = normalisePicture(pixels, mean, std);
    volumes = [input, ...runNetwork(layers, input)];
    limits = volumes.map((volume) => sizeOf(volume, 1));
    drawAnswers(answers, model.get("classes"), softmax(volumes.at(-1).data), 5);
    overview.draw(layers, volumes.slice(1), limits.slice(1), colours);
    drawFocus();
  }

  const oneMap = ({ height, width, data }, at) => ({
    height,
    width,
    data: data.subarray(at * height * width, (at + 1) * height * width),
  });

  function drawFocus() {
    const [layer, index, i, j] = focus();
    const [x, out] = [volumes[layer], volumes[layer + 1]];
    const explained = explainOutput(layers[layer], x, [index, i, j]);
    const result = out.data[(index * out.height + i) * out.width + j];
    overview.mark([layer, index]);
    const isNumber = out.height * out.width === 1;
    const named = layer === layers.length - 1 ? `: ${model.get("classes")[index]}` : "";
    const kind = isNumber ? "output" : "map";
    mapTitle.textContent = `${layers[layer].name}, ${kind} ${index} of ${out.channels}${named}`;
    map.draw(oneMap(out, index), colours(limits[layer + 1]));
    map.setFrame(i, j, 1);
    map.node.hidden = spectrum.hidden = isNumber;
    mapSlider.max = out.channels - 1;
    mapSlider.value = index;
    drawSpectrum(spectrum, limits[layer + 1]);

    const isVector = x.height * x.width === 1 || layers[layer].kind === "flatten";
    const from = inputMap ?? explained.groups[strongest(explained.groups)].map;
    sourceTitle.textContent = `${layer ? layers[layer - 1].name : "picture"}, map ${from}`;
    sourceTitle.parentNode.hidden = isVector;
    if (!isVector) {
      const [top, left, height] = windowOf(layers[layer], [i, j], x);
      source.draw(oneMap(x, from), colours(limits[layer]));
      source.setFrame(top, left, height);
    }
    value.draw(layers[layer], isNumber ? [index] : [index, i, j], result, explained, inputMap);
    status.textContent = `${layers[layer].name}, map ${index}, row ${i}, column ${j}: ${format(result)}`;
  }

  view.drawOnChange(["picture"], drawAll);
  view.drawOnChange(["focus"], drawFocus);
  return view.close;
}

export default { render };
