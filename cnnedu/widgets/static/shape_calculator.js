// ShapeCalculator: the page does all the counting; Python holds the same state as traits.
import { ledger } from "./accounting.js";
import { createBlocks } from "./shape_blocks.js";
import { createLayerEditor, newLayer } from "./shape_editor.js";
import { createLedgerTable } from "./shape_table.js";
import { div, element, openView, presetChooser, save, setText } from "./shared.js";

const LARGEST_ON_SLIDER = 256;
const MOST = [4096, 1024, 1024]; // channels, rows, columns of the input

function render({ model, el }) {
  const view = openView({ model, el }, "shapes");

  // The state, safe to draw while Python is still setting several traits.
  function read() {
    const [layers, inputShape] = [model.get("layers"), model.get("input_shape")];
    const selected = Math.max(Math.min(model.get("selected"), layers.length), layers.length && 1);
    return { layers, inputShape, selected, ...ledger(layers, inputShape) };
  }

  const select = (number) => save(model, { selected: number });
  const setInput = (shape) => save(model, { input_shape: shape });

  const edits = {
    change(update) {
      const { layers, selected } = read();
      save(model, { layers: layers.with(selected - 1, update(layers[selected - 1])) });
    },
    add() {
      const { layers, selected } = read();
      const longer = layers.toSpliced(selected, 0, newLayer("Conv"));
      save(model, { layers: longer, selected: selected + 1 });
    },
    remove() {
      const { layers, selected } = read();
      const shorter = layers.toSpliced(selected - 1, 1);
      save(model, { layers: shorter, selected: Math.min(selected, shorter.length) });
    },
    move(by) {
      const { layers, selected } = read();
      const moved = layers.toSpliced(selected - 1, 1);
      moved.splice(selected - 1 + by, 0, layers[selected - 1]);
      save(model, { layers: moved, selected: selected + by });
    },
  };

  const presets = Object.entries(model.get("presets")).map(([name, preset]) => [
    name,
    [preset.input_shape, preset.layers],
  ]);
  const preset = presetChooser("Stack", Object.fromEntries(presets), ([inputShape, layers]) =>
    save(model, { input_shape: inputShape, layers, selected: 1 }),
  );
  const sizes = ["channels", "height", "width"].map((name, axis) => {
    const limits = { type: "number", min: 1, max: MOST[axis], required: "" };
    const input = element("input", { ...limits, "aria-label": `input ${name}` });
    input.addEventListener("input", () => {
      if (input.checkValidity()) setInput(read().inputShape.with(axis, Number(input.value)));
    });
    input.addEventListener("blur", draw);
    return input;
  });
  const slider = element("input", {
    type: "range",
    min: 1,
    max: LARGEST_ON_SLIDER,
    "aria-label": "input height and width",
  });
  slider.addEventListener("input", () => {
    const size = Number(slider.value);
    setInput([read().inputShape[0], size, size]);
  });

  const blocks = createBlocks(select);
  const caption = element(
    "p",
    { class: "cnn-caption" },
    "To scale: the height shows the rows, the depth the columns, the thickness √channels; the " +
      "height of a vector shows √length. A thin sheet is a layer that doesn't change the shape.",
  );
  const problem = element("p", { class: "cnn-problem", role: "status" });
  const editor = createLayerEditor(model.get("ranges"), edits);
  const table = createLedgerTable(select);
  view.root.append(
    div(
      "cnn-tools",
      preset.node,
      element(
        "div",
        { class: "cnn-input", role: "group", "aria-label": "Input" },
        element("span", {}, "Input"),
        ...sizes.flatMap((input, axis) => (axis ? ["×", input] : [input])),
        slider,
      ),
    ),
    blocks.node,
    caption,
    problem,
    editor.node,
    table.node,
  );

  function draw() {
    const state = read();
    preset.draw([state.inputShape, state.layers]);
    sizes.forEach((input, axis) => {
      if (!input.matches(":focus")) input.value = state.inputShape[axis];
    });
    slider.value = Math.max(...state.inputShape.slice(1));
    blocks.draw(state);
    setText(problem, state.problem ? `Layer ${state.rows.length + 1}, ${state.problem}.` : "");
    editor.draw(state);
    table.draw(state);
  }

  const redraw = view.drawOnChange(["layers", "input_shape", "selected"], draw);
  const watching = new ResizeObserver(([{ contentRect }]) => {
    blocks.setWidth(contentRect.width);
    redraw();
  });
  watching.observe(blocks.node);
  view.signal.addEventListener("abort", () => watching.disconnect());
  return view.close;
}

export default { render };
