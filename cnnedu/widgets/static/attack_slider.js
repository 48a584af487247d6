// AttackSlider: the answers for every ε come from Python; the page computes the pushed picture.
import { drawAnswers } from "./answers.js";
import { decodeArray, drawColours } from "./arrays.js";
import { createChart } from "./chart.js";
import {
  chooser,
  clamp,
  div,
  element,
  figure,
  format,
  openView,
  save,
  section,
  setText,
} from "./shared.js";

const PUSH_KINDS = ["attack", "noise"];

function render({ model, el }) {
  const view = openView({ model, el }, "attack");
  const picture = decodeArray(model.get("picture"));
  const signs = decodeArray(model.get("signs"));
  const answers = decodeArray(model.get("probabilities"));
  const [, count, classCount] = answers.shape;
  const [classes, label, most] = ["classes", "label", "most"].map((trait) => model.get(trait));
  const size = picture.data.length;

  const push = chooser("Push", PUSH_KINDS, (kind) => save(model, { push: kind }));
  const slider = element("input", {
    type: "range",
    min: 0,
    max: count - 1,
    "aria-label": "Epsilon, grey levels",
  });
  slider.addEventListener("input", () =>
    save(model, { epsilon: (slider.value * most) / (count - 1) }),
  );
  const epsilonWords = element("b");
  const views = ["The picture", "Direction of the push", "The picture after it"].map((name) => {
    const canvas = element("canvas", { role: "img", "aria-label": name });
    return { canvas, node: figure(name, canvas) };
  });
  const list = element("ol", { class: "cnn-answers", "aria-label": "Answer" });
  const chart = createChart(view.signal);
  const verdict = element("p", { class: "cnn-verdict", role: "status" });
  const legend = element(
    "p",
    { class: "cnn-legend" },
    element("span", { "data-kind": "attack" }, "attack"),
    element("span", { "data-kind": "noise" }, "noise of the same size"),
  );
  const title = (text) => element("p", { class: "cnn-title" }, text);
  view.root.append(
    div(
      "cnn-tools",
      push.node,
      element("label", {}, element("span", {}, "ε"), slider, epsilonWords),
    ),
    div("cnn-pictures", ...views.map(({ node }) => node)),
    verdict,
    div(
      "cnn-panels",
      section("Answers", title("What the network says"), list),
      section(
        "Against epsilon",
        title(`Probability of “${classes[label]}”, %`),
        chart.node,
        legend,
      ),
    ),
  );

  const lines = PUSH_KINDS.map((kind, row) => ({
    kind,
    points: Array.from({ length: count }, (_, k) => [
      (k * most) / (count - 1),
      100 * answers.data[(row * count + k) * classCount + label],
    ]),
  }));
  drawColours(views[0].canvas, picture);

  function draw() {
    const row = PUSH_KINDS.indexOf(model.get("push"));
    const step = Math.round((model.get("epsilon") / most) * (count - 1));
    const epsilon = (step * most) / (count - 1);
    const sign = signs.data.subarray(row * size, (row + 1) * size);
    drawColours(views[1].canvas, { shape: picture.shape, data: sign.map((s) => 127.5 + 110 * s) });
    const pushed = (value, k) => clamp(value + epsilon * sign[k], 0, 255);
    const data = Float64Array.from(picture.data, pushed);
    drawColours(views[2].canvas, { shape: picture.shape, data });
    const from = (row * count + step) * classCount;
    const probabilities = Array.from(answers.data.subarray(from, from + classCount));
    drawAnswers(list, classes, probabilities, Math.min(5, classCount), { always: [label] });
    chart.draw({
      label: `Probability of ${classes[label]} against epsilon: ${format(lines[row].points[step][1])} % at ${format(epsilon)}`,
      x: { range: [0, most], label: "ε, grey levels of 255" },
      y: { range: [0, 100] },
      at: epsilon,
      lines,
    });
    push.select.value = PUSH_KINDS[row];
    slider.value = step;
    epsilonWords.textContent = `${format(epsilon)} of 255`;
    slider.setAttribute("aria-valuetext", epsilonWords.textContent);
    const said = probabilities.indexOf(Math.max(...probabilities));
    const first = lines[row].points.findIndex((_, k) => answerAt(answers, row, k) !== label);
    const turns =
      first < 0
        ? "It never changes its mind."
        : `It changes its mind at ε = ${format(lines[row].points[first][0])}.`;
    setText(verdict, `The network says ${classes[said]}. ${turns}`);
  }

  view.drawOnChange(["epsilon", "push"], draw);
  return view.close;
}

// The likeliest class at one step of ε.
function answerAt({ data, shape: [, count, classCount] }, row, step) {
  const from = (row * count + step) * classCount;
  const some = data.subarray(from, from + classCount);
  return some.indexOf(Math.max(...some));
}

export default { render };
