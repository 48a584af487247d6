// PoolingLab: sixteen numbers pooled by hand.
import { largestSize } from "./arithmetic.js";
import { createKernelEditor } from "./kernel_editor.js";
import { div, element, openView, save, setText, short, tint } from "./shared.js";
import { avgPool2d, createVolume, maxPool2d } from "./volumes.js";

function render({ model, el }) {
  const view = openView({ model, el }, "pooling-lab");

  function matrix(name, size) {
    const cells = Array.from({ length: size * size }, () => element("li"));
    const numbers = element("ul", { class: "cnn-numbers", "aria-label": name }, ...cells);
    numbers.style.setProperty("--columns", size);
    return { cells, node: element("div", {}, div("cnn-name", name), numbers) };
  }

  const editor = createKernelEditor(
    (numbers) => save(model, { numbers }),
    "Sixteen numbers",
    "number",
  );
  const pools = [
    matrix("max, 2 × 2", 2),
    matrix("average, 2 × 2", 2),
    matrix("global average", 1),
  ];
  const typed = element("div", {}, div("cnn-name", "4 × 4 numbers: type your own"), editor.node);
  view.root.append(div("cnn-by-hand", typed, ...pools.map(({ node }) => node)));

  view.drawOnChange(["numbers"], () => {
    const numbers = model.get("numbers");
    editor.draw(numbers);
    const x = createVolume(1, 4, 4, Float64Array.from(numbers.flat()));
    const largest = maxPool2d(x, 2);
    [largest, avgPool2d(x, 2), avgPool2d(x, 4)].forEach(({ data }, k) =>
      pools[k].cells.forEach((cell, at) => {
        setText(cell, short(data[at]));
        tint(cell, data[at], largestSize(numbers));
      }),
    );
    numbers.flat().forEach((value, k) => {
      const window = 2 * Math.floor(k / 8) + Math.floor((k % 4) / 2);
      editor.node.children[k].toggleAttribute("data-marked", value === largest.data[window]);
    });
  });
  return view.close;
}

export default { render };
