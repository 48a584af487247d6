// PoolingLab: sixteen numbers pooled by hand, and a picture that moves before a pooling layer.
import { createKernelEditor } from "./kernel_editor.js";
import { pointAndStep } from "./pictures.js";
import {
  FARTHEST,
  SHEET,
  applyLayer,
  equivarianceError,
  layOut,
  moveAlong,
} from "./pooling_layers.js";
import {
  button,
  chooser,
  clamp,
  div,
  element,
  format,
  openView,
  presetChooser,
  save,
  setText,
  shade,
  short,
  tint,
} from "./shared.js";
import { avgPool2d, createVolume, maxPool2d } from "./volumes.js";

const PICTURES = {
  Smiley: [
    [0, 0, 1, 1, 1, 1, 0, 0],
    [0, 1, 0, 0, 0, 0, 1, 0],
    [1, 0, 1, 0, 0, 1, 0, 1],
    [1, 0, 0, 0, 0, 0, 0, 1],
    [1, 0, 1, 0, 0, 1, 0, 1],
    [1, 0, 0, 1, 1, 0, 0, 1],
    [0, 1, 0, 0, 0, 0, 1, 0],
    [0, 0, 1, 1, 1, 1, 0, 0],
  ],
  "Fine stripes": Array(8).fill([1, 0, 1, 0, 1, 0, 1, 0]),
  "Coarse stripes": Array(8).fill([1, 1, 0, 0, 1, 1, 0, 0]),
  Square: Array(6).fill(Array(6).fill(1)),
};
const SMALLEST = 1e-9; // smaller differences come from rounding

