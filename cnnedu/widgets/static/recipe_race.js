// RecipeRace: ingredients to switch on and off, and what the measured runs reached in which time.
import { createChart } from "./chart.js";
import { commandFor, errorOf, gainsOf, lossesOf, meanOf, stateOf } from "./race_figures.js";
import { div, element, figure, openView, save, section, setText } from "./shared.js";

const RACE_HEIGHT = 380;
const ERRORS_TO_SEE = 3;

function render({ model, el }) {
  const view = openView({ model, el }, "race");
  const [rungs, without] = [model.get("rungs"), model.get("without")];
  const names = rungs.slice(1).map(({ name }) => name);
  const gains = gainsOf(rungs);
  const losses = lossesOf(without, model.get("whole"));
  const axes = axesOf(rungs, Object.values(without));

  const choose = (chosen) => save(model, { chosen: names.filter((n) => chosen.includes(n)) });
  const slider = element("input", { type: "range", min: 0, max: names.length, step: 1 });
  slider.setAttribute("aria-label", "Rungs from the bottom up");
  slider.addEventListener("input", () => choose(names.slice(0, Number(slider.value))));
  const climbed = element("b");
  const boxes = names.map((name) => {
    const input = element("input", { type: "checkbox" });
    input.addEventListener("change", () => {
      const others = model.get("chosen").filter((other) => other !== name);
      choose(input.checked ? [...others, name] : others);
    });
    const gain = element("span", { class: "cnn-gain" });
    const label = element("label", {}, input, element("span", {}, name));
    return { input, gain, node: element("li", {}, label, gain) };
  });
  const chart = createChart(view.signal, undefined, RACE_HEIGHT);
  const verdict = element("p", { class: "cnn-verdict", role: "status" });
  const command = element("code", { class: "cnn-command" });
  const seeds = rungs[0].accuracies.length;
  const legend = element(
    "p",
    { class: "cnn-legend" },
    ...(seeds > 1 ? [element("span", { "data-kind": "seed" }, "a seed")] : []),
    element("span", { "data-kind": "rung" }, seeds > 1 ? "mean ± its error" : "one seed"),
    element("span", { "data-kind": "level" }, "all but one, time unknown"),
  );
  view.root.append(
    div(
      "cnn-panels",
      section(
        "Ingredients",
        element("p", { class: "cnn-title" }, `It begins with “${rungs[0].name}”, and you add`),
        element("ul", { class: "cnn-rungs" }, ...boxes.map(({ node }) => node).reverse()),
        element("p", { class: "cnn-caption" }, gainCaption(seeds)),
      ),
      section(
        "What it reached",
        element("label", { class: "cnn-wide" }, element("span", {}, "Rungs"), slider, climbed),
        verdict,
        command,
        figure("Validation accuracy, %", chart.node),
        legend,
      ),
    ),
  );

  function draw() {
    const chosen = model.get("chosen");
    const state = stateOf(rungs, without, chosen);
    const height = state.leftOut === null ? state.height : names.length;
    if (slider.value !== String(state.height)) slider.value = state.height;
    setText(climbed, `${state.height} of ${names.length}`);
    slider.setAttribute("aria-valuetext", climbed.textContent);
    boxes.forEach(({ input, gain }, k) => {
      input.checked = chosen.includes(names[k]);
      setText(gain, k < height ? points(gains.means[k], gains.error) : "");
      gain.toggleAttribute("data-seen", isSeen(gains.means[k], gains.error));
    });
    setText(verdict, sentence(state));
    const typed = state.measured ? null : commandFor(rungs, chosen, model.get("command"));
    setText(command, typed ?? "");
    command.hidden = typed === null;
    drawChart(state, height);
  }

  function sentence({ height, leftOut, measured }) {
    if (!measured) {
      const how = commandFor(rungs, model.get("chosen"), model.get("command"))
        ? "This measures it, for one seed:"
        : "No recipe of cnnedu train has this network.";
      return `This choice isn't measured. ${how}`;
    }
    if (leftOut !== null) {
      const change = losses.means[leftOut];
      return (
        `All but “${bare(leftOut)}”: ${level(without[leftOut])}. Against the whole recipe, ` +
        `measured with it: ${points(change, losses.error)} points, ${seen(change, losses.error)}.`
      );
    }
    const { name, accuracies, seconds } = rungs[height];
    const reached = `${level(accuracies)} in ${Math.round(seconds)} s`;
    if (height === 0) return `“${name}”: ${reached}.`;
    const gain = gains.means[height - 1];
    return (
      `With “${bare(name)}”: ${reached}. Against the rung below: ` +
      `${points(gain, gains.error)} points, ${seen(gain, gains.error)}.`
    );
  }

  function drawChart({ measured, leftOut }, height) {
    const shown = rungs.slice(0, height + 1);
    const means = shown.map(({ seconds, accuracies }) => [seconds, meanOf(accuracies)]);
    const lines = [{ kind: "path", points: means }];
    for (const { seconds, accuracies } of shown) {
      lines.push({ kind: "seed", points: accuracies.map((a) => [seconds, a]), dots: true });
      lines.push(errorBar(seconds, accuracies));
    }
    lines.push({ kind: "rung", points: means, dots: true });
    if (leftOut !== null) {
      const mean = meanOf(without[leftOut]);
      lines.push({ kind: "level", points: axes.x.map((x) => [x, mean]) });
      lines.push({ ...errorBar(0.98 * axes.x[1], without[leftOut]), kind: "level-error" });
    } else if (measured) lines.push({ kind: "now", points: means.slice(-1), dots: true });
    const last = `${rungs[height].name}, ${level(rungs[height].accuracies)}`;
    chart.draw({
      label: `Accuracy against seconds, for ${height + 1} rungs, up to ${last}`,
      x: { range: axes.x, label: "seconds for one run" },
      y: { range: axes.y },
      lines,
    });
  }

  view.drawOnChange(["chosen"], draw);
  return view.close;
}

