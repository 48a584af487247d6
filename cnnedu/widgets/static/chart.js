// A chart in SVG: axes with round numbers, bars, lines with or without dots, one marked place.
import { clamp, div, format, svg } from "./shared.js";

const CHART_MARGIN = { left: 44, right: 10, top: 10, bottom: 38 };
const CHART_HEIGHT = 190;

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

// `onPoint(x)` gets the place under the mouse or finger, or null once it has left.
export function createChart(signal, onPoint) {
  const picture = svg("svg", { role: "img" });
  const node = div("cnn-chart", picture);
  let last = null;
  let scale = null;
  let width = 400; // set by the observer; reading it in `draw` would lay out the page again

  function draw(content) {
    last = content;
    const { x, y } = content;
    const across = (value) =>
      CHART_MARGIN.left +
      ((value - x.range[0]) / (x.range[1] - x.range[0] || 1)) *
        (width - CHART_MARGIN.left - CHART_MARGIN.right);
    const down = (value) =>
      CHART_HEIGHT -
      CHART_MARGIN.bottom -
      ((value - y.range[0]) / (y.range[1] - y.range[0] || 1)) *
        (CHART_HEIGHT - CHART_MARGIN.top - CHART_MARGIN.bottom);
    scale = { across, width, x };
    picture.setAttribute("viewBox", `0 0 ${width} ${CHART_HEIGHT}`);
    picture.setAttribute("aria-label", content.label);
    picture.replaceChildren(
      ...chartAxes(content, across, down, width),
      ...chartMarks(content, across, down),
    );
  }

  function report(event) {
    if (!scale) return;
    const box = picture.getBoundingClientRect();
    const share =
      (((event.clientX - box.left) / box.width) * scale.width - CHART_MARGIN.left) /
      (scale.width - CHART_MARGIN.left - CHART_MARGIN.right);
    const [low, high] = scale.x.range;
    onPoint(low + clamp(share, 0, 1) * (high - low));
  }
  if (onPoint) {
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
  return { node, draw };
}

function chartAxes({ x, y }, across, down, width) {
  const bottom = CHART_HEIGHT - CHART_MARGIN.bottom;
  const parts = [];
  for (const value of roundTicks(...y.range, 4)) {
    parts.push(
      svg("line", {
        class: "cnn-rule",
        x1: CHART_MARGIN.left,
        x2: width - CHART_MARGIN.right,
        y1: down(value),
        y2: down(value),
      }),
      svgText((y.write ?? format)(value), CHART_MARGIN.left - 6, down(value) + 4, "end"),
    );
  }
  for (const value of roundTicks(...x.range, width < 320 ? 4 : 6)) {
    parts.push(svgText((x.write ?? format)(value), across(value), bottom + 16, "middle"));
  }
  parts.push(
    svg("line", {
      class: "cnn-axis",
      x1: CHART_MARGIN.left,
      x2: width - CHART_MARGIN.right,
      y1: bottom,
      y2: bottom,
    }),
    svgText(
      x.label,
      (CHART_MARGIN.left + width - CHART_MARGIN.right) / 2,
      CHART_HEIGHT - 5,
      "middle",
    ),
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
