// DrawMap: the reader sketches a feature map; the page computes the true one and compares.
import { correlate2d, largestSize } from "./arithmetic.js";
import { createGrid } from "./grid.js";
import { nextLevel, scoreOf } from "./map_score.js";
import {
  button,
  div,
  element,
  format,
  openView,
  save,
  section,
  setText,
  short,
  tint,
} from "./shared.js";
import { drawPicture } from "./stepper_panels.js";

const LEVELS = {
  "-2": ["−−", "strongly negative"],
  "-1": ["−", "negative"],
  0: ["", "zero"],
  1: ["+", "positive"],
  2: ["++", "strongly positive"],
};

function render({ model, el }) {
  const view = openView({ model, el }, "draw-map");
  let here = [0, 0]; // the output whose window is framed
  let brush = null;
  let focusSoon = false; // the button in use is disabled with the next drawing

  // The state, safe to draw while Python is still setting traits.
  function read() {
    const [picture, kernel] = [model.get("picture"), model.get("kernel")];
    const output = correlate2d(picture, kernel, 1, 0);
    const given = model.get("sketch");
    const sketch = output.map((row, i) => row.map((_, j) => given[i]?.[j] ?? 0));
    return { picture, kernel, output, sketch, revealed: model.get("revealed") };
  }

  function paint([i, j], level) {
    const { sketch, revealed } = read();
    if (revealed || sketch[i][j] === level) return;
    sketch[i][j] = level;
    save(model, { sketch });
  }

  function look(place) {
    here = place;
    redraw();
  }

  const pictureGrid = createGrid("Picture x");
  const kernelGrid = createGrid("Kernel w");
  const sketchGrid = createGrid("Your sketch: Space changes a square", (...place) => look(place));
  const mapGrid = createGrid("The map", (...place) => look(place));
  const kernelPlace = div("cnn-still", kernelGrid.place);

  sketchGrid.node.addEventListener("pointerdown", (event) => {
    const at = sketchGrid.at(event);
    if (event.button !== 0 || !at) return;
    sketchGrid.node.setPointerCapture(event.pointerId);
    sketchGrid.setCurrent(...at);
    brush = nextLevel(read().sketch[at[0]][at[1]]);
    look(at);
    paint(at, brush);
  });
  sketchGrid.node.addEventListener("pointermove", (event) => {
    const at = sketchGrid.at(event);
    if (!at) return;
    look(at);
    if (brush !== null) paint(at, brush);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    sketchGrid.node.addEventListener(end, () => (brush = null));
  }
  mapGrid.node.addEventListener("pointermove", (event) => {
    const at = mapGrid.at(event);
    if (at) look(at);
  });
  sketchGrid.node.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const [i, j] = sketchGrid.current();
    paint([i, j], nextLevel(read().sketch[i][j]));
  });

  const titles = ["Picture x", "Kernel w", "Your sketch", "The map"].map((name) => ({
    name,
    node: element("span"),
  }));
  const clear = button("Clear", () =>
    save(model, { sketch: read().sketch.map((row) => row.map(() => 0)) }),
  );
  const [reveal, sketchOn] = [
    ["Reveal the map", true],
    ["Sketch on", false],
  ].map(([label, revealed]) =>
    button(label, () => {
      save(model, { revealed });
      focusSoon = true;
    }),
  );
  reveal.classList.add("cnn-reveal");
  const key = element(
    "p",
    { class: "cnn-key", "aria-hidden": "true" },
    ...[-2, -1, 0, 1, 2].map((level) => {
      const swatch = element("span", { "data-kind": "signed" }, LEVELS[level][0] || "0");
      tint(swatch, level, 2);
      return swatch;
    }),
  );
  const words = element("p", { class: "cnn-score", role: "status" });
  const mapSection = section(
    "The map",
    div("cnn-heading", titles[3].node),
    mapGrid.place,
    element("p", { class: "cnn-hint" }, "✕ in the sketch: another sign here"),
  );
  view.root.append(
    element(
      "p",
      { class: "cnn-hint" },
      "What will the kernel answer at each place? Click a square of the sketch to change its \
colour, again for the next one, or drag to paint.",
    ),
    div(
      "cnn-panels",
      section("Picture", div("cnn-heading", titles[0].node), pictureGrid.place),
      section("Kernel", div("cnn-heading", titles[1].node), kernelPlace),
      section(
        "Sketch",
        div("cnn-heading", titles[2].node, clear),
        sketchGrid.place,
        key,
      ),
      mapSection,
    ),
    div("cnn-tools", reveal, sketchOn, words),
  );

  function draw() {
    const { picture, kernel, output, sketch, revealed } = read();
    here = [Math.min(here[0], output.length - 1), Math.min(here[1], output[0].length - 1)];
    const score = scoreOf(sketch, output);
    drawPicture(pictureGrid, { picture, kernel, stride: 1, padding: 0 }, here);
    drawMap(kernelGrid, kernel, [0, 0]);
    kernelGrid.setFrame(0, 0, kernel.length, kernel[0].length);
    drawSketch(sketchGrid, sketch, revealed && score.right);
    sketchGrid.setFrame(...here, 1, 1);
    if (revealed) drawMap(mapGrid, output, here);
    mapSection.hidden = !revealed;
    clear.disabled = reveal.disabled = revealed;
    sketchOn.disabled = !revealed;
    if (focusSoon) (revealed ? sketchOn : reveal).focus();
    focusSoon = false;
    setText(words, revealed ? inWords(score, sketch, output) : "");
    [picture, kernel, sketch, output].forEach((grid, k) => {
      setText(titles[k].node, `${titles[k].name}, ${grid.length} × ${grid[0].length}`);
    });
    view.root.style.setProperty("--most-columns", picture[0].length);
  }

  const redraw = view.drawOnChange(["picture", "kernel", "sketch", "revealed"], draw);
  return view.close;
}

function drawSketch(grid, sketch, right) {
  grid.resize(sketch.length, sketch[0].length);
  sketch.forEach((levels, i) =>
    levels.forEach((level, j) => {
      const [text, name] = LEVELS[level];
      const missed = right && !right[i][j];
      const spoken = `row ${i}, column ${j}: ${name}${missed ? ", another sign in the map" : ""}`;
      const cell = grid.write(i, j, text, spoken, "signed");
      cell.toggleAttribute("data-missed", missed);
      tint(cell, level, 2);
    }),
  );
  grid.fit();
}

// A grid of signed numbers, with one of them framed.
function drawMap(grid, matrix, [i, j]) {
  const limit = largestSize(matrix);
  grid.resize(matrix.length, matrix[0].length);
  matrix.forEach((values, row) =>
    values.forEach((value, column) => {
      const spoken = `row ${row}, column ${column}: ${format(value)}`;
      tint(grid.write(row, column, short(value), spoken, "signed"), value, limit);
    }),
  );
  grid.fit();
  grid.setFrame(i, j, 1, 1);
}

function inWords({ signs, count, blank, miss }, sketch, output) {
  const said = `${signs} of ${count} signs right; a blank sketch has ${blank}.`;
  if (!miss) return `${said} Every strength is right, too.`;
  const [i, j] = miss;
  const [text, name] = LEVELS[sketch[i][j]];
  const yours = text ? `${name} (${text})` : name;
  return `${said} The biggest miss is in row ${i}, column ${j}: the sketch has ${yours}, the map has \
${format(output[i][j])}.`;
}

export default { render };
