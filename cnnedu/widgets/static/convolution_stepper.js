// ConvolutionStepper: everything is computed here; Python holds the same state as traits.
import { correlate2d } from "./arithmetic.js";
import { createGrid } from "./grid.js";
import { createKernelEditor } from "./kernel_editor.js";
import { button, chooser, element, format, openView, save } from "./shared.js";
import {
  drawEquation,
  drawOutput,
  drawPicture,
  drawProducts,
  isFilled,
  paintOn,
} from "./stepper_panels.js";

const STEP_MILLISECONDS = 600;

const PRESETS = {
  "Vertical edges": [
    [-1, 0, 1],
    [-1, 0, 1],
    [-1, 0, 1],
  ],
  "Horizontal edges": [
    [-1, -1, -1],
    [0, 0, 0],
    [1, 1, 1],
  ],
  Identity: [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ],
  Blur: Array(3).fill(Array(3).fill(1 / 9)),
  Sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
  Laplacian: [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  Emboss: [
    [-2, -1, 0],
    [-1, 1, 1],
    [0, 1, 2],
  ],
};

const OWN = "Your own"; // what a kernel is called that is none of the presets

const ICONS = {
  restart: "M3 3v10M13 3 6 8l7 5z",
  back: "M11 3 4 8l7 5z",
  play: "M4 2v12l9-6z",
  pause: "M5 3v10M11 3v10",
  next: "M5 3l7 5-7 5z",
};

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function render({ model, el }) {
  const view = openView({ model, el }, "stepper");
  let playing = 0; // the timer's number while the positions play
  let preview = null; // the output under the mouse
  let original = model.get("picture"); // what "Restore" brings back
  let ownPicture = original; // the last picture painted here

  // The state with its sizes, safe to draw even while Python is still setting several traits.
  function read() {
    const [picture, kernel] = [model.get("picture"), model.get("kernel")];
    const [stride, padding] = [model.get("stride"), model.get("padding")];
    const output = correlate2d(picture, kernel, stride, padding);
    const [rows, columns] = [output.length, output[0].length];
    const position = model
      .get("position")
      .map((at, axis) => Math.min(at, [rows, columns][axis] - 1));
    const count = rows * columns;
    const index = position[0] * columns + position[1];
    const filled = Math.min(count, Math.max(model.get("filled"), index + 1));
    return {
      picture,
      kernel,
      stride,
      padding,
      output,
      rows,
      columns,
      position,
      count,
      index,
      filled,
    };
  }

  // Change the picture or what slides over it; all outputs stay visible if all were.
  function change(changes) {
    const before = read();
    for (const [trait, value] of Object.entries(changes)) model.set(trait, value);
    const after = read();
    const filled = before.filled === before.count ? after.count : after.filled;
    save(model, { position: after.position, filled });
  }

  function goTo(i, j) {
    const { columns, filled } = read();
    save(model, { position: [i, j], filled: Math.max(filled, i * columns + j + 1) });
  }

  function goToIndex(index) {
    const { columns, count } = read();
    const within = Math.max(0, Math.min(count - 1, index));
    goTo(Math.floor(within / columns), within % columns);
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    redraw();
  }

  function play() {
    if (read().index === read().count - 1) restart();
    playing = setInterval(() => {
      goToIndex(read().index + 1);
      if (read().index === read().count - 1) stop();
    }, STEP_MILLISECONDS);
    redraw();
  }

  function restart() {
    stop();
    save(model, { position: [0, 0], filled: 1 });
  }

  function step(by) {
    stop();
    goToIndex(read().index + by);
  }

  const pictureGrid = createGrid("Picture x: Space paints a pixel");
  const outputGrid = createGrid("Output: the arrow keys move the window", (i, j) => {
    stop();
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
    stop();
    const at = outputGrid.at(event);
    if (at) goTo(...at);
  });

  const stride = chooser("Stride", [1, 2, 3, 4], (value) => change({ stride: Number(value) }));
  const padding = chooser("Padding", [0, 1, 2], (value) => change({ padding: Number(value) }));
  const preset = chooser("Kernel w", [...Object.keys(PRESETS), OWN], (name) =>
    change({ kernel: PRESETS[name] }),
  );
  preset.select.lastChild.disabled = true;
  const playButton = button("Play", () => (playing ? stop() : play()), ICONS.play);
  const slider = element("input", { type: "range", min: 0, "aria-label": "Position" });
  slider.addEventListener("input", () => {
    stop();
    goToIndex(Number(slider.value));
  });

  const progress = element("span", { class: "cnn-progress" });
  const pictureTitle = element("span");
  const outputTitle = element("span");
  const products = element("ul", { class: "cnn-products", "aria-label": "Window times kernel" });
  const scale = element("div", { class: "cnn-scale", "aria-hidden": "true" });
  const equation = element("p", { class: "cnn-equation" });
  const status = element("p", { class: "cnn-spoken", role: "status" });
  const row = (kind, ...children) => element("div", { class: kind }, ...children);
  const panel = (name, ...children) => element("section", { "aria-label": name }, ...children);

  view.root.append(
    row(
      "cnn-panels",
      panel(
        "Picture",
        row(
          "cnn-title",
          pictureTitle,
          button("Clear", clear),
          button("Restore", () => paint(original)),
        ),
        pictureGrid.place,
        row("cnn-tools", stride.node, padding.node),
      ),
      panel("Kernel", row("cnn-title", preset.node), weights.node),
      panel("Products", row("cnn-title", "Window × kernel"), products),
      panel(
        "Output",
        row(
          "cnn-title",
          outputTitle,
          button("Show all", () => save(model, { filled: read().count })),
        ),
        outputGrid.place,
        scale,
      ),
    ),
    equation,
    row(
      "cnn-tools",
      button("Start again", restart, ICONS.restart),
      button("Back", () => step(-1), ICONS.back),
      playButton,
      button("Next", () => step(1), ICONS.next),
      slider,
      progress,
    ),
    status,
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
    if (state.picture !== ownPicture) original = ownPicture = state.picture; // Python set it
    if (!same(model.get("page_output"), state.output)) {
      save(model, { page_output: state.output });
    }
    const shown = preview && isFilled(state, preview) ? preview : state.position;
    drawPicture(pictureGrid, state, shown);
    weights.draw(state.kernel);
    drawProducts(products, state, shown);
    drawEquation(equation, state, shown);
    drawOutput(outputGrid, scale, state, shown);

    pictureTitle.textContent = `Picture x, ${state.picture.length} × ${state.picture[0].length}`;
    outputTitle.textContent = `Output, ${state.rows} × ${state.columns}`;
    const pictureColumns = state.picture[0].length + 2 * state.padding;
    view.root.style.setProperty("--picture-columns", pictureColumns);
    view.root.style.setProperty("--output-columns", state.columns);
    view.root.style.setProperty("--kernel-columns", state.kernel[0].length);
    const named = Object.keys(PRESETS).find((name) => same(PRESETS[name], state.kernel));
    preset.select.value = named ?? OWN;
    stride.select.value = state.stride;
    padding.select.value = state.padding;
    for (const option of padding.select.options) {
      option.disabled =
        state.kernel.length > state.picture.length + 2 * option.value ||
        state.kernel[0].length > state.picture[0].length + 2 * option.value;
    }
    slider.max = state.count - 1;
    slider.value = state.index;
    progress.textContent = `${state.index + 1} of ${state.count}`;
    const [i, j] = state.position;
    slider.setAttribute("aria-valuetext", `output row ${i}, column ${j}`);
    playButton.lastChild.textContent = playing ? "Pause" : "Play";
    playButton.querySelector("path").setAttribute("d", playing ? ICONS.pause : ICONS.play);
    if (!playing)
      status.textContent = `Output row ${i}, column ${j}: ${format(state.output[i][j])}`;
  }

  const traits = ["picture", "kernel", "stride", "padding", "position", "filled"];
  const redraw = view.drawOnChange(traits, draw);
  view.signal.addEventListener("abort", () => clearInterval(playing));
  return view.close;
}

export default { render };
