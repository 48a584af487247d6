// GraphStepper: the page computes the network's values and gradients.
import { largestSize } from "./arithmetic.js";
import { runGraph } from "./graph_arithmetic.js";
import { OPERATIONS, explain, stepOf } from "./graph_rules.js";
import { createGrid } from "./grid.js";
import { createPlayer } from "./player.js";
import {
  chooser,
  div,
  element,
  format,
  openView,
  save,
  section,
  setText,
  shade,
  short,
  tint,
} from "./shared.js";
import { paintOn } from "./stepper_panels.js";

const INPUTS = ["x", "w1", "b1", "w2", "b2", "y"];
const ROWS = [
  ["x", "w1", "b1", "conv", "relu"],
  ["pool", "flat", "w2", "b2", "scores", "loss"],
];
const MAPS = ["conv", "relu", "pool", "flat"]; // they share one range of colours
const RESULTS = [...MAPS, "scores", "loss"];

function render({ model, el }) {
  const view = openView({ model, el }, "graph");

  function read() {
    const state = Object.fromEntries(INPUTS.map((name) => [name, model.get(name)]));
    const progress = { index: model.get("step"), count: OPERATIONS.length };
    return { ...state, ...progress, picture: state.x, padding: 0 };
  }

  function goTo(step) {
    save(model, { step, focus: [] });
  }

  // Explain a number that has been computed.
  function choose(name, i, j) {
    const step = stepOf(name);
    if (step > 0 && step <= read().index) save(model, { focus: [name, i, j] });
  }

  const grids = {};
  function panel(name, column) {
    const isGradient = name[0] === "d";
    const kind = isGradient ? ", gradient" : name === "x" ? ": Space paints a pixel" : ", value";
    const grid = createGrid(`${name}${kind}`, (i, j) => choose(name, i, j));
    grid.node.addEventListener("click", (event) => {
      const at = grid.at(event);
      if (at) choose(name, ...at);
    });
    grids[name] = grid;
    const node = section(name, element("p", { class: "cnn-title" }, name), grid.place);
    node.dataset.band = isGradient ? "gradient" : "value";
    node.style.setProperty("--column", column + 1);
    node.toggleAttribute("data-fed", RESULTS.includes(name.replace(/^d/, "")) && column > 0);
    return node;
  }
  const rows = ROWS.map((names) =>
    div("cnn-row", ...names.flatMap((name, k) => [panel(name, k), panel(`d${name}`, k)])),
  );
  paintOn(grids.x, read, (x) => save(model, { x }));

  const player = createPlayer(view.signal, { read, goTo, restart: () => goTo(0) });
  const label = chooser("Label y", [0, 1, 2, 3], (value) => {
    save(model, { y: Number(value) });
  });
  const title = element("b");
  const rule = element("span", { class: "cnn-rule" });
  const worked = element("span", { class: "cnn-worked" });
  view.root.append(
    div("cnn-tools", player.node, label.node),
    element("p", { class: "cnn-equation" }, title, rule, worked),
    ...rows,
  );

  function draw() {
    const state = read();
    const graph = runGraph(state);
    const step = state.index;
    const limits = limitsOf(graph);
    const focus = focusOf(model.get("focus"), graph, step);
    const [text, sources] = focus ? explain(graph, state.y, focus) : ["", []];
    const boxes = focus ? [...sources, [...focus, 1, 1]] : [];
    const framed = new Map(boxes.map(([name, ...box]) => [name, box]));
    const isInput = (name) => step === 0 && stepOf(name) === 0;
    for (const [name, grid] of Object.entries(grids)) {
      const isShown = stepOf(name) <= step;
      drawGrid(name, grid, graph[name], isShown, limits[name]);
      grid.setFrame(...(framed.get(name) ?? [0, 0, 0, 0]));
      const isNow = OPERATIONS[step].fills.includes(name);
      grid.place.toggleAttribute("data-now", isNow);
      const isNear = isNow || framed.has(name) || isInput(name);
      grid.place.parentNode.toggleAttribute("data-near", isNear);
    }
    for (const [k, option] of [...label.select.options].entries()) {
      option.hidden = k >= state.w2.length;
    }
    label.select.value = state.y;
    setText(title, OPERATIONS[step].title);
    setText(rule, OPERATIONS[focus ? stepOf(focus[0]) : step].rules.join("\n"));
    const found = focus && valueAt(graph, focus);
    const place = focus && placeOf(focus, graph);
    setText(worked, focus ? `${place} = ${text} = ${format(found)}` : "");
    player.draw(state, OPERATIONS[step].title, focus ? `${place} is ${format(found)}` : "");
  }

  view.drawOnChange([...INPUTS, "step", "focus"], draw);
  return view.close;
}

const valueAt = (graph, [name, i, j]) => graph[name][i][j];

// The name of a number, with the indices that it has in code.
function placeOf([name, i, j], graph) {
  const [rows, columns] = [graph[name].length, graph[name][0].length];
  const isMatrix = rows > 1 && columns > 1;
  if (isMatrix) return `${name}[${i}, ${j}]`;
  return rows * columns > 1 ? `${name}[${i + j}]` : name;
}

// The chosen number, if it has been computed; else the largest one that this step fills in.
function focusOf([name, i, j], graph, step) {
  if (name && stepOf(name) <= step && graph[name][i]?.[j] !== undefined) return [name, i, j];
  const [first] = OPERATIONS[step].fills;
  if (!first) return null;
  const largest = largestSize(graph[first]);
  const row = graph[first].findIndex((values) => values.some((v) => Math.abs(v) === largest));
  return [first, row, graph[first][row].findIndex((v) => Math.abs(v) === largest)];
}

// The size at which each grid's colours are full: one for all maps, one for all gradients.
function limitsOf(graph) {
  const largest = (names) => Math.max(...names.map((name) => largestSize(graph[name])));
  const all = Object.keys(graph);
  const gradients = all.filter((name) => name[0] === "d" && name !== "dloss");
  const [maps, back] = [largest(MAPS), largest(gradients)];
  const ownOf = (name) => (MAPS.includes(name) ? maps : largestSize(graph[name]));
  return Object.fromEntries(
    all.map((name) => [name, name.endsWith("loss") ? 0 : name[0] === "d" ? back : ownOf(name)]),
  );
}

function drawGrid(name, grid, matrix, isShown, limit) {
  const isLight = name === "x" && matrix.flat().every((value) => value >= 0);
  grid.resize(matrix.length, matrix[0].length);
  matrix.forEach((values, i) =>
    values.forEach((value, j) => {
      const spoken = `row ${i}, column ${j}: ${isShown ? format(value) : "not yet computed"}`;
      const kind = !isShown ? "open" : isLight ? shade(value, limit) : "signed";
      const text = short(name === "loss" ? Number(value.toFixed(2)) : value);
      tint(grid.write(i, j, isShown ? text : "", spoken, kind), isShown ? value : 0, limit);
    }),
  );
  grid.fit();
}

export default { render };
