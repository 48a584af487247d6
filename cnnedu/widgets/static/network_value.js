// How one output of a layer is computed: its multiplications, or the window that it comes from.
import { createChart } from "./chart.js";
import { createGrid } from "./grid.js";
import { strongest } from "./network.js";
import { createProductPanel } from "./network_product.js";
import { button, div, element, figure, format, section, short, tint } from "./shared.js";

const MOST_TERMS = 11; // of a dense layer, beside the others and the bias
const ACTIVATIONS_SHOWN = ["relu", "gelu", "tanh", "sigmoid"];

// `onMap(map)` is called when the reader asks for the products with this input map, `onTerm(input)`
// when they choose one input [map, u, v], and `onDown(input)` when they ask where it comes from.
export function createValuePanel(signal, onMap, onTerm, onDown) {
  const title = element("p", { class: "cnn-title" }, "How it was computed");
  const equation = element("p", { class: "cnn-equation" });
  const use = element("p", { class: "cnn-quiet" });
  let shownMap = 0;
  const choose = (u, v) => onTerm([shownMap, u, v]);
  const grids = ["Window x", "Kernel w", "Products x · w"].map((name) => {
    const grid = createGrid(name, choose);
    grid.node.addEventListener("click", (event) => {
      const at = grid.at(event);
      if (!at) return;
      grid.setCurrent(...at);
      choose(...at);
    });
    grid.node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(...grid.current());
    });
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
  const product = createProductPanel(() => onDown());
  const node = section("How it was computed", title, equation, use, maps, terms, row, product.node);

  // `used` says what became of the value, `term` is the chosen input, [], [map] or [map, u, v], and
  // `origin(input)` gives an input's words for its place and whether it has a way down.
  function draw(layer, where, value, { bias, groups }, { used, term, origin }) {
    const manyMaps = layer.kind === "conv" && groups.length > 1;
    const isDense = layer.kind === "dense";
    const at = manyMaps ? Math.min(term[0] ?? strongest(groups), groups.length - 1) : 0;
    shownMap = groups[at].map;
    equation.replaceChildren(...equationWords(layer, where, value, bias, groups));
    use.textContent = used;
    use.hidden = !used;
    maps.hidden = !manyMaps;
    terms.hidden = !isDense;
    row.hidden = isDense;
    const [, u, v] = term;
    if (manyMaps) drawSums(groups, at);
    if (isDense) drawTerms(terms, groups, bias, origin, onDown);
    else drawGrids(layer, groups[at], term.length === 3 ? [u, v] : null);
    drawProduct(groups[at], isDense ? [] : term, origin);
  }

  function drawProduct({ map, x, w, products }, [, u, v], origin) {
    if (u === undefined || x[u]?.[v] === undefined) return product.draw(null);
    const { words, isBelow } = origin([map, u, v]);
    product.draw({ x: x[u][v], w: w?.[u][v], result: products?.[u][v] }, words, isBelow);
  }

  // Move the keyboard to where the reader goes on: the largest term, or the first grid.
  function focusNext() {
    const next = terms.hidden
      ? node.querySelector('[role="gridcell"][tabindex="0"]')
      : terms.querySelector("button");
    next?.focus();
  }

  function drawSums(groups, at) {
    const sums = groups.map(({ sum }) => sum);
    const limit = Math.max(...sums.map(Math.abs)) || 1;
    chart.draw({
      label: `Sums of ${groups.length} input maps, from ${format(Math.min(...sums))} to ${format(Math.max(...sums))}`,
      x: {
        range: [0, groups.length],
        label: "input map",
        ticks: middleTicks(groups.length),
        write: (middle) => format(middle - 0.5),
      },
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

  function drawGrids({ kind }, group, chosen) {
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
      const framed = chosen ?? (isMax ? largestAt(matrix) : null);
      grid.place.lastChild.hidden = !framed;
      if (framed && matrix[framed[0]]?.[framed[1]] !== undefined) grid.setFrame(...framed, 1, 1);
    });
  }
  return { node, draw, focusNext };
}

// The middles of at most eight bars, from the first on.
function middleTicks(count) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((some) => count <= 8 * some) ?? count;
  return Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step + 0.5);
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

// The largest products of a dense layer, each a way down; the sum of the others; the bias.
function drawTerms(list, groups, bias, origin, onDown) {
  const order = [...groups].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  const limit = Math.abs(order[0].sum);
  const shown = order.slice(0, MOST_TERMS).filter(({ sum }) => sum !== 0);
  const items = shown.map(({ map, x, w, sum }) => {
    const { name, isBelow } = origin([map, 0, 0]);
    const words = `${name}: ${short(x[0][0])} × ${short(w[0][0])}`;
    const term = button(words, () => onDown([map, 0, 0]));
    term.disabled = !isBelow;
    term.append(element("b", {}, `= ${format(sum)}`));
    tint(term, sum, limit);
    return element("li", {}, term);
  });
  const others = order.slice(shown.length);
  const zeros = others.filter(({ sum }) => sum === 0).length;
  const rest = others.reduce((total, { sum }) => total + sum, 0);
  const restWords = `the other ${others.length} products` + (zeros ? `, ${zeros} of them 0` : "");
  if (others.length) items.push(plainTerm(restWords, rest, limit));
  items.push(plainTerm("the bias, a learnt number", bias, limit));
  // A button that is drawn again would lose the keyboard's focus.
  const texts = (nodes) => Array.from(nodes, (node) => node.textContent).join("\n");
  if (texts(items) !== texts(list.children)) list.replaceChildren(...items);
}

function plainTerm(words, value, limit) {
  const item = element("li", {}, element("span", {}, words), element("b", {}, `= ${format(value)}`));
  tint(item, value, limit);
  return item;
}
