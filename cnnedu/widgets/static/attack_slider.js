// AttackSlider: the answers for every ε come from Python; the pushed picture is made here.
import { drawAnswers } from "./answers.js";
import { decodeArray, drawColours } from "./arrays.js";
import { createChart } from "./chart.js";
import { chooser, element, format, openView, save } from "./shared.js";

const PUSH_KINDS = ["attack", "noise"];

// min(255, max(0, x + ε · sign)) of every number.
export function pushPicture(data, sign, epsilon) {
  return Float64Array.from(data, (value, k) =>
    Math.min(255, Math.max(0, value + epsilon * sign[k])),
  );
}

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
    return { canvas, node: element("figure", {}, element("figcaption", {}, name), canvas) };
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
  view.root.append(
    element(
      "div",
      { class: "cnn-tools" },
      push.node,
      element("label", {}, element("span", {}, "ε"), slider, epsilonWords),
    ),
    element("div", { class: "cnn-pictures" }, ...views.map(({ node }) => node)),
    verdict,
    element(
      "div",
      { class: "cnn-panels" },
      element(
        "section",
        { "aria-label": "Answers" },
        element("p", { class: "cnn-title" }, "What the network says"),
        list,
      ),
      element(
        "section",
        { "aria-label": "Against epsilon" },
        element("p", { class: "cnn-title" }, `Probability of “${classes[label]}”, %`),
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
    drawColours(views[2].canvas, {
      shape: picture.shape,
      data: pushPicture(picture.data, sign, epsilon),
    });
    const from = (row * count + step) * classCount;
    const probabilities = Array.from(answers.data.subarray(from, from + classCount));
    drawAnswers(list, classes, probabilities, Math.min(5, classCount), [label]);
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
    const words = `The network says ${classes[said]}. ${turns}`;
    if (verdict.textContent !== words) verdict.textContent = words; // else it is read aloud again
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
