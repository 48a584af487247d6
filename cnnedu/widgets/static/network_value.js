// How one output of a layer is computed: its multiplications, or the window that it comes from.
import { createChart } from "./chart.js";
import { createGrid } from "./grid.js";
import { strongest } from "./network.js";
import { div, element, figure, format, section, short, tint } from "./shared.js";

const MOST_TERMS = 12; // of a dense layer
const ACTIVATIONS_SHOWN = ["relu", "gelu", "tanh", "sigmoid"];

// `onMap(map)` is called when the reader asks for the products with this input map.
export function createValuePanel(signal, onMap) {
  const title = element("p", { class: "cnn-title" }, "How it was computed");
  const equation = element("p", { class: "cnn-equation" });
  const grids = ["Window x", "Kernel w", "Products x · w"].map((name) => {
    const grid = createGrid(name);
    const caption = element("figcaption");
    return { ...grid, name, caption, figure: element("figure", {}, caption, grid.place) };
  });
  const row = div("cnn-products", ...grids.map((grid) => grid.figure));
  let under = null;
  const chart = createChart(signal, (place) => (under = place));
  const slider = element("input", { type: "range", min: 0, "aria-label": "Input map" });
  const label = element("label", {}, element("span", {}, "Input map"), slider);
  const chosen = element("span", { class: "cnn-quiet" });
  slider.addEventListener("input", () => onMap(Number(slider.value)));
  chart.node.addEventListener("click", () => under !== null && onMap(Math.floor(under)));
  const maps = figure(
    "Sum of the products with each input map",
    chart.node,
    div("cnn-tools", label, chosen),
  );
  const terms = element("ol", { class: "cnn-terms" });
  const node = section("How it was computed", title, equation, maps, terms, row);

  function draw(layer, where, value, { bias, groups }, inputMap) {
    const manyMaps = layer.kind === "conv" && groups.length > 1;
    const isDense = layer.kind === "dense";
    const at = manyMaps ? Math.min(inputMap ?? strongest(groups), groups.length - 1) : 0;
    equation.replaceChildren(...equationWords(layer, where, value, bias, groups));
    maps.hidden = !manyMaps;
    terms.hidden = !isDense;
    row.hidden = isDense;
    if (manyMaps) drawSums(groups, at);
    if (isDense) drawTerms(terms, groups);
    else drawGrids(layer, groups[at]);
  }

  function drawSums(groups, at) {
    const sums = groups.map(({ sum }) => sum);
    const limit = Math.max(...sums.map(Math.abs)) || 1;
    chart.draw({
      label: `Sums of ${groups.length} input maps, from ${format(Math.min(...sums))} to ${format(Math.max(...sums))}`,
      x: { range: [0, groups.length], label: "input map" },
      y: { range: [-limit, limit], write: short },
      at: at + 0.5,
      bars: sums.map((sum, k) => ({
        from: k,
        to: k + 1,
        high: sum,
        kind: sum < 0 ? "below" : "above",
      })),
    });
    slider.max = groups.length - 1;
    slider.value = at;
    chosen.textContent = `${at}: ${format(sums[at])}`;
    slider.setAttribute("aria-valuetext", `map ${at}: sum ${format(sums[at])}`);
  }

  function drawGrids({ kind }, group) {
    const isMax = kind === "max" || kind === "peak";
    const matrices = [group.x, group.w, group.products];
    const isNumber = kind === "flatten" || ACTIVATIONS_SHOWN.includes(kind);
    const names = isNumber ? ["Input x"] : ["Window x", "Kernel w"];
    grids.forEach((grid, k) => {
      const matrix = matrices[k];
      grid.figure.hidden = !matrix;
      if (!matrix) return;
      const limit = Math.max(...matrix.flat().map(Math.abs));
      grid.caption.textContent = k === 2 ? grid.name : `${names[k]}, map ${group.map}`;
      grid.resize(matrix.length, matrix[0].length);
      grid.place.style.setProperty(
        "--cell",
        `${Math.max(18, Math.min(46, 230 / matrix[0].length))}px`,
      );
      matrix.forEach((values, u) =>
        values.forEach((value, v) =>
          tint(
            grid.write(u, v, short(value), `row ${u}, column ${v}: ${format(value)}`, "signed"),
            value,
            limit,
          ),
        ),
      );
      grid.fit();
      const most = isMax ? largestAt(matrix) : [0, 0];
      grid.setFrame(...most, ...(isMax ? [1, 1] : [matrix.length, matrix[0].length]));
      grid.place.lastChild.hidden = !isMax;
    });
  }
  return { node, draw };
}

function largestAt(matrix) {
  let best = [0, 0];
  matrix.forEach((row, u) =>
    row.forEach((value, v) => {
      if (value > matrix[best[0]][best[1]]) best = [u, v];
    }),
  );
  return best;
}

function equationWords({ kind, name }, place, value, bias, groups) {
  const left = element("span", { class: "cnn-name" }, `${name}[${place.join(", ")}]`);
  const right = element("b", {}, format(value));
  const [{ x, map: from, at, w }] = groups;
  const count = groups.reduce((total, group) => total + group.x.length * group.x[0].length, 0);
  const added = (number) => (number < 0 ? `− ${format(-number)}` : `+ ${format(number)}`);
  const sums = groups.reduce((total, { sum }) => total + sum, 0);
  const words = {
    conv: () => `the sum of ${count} products, ${format(sums)}, ${added(bias)} bias`,
    dense: () => `the sum of ${count} products, ${format(sums)}, ${added(bias)} bias`,
    scale: () => `${format(w[0][0])} · ${format(x[0][0])} ${added(bias)}`,
    relu: () => `max(0, ${format(x[0][0])})`,
    max: () => `the largest of ${count} numbers`,
    gelu: () => `x · Φ(x) with x = ${format(x[0][0])}, Φ the normal distribution`,
    tanh: () => `tanh(${format(x[0][0])})`,
    sigmoid: () => `1 / (1 + exp(−x)) with x = ${format(x[0][0])}`,
    times: () => `${short(w[0][0])} · ${format(x[0][0])}`,
    peak: () => `the largest of map ${from}, ${count} numbers`,
    average: () => `the mean of ${count} numbers`,
    mean: () => `the mean of map ${from}, ${count} numbers`,
    flatten: () => `number ${at?.join(", ")} of map ${from}`,
  };
  return [left, ` = ${words[kind]()} = `, right];
}

// The largest products of a dense layer, and the sum of the others.
function drawTerms(list, groups) {
  const order = [...groups].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  const limit = Math.abs(order[0].sum);
  const rest = order.slice(MOST_TERMS).reduce((total, { sum }) => total + sum, 0);
  const items = order.slice(0, MOST_TERMS).map(({ map, x, w, sum }) => {
    const words = `x[${map}]: ${short(x[0][0])} × ${short(w[0][0])}`;
    const item = element(
      "li",
      {},
      element("span", {}, words),
      element("b", {}, `= ${format(sum)}`),
    );
    tint(item, sum, limit);
    return item;
  });
  const others = Math.max(0, order.length - MOST_TERMS);
  if (others)
    items.push(
      element(
        "li",
        {},
        element("span", {}, `the other ${others} products`),
        element("b", {}, `= ${format(rest)}`),
      ),
    );
  list.replaceChildren(...items);
}