function axesOf(rungs, others) {
  const heights = [...rungs.map(({ accuracies }) => accuracies), ...others].flat();
  return {
    x: [0, 1.06 * Math.max(...rungs.map(({ seconds }) => seconds))],
    y: [Math.floor(Math.min(...heights)) - 1, Math.ceil(Math.max(...heights)) + 1],
  };
}

function errorBar(seconds, accuracies) {
  const [mean, error] = [meanOf(accuracies), errorOf(accuracies) || 0];
  const ends = [mean - error, mean + error];
  return { kind: "error", points: ends.map((end) => [seconds, end]) };
}

const gainCaption = (seeds) =>
  seeds > 1
    ? `On the right: the gain in points over the rung below, mean of ${seeds} seeds ± error; ` +
      "in bold what is seen."
    : "On the right: the gain in points over the rung below, from one seed each.";
const isSeen = (gain, error) => Math.abs(gain) >= ERRORS_TO_SEE * error;
const bare = (name) => name.replace(/^\+ /, "");

function seen(gain, error) {
  if (Number.isNaN(error)) return "from one seed, so without an error";
  const errors = (Math.abs(gain) / error).toFixed(1);
  return `${isSeen(gain, error) ? "seen" : "not seen"}, at ${errors} errors`;
}

function points(gain, error) {
  const size = `${gain < 0 ? "−" : "+"}${Math.abs(gain).toFixed(1)}`;
  return Number.isNaN(error) ? size : `${size} ± ${error.toFixed(1)}`;
}

function level(accuracies) {
  const error = errorOf(accuracies);
  const mean = meanOf(accuracies).toFixed(1);
  return Number.isNaN(error) ? `${mean} %` : `${mean} ± ${error.toFixed(1)} %`;
}

export default { render };
