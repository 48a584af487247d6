// The ledger as a table: one row for each layer, and below each number a bar for its share.
import { element, setText } from "./shared.js";

const LEDGER_COLUMNS = ["Layer", "Output", "Parameters", "Multiply-adds", "Memory", "Sees"];
// In a narrow table, a word in front of each number says what it is.
const NARROW_COLUMNS = ["", "", "Params", "Mult-adds", "Memory", "Sees"];
const REST = 100; // after so many milliseconds without a change, rows out of sight are written
// One formatter for all: to make one takes longer than everything else in a frame.
const thousandsFormat = new Intl.NumberFormat("en-US");
export const thousands = (number) => thousandsFormat.format(number);

function memorySize(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${size >= 100 ? Math.round(size) : Number(size.toPrecision(3))} ${unit}`;
}

// A layer in a few words: "Conv 64, 3×3, stride 2, pad 1".
function layerWords(layer) {
  const { kind, kernel_size: size } = layer;
  if (kind === "Elementwise") return layer.name;
  const parts = [layer.filters ?? layer.features ?? ""];
  if (size) parts.push(`${size}×${size}`);
  if (size && layer.stride !== (kind === "Pool" ? size : 1)) parts.push(`stride ${layer.stride}`);
  if (layer.padding) parts.push(layer.padding === "same" ? "same" : `pad ${layer.padding}`);
  if (layer.dilation > 1) parts.push(`dilation ${layer.dilation}`);
  if (layer.groups > 1) parts.push(`groups ${layer.groups}`);
  if (layer.bias === false) parts.push("no bias");
  if (layer.ceil_mode) parts.push("rounded up");
  return `${kind} ${parts.filter(Boolean).join(", ")}`.trim();
}

function fieldWords(field) {
  return field ? field.map(({ size }) => thousands(size)).join(" × ") : "all";
}

function ledgerTotals(rows) {
  const total = { parameters: 0, multiplyAdds: 0, bytes: 0 };
  for (const row of rows) for (const key in total) total[key] += row[key];
  return total;
}

// `onSelect(number)` is called with the layer the reader chose, counted from 1.
export function createLedgerTable(onSelect) {
  const cell = (role, ...children) => element("div", { role }, ...children);
  const head = element(
    "div",
    { role: "row", class: "cnn-head" },
    ...LEDGER_COLUMNS.map((name) => cell("columnheader", name)),
  );
  const body = element("div", { role: "rowgroup" });
  const sums = NARROW_COLUMNS.map((name) => {
    const at = cell("cell");
    at.dataset.name = name;
    return at;
  });
  const foot = element("div", { role: "row", class: "cnn-total" }, ...sums);
  const node = element(
    "div",
    { class: "cnn-table", role: "table", "aria-label": "Ledger", tabindex: 0 },
    element("div", { role: "rowgroup" }, head),
    body,
    element("div", { role: "rowgroup" }, foot),
  );
  let rows = [];
  const inView = new WeakSet(); // the rows that aren't scrolled out of sight
  let rest = 0;
  const watching = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        inView[isIntersecting ? "add" : "delete"](target);
      }
    },
    { root: node },
  );
  const shares = new WeakMap(); // the share last drawn in each cell

  body.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const at = rows.findIndex(({ choice }) => choice === document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = rows[at + step];
    if (!next) return;
    next.choice.focus();
    onSelect(at + step + 1);
  });

  function createRow(number) {
    const choice = element("button", { type: "button" });
    choice.addEventListener("click", () => onSelect(number));
    const cells = NARROW_COLUMNS.map((name, column) => {
      const at = cell("cell", ...(column ? [] : [choice]));
      at.dataset.name = name;
      return at;
    });
    return { node: element("div", { role: "row" }, ...cells), choice, cells };
  }

  function write(at, text, share) {
    setText(at, text);
    const written = (share || 0).toFixed(3);
    if (shares.get(at) === written) return;
    shares.set(at, written);
    at.style.setProperty("--share", written);
  }

  function writeRow(k, { layers, rows: ledger, selected, problem }, total) {
    const { node: line, choice, cells } = rows[k];
    setText(choice, `${k + 1}  ${layerWords(layers[k])}`);
    choice.ariaPressed = k + 1 === selected;
    if (line.dataset.kind !== layers[k].kind) line.dataset.kind = layers[k].kind;
    line.toggleAttribute("data-selected", k + 1 === selected);
    line.toggleAttribute("data-problem", Boolean(problem) && k === ledger.length);
    const row = ledger[k];
    write(cells[1], row ? row.output.map(thousands).join(" × ") : "–");
    for (const [column, key] of [[2, "parameters"], [3, "multiplyAdds"], [4, "bytes"]]) {
      const text = key === "bytes" ? memorySize : thousands;
      write(cells[column], row ? text(row[key]) : "–", row && row[key] / total[key]);
    }
    write(cells[5], row ? fieldWords(row.field) : "–");
  }

  // During a drag only the rows in sight are written; the others follow when it stops.
  function draw(state) {
    const total = ledgerTotals(state.rows);
    const isOther = rows.length !== state.layers.length;
    if (isOther) {
      watching.disconnect();
      rows = state.layers.map((_, k) => createRow(k + 1));
      body.replaceChildren(...rows.map((row) => row.node));
      for (const row of rows) watching.observe(row.node);
    }
    rows.forEach((row, k) => {
      if (isOther || inView.has(row.node)) writeRow(k, state, total);
    });
    clearTimeout(rest);
    rest = setTimeout(() => rows.forEach((_, k) => writeRow(k, state, total)), REST);
    const { parameters, multiplyAdds, bytes } = total;
    const texts = [thousands(parameters), thousands(multiplyAdds), memorySize(bytes)];
    ["Total", "", ...texts, ""].forEach((text, column) => setText(sums[column], text));
  }

  return { node, draw };
}
