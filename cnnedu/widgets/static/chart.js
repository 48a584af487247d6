// A chart in SVG: axes with round numbers, bars, lines with or without dots, one marked place.
import { clamp, div, format, svg } from "./shared.js";

const CHART_MARGIN = { left: 44, right: 10, top: 10, bottom: 38 };
const CHART_HEIGHT = 190; // unless another is asked for

// About `count` round numbers from `low` to `high`.
function roundTicks(low, high, count) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
    ticks.push(k * step);
  return ticks;
}

// Where `value` comes when the range from `low` to `high` is laid on that from `first` to `last`.
const between = (value, [low, high], [first, last]) =>
  first + ((value - low) / (high - low || 1)) * (last - first);

// `onPoint(x)` gets the place under the mouse or finger, or null once it has left. `locate(event)`
// is that place as [x, y], kept inside the axes.
export function createChart(signal, onPoint, height = CHART_HEIGHT) {
  const picture = svg("svg", { role: "img" });
  const node = div("cnn-chart", picture);
  let last = null;
  let scale = null;
  let width = 400; // set by the observer; reading it in `draw` would lay out the page again

  function draw(content) {
    last = content;
    const { x, y } = content;
    const [left, right] = [CHART_MARGIN.left, width - CHART_MARGIN.right];
    const [bottom, top] = [height - CHART_MARGIN.bottom, CHART_MARGIN.top];
    const across = (value) => between(value, x.range, [left, right]);
    const down = (value) => between(value, y.range, [bottom, top]);
    scale = { x: x.range, y: y.range, left, right, bottom, top };
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    picture.setAttribute("aria-label", content.label);
    picture.replaceChildren(
      ...chartAxes(content, across, down, scale),
      ...chartMarks(content, across, down),
    );
  }

  function locate(event) {
    const box = picture.getBoundingClientRect();
    const dot = (box.width / width) || 1; // a unit of the drawing in pixels of the screen
    const [px, py] = [(event.clientX - box.left) / dot, (event.clientY - box.top) / dot];
    return [
      clamp(between(px, [scale.left, scale.right], scale.x), ...scale.x),
      clamp(between(py, [scale.bottom, scale.top], scale.y), ...scale.y),
    ];
  }
  if (onPoint) {
    const report = (event) => scale && onPoint(locate(event)[0]);
    node.addEventListener("pointermove", report);
    node.addEventListener("pointerdown", report);
    node.addEventListener("pointerleave", () => onPoint(null));
  }

  const observer = new ResizeObserver(([entry]) => {
    width = Math.max(200, entry.contentRect.width);
    if (last) draw(last);
  });
  observer.observe(node);
  signal.addEventListener("abort", () => observer.disconnect());
  return { node, draw, locate };
}

function chartAxes({ x, y }, across, down, { left, right, bottom, top }) {
  const parts = [];
  for (const value of roundTicks(...y.range, bottom - top < 200 ? 4 : 6)) {
    const level = { y1: down(value), y2: down(value) };
    parts.push(
      svg("line", { class: "cnn-rule", x1: left, x2: right, ...level }),
      svgText((y.write ?? format)(value), left - 6, down(value) + 4, "end"),
    );
  }
  for (const value of x.ticks ?? roundTicks(...x.range, right - left < 266 ? 4 : 6)) {
    parts.push(svgText((x.write ?? format)(value), across(value), bottom + 16, "middle"));
  }
  parts.push(
    svg("line", { class: "cnn-axis", x1: left, x2: right, y1: bottom, y2: bottom }),
    svgText(x.label, (left + right) / 2, bottom + 33, "middle"),
  );
  return parts;
}

function chartMarks({ lines = [], bars = [], at, y }, across, down) {
  const parts = bars.map(({ from, to, low = 0, high, kind }) =>
    svg("rect", {
      "data-kind": kind,
      x: across(from) + 1,
      width: Math.max(0, across(to) - across(from) - 2),
      y: Math.min(down(low), down(high)),
      height: Math.abs(down(low) - down(high)),
    }),
  );
  if (at !== undefined && at !== null) {
    const ends = { y1: down(y.range[0]), y2: down(y.range[1]) };
    parts.push(svg("line", { class: "cnn-at", x1: across(at), x2: across(at), ...ends }));
  }
  for (const { points, kind, dots } of lines) {
    const path = linePath(points, across, down, y.range);
    if (path) parts.push(svg("path", { "data-kind": kind, d: path }));
    if (!dots) continue;
    for (const [px, py] of points.filter(([, value]) => Number.isFinite(value))) {
      parts.push(svg("circle", { "data-kind": kind, cx: across(px), cy: down(py), r: 3.5 }));
    }
  }
  return parts;
}

// A line through the points, broken at numbers that aren't finite and kept inside the chart.
function linePath(points, across, down, [low, high]) {
  let pen = "M";
  let path = "";
  for (const [px, py] of points) {
    if (!Number.isFinite(py)) {
      pen = "M";
      continue;
    }
    path += `${pen}${across(px).toFixed(1)} ${down(clamp(py, low, high)).toFixed(1)}`;
    pen = "L";
  }
  return path;
}

const svgText = (text, x, y, anchor) => svg("text", { x, y, "text-anchor": anchor }, text);
