// How the panels of the two steppers are drawn; the state and the controls are in the widgets.
import { largestSize, pad, productsAt } from "./arithmetic.js";
import { clamp, element, format, setText, shade, short, tint } from "./shared.js";
import { isSettled, isWaiting } from "./stepper_questions.js";

// How far the reader has come among the outputs, safe while Python is still setting traits.
export function progressOf(model, output) {
  const [rows, columns] = [output.length, output[0].length];
  const [i, j] = model.get("position");
  const position = [Math.min(i, rows - 1), Math.min(j, columns - 1)];
  const [count, index] = [rows * columns, position[0] * columns + position[1]];
  const filled = clamp(model.get("filled"), index + 1, count);
  return { rows, columns, position, count, index, filled };
}

// The picture in its rings of padding, with the window framed.
export function drawPicture(grid, { picture, kernel, stride, padding }, [i, j]) {
  const padded = pad(picture, padding);
  const largest = largestSize(picture) || 1;
  const signed = picture.flat().some((value) => value < 0);
  grid.resize(padded.length, padded[0].length);
  padded.forEach((values, row) =>
    values.forEach((value, column) => {
      const [r, c] = [row - padding, column - padding];
      const isPadding = picture[r]?.[c] === undefined;
      const spoken = isPadding ? "padding, 0" : `row ${r}, column ${c}: ${format(value)}`;
      const kind = isPadding ? "padding" : signed ? "signed" : shade(value, largest);
      const cell = grid.write(row, column, short(value), spoken, kind);
      tint(cell, value, largest);
    }),
  );
  grid.fit();
  grid.setFrame(i * stride, j * stride, kernel.length, kernel[0].length);
}

// Paint with a mouse, a finger or the space bar: the first pixel of a stroke becomes ink if it was
// 0, or else 0, and so does every other pixel that the stroke meets.
export function paintOn(grid, read, onPaint) {
  const ink = Math.max(1, largestSize(read().picture));
  let brush = null;

  function pixelAt([row, column]) {
    const { padding, picture } = read();
    const [r, c] = [row - padding, column - padding];
    return picture[r]?.[c] === undefined ? null : [r, c];
  }

  function set(pixel, value) {
    const picture = read().picture.map((row) => [...row]);
    if (picture[pixel[0]][pixel[1]] === value) return;
    picture[pixel[0]][pixel[1]] = value;
    onPaint(picture);
  }

  const opposite = ([r, c]) => (read().picture[r][c] === 0 ? ink : 0);

  grid.node.addEventListener("pointerdown", (event) => {
    const at = grid.at(event);
    const pixel = at && pixelAt(at);
    if (event.button !== 0 || !pixel) return;
    grid.node.setPointerCapture(event.pointerId);
    grid.setCurrent(...at);
    brush = opposite(pixel);
    set(pixel, brush);
  });
  grid.node.addEventListener("pointermove", (event) => {
    const at = brush !== null && grid.at(event);
    const pixel = at && pixelAt(at);
    if (pixel) set(pixel, brush);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    grid.node.addEventListener(end, () => (brush = null));
  }
  grid.node.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const pixel = pixelAt(grid.current());
    if (pixel) set(pixel, opposite(pixel));
  });
}

// Every product of the window with the kernel, or question marks where their sum is asked for.
export function drawProducts(list, state, [i, j]) {
  const { picture, kernel, stride, padding } = state;
  const padded = pad(picture, padding);
  const asked = isWaiting(state, [i, j]);
  const products = kernel.map((row, u) =>
    row.map((weight, v) => (asked ? null : [padded[i * stride + u][j * stride + v], weight])),
  );
  writeProducts(list, products.flat(), largestSize(picture) * largestSize(kernel));
}

// Pairs of numbers and their products, in full colour at ±limit; null stands for a pair that the
// reader is to find. The items are kept.
export function writeProducts(list, pairs, limit) {
  if (list.children.length !== pairs.length) {
    list.replaceChildren(
      ...pairs.map(() => element("li", {}, element("span"), element("b"))),
    );
  }
  let characters = 0;
  pairs.forEach((pair, k) => {
    const [a, b] = pair ?? [0, 0];
    const texts = pair ? [`${short(a)} × ${short(b)}`, `= ${short(a * b)}`] : ["? × ?", "= ?"];
    texts.forEach((text, part) => setText(list.children[k].children[part], text));
    characters = Math.max(characters, ...texts.map((text) => text.length));
    tint(list.children[k], a * b, limit);
  });
  list.style.setProperty("--characters", characters);
}

// The sum of the products, written out.
export function drawEquation(line, { picture, kernel, stride, padding, output }, [i, j]) {
  const terms = productsAt(pad(picture, padding), kernel, stride, i, j)
    .flat()
    .map((product) => (format(product)[0] === "−" ? `(${format(product)})` : format(product)));
  const result = element("b", {}, format(output[i][j]));
  tint(result, output[i][j], largestSize(output));
  line.replaceChildren(
    element("span", { class: "cnn-name" }, `out[${i}, ${j}]`),
    ` = ${terms.join(" + ")} = `,
    result,
  );
}

// Whether an output can be seen: as far as the reader has come, but while a question waits, only
// the answers and the output that the reader looks at.
export function isFilled(state, [i, j]) {
  if (state.waiting.length === 0) return i * state.columns + j < state.filled;
  const current = state.position[0] === i && state.position[1] === j;
  return isSettled(state, [i, j]) || (current && !isWaiting(state, [i, j]));
}

// The outputs filled in so far, with the current one framed, and the scale of their colours.
export function drawOutput(grid, scale, state, [i, j]) {
  const limit = largestSize(state.output);
  grid.resize(state.rows, state.columns);
  state.output.forEach((values, row) =>
    values.forEach((value, column) => {
      const seen = isFilled(state, [row, column]);
      const asked = isWaiting(state, [row, column]);
      const found = seen ? format(value) : asked ? "asked" : "not yet computed";
      const cell = grid.write(
        row,
        column,
        seen ? short(value) : asked ? "?" : "",
        `row ${row}, column ${column}: ${found}`,
        seen ? "signed" : "open",
      );
      tint(cell, seen ? value : 0, limit);
    }),
  );
  grid.fit();
  grid.setFrame(i, j, 1, 1);
  grid.setCurrent(...state.position);
  const ends = state.waiting.length ? [] : limit ? [-limit, 0, limit] : [0];
  scale.replaceChildren(...ends.map((value) => element("span", {}, short(value))));
}
