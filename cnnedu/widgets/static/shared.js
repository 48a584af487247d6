// What every widget of the course uses: a view that cleans up after itself, elements, numbers.

// Open a view in `el`. `drawOnChange` draws now, then at most once a frame whenever one of the
// traits changes, and returns a function that requests one more drawing. `signal` ends everything
// that the view has started; `render` returns `close`.
export function openView({ model, el }, name) {
  const ended = new AbortController();
  const { signal } = ended;
  const root = element("div", { class: `cnnedu cnnedu-${name}` });
  el.append(root);
  // A notebook takes plain keys as commands ("d d" deletes a cell); keys pressed here are ours.
  root.addEventListener("keydown", (event) => {
    const forNotebook = event.ctrlKey || event.metaKey || event.altKey;
    if (!forNotebook && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
  });

  function drawOnChange(traits, draw) {
    let frame = 0;
    const drawNow = () => {
      frame = 0;
      draw();
    };
    const drawSoon = () => (frame ||= requestAnimationFrame(drawNow));
    for (const trait of traits) model.on(`change:${trait}`, drawSoon);
    signal.addEventListener("abort", () => {
      cancelAnimationFrame(frame);
      for (const trait of traits) model.off(`change:${trait}`, drawSoon);
    });
    draw();
    return drawSoon;
  }

  function close() {
    ended.abort();
    root.remove();
  }

  return { root, signal, drawOnChange, close };
}

// Change traits together and tell Python.
export function save(model, changes) {
  for (const [trait, value] of Object.entries(changes)) model.set(trait, value);
  model.save_changes();
}

// A new element. Children are elements or text, never markup, so no text can become code.
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export const div = (kind, ...children) => element("div", { class: kind }, ...children);
export const section = (label, ...children) =>
  element("section", { "aria-label": label }, ...children);
export const figure = (title, ...children) =>
  element("figure", {}, element("figcaption", {}, title), ...children);

// A button with a word on it; `icon` is the path of a 16×16 drawing to its left.
export function button(label, onClick, icon) {
  const node = element("button", { type: "button" });
  if (icon) {
    const viewBox = "0 0 16 16";
    node.append(svg("svg", { viewBox, "aria-hidden": "true" }, svg("path", { d: icon })));
  }
  node.append(element("span", {}, label));
  node.addEventListener("click", onClick);
  return node;
}

// A new element of a drawing.
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// A labelled choice among some values.
export function chooser(label, values, onChange) {
  const select = element("select");
  for (const value of values) select.append(element("option", { value }, value));
  select.addEventListener("change", () => onChange(select.value));
  return { node: element("label", {}, element("span", {}, label), select), select };
}

// A chooser among named values; any other value is called "Your own".
export function presetChooser(label, presets, onChange) {
  const names = Object.keys(presets);
  const quoted = names.map((name) => JSON.stringify(presets[name]));
  const { node, select } = chooser(label, [...names, "Your own"], (name) => onChange(presets[name]));
  select.lastChild.disabled = true;
  const draw = (value) => {
    const at = quoted.indexOf(JSON.stringify(value));
    select.selectedIndex = at < 0 ? names.length : at;
  };
  return { node, draw };
}

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

// A number as the course writes it: at most three decimals, and a real minus sign.
export function format(value) {
  const rounded = Math.round(value * 1000) / 1000 || 0;
  return String(rounded).replace("-", "−");
}

// The same where space is short: whole numbers as they are, others with three digits.
export function short(value) {
  return format(Number.isInteger(value) ? value : Number(value.toPrecision(3)));
}

// A power of ten as 10⁻³.
export function powerOfTen(power) {
  const digits = [...String(Math.abs(power))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
  return `10${power < 0 ? "⁻" : ""}${digits.join("")}`;
}

// A number as 1.2 · 10⁻³.
export function scientific(value) {
  if (value === 0) return "0";
  const [mantissa, power] = value.toExponential(1).split("e");
  return `${mantissa} · ${powerOfTen(Number(power))}`;
}

// Write only what changes: the browser lays out and paints whatever is written, even the same text.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const tints = new WeakMap(); // the last tint of each element

// Tint an element by a signed value: blue below zero, red above, full at ±limit.
export function tint(node, value, limit) {
  const share = limit ? clamp(value / limit, -1, 1) : 0;
  if (tints.get(node) === share) return;
  tints.set(node, share);
  node.dataset.sign = Math.sign(share);
  node.style.setProperty("--strength", `${100 * Math.abs(share)}%`);
}

// The kind of a cell that shows how light a pixel is, black at 0 and white at `largest`: where black
// text is more legible than white it is "light".
export function shade(value, largest) {
  return value > 0.46 * largest ? "light" : "dark";
}
