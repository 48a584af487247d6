// KernelLab's close-up: the numbers of one window, from the photograph to the pooled picture.
import { largestSize } from "./arithmetic.js";
import { div, element, format, setText, short, tint } from "./shared.js";

const PALE_FROM = 118; // the grey level from which black text is more legible than white

export function createCloseup() {
  const parts = {};
  const node = div("cnn-closeup");
  for (const [name, sign] of [
    ["window", ""],
    ["kernel", "×"],
    ["response", "="],
    ["block", "→"],
    ["pooled", "→"],
  ]) {
    const title = element("span", { class: "cnn-caption" });
    const numbers = element("ul", { class: "cnn-numbers" });
    parts[name] = { title, numbers };
    const before = element("span", { class: "cnn-sign", "aria-hidden": "true" }, sign);
    node.append(div("cnn-step", before, div("cnn-part", title, numbers)));
  }

  // Write a matrix as cells coloured by `paint`; the cells are kept as long as the size stays.
  function write({ title, numbers }, name, matrix, paint) {
    setText(title, name);
    numbers.setAttribute("aria-label", name);
    const values = matrix.flat();
    if (numbers.children.length !== values.length) {
      numbers.style.setProperty("--columns", matrix[0].length);
      numbers.replaceChildren(...values.map(() => element("li")));
    }
    values.forEach((value, k) => {
      const cell = numbers.children[k];
      const text = value === null ? "–" : short(value);
      if (cell.textContent !== text) {
        cell.textContent = text;
        cell.style.setProperty("--characters", Math.max(3, text.length));
      }
      paint(cell, value ?? 0);
    });
  }

  const photograph = (cell, value) => {
    cell.style.background = `rgb(${value} ${value} ${value})`;
    cell.style.color = value >= PALE_FROM ? "#000000" : "#ffffff";
  };
  const signed = (limit) => (cell, value) => tint(cell, value, limit);

  function draw({ picture, applied, response, pooled, limit, operation }, [i, j]) {
    const size = applied.length;
    const take = (volume, top, left, side) =>
      Array.from({ length: side }, (_, u) =>
        Array.from({ length: side }, (_, v) =>
          left + v < volume.width && top + u < volume.height
            ? volume.data[(top + u) * volume.width + left + v]
            : null,
        ),
      );
    const out = take(response, i, j, 1);
    const block = take(response, i - (i % 2), j - (j % 2), 2);
    const activated = block.map((row) => row.map((value) => value && Math.max(0, value)));
    const best = take(pooled, Math.floor(i / 2), Math.floor(j / 2), 1);
    const flip = operation === "convolution" ? "kernel, flipped" : "kernel";
    write(parts.window, "window", take(picture, i, j, size), photograph);
    write(parts.kernel, flip, applied, signed(largestSize(applied)));
    write(parts.response, "response", out, signed(limit));
    write(parts.block, "ReLU, its 2 × 2", activated, signed(limit));
    write(parts.pooled, "largest", best, signed(limit));
    [...parts.block.numbers.children].forEach((cell, k) => {
      cell.toggleAttribute("data-chosen", k === 2 * (i % 2) + (j % 2));
    });
    return `row ${i}, column ${j}: response ${format(out[0][0])}`;
  }

  // Turn the kernel's cells from their places before the flip to their places now.
  function turn() {
    const { numbers } = parts.kernel;
    numbers.classList.remove("cnn-turn");
    numbers.getBoundingClientRect(); // so that the browser notices the class has gone
    numbers.classList.add("cnn-turn");
  }

  return { node, draw, turn };
}
