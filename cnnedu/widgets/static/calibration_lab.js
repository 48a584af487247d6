// CalibrationLab: the page computes softmax, bins and calibration error from the logits.
import { decodeArray } from "./arrays.js";
import { bestTemperature, calibrate } from "./calibration.js";
import { createChart } from "./chart.js";
import { button, chooser, clamp, div, element, figure, format, openView, save } from "./shared.js";

const TEMPERATURES = [0.25, 8];
const CURVE_POINTS = 41;

function render({ model, el }) {
  const view = openView({ model, el }, "calibration");
  const logits = decodeArray(model.get("logits")).data;
  const labels = decodeArray(model.get("labels")).data;
  const [coldest, hottest] = TEMPERATURES.map(Math.log2);
  let curve = { bins: 0, points: [] }; // calibration error against log₂ T

  const setTemperature = (value) =>
    save(model, { temperature: clamp(value, ...TEMPERATURES) });
  const slider = element("input", {
    type: "range",
    min: coldest,
    max: hottest,
    step: "any",
    "aria-label": "Temperature",
  });
  slider.addEventListener("input", () => setTemperature(2 ** Number(slider.value)));
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    setTemperature(2 ** (Math.log2(model.get("temperature")) + by / 20));
  });
  const temperature = element("b");
  const bins = chooser("Bins", [5, 10, 15, 20, 30], (value) =>
    save(model, { bins: Number(value) }),
  );
  const figures = {};
  const tiles = element("ul", { class: "cnn-figures", "aria-label": "Figures" });
  for (const name of ["Calibration error", "Mean confidence", "Accuracy", "Cross-entropy"]) {
    figures[name] = element("b");
    tiles.append(element("li", {}, element("span", {}, name), figures[name]));
  }
  const charts = ["Reliability", "Answers in each bin", "Calibration error, %"].map((title) => {
    const chart = createChart(view.signal);
    return { ...chart, place: figure(title, chart.node) };
  });
  const legend = element(
    "p",
    { class: "cnn-legend" },
    element("span", { "data-kind": "accuracy" }, "share that is right"),
    element("span", { "data-kind": "gap" }, "too confident or not confident enough"),
  );
  charts[0].place.append(legend);
  view.root.append(
    div(
      "cnn-tools",
      element(
        "label",
        { class: "cnn-wide" },
        element("span", {}, "Temperature"),
        slider,
        temperature,
      ),
      button("Best temperature", () => setTemperature(bestTemperature(logits, labels))),
      button("T = 1", () => setTemperature(1)),
      bins.node,
    ),
    tiles,
    div("cnn-charts", ...charts.map(({ place }) => place)),
  );

  function draw() {
    const [T, count] = [model.get("temperature"), model.get("bins")];
    const found = calibrate(logits, labels, T, count);
    if (curve.bins !== count) curve = errorCurve(logits, labels, count, coldest, hottest);
    slider.value = Math.log2(T);
    temperature.textContent = T.toPrecision(3);
    slider.setAttribute("aria-valuetext", temperature.textContent);
    if (![...bins.select.options].some(({ value }) => Number(value) === count)) {
      bins.select.append(element("option", { value: count }, count)); // set in Python
    }
    bins.select.value = count;
    figures["Calibration error"].textContent = percent(found.error);
    figures["Mean confidence"].textContent = percent(found.meanConfidence);
    figures["Accuracy"].textContent = percent(found.meanAccuracy);
    figures["Cross-entropy"].textContent = `${format(found.loss)} nats`;
    drawReliability(charts[0], found, count);
    drawCounts(charts[1], found, count);
    charts[2].draw({
      label: `Calibration error against temperature; at ${T.toPrecision(3)} it is ${percent(found.error)}`,
      x: { range: [coldest, hottest], label: "temperature", write: (power) => format(2 ** power) },
      y: { range: [0, curve.top] },
      at: Math.log2(T),
      lines: [{ kind: "gap", points: curve.points }],
    });
  }

  view.drawOnChange(["temperature", "bins"], draw);
  return view.close;
}

function drawReliability({ draw }, { confidence, accuracy, error }, bins) {
  const full = [...accuracy.keys()].filter((b) => Number.isFinite(accuracy[b]));
  draw({
    label: `Share of right answers against confidence; calibration error ${percent(error)}`,
    x: { range: [0, 1], label: "confidence" },
    y: { range: [0, 1] },
    bars: full.flatMap((b) => [
      { from: b / bins, to: (b + 1) / bins, high: accuracy[b], kind: "accuracy" },
      {
        from: (b + 0.2) / bins,
        to: (b + 0.8) / bins,
        low: accuracy[b],
        high: confidence[b],
        kind: "gap",
      },
    ]),
    lines: [
      {
        kind: "diagonal",
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
  });
}

function drawCounts({ draw }, { count }, bins) {
  draw({
    label: `Answers in each of ${bins} bins of confidence`,
    x: { range: [0, 1], label: "confidence" },
    y: { range: [0, Math.max(...count) * 1.05] },
    bars: Array.from(count, (many, b) => ({
      from: b / bins,
      to: (b + 1) / bins,
      high: many,
      kind: "count",
    })),
  });
}

function errorCurve(logits, labels, bins, coldest, hottest) {
  const points = Array.from({ length: CURVE_POINTS }, (_, k) => {
    const power = coldest + (k / (CURVE_POINTS - 1)) * (hottest - coldest);
    return [power, 100 * calibrate(logits, labels, 2 ** power, bins).error];
  });
  return { bins, points, top: Math.max(...points.map(([, error]) => error)) * 1.05 || 1 };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

export default { render };
