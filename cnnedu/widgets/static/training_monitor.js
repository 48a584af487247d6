// TrainingMonitor: a run's loss and updates, and at one step of it the numbers in each layer.
import { decodeArray } from "./arrays.js";
import { createChart } from "./chart.js";
import { isFinder, readFinder, smoothed } from "./rate_finder.js";
import {
  button,
  chooser,
  clamp,
  div,
  element,
  figure,
  format,
  openView,
  powerOfTen,
  save,
  scientific,
  section,
  setText,
  svg,
} from "./shared.js";

const LAYER_HEIGHT = 124;
const MONITOR_ICONS = { train: "M4 2v12l9-6z", stop: "M4 4h8v8H4z" };
const MONITOR_STATES = {
  ready: "",
  running: "Training",
  done: "Finished",
  stopped: "Stopped",
  failed: "Failed",
};
const LOWEST_UPDATE = -6; // powers of ten
const LINE_KINDS = 4; // told apart by colour and dashes (the style sheet)
const HISTOGRAMS = {
  activations: { title: "activations, before the ReLU", range: [-5, 5], ticks: [-4, -2, 0, 2, 4] },
  gradients: { title: "sizes of the weight's gradients", range: [-8, 2], ticks: [-8, -5, -2, 1] },
};
const NONE = "none";

