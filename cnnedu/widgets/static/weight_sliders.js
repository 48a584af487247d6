// The weights of a kernel as sliders, each with its number, its slope and the hidden weight.
import { withWeight } from "./kernel_fit.js";
import { clamp, div, element, format, setText, short, tint } from "./shared.js";

const KEY_STEPS = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1 };
const tenths = (value) => Math.round(10 * value) / 10;

// `onDrag` and `onMove` get all weights: while a slider moves, and once it has been let go or a key
// was pressed.
export function createWeightSliders(onDrag, onMove) {
  const node = div("cnn-weights");
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Your weights");
  let weights = [];
  let reach = 1;
  const cells = [0, 1, 2].map((u) => [0, 1, 2].map((v) => createCell(u, v)));
  node.append(...cells.flat().map((cell) => cell.node));

  function createCell(u, v) {
    const input = element("input", {
      type: "range",
      step: "any",
      "aria-label": `weight in row ${u}, column ${v}`,
    });
    const [number, hidden, slope] = [div("cnn-number"), div("cnn-hidden"), div("cnn-slope")];
    // Kept here too: another change can come before the next drawing.
    const changed = (value) => (weights = withWeight(weights, u, v, value));
    input.addEventListener("input", () => onDrag(changed(tenths(Number(input.value)))));
    input.addEventListener("change", () => onMove(changed(tenths(Number(input.value)))));
    input.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const weight = weights[u][v];
      const sign = weight < 0 ? -1 : 1;
      let next = null;
      if (event.key in KEY_STEPS) next = tenths(weight + KEY_STEPS[event.key]);
      if (/^\d$/.test(event.key)) next = sign * Number(event.key) || 0;
      if (event.key === "-" || event.key === "−") next = -weight || 0;
      if (next === null) return;
      event.preventDefault();
      onMove(changed(clamp(next, -reach, reach)));
    });
    return { node: div("cnn-weight", number, input, slope, hidden), input, number, hidden, slope };
  }

  // `reach` is where the sliders end; `slopes` and `hiddenKernel` may be null.
  function draw(next, newReach, slopes, hiddenKernel) {
    [weights, reach] = [next, newReach];
    cells.forEach((row, u) =>
      row.forEach((cell, v) => {
        const weight = weights[u][v];
        const { input, number, hidden, slope } = cell;
        if (Number(input.max) !== reach) Object.assign(input, { min: -reach, max: reach });
        input.value = weight;
        setText(number, format(Math.round(weight * 100) / 100));
        tint(number, weight, reach);
        hidden.hidden = !hiddenKernel;
        if (hiddenKernel) setText(hidden, `hidden ${format(hiddenKernel[u][v])}`);
        slope.hidden = !slopes;
        const steep = slopes?.[u][v];
        if (slopes) setText(slope, `${arrowOf(steep)} ${short(Number(steep.toFixed(2)))}`);
        input.setAttribute("aria-valuetext", `${number.textContent}${spokenSlope(steep)}`);
      }),
    );
  }

  return { node, draw };
}

// Where the error gets smaller; a slope that rounds to 0 points nowhere.
const arrowOf = (slope) => (Math.abs(slope) < 0.005 ? "·" : slope < 0 ? "▲" : "▼");

function spokenSlope(slope) {
  if (slope === undefined) return "";
  const directions = { "▲": "raise it to lower the error", "▼": "lower it to lower the error" };
  return `, ${directions[arrowOf(slope)] ?? "the error is level here"}`;
}
