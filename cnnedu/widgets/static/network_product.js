// One multiplication, and where its left number comes from.
import { button, div, element, format, setText } from "./shared.js";

// `onDown()` is called when the reader asks where the number comes from.
export function createProductPanel(onDown) {
  const sum = element("p", { class: "cnn-multiplication" });
  const origin = element("p", { class: "cnn-quiet" });
  const down = button("", onDown);
  const node = div("cnn-product", sum, origin, down);

  // `product` is { x, w, result }, with `w` and `result` only in a sum of products, or null;
  // `from` says in words which number x is; `isBelow`, whether the page can go on to it.
  function draw(product, from, isBelow) {
    node.hidden = !product;
    if (!product) return;
    const { x, w, result } = product;
    sum.replaceChildren(
      ...(w === undefined
        ? [element("b", {}, format(x))]
        : [`${format(x)} × ${format(w)} = `, element("b", {}, format(result))]),
    );
    setText(origin, from);
    down.hidden = !isBelow;
    setText(down.firstChild, `Where does ${format(x)} come from?`);
  }
  return { node, draw, down };
}
