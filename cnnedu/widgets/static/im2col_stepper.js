// Im2colStepper: the page lays the windows out as columns; Python holds the same state as traits.
import { im2col, largestSize, outputSize, tapOf } from "./arithmetic.js";
import { createGrid } from "./grid.js";
import { createPlayer } from "./player.js";
import {
  button,
  chooser,
  clamp,
  div,
  element,
  format,
  openView,
  save,
  section,
  shade,
  short,
  tint,
} from "./shared.js";

function render({ model, el }) {
  const view = openView({ model, el }, "im2col");
  const pictures = []; // a grid for each channel

  // The state with its sizes, safe to draw while Python is still setting several traits.
  function read() {
    const [picture, kernel] = [model.get("picture"), model.get("kernel")];
    const stride = model.get("stride");
    const [height, width] = [kernel[0].length, kernel[0][0].length];
    const rows = outputSize(picture[0].length, height, stride, 0);
    const columns = outputSize(picture[0][0].length, width, stride, 0);
    const matrix = im2col(picture, height, width, stride);
    const weights = kernel.flat(2);
    const output = matrix[0].map((_, k) =>
      weights.reduce((total, weight, row) => total + weight * matrix[row][k], 0),
    );
    const [i, j] = model.get("position");
    const position = [Math.min(i, rows - 1), Math.min(j, columns - 1)];
    const index = position[0] * columns + position[1];
    const marked = model.get("pixel");
    const pixel = marked && picture[marked[0]]?.[marked[1]]?.[marked[2]] !== undefined ? marked : null;
    const sizes = { height, width, rows, columns, count: rows * columns };
    return { picture, kernel, stride, matrix, weights, output, position, index, pixel, ...sizes };
  }

  // The pixel, [channel, row, column], of which an entry of the matrix is a copy.
  function sourceOf({ height, width, columns, stride }, row, k) {
    const [c, u, v] = tapOf(row, height, width);
    return [c, Math.floor(k / columns) * stride + u, (k % columns) * stride + v];
  }

  function goTo(index, changes = {}) {
    const { columns, count } = read();
    const k = clamp(index, 0, count - 1);
    save(model, { position: [Math.floor(k / columns), k % columns], ...changes });
  }

  // Move the window so that its middle comes as near to a pixel as it can.
  function moveTo(row, column) {
    const { stride, height, width, rows, columns } = read();
    const nearest = (at, size, count) =>
      clamp(Math.round((at - (size - 1) / 2) / stride), 0, count - 1);
    save(model, { position: [nearest(row, height, rows), nearest(column, width, columns)] });
  }

  function mark(pixel) {
    save(model, { pixel: String(pixel) === String(read().pixel) ? null : pixel });
  }

  const player = createPlayer(view.signal, { read, goTo, restart: () => goTo(0) });
  const byHand = (action) => (...given) => {
    player.stop();
    action(...given);
  };

  const matrixGrid = createGrid(
    "Columns: the arrow keys go through the copies",
    byHand((row, k) => goTo(k, { pixel: sourceOf(read(), row, k) })),
  );
  const kernelGrid = createGrid("Kernel as a row");
  const outputGrid = createGrid("Output: the arrow keys move the window", byHand((_, k) => goTo(k)));
  pressed(matrixGrid, byHand((row, k) => goTo(k, { pixel: sourceOf(read(), row, k) })));
  pressed(outputGrid, byHand((_, k) => goTo(k)));

  const planes = div("cnn-planes");
  const titles = ["Picture x", "Columns", "Kernel", "Output"].map(() => element("span"));
  const [pictureTitle, columnsTitle, kernelTitle, outputTitle] = titles;
  const stride = chooser("Stride", [1, 2, 3], (value) => save(model, { stride: Number(value) }));
  const unmark = button("Unmark", () => save(model, { pixel: null }));
  const equation = element("p", { class: "cnn-equation" });
  const words = element("p", { class: "cnn-words", role: "status" });
  view.root.append(
    div(
      "cnn-panels",
      section("Picture", div("cnn-heading", pictureTitle), planes),
      section("Columns", div("cnn-heading", columnsTitle), matrixGrid.place),
      section("Kernel", div("cnn-heading", kernelTitle), kernelGrid.place),
      section("Output", div("cnn-heading", outputTitle), outputGrid.place),
    ),
    equation,
    words,
    div("cnn-tools", stride.node, unmark, player.node),
  );

  // Drag the window over the picture; a click, Space or Enter marks a pixel.
  function createPicture(channel) {
    const grid = createGrid(`Picture x, channel ${channel}: Space marks a pixel`);
    let start = null;
    let dragged = false;
    grid.node.addEventListener("pointerdown", (event) => {
      start = event.button === 0 ? grid.at(event) : null;
      dragged = false;
      if (start) grid.node.setPointerCapture(event.pointerId);
    });
    grid.node.addEventListener("pointermove", (event) => {
      const at = start && grid.at(event);
      if (!at || (!dragged && String(at) === String(start))) return;
      if (!dragged) player.stop();
      dragged = true;
      moveTo(...at);
    });
    grid.node.addEventListener("pointerup", () => {
      if (start && !dragged) {
        grid.setCurrent(...start);
        mark([channel, ...start]);
      }
      start = null;
    });
    grid.node.addEventListener("pointercancel", () => (start = null));
    grid.node.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      mark([channel, ...grid.current()]);
    });
    return grid;
  }

  function drawPicture(state) {
    const { picture, stride: step, position, height, width, pixel } = state;
    if (pictures.length !== picture.length) {
      pictures.splice(0, pictures.length, ...picture.map((_, channel) => createPicture(channel)));
      planes.replaceChildren(...pictures.map(({ place }) => place));
    }
    const kindOf = kinds(picture);
    picture.forEach((plane, channel) => {
      const grid = pictures[channel];
      grid.resize(plane.length, plane[0].length);
      plane.forEach((values, i) =>
        values.forEach((value, j) => {
          const marked = String(pixel) === String([channel, i, j]);
          const spoken = `row ${i}, column ${j}: ${format(value)}${marked ? ", marked" : ""}`;
          writeCell(grid, i, j, value, spoken, kindOf, marked);
        }),
      );
      grid.fit();
      grid.setFrame(position[0] * step, position[1] * step, height, width);
    });
  }

  function drawMatrix(state) {
    const { picture, matrix, index, pixel, height, width } = state;
    const kindOf = kinds(picture);
    let copies = 0;
    matrixGrid.resize(matrix.length, matrix[0].length);
    matrix.forEach((values, row) =>
      values.forEach((value, k) => {
        const [c, i, j] = sourceOf(state, row, k);
        const marked = String(pixel) === String([c, i, j]);
        copies += marked;
        const from = `row ${row}, column ${k}: pixel (${c}, ${i}, ${j}), ${format(value)}`;
        const cell = writeCell(matrixGrid, row, k, value, from, kindOf, marked);
        cell.toggleAttribute("data-seam", row > 0 && row % (height * width) === 0);
      }),
    );
    for (const { node } of [matrixGrid, outputGrid]) {
      node.classList.toggle("cnn-crowded", matrix[0].length > 20);
    }
    matrixGrid.fit();
    matrixGrid.setFrame(0, index, matrix.length, 1);
    return copies;
  }

  function draw() {
    const state = read();
    const { picture, matrix, weights, output, position, index, pixel, count } = state;
    drawPicture(state);
    const copies = drawMatrix(state);
    drawRow(kernelGrid, weights, "weight");
    drawRow(outputGrid, output, "output");
    outputGrid.setFrame(0, index, 1, 1);
    outputGrid.setCurrent(0, index);

    const shape = [picture[0].length, picture[0][0].length];
    if (picture.length > 1) shape.unshift(picture.length);
    pictureTitle.textContent = `Picture x, ${shape.join(" × ")}`;
    columnsTitle.textContent = `Windows as columns, ${matrix.length} × ${count}`;
    kernelTitle.textContent = `Kernel as a row, 1 × ${weights.length}`;
    outputTitle.textContent = `Kernel · columns, 1 × ${count}`;
    for (const [name, value] of Object.entries({
      picture: shape.at(-1),
      planes: picture.length,
      matrix: count,
      kernel: weights.length,
    })) {
      view.root.style.setProperty(`--${name}-columns`, value);
    }

    drawSum(equation, state);
    words.textContent = pixel
      ? `Pixel (${pixel.slice(picture.length > 1 ? 0 : 1).join(", ")}) stands in ` +
        `${copies} of the ${count} columns` + (copies > 1 ? ", each time in another row." : ".")
      : "Drag the window; click a pixel to see all its copies.";
    unmark.disabled = !pixel;
    stride.select.value = state.stride;
    const spoken = `column ${index}, the window of output (${position.join(", ")})`;
    player.draw(state, spoken, format(output[index]));
  }

  view.drawOnChange(["picture", "kernel", "stride", "position", "pixel"], draw);
  return view.close;
}

