// TrainingDashboard: Python trains and writes the figures; the page draws them and sends wishes.
import { decodeArray, drawColours } from "./arrays.js";
import { createChart } from "./chart.js";
import {
  button,
  div,
  element,
  figure,
  format,
  openView,
  save,
  scientific,
  section,
} from "./shared.js";

const RUN_ICONS = { start: "M4 2v12l9-6z", pause: "M5 3v10M11 3v10", stop: "M4 4h8v8H4z" };

const STATUS_WORDS = {
  ready: "Not started",
  running: "Training",
  paused: "Paused",
  stopped: "Stopped",
  done: "Finished",
  failed: "Failed",
};

function render({ model, el }) {
  const view = openView({ model, el }, "training");
  const live = Boolean(model.widget_manager); // a saved page has no Python to ask
  // The batch whose figures are shown: the slider's, the mouse's, or null for the latest.
  let chosen = null;
  let hovered = null;

  const ask = (wish) => save(model, { wish });
  const start = button("Start", () => ask("run"), RUN_ICONS.start);
  const pause = button("Pause", () => ask("pause"), RUN_ICONS.pause);
  const stop = button("Stop", () => ask("stop"), RUN_ICONS.stop);
  const stored = element("span", {}, "A stored run. The slider below steps through it.");
  const status = element("span", { class: "cnn-status", role: "status" });
  const bar = element("progress", { max: 1, "aria-label": "Batches so far" });
  const counted = element("span", { class: "cnn-quiet" });
  const problem = element("p", { class: "cnn-problem", role: "alert" });

  const tiles = {};
  const tileRow = element("ul", { class: "cnn-figures", "aria-label": "Figures" });
  for (const name of ["Loss", "Accuracy", "Learning rate", "Pictures per second", "Time left"]) {
    const label = element("span", {}, name);
    tiles[name] = { label, value: element("b") };
    tileRow.append(element("li", {}, label, tiles[name].value));
  }

  const hover = (batch) => {
    hovered = batch;
    redraw();
  };
  const choose = (batch) => {
    chosen = batch;
    redraw();
  };
  const loss = createChart(view.signal, hover);
  const accuracy = createChart(view.signal, hover);
  const slider = element("input", { type: "range", min: 0, "aria-label": "Batch to look at" });
  slider.addEventListener("input", () => choose(pointsOf()[Number(slider.value)][0]));
  slider.addEventListener("blur", () => choose(null));
  const reading = element("span", { class: "cnn-reading" });
  const legend = element(
    "p",
    { class: "cnn-legend" },
    element("span", { "data-kind": "learnt" }, "each batch, before its update"),
    element("span", { "data-kind": "held-out" }, "held out, after each epoch"),
  );
  const mistakes = element("ul", { class: "cnn-mistakes" });
  const mistakesTitle = element("p", { class: "cnn-title" });

  view.root.append(
    div("cnn-tools", ...(live ? [start, pause, stop] : [stored]), status),
    div("cnn-tools", bar, counted),
    problem,
    tileRow,
    div("cnn-charts", figure("Loss (nats)", loss.node), figure("Accuracy (%)", accuracy.node)),
    div("cnn-tools", legend, slider, reading),
    section("Mistakes", mistakesTitle, mistakes),
  );

  let decoded = null;
  // The points of the curve, as [batch, loss, accuracy].
  function pointsOf() {
    const sent = model.get("curve");
    if (decoded?.sent !== sent) {
      const { shape, data } = decodeArray(sent);
      decoded = {
        sent,
        points: Array.from({ length: shape[0] }, (_, k) => [...data.subarray(3 * k, 3 * k + 3)]),
      };
    }
    return decoded.points;
  }

  function drawState() {
    const [state, [done, total]] = [model.get("status"), model.get("batches")];
    status.textContent = STATUS_WORDS[state];
    status.dataset.state = state;
    start.lastChild.textContent = state === "paused" ? "Continue" : "Start";
    start.disabled = !["ready", "paused"].includes(state);
    pause.disabled = state !== "running";
    stop.disabled = !["running", "paused"].includes(state);
    bar.value = total ? done / total : 0;
    const epoch = (model.get("epochs").loss?.length ?? 0) + (done < total ? 1 : 0);
    counted.textContent = total ? `batch ${done} of ${total}, epoch ${epoch}` : "";
    problem.textContent = model.get("error");
    problem.hidden = !problem.textContent;
  }

  function drawTiles() {
    const [points, [done, total]] = [pointsOf(), model.get("batches")];
    const last = points.at(-1);
    const seconds = model.get("seconds");
    const over = ["done", "stopped", "failed"].includes(model.get("status"));
    tiles["Loss"].value.textContent = last ? writeLoss(last[1]) : "–";
    tiles["Accuracy"].value.textContent = last ? writeShare(last[2]) : "–";
    tiles["Learning rate"].value.textContent = last ? writeRate(model.get("learning_rate")) : "–";
    const speed = model.get("images_per_second");
    tiles["Pictures per second"].value.textContent = speed
      ? String(Number(speed.toPrecision(3)))
      : "–";
    tiles["Time left"].label.textContent = over ? "Time taken" : "Time left";
    const left = done ? (seconds * (total - done)) / done : NaN;
    tiles["Time left"].value.textContent = over ? writeTime(seconds) : writeTime(left);
  }

  function drawCharts() {
    const points = pointsOf();
    const at = hovered ?? chosen;
    const [done, total] = model.get("batches");
    const epochs = model.get("epochs");
    const length = model.get("epoch_length");
    const heldOut = (name) =>
      (epochs[`held_out_${name}`] ?? []).map((value, k) => [length * (k + 1), value ?? NaN]);
    const losses = [
      ...points.map((point) => point[1]),
      ...heldOut("loss").map((point) => point[1]),
    ];
    const finite = losses.filter(Number.isFinite);
    const top = finite.length ? Math.max(...finite) * 1.05 : 2.5;
    let end = total || 100; // a young curve is drawn at twice, four times … its final width
    while (done && end / 2 >= done) end /= 2;
    const x = { range: [0, end], label: "batch" };
    const latest = (scale, column) =>
      points.length ? `the latest is ${format(scale * points.at(-1)[column])}` : "none yet";
    const draw = (into, name, column, range, scale) =>
      into.draw({
        x,
        y: { range },
        at,
        label: `${name} against batches, ${points.length} points; ${latest(scale, column)}`,
        lines: [
          { kind: "learnt", points: points.map((point) => [point[0], scale * point[column]]) },
          {
            kind: "held-out",
            dots: true,
            points: heldOut(name.toLowerCase()).map(([b, v]) => [b, scale * v]),
          },
        ],
      });
    draw(loss, "Loss", 1, [0, top || 1], 1);
    draw(accuracy, "Accuracy", 2, [0, 100], 100);
    slider.max = Math.max(0, points.length - 1);
    slider.disabled = points.length < 2;
    const near = at === null ? points.length - 1 : nearest(points, at);
    slider.value = near;
    const point = points[near];
    reading.textContent = point
      ? `batch ${Math.round(point[0])}: loss ${writeLoss(point[1])}, accuracy ${writeShare(point[2])}`
      : "";
    slider.setAttribute("aria-valuetext", reading.textContent);
  }

  let shown = null;
  function drawMistakes() {
    const sent = model.get("mistakes");
    const captions = model.get("captions");
    if (shown === sent || sent.shape[0] !== captions.length) return;
    shown = sent;
    const { shape, data } = decodeArray(sent);
    const pixels = shape[1] * shape[2] * 3;
    mistakesTitle.textContent = captions.length
      ? `Mistakes in batch ${model.get("mistakes_of")}, before its update`
      : "";
    mistakes.replaceChildren(
      ...captions.map(([label, said], k) => {
        const canvas = element("canvas", { role: "img", "aria-label": `a picture of ${label}` });
        drawColours(canvas, { shape: shape.slice(1), data }, k * pixels);
        return element("li", {}, canvas, `said ${said},`, element("br"), `is ${label}`);
      }),
    );
  }

  view.drawOnChange(["status", "batches", "error", "epochs"], drawState);
  view.drawOnChange(["curve", "status", "seconds"], drawTiles);
  view.drawOnChange(["mistakes", "captions", "mistakes_of"], drawMistakes);
  const redraw = view.drawOnChange(["curve", "epochs", "batches"], drawCharts);
  return view.close;
}

function nearest(points, batch) {
  let best = 0;
  points.forEach((point, k) => {
    if (Math.abs(point[0] - batch) < Math.abs(points[best][0] - batch)) best = k;
  });
  return best;
}

const writeLoss = (loss) => (Number.isFinite(loss) ? format(loss) : "not a number");
const writeShare = (share) => `${(100 * share).toFixed(1)} %`;

function writeRate(rate) {
  return rate < 0.001 ? scientific(rate) : String(Number(rate.toPrecision(3)));
}

function writeTime(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export default { render };
