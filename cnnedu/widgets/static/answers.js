// The likeliest classes as bars.
import { button, element } from "./shared.js";

// Show `most` classes, the likeliest first, and in any case those in `always`. With `onPick(k)` each
// name is a button.
export function drawAnswers(list, classes, probabilities, most, { always = [], onPick } = {}) {
  const order = probabilities.map((_, k) => k).sort((a, b) => probabilities[b] - probabilities[a]);
  const shown = order.slice(0, most);
  for (const k of always.filter((wanted) => !shown.includes(wanted))) shown[most - 1] = k;
  list.replaceChildren(
    ...shown.map((k) => {
      const share = 100 * probabilities[k];
      const bar = element("i", { style: `--share: ${share}` });
      const written = share < 1 ? share.toFixed(1) : share.toFixed(0);
      return element(
        "li",
        {},
        element("span", {}, onPick ? button(classes[k], () => onPick(k)) : classes[k]),
        element("span", {}, bar),
        element("span", {}, `${written} %`),
      );
    }),
  );
}
