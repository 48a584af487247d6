// A kernel as a grid of number inputs, tinted by sign.
import { largestSize } from "./arithmetic.js";
import { element, tint } from "./shared.js";

// `onChange` gets the whole kernel; `name` and `each` name it and its numbers to a screen reader.
export function createKernelEditor(onChange, name = "Kernel w", each = "weight") {
  const node = element("div", { class: "cnn-kernel", role: "group", "aria-label": name });
  let inputs = [];
  let kernel = [];

  function edit(u, v) {
    const input = inputs[u][v];
    if (input.value === "" || !input.checkValidity()) return; // half typed
    // Kept here too: another edit can come before the next drawing.
    kernel = kernel.map((row, i) =>
      row.map((old, j) => (i === u && j === v ? Number(input.value) : old)),
    );
    onChange(kernel);
  }

  function resize(rows, columns) {
    inputs = Array.from({ length: rows }, (_, u) =>
      Array.from({ length: columns }, (_, v) => {
        const label = `${each} in row ${u}, column ${v}`;
        const limits = { type: "number", step: "any", min: -999, max: 999 };
        const input = element("input", { ...limits, required: "", "aria-label": label });
        input.addEventListener("input", () => edit(u, v));
        input.addEventListener("blur", () => draw(kernel));
        return input;
      }),
    );
    node.replaceChildren(...inputs.flat());
  }

  function draw(next) {
    kernel = next;
    if (inputs.length !== kernel.length || inputs[0].length !== kernel[0].length) {
      resize(kernel.length, kernel[0].length);
    }
    const largest = largestSize(kernel);
    const all = inputs.flat();
    kernel.flat().forEach((weight, k) => {
      const text = String(Math.round(weight * 1000) / 1000);
      if (all[k].value !== text && !all[k].matches(":focus")) all[k].value = text;
      tint(all[k], weight, largest);
    });
  }

  return { node, draw };
}
