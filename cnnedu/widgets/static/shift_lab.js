// ShiftLab: a photograph moves under a window; the maps at each shift are read off (shift_maps.js),
// and the network's answers for all shifts come from Python.
import { drawAnswers } from "./answers.js";
import { decodeArray } from "./arrays.js";
import { createChart } from "./chart.js";
import { GREYS, createSignedMap, drawSpectrum, paint, pixelOf } from "./palette.js";
import {
  button,
  chooser,
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
import { createSlidingPhotograph } from "./sliding_photograph.js";
import {
  MARGIN,
  atShift,
  bestMove,
  changeOf,
  differenceOf,
  mapsOf,
  reachOf,
} from "./shift_maps.js";
import { sizeOf } from "./volumes.js";

const POOLINGS = ["max pool", "average pool", "stride 2", "max + blur"];
const STEP = { map: 1, pooled: 2 }; // pixels of the photograph for each place of a map
const percent = (share) => `${Math.round(100 * share)} %`;

function render({ model, el }) {
  const view = openView({ model, el }, "shift-lab");
  const photograph = decodeArray(model.get("photograph"));
  const answers = decodeArray(model.get("probabilities"));
  const classes = model.get("classes");
  const reach = reachOf(photograph.shape);
  const colours = createSignedMap(view.root, () => state && drawMaps());
  let state = null; // { kernel, pooling, maps, home, now, … }
  let curves = null; // the changes along one row or column of shifts

  const moveTo = (shift) =>
    save(model, { shift: shift.map((by, axis) => clamp(by, -reach[axis], reach[axis])) });
  const moveBy = (down, right) => {
    const [i, j] = model.get("shift");
    moveTo([i + down, j + right]);
  };

  const readShift = () => model.get("shift");
  const sliding = createSlidingPhotograph(photograph, reach, MARGIN, readShift, moveTo);
  const pooling = chooser("Layer", POOLINGS, (value) => save(model, { pooling: value }));
  const list = element("ol", { class: "cnn-answers", "aria-label": "Answer" });
  const verdict = element("p", { class: "cnn-verdict", role: "status" });

  const panels = {};
  for (const of of ["map", "pooled"]) {
    panels[of] = ["now", "stays", "along"].map((what) => {
      const canvas = element("canvas", { role: "img" });
      const title = element("span");
      const words = element("b");
      const node = figure(title, canvas, words);
      return { what, canvas, title, words, node };
    });
  }
  const spectrum = element("div", { class: "cnn-spectrum", "aria-hidden": "true" });
  const charts = [0, 1, 2].map(() => {
    const chart = createChart(view.signal);
    const name = element("span");
    return { ...chart, name, place: figure(name, chart.node) };
  });
  const legend = () =>
    element(
      "p",
      { class: "cnn-legend" },
      element("span", { "data-kind": "map" }, "feature map"),
      element("span", { "data-kind": "pooled" }, "pooled map"),
    );
  charts[0].place.append(legend());
  charts[1].place.append(legend());

  view.root.append(
    div(
      "cnn-top",
      section(
        "Photograph",
        sliding.caption,
        sliding.node,
        div(
          "cnn-tools",
          button("Left", () => moveBy(0, -1)),
          button("Right", () => moveBy(0, 1)),
          button("Up", () => moveBy(-1, 0)),
          button("Down", () => moveBy(1, 0)),
          button("Home", () => moveTo([0, 0])),
        ),
        list,
        verdict,
      ),
      section(
        "Maps",
        div("cnn-tools", pooling.node),
        div("cnn-maps", ...[...panels.map, ...panels.pooled].map(({ node }) => node)),
        spectrum,
        element(
          "p",
          { class: "cnn-caption" },
          "Colours of the differences: blue is less than at home, red is more. Hatched: out of " +
            "sight at home.",
        ),
      ),
    ),
    div("cnn-charts", ...charts.map(({ place }) => place)),
  );

  function compute() {
    const [kernel, kind, shift] = ["kernel", "pooling", "shift"].map((trait) => model.get(trait));
    if (state?.kernel !== kernel || state.kind !== kind) {
      const maps = mapsOf(photograph, kernel, kind);
      const home = atShift(maps, [0, 0]);
      state = { kernel, kind, maps, home, limit: sizeOf(home.map, 0.995) || 1 };
      curves = null;
    }
    state.shift = shift;
    state.now = atShift(state.maps, shift);
    state.stays = {};
    state.along = {};
    for (const of of ["map", "pooled"]) {
      state.stays[of] = changeOf(state.now[of], state.home[of]);
      state.along[of] = bestMove(state.now[of], state.home[of], shift, STEP[of]);
    }
  }

  // The changes along the direction in which the photograph has moved further.
  function measureCurves() {
    const { shift, maps, home } = state;
    const axis = Math.abs(shift[0]) > Math.abs(shift[1]) ? 0 : 1;
    const fixed = shift[1 - axis];
    if (curves?.axis === axis && curves.fixed === fixed) return;
    const places = Array.from({ length: 2 * reach[axis] + 1 }, (_, k) => k - reach[axis]);
    const along = places.map((by) => (axis === 0 ? [by, fixed] : [fixed, by]));
    curves = { axis, fixed, stays: {}, along: {}, answer: [] };
    const seen = along.map((at) => atShift(maps, at));
    for (const of of ["map", "pooled"]) {
      const line = (measure) => places.map((by, k) => [by, 100 * measure(seen[k][of], along[k])]);
      curves.stays[of] = line((now) => changeOf(now, home[of]));
      curves.along[of] = line((now, at) => bestMove(now, home[of], at, STEP[of]).left);
    }
    const said = likeliest(answersAt([0, 0]));
    curves.answer = places.map((by, k) => [by, 100 * answersAt(along[k])[said]]);
  }

  function answersAt([down, right]) {
    const [, columns, count] = answers.shape;
    const from = ((down + reach[0]) * columns + right + reach[1]) * count;
    return Array.from(answers.data.subarray(from, from + count));
  }

  function draw() {
    compute();
    measureCurves();
    sliding.draw(state.shift);
    pooling.select.value = state.kind;
    drawMaps();
    drawCharts();
    drawAnswer();
  }

  function drawMaps() {
    const { now, home, stays, along, limit, kind } = state;
    const signed = colours(limit);
    const grey = { ...GREYS, scale: 255 / limit };
    const names = { map: "Feature map, 32 × 32", pooled: `After ${kind}, 16 × 16` };
    const kinds = { map: "feature map", pooled: "pooled map" };
    for (const of of ["map", "pooled"]) {
      const { moved, left } = along[of];
      const size = now[of].height;
      const isHome = state.shift.every((by) => by === 0);
      const written = {
        now: [names[of], "", (k) => pixelOf(grey, now[of].data[k])],
        stays: ["Now − home", `changed: ${percent(stays[of])}`],
        along: ["Now − home, moved along", `left over: ${percent(left)}`],
      };
      const differences = {
        stays: differenceOf(now[of], home[of]),
        along: differenceOf(now[of], home[of], moved),
      };
      for (const { what, canvas, title, words } of panels[of]) {
        const [name, figures, colourAt = signedColour(signed, differences[what])] = written[what];
        setText(title, name);
        setText(words, figures);
        paint(canvas, size, size, colourAt);
        const spoken = what === "now" ? (isHome ? "at home" : "now") : `${name}: ${figures}`;
        canvas.setAttribute("aria-label", `${kinds[of]}, ${spoken}`);
      }
    }
    drawSpectrum(spectrum, limit);
  }

  function drawCharts() {
    const { axis, fixed } = curves;
    const by = state.shift[axis];
    const other = fixed ? ` (${format(fixed)} ${axis ? "down" : "right"})` : "";
    const x = {
      range: [-reach[axis], reach[axis]],
      label: `moved ${axis ? "right" : "down"}, pixels${other}`,
    };
    const kinds = { map: "feature map", pooled: "pooled map" };
    const at = (points) => Math.round(points[by + reach[axis]][1]);
    const top = Math.max(100, ...Object.keys(kinds).flatMap((of) => curves.stays[of].map(([, value]) => value)));
    for (const [chart, which, name] of [
      [charts[0], "stays", "Change from home"],
      [charts[1], "along", "Left over after moving along"],
    ]) {
      const said = Object.entries(kinds).map(([of, kind]) => `${kind} ${at(curves[which][of])} %`);
      chart.draw({
        label: `${name}, in %, against the shift; at ${format(by)}: ${said.join(", ")}`,
        x,
        y: { range: [0, top] },
        at: by,
        lines: Object.keys(kinds).map((kind) => ({ kind, points: curves[which][kind], dots: true })),
      });
    }
    setText(charts[0].name, "Does it stay? Change, %");
    setText(charts[1].name, "Does it move along? Left over, %");
    const answer = classes[likeliest(answersAt([0, 0]))];
    setText(charts[2].name, `Does the answer stay? “${answer}”, %`);
    charts[2].draw({
      label:
        `Probability of ${answer} against the shift, in %; ` +
        `at ${format(by)}: ${at(curves.answer)}`,
      x,
      y: { range: [0, 100] },
      at: by,
      lines: [{ kind: "answer", points: curves.answer, dots: true }],
    });
  }

  function drawAnswer() {
    const [atHome, now] = [answersAt([0, 0]), answersAt(state.shift)];
    const [first, said] = [likeliest(atHome), likeliest(now)];
    drawAnswers(list, classes, now, Math.min(3, classes.length), { always: [first] });
    const share = percent(atHome[first]);
    const change = said === first ? "and still says so" : `and now it says ${classes[said]}`;
    setText(verdict, `At home the network says ${classes[first]} (${share}), ${change}.`);
  }

  view.drawOnChange(["shift", "pooling", "kernel"], draw);
  return view.close;
}

// The colours of signed numbers; a place without a number stays transparent.
const signedColour = (palette, values) => (k) =>
  Number.isNaN(values[k]) ? 0 : pixelOf(palette, values[k]);

const likeliest = (probabilities) => probabilities.indexOf(Math.max(...probabilities));

export default { render };