function render({ model, el }) {
  const view = openView({ model, el }, "pooling-lab");
  const title = (text) => element("h3", { class: "cnn-title" }, text);

  function matrix(name, kind = "") {
    const numbers = element("ul", { class: `cnn-numbers ${kind}`, "aria-label": name });
    const caption = div("cnn-name", name);
    return { numbers, caption, node: element("div", {}, caption, numbers) };
  }

  function write(numbers, { width, data }, limit, text, marked = () => false) {
    if (numbers.children.length !== data.length) {
      numbers.style.setProperty("--columns", width);
      numbers.replaceChildren(...Array.from(data, () => element("li")));
    }
    data.forEach((value, k) => {
      const cell = numbers.children[k];
      setText(cell, text(value));
      const kind = shade(value, limit);
      if (cell.dataset.kind !== kind) cell.dataset.kind = kind;
      cell.toggleAttribute("data-marked", marked(k));
      tint(cell, value, limit);
    });
  }

  const editor = createKernelEditor(
    (numbers) => save(model, { numbers }),
    "Sixteen numbers",
    "number",
  );
  const numbersName = div("cnn-name", "4 × 4 numbers: type your own");
  const pools = [matrix("max, 2 × 2"), matrix("average, 2 × 2"), matrix("global average")];

  const picture = presetChooser("Picture", PICTURES, (shown) => save(model, { picture: shown }));
  const pooling = chooser("Layer", ["max", "average", "stride", "global average"], (value) =>
    save(model, { pooling: value }),
  );
  const blur = element("input", { type: "checkbox" });
  blur.addEventListener("change", () => save(model, { blur: blur.checked }));
  const blurLabel = element("label", {}, blur, "blur before the stride");

  function move(down, right) {
    const shift = [down, right].map((by) => clamp(by, -FARTHEST, FARTHEST));
    save(model, { shift });
  }
  const step = (rows, columns) => {
    const [down, right] = model.get("shift");
    move(down + rows, right + columns);
  };
  const sheet = matrix("Sheet: drag the picture, or use the arrow keys", "cnn-sheet");
  const sheetBox = div("cnn-sheet-box", sheet.numbers);
  sheetBox.setAttribute("aria-label", sheet.caption.textContent);
  sheet.numbers.setAttribute("aria-hidden", "true");
  sheet.node.append(sheetBox);
  pointAndStep(
    sheetBox,
    () => [SHEET, SHEET],
    (i, j) => move(i - SHEET / 2, j - SHEET / 2),
    step,
  );
  const arrows = div(
    "cnn-tools",
    button("Left", () => step(0, -1)),
    button("Right", () => step(0, 1)),
    button("Up", () => step(-1, 0)),
    button("Down", () => step(1, 0)),
    button("Back to the middle", () => move(0, 0)),
  );

  const outputs = ["before the move", "the same, moved along", "after the move"].map((name) =>
    matrix(name, "cnn-output"),
  );
  const invariant = element("p");
  const equivariant = element("p");
  const verdict = div("cnn-verdict", invariant, equivariant);
  verdict.setAttribute("role", "status");
  const bars = element("div", { class: "cnn-bars", role: "img" });
  const chart = div(
    "cnn-chart",
    div("cnn-name", "How far from equivariant, for each move to the right"),
    bars,
    div(
      "cnn-legend",
      element("span", { class: "cnn-plain" }, "plain"),
      element("span", { class: "cnn-blurred" }, "blurred"),
    ),
  );

  view.root.append(
    title("Pool sixteen numbers"),
    div(
      "cnn-by-hand",
      element("div", {}, numbersName, editor.node),
      ...pools.map(({ node }) => node),
    ),
    title("Move a picture"),
    div("cnn-tools", picture.node, pooling.node, blurLabel),
    div("cnn-moving", sheet.node, ...outputs.map(({ node }) => node)),
    arrows,
    div("cnn-below", verdict, chart),
  );

  function drawNumbers() {
    const numbers = model.get("numbers");
    editor.draw(numbers);
    const x = createVolume(1, 4, 4, Float64Array.from(numbers.flat()));
    const limit = Math.max(...numbers.flat().map(Math.abs));
    const largest = maxPool2d(x, 2);
    [largest, avgPool2d(x, 2), avgPool2d(x, 4)].forEach((pooled, k) =>
      write(pools[k].numbers, pooled, limit, short),
    );
    numbers.flat().forEach((value, k) => {
      const window = 2 * Math.floor(k / 8) + Math.floor((k % 4) / 2);
      editor.node.children[k].toggleAttribute("data-marked", value === largest.data[window]);
    });
  }

  function drawMove() {
    const [shown, shift] = [model.get("picture"), model.get("shift")];
    const [kind, blurred] = [model.get("pooling"), model.get("blur")];
    const limit = Math.max(...shown.flat());
    const moved = layOut(shown, shift);
    const before = applyLayer(layOut(shown, [0, 0]), kind, blurred);
    const expected = moveAlong(before, shift);
    const real = applyLayer(moved, kind, blurred);
    const differs = (other) => (k) => Math.abs(real.data[k] - other.data[k]) > SMALLEST;

    write(sheet.numbers, moved, limit, () => "");
    write(outputs[0].numbers, before, limit, short);
    write(outputs[1].numbers, expected, limit, short);
    write(outputs[2].numbers, real, limit, short, differs(expected));
    const [down, right] = shift;
    setText(
      sheet.caption,
      `Sheet, ${SHEET} × ${SHEET}: ${format(down)} down, ${format(right)} right`,
    );

    const count = (other) => [...real.data.keys()].filter(differs(other)).length;
    const [changed, missed] = [count(before), count(expected)];
    const all = real.data.length;
    const share = equivarianceError(shown, shift, kind, blurred);
    setText(invariant, `Invariant? ${changed} of ${all} outputs changed with the move.`);
    setText(
      equivariant,
      `Equivariant? ${missed} of ${all} differ from the output moved along (framed), ` +
        `together by ${Math.round(100 * share)} % of all ink.`,
    );
    [...bars.children].forEach((bar, k) => {
      bar.toggleAttribute("data-chosen", k - FARTHEST === right);
    });

    picture.draw(shown);
    pooling.select.value = kind;
    blur.checked = blurred;
    blur.disabled = kind === "global average";
  }

  function drawBars() {
    const [shown, kind] = [model.get("picture"), model.get("pooling")];
    const moves = Array.from({ length: 2 * FARTHEST + 1 }, (_, k) => k - FARTHEST);
    const errors = moves.map((by) =>
      [false, true].map((blurred) => equivarianceError(shown, [0, by], kind, blurred)),
    );
    const largest = Math.max(...errors.flat(), 0.01);
    if (!bars.children.length) {
      const bar = (kind) => element("i", { class: kind });
      bars.append(
        ...moves.map((by) =>
          div("cnn-move", bar("cnn-plain"), bar("cnn-blurred"), element("span", {}, format(by))),
        ),
      );
    }
    errors.forEach((pair, k) =>
      pair.forEach((error, which) => {
        bars.children[k].children[which].style.height = `${(72 * error) / largest}px`;
      }),
    );
    const percent = (pair) => pair.map((error) => Math.round(100 * error)).join(" and ");
    bars.setAttribute(
      "aria-label",
      `Plain and blurred, in % of all ink: ${moves.map((by, k) => `${by}: ${percent(errors[k])}`).join("; ")}`,
    );
  }

  view.drawOnChange(["numbers"], drawNumbers);
  view.drawOnChange(["picture", "pooling"], drawBars);
  view.drawOnChange(["picture", "shift", "pooling", "blur"], drawMove);
  return view.close;
}

export default { render };
