// A grid of numbers that a mouse, a finger and the arrow keys can reach.
import { div, element, setText } from "./shared.js";

export const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// `label` names the grid to a screen reader; `onMove(i, j)` is called when an arrow key has
// moved the focus there. Tab reaches one cell only, the `current` one.
export function createGrid(label, onMove = () => {}) {
  const node = element("div", { class: "cnn-grid", role: "grid", "aria-label": label });
  const frame = element("div", { class: "cnn-frame", "aria-hidden": "true" });
  const place = div("cnn-place", node, frame);
  let cells = [];
  let current = [0, 0];
  let characters = 0;

  // Make the grid `rows` × `columns`; its cells are replaced only when its shape changes.
  function resize(rows, columns) {
    if (cells.length === rows && cells[0].length === columns) return;
    const hadFocus = node.contains(document.activeElement);
    cells = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => element("div", { role: "gridcell", tabindex: -1 })),
    );
    node.replaceChildren(...cells.map((row) => element("div", { role: "row" }, ...row)));
    place.style.setProperty("--columns", columns);
    place.style.setProperty("--rows", rows);
    setCurrent(Math.min(current[0], rows - 1), Math.min(current[1], columns - 1));
    if (hadFocus) cells[current[0]][current[1]].focus();
  }

  function setCurrent(i, j) {
    cells[current[0]]?.[current[1]]?.setAttribute("tabindex", -1);
    current = [i, j];
    cells[i][j].setAttribute("tabindex", 0);
  }

  // Write one cell: its text, its name for a screen reader, and its kind, which the CSS colours.
  function write(i, j, text, spoken, kind) {
    const cell = cells[i][j];
    setText(cell, text);
    if (cell.ariaLabel !== spoken) cell.ariaLabel = spoken;
    if (cell.dataset.kind !== kind) cell.dataset.kind = kind;
    return cell;
  }

  // Let the widest text set the font size.
  function fit() {
    const widest = Math.max(2, ...cells.flat().map((cell) => cell.textContent.length));
    if (widest === characters) return;
    characters = widest;
    place.style.setProperty("--characters", widest);
  }

  // Lay the frame around rows × columns cells from (i, j); around none, it is hidden.
  function setFrame(i, j, rows, columns) {
    frame.hidden = rows === 0;
    frame.style.height = `${(100 * rows) / cells.length}%`;
    frame.style.width = `${(100 * columns) / cells[0].length}%`;
    frame.style.translate = `${(100 * j) / columns}% ${(100 * i) / rows}%`;
  }

  // The [i, j] under a pointer event, or null outside the grid.
  function at(event) {
    const box = node.getBoundingClientRect();
    const i = Math.floor(((event.clientY - box.top) / box.height) * cells.length);
    const j = Math.floor(((event.clientX - box.left) / box.width) * cells[0].length);
    return cells[i]?.[j] ? [i, j] : null;
  }

  node.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const [i, j] = [current[0] + step[0], current[1] + step[1]];
    if (!cells[i]?.[j]) return;
    setCurrent(i, j);
    cells[i][j].focus();
    onMove(i, j);
  });

  return { node, place, resize, write, fit, setFrame, setCurrent, at, current: () => current };
}
