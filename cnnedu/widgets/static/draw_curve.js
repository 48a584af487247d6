// DrawCurve: the reader draws; what was measured is laid over it, and the difference is told.
import { decodeArray } from "./arrays.js";
import { createChart } from "./chart.js";
import { compareCurves, curveNumber, describeDifference, fillIn } from "./curves.js";
import { button, clamp, div, element, figure, openView, save, setText, short } from "./shared.js";

const DRAW_HEIGHT = 280;
const MOST_DOTS = 12; // with more points a curve shows none
const STEADY = 8; // pixels to the side that still count as up and down
const DRAW_KEYS = { ArrowUp: 0.02, ArrowDown: -0.02, PageUp: 0.1, PageDown: -0.1 };

function render({ model, el }) {
  const view = openView({ model, el }, "draw-curve");
  const [x, names, ylim] = ["x", "names", "ylim"].map((trait) => model.get(trait));
  const log = model.get("xscale") === "log";
  const along = log ? x.map(Math.log2) : x;
  const [measured, given] = ["measured", "given"].map((trait) => rowsOf(model.get(trait)));
  const [xname, yname] = ["xlabel", "ylabel"].map((trait) => model.get(trait).split(",")[0]);
  const span = ylim[1] - ylim[0];
  const write = (place) =>
    log ? short(2 ** place) : curveNumber(place, along.at(-1) - along[0]);
  let chosen = 0; // the curve being drawn
  let cursor = 0; // the point that the keys move
  let level = (ylim[0] + ylim[1]) / 2; // where it is while it isn't set
  let stroke = null; // where the pointer was last, and where it came down

  const chart = createChart(view.signal, null, DRAW_HEIGHT);
  const board = element(
    "div",
    {
      class: "cnn-board",
      role: "slider",
      tabindex: 0,
      "aria-orientation": "vertical",
      "aria-valuemin": ylim[0],
      "aria-valuemax": ylim[1],
    },
    chart.node,
  );

  // Set points of the chosen curve: { point: height }, null to take one away.
  function put(points) {
    if (model.get("revealed")) return;
    const drawn = model.get("drawn").map((curve) => [...curve]);
    Object.assign(drawn[chosen], points);
    save(model, { drawn });
  }

  function nearest(place) {
    return along.reduce(
      (best, at, k) => (Math.abs(at - place) < Math.abs(along[best] - place) ? k : best),
      0,
    );
  }

  // Draw on to the pointer. Points that it passes come to lie on its path; the nearest one follows
  // it up and down, but doesn't when the pointer leaves it.
  function drawTo(event) {
    const [place, height] = chart.locate(event);
    const near = nearest(place);
    const points = {};
    if (!stroke) stroke = { place, height, left: event.clientX };
    const away = Math.abs(place - along[near]) > Math.abs(stroke.place - along[near]);
    if (!away || Math.abs(event.clientX - stroke.left) < STEADY) points[near] = height;
    along.forEach((at, k) => {
      if ((at - stroke.place) * (at - place) >= 0) return;
      const share = (at - stroke.place) / (place - stroke.place);
      points[k] = stroke.height + share * (height - stroke.height);
    });
    put(points);
    Object.assign(stroke, { place, height });
    [cursor, level] = [near, height];
    redraw();
  }
  board.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    board.setPointerCapture(event.pointerId);
    drawTo(event);
  });
  board.addEventListener("pointermove", (event) => {
    if (stroke) for (const point of coalesced(event)) drawTo(point);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    board.addEventListener(end, () => (stroke = null));
  }

  const heightAt = (k) => {
    const height = fillIn(along, model.get("drawn")[chosen])[k];
    return Number.isNaN(height) ? null : height;
  };
  board.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = { ArrowLeft: cursor - 1, ArrowRight: cursor + 1, Home: 0, End: x.length - 1 }[key];
    const by = { ...DRAW_KEYS, " ": 0, Enter: 0 }[key];
    const away = key === "Delete" || key === "Backspace";
    if (to === undefined && by === undefined && !away) return;
    event.preventDefault();
    const here = heightAt(cursor) ?? level;
    if (to !== undefined) cursor = clamp(to, 0, x.length - 1);
    else put({ [cursor]: away ? null : clamp(here + by * span, ...ylim) });
    level = heightAt(cursor) ?? here;
    redraw();
  });

  const reading = element("span", { class: "cnn-reading" });
  const choices = names.map((name, k) => {
    const choice = button(name, () => {
      chosen = k;
      redraw();
    });
    choice.dataset.kind = `curve-${k}`;
    return choice;
  });
  const group = { class: "cnn-which", role: "group", "aria-label": "Curve to draw" };
  const which = element("div", group, ...choices);
  which.hidden = names.length < 2;
  const reveal = button("Reveal", () => save(model, { revealed: true }));
  const again = button("Start again", () => {
    const drawn = names.map(() => x.map(() => null));
    save(model, { drawn, revealed: false });
  });
  const help = div(
    "cnn-caption",
    "Draw with the mouse or a finger. Or use the keys: ← → choose a place, ↑ ↓ set the height " +
      "there, Delete takes it away.",
  );
  const legend = element("p", { class: "cnn-legend" });
  const says = div("cnn-says");
  says.setAttribute("role", "status");
  view.root.append(
    which,
    figure(model.get("ylabel"), board),
    legend,
    div("cnn-tools", reveal, again, reading),
    help,
    says,
  );

  const ticks = log ? logTicks(along) : undefined;

  function draw() {
    const [drawn, revealed] = [model.get("drawn"), model.get("revealed")];
    const filled = drawn.map((curve) => fillIn(along, curve));
    const spoken = names.length > 1 ? `${names[chosen]}, ` : "";
    board.setAttribute("aria-label", `${spoken}${yname} over ${xname}`);
    board.setAttribute("aria-readonly", revealed);
    choices.forEach((choice, k) => choice.setAttribute("aria-pressed", k === chosen));
    reveal.disabled = revealed || !drawn.every(isCurve);
    again.disabled = !revealed && drawn.flat().every((height) => height === null);
    help.hidden = revealed;
    drawChart(filled, drawn, revealed);
    drawReading(filled[chosen][cursor], revealed);
    drawLegend(legend, model, revealed);
    drawWords(filled, drawn, revealed);
  }

  function drawChart(filled, drawn, revealed) {
    const over = (heights) => along.map((place, k) => [place, heights[k]]);
    const lines = given.map((heights, k) => ({ kind: `given-${k}`, points: over(heights) }));
    filled.forEach((heights, k) => {
      const count = drawn[k].filter((height) => height !== null).length;
      const dots = x.length <= MOST_DOTS || count === 1;
      if (revealed) lines.push({ kind: `curve-${k}`, points: over(measured[k]) });
      lines.push({ kind: `drawn-${k}`, points: over(heights), dots });
      if (revealed && count > 1) {
        lines.push({ kind: "gap", points: gapOf(along, heights, measured[k]) });
      }
    });
    const here = filled[chosen][cursor];
    const point = [[along[cursor], Number.isNaN(here) ? level : here]];
    lines.push({ kind: "cursor", points: point, dots: true });
    chart.draw({
      label: `${yname} over ${xname}`,
      x: { range: [along[0], along.at(-1)], label: model.get("xlabel"), write, ticks },
      y: { range: ylim, write: (height) => curveNumber(height, span) },
      lines,
    });
  }

  function drawReading(height, revealed) {
    const place = `${xname} ${write(along[cursor])}`;
    const set = Number.isNaN(height) ? "not drawn" : curveNumber(height, span);
    const real = curveNumber(measured[chosen][cursor], span);
    const text = revealed ? `${place}: drawn ${set}, measured ${real}` : `${place}: ${set}`;
    setText(reading, text);
    board.setAttribute("aria-valuenow", Number.isNaN(height) ? level : height);
    board.setAttribute("aria-valuetext", text);
  }

  function drawWords(filled, drawn, revealed) {
    const words = filled.map((heights, k) => {
      if (!revealed || !isCurve(drawn[k])) return "";
      const given = { along, drawn: heights, measured: measured[k], span, write, whole: xname };
      return describeDifference(given).join(" ");
    });
    if (says.dataset.words === words.join()) return; // written again, it would be read again
    says.dataset.words = words.join();
    const paragraphs = words.map((text, k) => {
      const name = names.length > 1 ? [element("b", {}, `${names[k]}. `)] : [];
      return element("p", {}, ...name, text);
    });
    says.replaceChildren(...paragraphs.filter((_, k) => words[k]));
  }

  const redraw = view.drawOnChange(["drawn", "revealed"], draw);
  return view.close;
}

