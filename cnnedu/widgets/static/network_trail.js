// The way that the reader has come down: a crumb for each output, from a score to a product.
import { button, element, format, setText } from "./shared.js";

// `onBack(step)` is called when the reader chooses a crumb above the last.
export function createTrail(onBack) {
  const list = element("ol", { class: "cnn-crumbs" });
  const node = element("nav", { "aria-label": "Way down" }, list);

  // `crumbs` are { name, value }.
  function draw(crumbs) {
    while (list.children.length > crumbs.length) list.lastChild.remove();
    crumbs.forEach(({ name, value }, step) => {
      if (!list.children[step]) {
        const crumb = button("", () => onBack(step));
        crumb.append(element("b"));
        list.append(element("li", {}, crumb));
      }
      const crumb = list.children[step].firstChild;
      setText(crumb.children[0], name);
      setText(crumb.children[1], format(value));
      if (step === crumbs.length - 1) crumb.setAttribute("aria-current", "step");
      else crumb.removeAttribute("aria-current");
    });
  }
  return { node, draw };
}

// How a number got from its layer to where it was used: "conv3 4.222 → relu3 4.222 → …".
export function wordsOfWay(way, nameOf, valueOf) {
  return way.map((at) => `${nameOf(at)} ${format(valueOf(at))}`).join(" → ");
}