function render({ model, el }) {
  const view = openView({ model, el }, "monitor");
  const live = Boolean(model.widget_manager); // a saved page has no Python to ask
  const names = model.get("names");

  const run = chooser("Run", names, (chosen) => save(model, { chosen, moment: -1 }));
  const other = chooser("Compared with", [NONE, ...names], (name) =>
    save(model, { compare: name === NONE ? "" : name }),
  );
  const train = button("Train", () => save(model, { wish: "run" }), MONITOR_ICONS.train);
  const stop = button("Stop", () => save(model, { wish: "stop" }), MONITOR_ICONS.stop);
  const status = element("span", { class: "cnn-status", role: "status" });
  const problem = element("p", { class: "cnn-problem", role: "alert" });

  const tiles = {};
  const tileRow = element("ul", { class: "cnn-figures", "aria-label": "Figures" });
  for (const name of ["Loss of the batch", "Held-out accuracy", "Learning rate"]) {
    tiles[name] = element("b");
    tileRow.append(element("li", {}, element("span", {}, name), tiles[name]));
  }
  const slider = element("input", { type: "range", min: 0, "aria-label": "Step" });
  slider.addEventListener("input", () => save(model, { moment: Number(slider.value) }));
  const reading = element("span", { class: "cnn-reading" });

  const loss = createChart(view.signal);
  const updates = createChart(view.signal);
  const key = element("p", { class: "cnn-legend" });
  const layerKey = element("p", { class: "cnn-legend cnn-layer-key" });
  const finding = element("p", { class: "cnn-finding" });
  const layers = div("cnn-layers");
  let rows = []; // the panels of each layer

  view.root.append(
    div("cnn-tools", run.node, other.node, ...(live ? [train, stop] : []), status),
    problem,
    div(
      "cnn-charts",
      figure("Loss (nats), smoothed", loss.node, key),
      figure("Update ÷ weight, each step", updates.node, layerKey),
    ),
    finding,
    div("cnn-tools", element("label", {}, element("span", {}, "Step"), slider), reading),
    tileRow,
    section("Layers", layers),
  );

  const decoded = new WeakMap();
  // A record of the model with its arrays decoded, or null.
  function recordOf(name) {
    const sent = model.get("live")[name] ?? model.get("records")[name];
    if (!sent?.steps.length) return null;
    if (!decoded.has(sent)) decoded.set(sent, decodeRecord(sent));
    return decoded.get(sent);
  }

  function draw() {
    const [chosen, compare] = [model.get("chosen"), model.get("compare")];
    run.select.value = chosen;
    other.select.value = compare || NONE;
    const record = recordOf(chosen);
    const beside = compare === chosen ? null : recordOf(compare);
    drawState(chosen);
    for (const node of [tileRow, layers, finding, slider.parentNode, reading]) {
      node.hidden = !record;
    }
    if (!record) {
      drawLoss(null, beside, NaN);
      drawUpdates(null, NaN);
      return;
    }
    const last = record.steps.length - 1;
    const moment = model.get("moment");
    const at = moment < 0 ? last : clamp(moment, 0, last);
    slider.max = last;
    slider.disabled = last < 1;
    slider.value = at;
    setText(reading, `step ${record.steps[at]} of ${record.losses.length}`);
    slider.setAttribute("aria-valuetext", reading.textContent);
    drawTiles(record, record.steps[at]);
    drawLoss(record, beside, record.steps[at]);
    drawUpdates(record, record.steps[at]);
    drawLayers(record, beside, at);
  }

  function drawState(chosen) {
    const state = model.get("status");
    setText(status, MONITOR_STATES[state]);
    status.dataset.state = state;
    train.disabled = state === "running" || !model.get("lab_names").includes(chosen);
    stop.disabled = state !== "running";
    setText(problem, model.get("error"));
    problem.hidden = !problem.textContent;
  }

  function drawTiles(record, step) {
    const value = record.losses[step - 1];
    setText(tiles["Loss of the batch"], value === null ? "not a number" : value.toFixed(3));
    const measured = record.held_out.filter(([when]) => when <= step).at(-1);
    setText(tiles["Held-out accuracy"], measured ? `${(100 * measured[1]).toFixed(1)} %` : "–");
    setText(tiles["Learning rate"], scientific(record.rates[step - 1]));
  }

  function drawLoss(record, beside, step) {
    const shown = [record, beside].filter((each) => each && sameAxis(each, record ?? each));
    const finite = shown.flatMap((each) => each.smooth.filter((value) => value !== null));
    const first = Math.max(...shown.map((each) => each.smooth[0] ?? 0));
    const top = Math.min(Math.max(...finite, 0), 2.5 * first) || 1;
    const axis = axisOf(record ?? beside);
    const lines = shown.map((each) => ({
      kind: each === record ? "run" : "other",
      points: each.smooth.map((value, k) => [axis.place(each, k), value ?? NaN]),
    }));
    if (record) {
      const points = record.losses.map((value, k) => [axis.place(record, k), value ?? NaN]);
      lines.unshift({ kind: "batches", points });
    }
    loss.draw({
      label: `Loss against ${axis.x.label}: ${describeLoss(record, shown)}`,
      x: axis.x,
      y: { range: [0, 1.05 * top] },
      at: record ? axis.place(record, step - 1) : null,
      lines: lines.reverse(),
    });
    drawKey(key, [
      ...(record ? [["run", model.get("chosen")], ["batches", "its batches"]] : []),
      ...(shown.includes(beside) && beside ? [["other", model.get("compare")]] : []),
    ]);
    drawFinding(record);
  }

  function drawFinding(record) {
    finding.hidden = !record?.finder;
    if (finding.hidden) return;
    const { lowest, steepest } = readFinder(record.losses);
    setText(
      finding,
      `A rate finder: the smoothed loss falls fastest at a rate of ` +
        `${scientific(record.rates[steepest])} and is lowest at ` +
        `${scientific(record.rates[lowest])}.`,
    );
  }

  function drawUpdates(record, step) {
    const axis = axisOf(record);
    const count = record?.layers.length ?? 0;
    const height = (ratio) => Math.max(LOWEST_UPDATE, Math.log10(ratio));
    updates.draw({
      label: `Updates of ${count} layers against ${axis.x.label}, as shares of the weights`,
      x: axis.x,
      y: { range: [LOWEST_UPDATE, 1], write: powerOfTen },
      at: record ? axis.place(record, step - 1) : null,
      lines: Array.from({ length: count }, (_, layer) => ({
        kind: `layer-${layer % LINE_KINDS}`,
        points: record.steps.map((when, k) => [
          axis.place(record, when - 1),
          height(record.ratios[k * count + layer]),
        ]),
      })),
    });
    if (layerKey.dataset.text === String(record?.layers)) return;
    layerKey.dataset.text = String(record?.layers);
    layerKey.replaceChildren(
      ...(record?.layers ?? []).map((name, layer) => {
        const kind = `layer-${layer % LINE_KINDS}`;
        const line = svg("line", { x1: 0, x2: 28, y1: 4, y2: 4, "data-kind": kind });
        const swatch = svg("svg", { viewBox: "0 0 28 8", "aria-hidden": "true" }, line);
        return element("span", {}, swatch, name);
      }),
    );
  }

  function drawLayers(record, beside, at) {
    if (layers.dataset.names !== String(record.layers)) {
      layers.dataset.names = String(record.layers);
      rows = record.layers.map((name) => createLayer(view.signal, name));
      layers.replaceChildren(...rows.map(({ node }) => node));
    }
    // The other run at the same step, or at its last one.
    const alike = beside && String(beside.layers) === String(record.layers) ? beside : null;
    const there = alike ? snapshotAt(alike, record.steps[at]) : -1;
    for (const [kind, { range, ticks }] of Object.entries(HISTOGRAMS)) {
      const pairs = record.layers.map((_, layer) => [
        binsOf(record, kind, at, layer),
        alike ? binsOf(alike, kind, there, layer) : [],
      ]);
      // Gradients of 0 fill the first bin; their share is written, and sets no scale.
      const scaling = pairs.flat().flatMap((bins) => bins.slice(kind === "gradients" ? 1 : 0));
      const top = [0.1, 0.2, 0.5, 1].find((level) => level >= Math.max(...scaling)) ?? 1;
      pairs.forEach(([bins, others], layer) => {
        const edge = (k) => range[0] + ((range[1] - range[0]) * k) / bins.length;
        rows[layer][kind].draw({
          label: describeBins(record.layers[layer], kind, bins, edge),
          x: { range, ticks, label: HISTOGRAMS[kind].title, write: writeOf(kind) },
          y: { range: [0, 100 * top], write: (share) => `${format(share)} %` },
          bars: bins.map((share, k) => ({
            from: edge(k),
            to: edge(k + 1),
            high: 100 * Math.min(share, top),
            kind: "run",
          })),
          lines: others.length ? [{ kind: "other", points: outline(others, edge) }] : [],
        });
      });
    }
    const count = record.layers.length;
    rows.forEach(({ says }, layer) => {
      const text = [
        ["update ÷ weight", writeRatio, (each, k) => each.ratios[k * count + layer]],
        ["silent channels", percent, (each, k) => each.silent[k * count + layer]],
        ["gradients of 0", percent, (each, k) => binsOf(each, "gradients", k, layer)[0]],
      ].map(([name, write, value]) => {
        const compared = alike
          ? ` (${model.get("compare")}: ${write(value(alike, there))})`
          : "";
        return `${name} ${write(value(record, at))}${compared}`;
      });
      setText(says, text.join(" · "));
    });
  }

  view.drawOnChange(
    ["records", "live", "chosen", "compare", "moment", "status", "error"],
    draw,
  );
  return view.close;
}

