// ConvolutionStepper: the page computes everything; Python holds the same state as traits.
import { correlate2d } from "./arithmetic.js";
import { createGrid } from "./grid.js";
import { createKernelEditor } from "./kernel_editor.js";
import { kernelPresets } from "./kernel_presets.js";
import { createPlayer } from "./player.js";
import {
  button,
  chooser,
  div,
  element,
  format,
  openView,
  presetChooser,
  save,
  section,
} from "./shared.js";
import {
  drawEquation,
  drawOutput,
  drawPicture,
  drawProducts,
  isFilled,
  paintOn,
  progressOf,
} from "./stepper_panels.js";
import { createQuestions, isWaiting, questionsOf } from "./stepper_questions.js";

const PRESETS = kernelPresets([
  "Vertical edges",
  "Horizontal edges",
  "Identity",
  "Blur",
  "Sharpen",
  "Laplacian",
  "Emboss",
]);

function render({ model, el }) {
  const view = openView({ model, el }, "stepper");
  let preview = null; // the output under the mouse
  let original = model.get("picture"); // the picture that "Restore" brings back
  let ownPicture = original; // the last picture painted here

  // The state with its sizes, safe to draw while Python is still setting several traits.
  function read() {
    const [picture, kernel] = [model.get("picture"), model.get("kernel")];
    const [stride, padding] = [model.get("stride"), model.get("padding")];
    const output = correlate2d(picture, kernel, stride, padding);
    const progress = progressOf(model, output);
    const questions = questionsOf(model, progress);
    return { picture, kernel, stride, padding, output, ...progress, ...questions };
  }

  // Change the picture or what slides over it; if all outputs were visible, they stay visible.
  // Questions are asked again.
  function change(changes) {
    const before = read();
    for (const [trait, value] of Object.entries(changes)) model.set(trait, value);
    const after = read();
    const filled = before.filled === before.count ? after.count : after.filled;
    save(model, { position: after.position, filled, solved: [], given: [] });
  }

  function goTo(i, j) {
    const { columns, filled } = read();
    save(model, { position: [i, j], filled: Math.max(filled, i * columns + j + 1) });
    if (isWaiting(read(), [i, j])) player.stop();
  }

  const player = createPlayer(view.signal, {
    read,
    goTo(index) {
      const { columns } = read();
      goTo(Math.floor(index / columns), index % columns);
    },
    restart: () => save(model, { position: start(), filled: 1, solved: [], given: [] }),
  });

  const start = () => read().asked[0] ?? [0, 0];

  // Note that some places are settled: "solved" or "given" up. After the last one the map appears.
  function settle(places, trait) {
    const { waiting, count, filled, [trait]: before } = read();
    const changes = { [trait]: [...before, ...places] };
    save(model, waiting.length > places.length ? changes : { ...changes, filled: count });
  }

  const questions = createQuestions({
    read,
    onSettled: (place, trait) => settle([place], trait),
    goTo,
  });

  const pictureGrid = createGrid("Picture x: Space paints a pixel");
  const outputGrid = createGrid("Output: the arrow keys move the window", (i, j) => {
    player.stop();
    goTo(i, j);
  });
  const weights = createKernelEditor((kernel) => change({ kernel }));
  paintOn(pictureGrid, read, paint);

  outputGrid.node.addEventListener("pointermove", (event) => {
    preview = event.pointerType === "mouse" ? outputGrid.at(event) : null;
    redraw();
  });
  outputGrid.node.addEventListener("pointerleave", () => {
    preview = null;
    redraw();
  });
  outputGrid.node.addEventListener("click", (event) => {
    player.stop();
    const at = outputGrid.at(event);
    if (!at) return;
    goTo(...at);
    if (isWaiting(read(), at)) questions.focus();
  });

  const stride = chooser("Stride", [1, 2, 3, 4], (value) => change({ stride: Number(value) }));
  const padding = chooser("Padding", [0, 1, 2], (value) => change({ padding: Number(value) }));
  const preset = presetChooser("Kernel w", PRESETS, (kernel) => change({ kernel }));
  const pictureTitle = element("span");
  const outputTitle = element("span");
  const products = element("ul", { class: "cnn-products", "aria-label": "Window times kernel" });
  const scale = element("div", { class: "cnn-scale", "aria-hidden": "true" });
  const equation = element("p", { class: "cnn-equation" });

  view.root.append(
    div(
      "cnn-panels",
      section(
        "Picture",
        div(
          "cnn-heading",
          pictureTitle,
          button("Clear", clear),
          button("Restore", () => paint(original)),
        ),
        pictureGrid.place,
        div("cnn-tools", stride.node, padding.node),
      ),
      section("Kernel", div("cnn-heading", preset.node), weights.node),
      section("Products", div("cnn-heading", "Window × kernel"), products),
      section(
        "Output",
        div(
          "cnn-heading",
          outputTitle,
          button("Show all", () => settle(read().waiting, "given")),
        ),
        outputGrid.place,
        scale,
      ),
      questions.node,
    ),
    equation,
    player.node,
  );

  function paint(picture) {
    ownPicture = picture;
    change({ picture });
  }

  function clear() {
    paint(read().picture.map((row) => row.map(() => 0)));
  }

  function draw() {
    const state = read();
    // By value: the notebook puts another array with the same numbers in place of a painted one.
    if (JSON.stringify(state.picture) !== JSON.stringify(ownPicture)) {
      original = ownPicture = state.picture; // Python set it
    }
    const mayPreview = preview && !state.waiting.length && isFilled(state, preview);
    const shown = mayPreview ? preview : state.position;
    drawPicture(pictureGrid, state, shown);
    weights.draw(state.kernel);
    drawProducts(products, state, shown);
    drawEquation(equation, state, shown);
    equation.hidden = isWaiting(state, shown);
    drawOutput(outputGrid, scale, state, shown);

    pictureTitle.textContent = `Picture x, ${state.picture.length} × ${state.picture[0].length}`;
    outputTitle.textContent = `Output, ${state.rows} × ${state.columns}`;
    const pictureColumns = state.picture[0].length + 2 * state.padding;
    view.root.style.setProperty("--picture-columns", pictureColumns);
    view.root.style.setProperty("--output-columns", state.columns);
    view.root.style.setProperty("--kernel-columns", state.kernel[0].length);
    preset.draw(state.kernel);
    stride.select.value = state.stride;
    padding.select.value = state.padding;
    for (const option of padding.select.options) {
      option.disabled =
        state.kernel.length > state.picture.length + 2 * option.value ||
        state.kernel[0].length > state.picture[0].length + 2 * option.value;
    }
    const [i, j] = state.position;
    const found = isWaiting(state, [i, j]) ? "type the number" : format(state.output[i][j]);
    player.draw(state, `output row ${i}, column ${j}`, found);
    questions.draw(state);
  }

  const [what, progress] = [["picture", "kernel", "stride", "padding"], ["position", "filled"]];
  const traits = [...what, ...progress, "ask", "solved", "given"];
  const redraw = view.drawOnChange(traits, draw);
  return view.close;
}

export default { render };