// The browser sends one event per frame; in it are all points where the pointer was.
function coalesced(event) {
  const points = event.getCoalescedEvents?.() ?? [];
  return points.length ? points : [event];
}

// The rows of a (K, P) array.
function rowsOf(sent) {
  const { shape, data } = decodeArray(sent);
  return Array.from({ length: shape[0] }, (_, k) => [
    ...data.subarray(k * shape[1], (k + 1) * shape[1]),
  ]);
}

const isCurve = (heights) => heights.filter((height) => height !== null).length > 1;

// The line from the drawn to the measured curve where they are furthest apart.
function gapOf(along, drawn, measured) {
  const { at } = compareCurves(drawn, measured);
  return [drawn, measured].map((heights) => [along[at], heights[at]]);
}

// Ticks of a log axis: the positions themselves if they are few, else powers of two.
function logTicks(along) {
  if (along.length <= 7) return along;
  const [low, high] = [Math.ceil(along[0]), Math.floor(along.at(-1))];
  const step = Math.ceil((high - low + 1) / 7);
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, k) => low + k * step);
}

function drawLegend(legend, model, revealed) {
  const [names, givenNames] = [model.get("names"), model.get("given_names")];
  const entries = givenNames.map((name, k) => [`given-${k}`, name]);
  names.forEach((name, k) => {
    const of = names.length > 1 ? `${name}, ` : "";
    entries.push([`drawn-${k}`, `${of}drawn`]);
    if (revealed) entries.push([`curve-${k}`, `${of}measured`]);
  });
  if (revealed) entries.push(["gap", "largest gap"]);
  const text = entries.flat().join();
  if (legend.dataset.text === text) return;
  legend.dataset.text = text;
  legend.replaceChildren(
    ...entries.map(([kind, name]) => element("span", { "data-kind": kind }, name)),
  );
}

export default { render };
