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
import { seenBy, valueAt, wayDown, wayToPicture } from "./network_path.js";
import { createTrail, wordsOfWay } from "./network_trail.js";
import { createValuePanel } from "./network_value.js";
import { createSignedMap, drawSpectrum } from "./palette.js";
import { createPictureView, readColours } from "./pictures.js";
import { button, clamp, div, element, format, openView, save, section } from "./shared.js";
import { sizeOf } from "./volumes.js";

const COLOURS = ["red", "green", "blue"];

function render({ model, el }) {
  const view = openView({ model, el }, "explorer");
  const [mean, std] = [model.get("mean"), model.get("std")];
  const described = model.get("layers");
  const layers = openNetwork(described, decodeArray(model.get("weights")).data);
  const classes = model.get("classes");
  let volumes = null; // the input, then the output of each layer
  let limits = null;
  let pixels = null;

  // The trait, moved into the network where it doesn't fit; null while nothing is opened.
  function focus() {
    const [layer, ...place] = model.get("focus");
    return layer === undefined ? null : [layer, ...within(layer, place)];
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
  // Open an output; the chosen input map stays while only the place in the map changes.
  function pick(layer, ...place) {
    const stays = layer === focus()?.[0] && place.length === 3;
    const term = stays ? model.get("term").slice(0, 1) : [];
    save(model, { focus: [layer, ...within(layer, place)], trail: [], term });
  }

  const valueOf = ([layer, ...at]) => valueAt(volumes[layer + 1], at);
  function nameOf([layer, map, i, j]) {
    if (layer < 0) return `${COLOURS[map]}[${i}, ${j}]`;
    if (layer === layers.length - 1) return classes[map];
    const isNumber = volumes[layer + 1].height * volumes[layer + 1].width === 1;
    return `${layers[layer].name}[${isNumber ? [map] : [map, i, j].join(", ")}]`;
  }
  function originOf(output, input) {
    const way = wayDown(layers, volumes, output, input);
    if (!way) return { words: "a zero of the padding", isBelow: false };
    const [from, ...place] = way.at(-1);
    const isBelow = from >= 0;
    if (isBelow) return { name: nameOf(way.at(-1)), words: `from ${nameOf(way[0])}`, isBelow };
    const [map, i, j] = place;
    const byte = pixels.data[3 * (i * pixels.shape[1] + j) + map];
    const scaled = `(${byte} / 255 − ${format(mean[map])}) / ${format(std[map])}`;
    const value = format(valueOf([-1, ...place]));
    const words = `The picture: ${COLOURS[map]} in row ${i}, column ${j} is ${byte} of 255; ${scaled} = ${value}`;
    return { name: nameOf(way.at(-1)), words, isBelow };
  }
  // Go on to where an input of the output that is shown comes from.
  function goDown(input) {
    const output = focus();
    const way = wayDown(layers, volumes, output, input);
    if (!way || way.at(-1)[0] < 0) return;
    save(model, {
      focus: way.at(-1),
      trail: [...model.get("trail"), [...output, ...input]],
      term: [],
    });
    drawFocus();
    value.focusNext();
  }
  // The same again and again, each time to the input that adds most, as far as the picture.
  function goToPicture() {
    const term = model.get("term");
    const first = term.length === 3 ? term : null;
    const { trail, output, input } = wayToPicture(layers, volumes, focus(), first);
    save(model, { focus: output, trail: [...model.get("trail"), ...trail], term: input });
  }
  function goBack(step) {
    const trail = model.get("trail");
    if (step > trail.length) return;
    const [output, term] = [trail[step]?.slice(0, 4) ?? focus(), trail[step]?.slice(4) ?? []];
    save(model, { focus: output, trail: trail.slice(0, step), term });
  }

  const colours = createSignedMap(view.root, () => volumes && drawAll());
  const picture = element("canvas", { role: "img", "aria-label": "The picture" });
  const seen = element("div", { class: "cnn-frame", "aria-hidden": "true" });
  const upload = element("input", { type: "file", accept: "image/*" });
  upload.addEventListener("change", async () => {
    const [height, width] = model.get("picture").shape;
    if (upload.files.length)
      save(model, { picture: await readColours(upload.files[0], height, width) });
  });
  const answers = element("ol", { class: "cnn-answers", "aria-label": "Answer" });
  const overview = createOverview(pick);
  const trail = createTrail(goBack);
  const toPicture = button("Follow the largest to the picture", goToPicture);
  const way = div("cnn-way", trail.node, toPicture);
  const mapTitle = element("p", { class: "cnn-title" });
  const mapSlider = element("input", { type: "range", min: 0, "aria-label": "Map" });
  mapSlider.addEventListener("input", () => {
    const [layer, , i, j] = focus();
    save(model, { focus: [layer, Number(mapSlider.value), i, j], trail: [], term: [] });
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
  const setTerm = (term) => save(model, { term });
  const value = createValuePanel(
    view.signal,
    (chosen) => setTerm([chosen]),
    setTerm,
    (input) => goDown(input ?? model.get("term")),
  );
  const status = element("p", { class: "cnn-spoken", role: "status" });
  const detail = div(
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
  );

  view.root.append(
    div(
      "cnn-top",
      section(
        "Picture",
        div("cnn-seen", picture, seen),
        element("label", { class: "cnn-upload" }, element("span", {}, "Your own picture"), upload),
      ),
      section(
        "Answer",
        element("p", { class: "cnn-title" }, "What the network says: click on a class"),
        answers,
      ),
    ),
    overview.node,
    way,
    detail,
    status,
  );

  // Open the score of a class, and bring its sum into sight.
  function openScore(k) {
    pick(layers.length - 1, k);
    drawFocus();
    way.scrollIntoView({ block: "nearest" });
    value.focusNext();
  }

  function drawAll() {
    pixels = decodeArray(model.get("picture"));
    drawColours(picture, pixels);
    const input = normalisePicture(pixels, mean, std);
    volumes = [input, ...runNetwork(layers, input)];
    limits = volumes.map((volume) => sizeOf(volume, 1));
    drawAnswers(answers, classes, softmax(volumes.at(-1).data), 5, { onPick: openScore });
    overview.draw(layers, volumes.slice(1), limits.slice(1), colours);
    drawFocus();
  }

  const oneMap = ({ height, width, data }, at) => ({
    height,
    width,
    data: data.subarray(at * height * width, (at + 1) * height * width),
  });

  function drawFocus() {
    const output = focus();
    detail.hidden = way.hidden = seen.hidden = !output;
    if (!output) return overview.mark([]);
    const [layer, index, i, j] = output;
    const term = model.get("term");
    const [x, out] = [volumes[layer], volumes[layer + 1]];
    const explained = explainOutput(layers[layer], x, [index, i, j]);
    const result = valueOf(output);
    overview.mark([layer, index]);
    const isNumber = out.height * out.width === 1;
    const named = layer === layers.length - 1 ? `: ${classes[index]}` : "";
    const kind = isNumber ? "output" : "map";
    mapTitle.textContent = `${layers[layer].name}, ${kind} ${index} of ${out.channels}${named}`;
    map.draw(oneMap(out, index), colours(limits[layer + 1]));
    map.setFrame(i, j, 1);
    map.node.hidden = spectrum.hidden = isNumber;
    mapSlider.max = out.channels - 1;
    mapSlider.value = index;
    drawSpectrum(spectrum, limits[layer + 1]);

    const isVector = x.height * x.width === 1 || layers[layer].kind === "flatten";
    const from = term[0] ?? explained.groups[strongest(explained.groups)].map;
    sourceTitle.textContent = `${layer ? layers[layer - 1].name : "picture"}, map ${from}`;
    sourceTitle.parentNode.hidden = isVector;
    if (!isVector) {
      const [top, left, height] = windowOf(layers[layer], [i, j], x);
      source.draw(oneMap(x, from), colours(limits[layer]));
      source.setFrame(top, left, height);
    }
    value.draw(layers[layer], isNumber ? [index] : [index, i, j], result, explained, {
      used: drawWay(output, term),
      term,
      origin: (input) => originOf(output, input),
    });
    drawSeen(seenBy(layers, volumes, output));
    status.textContent = `${layers[layer].name}, map ${index}, row ${i}, column ${j}: ${format(result)}`;
  }

  // Frame the pixels of the picture that the number can depend on.
  function drawSeen(sides) {
    const { height, width } = volumes[0];
    ["top", "left", "height", "width"].forEach((side, k) => {
      seen.style[side] = `${(100 * sides[k]) / (k % 2 ? width : height)}%`;
    });
  }

  // Draw the crumbs; return in words how the value that is shown got to where it was used.
  function drawWay(output, term) {
    const steps = model.get("trail");
    const outputs = [...steps.map((entry) => entry.slice(0, 4)), output];
    const crumbs = outputs.map((at) => ({ name: nameOf(at), value: valueOf(at) }));
    if (term.length === 3) {
      const { groups } = explainOutput(layers[output[0]], volumes[output[0]], output.slice(1));
      const group = groups.find((one) => one.map === term[0]);
      const [, u, v] = term;
      const product = (group?.products ?? group?.x)?.[u]?.[v];
      if (product !== undefined) crumbs.push({ name: group.products ? "one product" : "one number", value: product });
    }
    trail.draw(crumbs);
    toPicture.hidden = output[0] === 0;
    if (!steps.length) return "";
    const last = steps.at(-1);
    const up = wayDown(layers, volumes, last.slice(0, 4), last.slice(4)).toReversed();
    return up.length > 1 ? `On the way up: ${wordsOfWay(up, nameOf, valueOf)}` : "";
  }

  view.drawOnChange(["picture"], drawAll);
  view.drawOnChange(["focus", "trail", "term"], drawFocus);
  return view.close;
}

export default { render };