// Which kind of cell shows a number of these channels, and how large their largest number is.
function kinds(picture) {
  const numbers = picture.flat(2);
  const largest = largestSize(picture.flat()) || 1;
  const signed = numbers.some((value) => value < 0);
  return { largest, of: (value) => (signed ? "signed" : shade(value, largest)) };
}

function writeCell(grid, i, j, value, spoken, { largest, of }, marked) {
  const cell = grid.write(i, j, short(value), spoken, of(value));
  tint(cell, value, largest);
  if (cell.hasAttribute("data-marked") !== marked) cell.toggleAttribute("data-marked", marked);
  return cell;
}

// A row of signed numbers.
function drawRow(grid, values, name) {
  const limit = largestSize([values]);
  grid.resize(1, values.length);
  values.forEach((value, k) => {
    tint(grid.write(0, k, short(value), `${name} ${k}: ${format(value)}`, "signed"), value, limit);
  });
  grid.fit();
}

// The kernel's row times the framed column, written out; zeros of the kernel add nothing.
function drawSum(line, { weights, matrix, output, index }) {
  const factor = (value) => (value < 0 ? `(${format(value)})` : format(value));
  const terms = weights
    .map((weight, row) => [weight, matrix[row][index]])
    .filter(([weight]) => weight !== 0)
    .map(([weight, value]) => `${factor(weight)} · ${factor(value)}`);
  const result = element("b", {}, format(output[index]));
  tint(result, output[index], largestSize([output]));
  line.replaceChildren(
    element("span", { class: "cnn-name" }, `out[${index}]`),
    ` = ${terms.join(" + ") || "0"} = `,
    result,
  );
}

// A pressed pointer chooses cells, `onPoint(i, j)`, as it moves over them.
function pressed(grid, onPoint) {
  let last = "";
  const point = (event) => {
    const at = grid.at(event);
    if (!at || String(at) === last) return;
    last = String(at);
    grid.setCurrent(...at);
    onPoint(...at);
  };
  grid.node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    grid.node.setPointerCapture(event.pointerId);
    last = "";
    point(event);
  });
  grid.node.addEventListener("pointermove", (event) => {
    if (grid.node.hasPointerCapture(event.pointerId)) point(event);
  });
}

export default { render };
