// The controls of the selected layer: its kind, its numbers, its place in the stack.
import { button, chooser, div, element } from "./shared.js";

const NEW_LAYERS = {
  Conv: { filters: 16, kernel_size: 3, stride: 1, padding: 0, dilation: 1, groups: 1, bias: true },
  Pool: { kernel_size: 2, stride: 2, padding: 0, dilation: 1, ceil_mode: false },
  GlobalPool: {},
  BatchNorm: {},
  Elementwise: { name: "ReLU" },
  Flatten: {},
  Dense: { features: 10, bias: true },
};
const ARGUMENT_WORDS = { kernel_size: "kernel", ceil_mode: "round up" };
const ACTIVATIONS = ["ReLU", "LeakyReLU", "GELU", "Tanh", "Sigmoid", "Softmax", "Dropout"];

export const newLayer = (kind) => ({ kind, ...NEW_LAYERS[kind] });

// `edits` holds the edits: change(layer => changed), add(), remove(), move(by).
export function createLayerEditor(ranges, edits) {
  const title = element("b");
  const kind = chooser("Kind", Object.keys(NEW_LAYERS), (name) =>
    edits.change(() => newLayer(name)),
  );
  const fields = div("cnn-fields");
  const up = button("Up", () => edits.move(-1), "M3 10l5-5 5 5");
  const down = button("Down", () => edits.move(1), "M3 6l5 5 5-5");
  const remove = button("Remove", edits.remove, "M3 8h10");
  const add = button("Add below", edits.add, "M8 3v10M3 8h10");
  const node = element(
    "div",
    { class: "cnn-editor", role: "group", "aria-label": "Selected layer" },
    div("cnn-tools", title, kind.node, up, down, remove, add),
    fields,
  );
  let layer = {};
  let controls = {}; // by the name of the argument

  // Two edits can come between drawings, so each builds on the layer as it is, not as it was drawn.
  const edit = (name, value) => edits.change((current) => ({ ...current, [name]: value }));

  function numberField(name) {
    const [min, max] = ranges[name];
    const input = element("input", { type: "number", min, max, required: "" });
    input.addEventListener("input", () => {
      if (input.checkValidity()) edit(name, Number(input.value));
    });
    input.addEventListener("blur", () => (input.value = layer[name]));
    return input;
  }

  function choiceField(name, values) {
    const select = element("select");
    select.append(...values.map((value) => element("option", { value }, String(value))));
    select.addEventListener("change", () =>
      edit(name, isNaN(select.value) ? select.value : Number(select.value)),
    );
    return select;
  }

  function switchField(name) {
    const input = element("input", { type: "checkbox" });
    input.addEventListener("change", () => edit(name, input.checked));
    return input;
  }

  function createField(name) {
    if (typeof layer[name] === "boolean") return switchField(name);
    if (name === "name") return choiceField(name, [...new Set([...ACTIVATIONS, layer.name])]);
    if (name !== "padding") return numberField(name);
    const [least, most] = ranges.padding;
    const numbers = Array.from({ length: most - least + 1 }, (_, k) => least + k);
    return choiceField(name, [...numbers, "same"]);
  }

  // Called only when the kind of layer changes, so that typing isn't disturbed.
  function createFields() {
    controls = {};
    for (const name of Object.keys(NEW_LAYERS[layer.kind])) controls[name] = createField(name);
    fields.replaceChildren(
      ...Object.entries(controls).map(([name, control]) =>
        element("label", {}, element("span", {}, ARGUMENT_WORDS[name] ?? name), control),
      ),
    );
  }

  function draw({ layers, selected }) {
    const next = layers[selected - 1];
    title.textContent = next ? `Layer ${selected}` : "No layer yet";
    for (const part of [kind.node, up, down, remove, fields]) part.hidden = !next;
    if (!next) return;
    const isOther = next.kind !== layer.kind;
    const isOtherName = next.name && next.name !== layer.name;
    layer = next;
    if (isOther || isOtherName) createFields();
    kind.select.value = layer.kind;
    for (const [name, control] of Object.entries(controls)) {
      if (control.type === "checkbox") control.checked = layer[name];
      else if (control.type !== "number" || !control.matches(":focus")) control.value = layer[name];
    }
    up.disabled = selected === 1;
    down.disabled = selected === layers.length;
  }

  return { node, draw };
}
