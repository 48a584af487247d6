// ReceptiveField: the fields come from Python once; the page chooses which one to show.
import { decodeArray } from "./arrays.js";
import {
  createInputView,
  createUnitView,
  fieldOf,
  marginAround,
  pixelsForHalf,
} from "./field_views.js";
import { div, element, openView, save, section } from "./shared.js";

function render({ model, el }) {
  const view = openView({ model, el }, "field");
  const levels = model.get("levels");
  const background = decodeArray(model.get("background"));
  const fields = levels.map(({ effective }) => effective && decodeArray(effective).data);

  // The state, safe to draw while Python is still setting several traits.
  function read() {
    const number = Math.max(0, levels.findIndex(({ layer }) => layer === model.get("layer")));
    const level = levels[number];
    const unit = model.get("unit").map((at, axis) => Math.min(at, level.output[axis] - 1));
    return { number, level, unit, seen: fieldOf(level, unit) };
  }

  // Go to another layer; the unit stays as near as it can to the same place in the picture.
  function goToLevel(number) {
    const { unit, level: before } = read();
    const level = levels[number];
    const share = (at, axis) => (at + 0.5) / before.output[axis];
    const moved = unit.map((at, axis) => Math.floor(share(at, axis) * level.output[axis]));
    save(model, { layer: level.layer, unit: moved });
  }

  const input = createInputView(background, marginAround(levels, background.shape));
  const output = createUnitView((i, j) => save(model, { unit: [i, j] }));
  const slider = element("input", {
    type: "range",
    min: 0,
    max: levels.length - 1,
    "aria-label": "Layer",
  });
  slider.addEventListener("input", () => goToLevel(Number(slider.value)));
  const layerName = element("b");
  const toggle = element("input", { type: "checkbox" });
  toggle.addEventListener("change", () => save(model, { show_effective: toggle.checked }));
  const switchNode = element("label", {}, toggle, element("span", {}, "Effective field"));
  switchNode.hidden = !fields[0];
  const outputTitle = div("cnn-title");
  const words = element("p", { class: "cnn-words", role: "status" });
  const picture = background.shape.join(" × ");
  view.root.append(
    div(
      "cnn-tools",
      element("label", { class: "cnn-layer" }, element("span", {}, "Layer"), slider),
      layerName,
      switchNode,
    ),
    div(
      "cnn-panels",
      section("Picture", div("cnn-title", `Picture, ${picture}`), input.node),
      section("Output", outputTitle, output.node),
    ),
    words,
  );

  function draw() {
    const { number, level, unit, seen } = read();
    slider.value = number;
    slider.setAttribute("aria-valuetext", `${level.layer}, ${level.name}`);
    layerName.textContent = `${level.layer}, ${level.name}`;
    toggle.checked = model.get("show_effective");
    outputTitle.textContent = `Output, ${level.output.join(" × ")}`;
    output.draw(level.output, unit);
    input.setFrame(seen);
    input.setTint(seen, toggle.checked && fields[number]);
    words.textContent = describeField(level, unit, seen, fields[number], background.shape);
    input.node.setAttribute("aria-label", `Picture. ${words.textContent}`);
  }

  view.drawOnChange(["layer", "unit", "show_effective"], draw);
  return view.close;
}

function describeField({ size, jump }, unit, seen, effective, shape) {
  const [rows, columns] = seen.map(([first, last]) => `${first} to ${last}`.replace(/-/g, "−"));
  const beyond = seen.some(([first, last], axis) => first < 0 || last >= shape[axis]);
  const sentences = [
    `Unit (${unit.join(", ")}) sees ${size.join(" × ")} pixels: rows ${rows}, columns ${columns}` +
      (beyond ? ", some of them in the padding." : "."),
    `The field of the next unit lies ${jump[0]} ${jump[0] === 1 ? "pixel" : "pixels"} further on.`,
  ];
  if (effective) {
    const [count, all] = [pixelsForHalf(effective), size[0] * size[1]];
    sentences.push(`For the middle unit, half of the influence lies in ${count} of ${all} pixels.`);
  }
  return sentences.join(" ");
}

export default { render };