function decodeRecord(sent) {
  const arrays = {};
  for (const kind of ["activations", "gradients", "ratios", "silent"]) {
    arrays[kind] = decodeArray(sent[kind]).data;
  }
  return { ...sent, ...arrays, smooth: smoothed(sent.losses), finder: isFinder(sent.rates) };
}

const sameAxis = (record, other) => record.finder === other.finder;

// The axis along a run: its steps, or the rates of a rate finder.
function axisOf(record) {
  if (!record?.finder) {
    const range = [1, Math.max(2, record?.losses.length ?? 2)];
    return { place: (_, k) => k + 1, x: { range, label: "steps" } };
  }
  const range = [record.rates[0], record.rates.at(-1)].map(Math.log10);
  const first = Math.ceil(range[0] - 1e-9);
  const count = Math.floor(range[1] + 1e-9) - first + 1;
  const ticks = Array.from({ length: count }, (_, k) => first + k);
  return {
    place: (each, k) => Math.log10(each.rates[k]),
    x: { range, ticks, label: "learning rate", write: powerOfTen },
  };
}

function createLayer(signal, name) {
  const activations = createChart(signal, null, LAYER_HEIGHT);
  const gradients = createChart(signal, null, LAYER_HEIGHT);
  const says = element("span", { class: "cnn-quiet" });
  const title = element("p", { class: "cnn-layer-title" }, element("b", {}, name), says);
  const charts = div("cnn-charts", activations.node, gradients.node);
  return { node: div("cnn-layer", title, charts), says, activations, gradients };
}

// The latest snapshot of a run that isn't after a step.
function snapshotAt(record, step) {
  const later = record.steps.findIndex((when) => when > step);
  return Math.max(0, (later < 0 ? record.steps.length : later) - 1);
}

function binsOf(record, kind, snapshot, layer) {
  const count = record.layers.length;
  const size = record[kind].length / (record.steps.length * count);
  const start = (snapshot * count + layer) * size;
  return [...record[kind].subarray(start, start + size)];
}

const outline = (bins, edge) =>
  bins.flatMap((share, k) => [
    [edge(k), 100 * share],
    [edge(k + 1), 100 * share],
  ]);

// Axis marks: ±value of a signed logarithm, or a power of ten.
function writeOf(kind) {
  if (kind === "gradients") return powerOfTen;
  return (place) => (place ? `${place < 0 ? "−" : ""}${10 ** (Math.abs(place) - 2)}` : "0");
}

const writeRatio = (ratio) => (Number.isFinite(ratio) ? scientific(ratio) : "not a number");
const percent = (share) => `${Math.round(100 * share)} %`;

function describeBins(layer, kind, bins, edge) {
  const half = bins.findIndex((_, k) => bins.slice(0, k + 1).reduce((a, b) => a + b, 0) >= 0.5);
  return `${layer}, ${HISTOGRAMS[kind].title}: half of them up to ${writeMiddle(kind, edge(half + 1))}`;
}

function writeMiddle(kind, place) {
  if (kind === "gradients") return scientific(10 ** place);
  return format((Math.sign(place) * (10 ** Math.abs(place) - 1)) / 100);
}

function describeLoss(record, shown) {
  if (!record) return "not started";
  const [first, last] = [record.smooth[0], record.smooth.at(-1)];
  const end = last === null ? "not a number" : format(last);
  return `from ${first === null ? "not a number" : format(first)} to ${end}, ${shown.length} runs`;
}

function drawKey(key, entries) {
  const text = entries.flat().join();
  if (key.dataset.text === text) return;
  key.dataset.text = text;
  key.replaceChildren(...entries.map(([kind, name]) => element("span", { "data-kind": kind }, name)));
}

export default { render };
