// DigitPad: the pen and the whole network run here.
import { decodeArray } from "./arrays.js";
import { createPen } from "./digit_pen.js";
import { createGrid } from "./grid.js";
import { openNetwork, runNetwork, softmax } from "./network.js";
import { button, div, element, openView, save, section, shade, short, tint } from "./shared.js";
import { createVolume } from "./volumes.js";

const FULL = 16;

function render({ model, el }) {
  const view = openView({ model, el }, "digit-pad");
  const network = openNetwork(model.get("layers"), decodeArray(model.get("weights")).data);
  const examples = decodeArray(model.get("examples"));
  const pen = createPen();
  let last = null; // where the pen was before

  const pad = createGrid("Pad: draw, or mark a pixel with Space and more of it with 1 to 9");
  const place = (event) => {
    const box = pad.node.getBoundingClientRect();
    return [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width];
  };
  function drawTo(event) {
    // The browser sends one event per frame, with the points in between in it.
    const between = event.getCoalescedEvents?.() ?? [];
    for (const point of [...between, event].map(place)) {
      pen.line(last, point);
      last = point;
    }
    save(model, { picture: pen.picture() });
  }
  pad.node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pad.node.setPointerCapture(event.pointerId);
    pad.setCurrent(...(pad.at(event) ?? pad.current()));
    pen.start(model.get("picture"));
    last = place(event);
    drawTo(event);
  });
  pad.node.addEventListener("pointermove", (event) => last && drawTo(event));
  for (const end of ["pointerup", "pointercancel"]) {
    pad.node.addEventListener(end, () => (last = null));
  }
  pad.node.addEventListener("keydown", (event) => {
    const digit = /^[0-9]$/.test(event.key);
    if (!digit && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const [r, c] = pad.current();
    const picture = model.get("picture").map((row) => [...row]);
    const opposite = picture[r][c] > 0 ? 0 : FULL;
    picture[r][c] = digit ? Math.round((FULL * Number(event.key)) / 9) : opposite;
    save(model, { picture });
  });

  const empty = () => Array.from({ length: 8 }, () => Array(8).fill(0));
  const example = (digit) =>
    empty().map((row, i) => row.map((_, j) => examples.data[digit * 64 + i * 8 + j]));
  const group = { class: "cnn-digits", role: "group", "aria-label": "A real digit" };
  const digits = element("div", group);
  for (let digit = 0; digit < 10; digit++) {
    digits.append(button(String(digit), () => save(model, { picture: example(digit) })));
  }

  const bars = Array.from({ length: 10 }, (_, digit) => {
    const bar = element("i");
    const percent = element("span", { class: "cnn-percent" });
    const row = element(
      "li",
      {},
      element("b", {}, String(digit)),
      element("span", { class: "cnn-track", "aria-hidden": "true" }, bar),
      percent,
    );
    return { row, bar, percent };
  });
  const says = element("p", { class: "cnn-says", role: "status" });
  const list = { class: "cnn-answer", "aria-label": "Probabilities" };
  view.root.append(
    div(
      "cnn-panels",
      section(
        "Pad",
        div(
          "cnn-heading",
          element("span", {}, "Draw a digit, 8 × 8"),
          button("Clear", () => save(model, { picture: empty() })),
        ),
        pad.place,
        div("cnn-caption", "Fill the frame from top to bottom."),
      ),
      section(
        "Answer",
        div("cnn-heading", says),
        element("ul", list, ...bars.map(({ row }) => row)),
        div("cnn-caption", "Or choose a real digit:"),
        digits,
      ),
    ),
  );

  function draw() {
    const picture = model.get("picture");
    pad.resize(8, 8);
    picture.forEach((row, i) =>
      row.forEach((chalk, j) => {
        const text = chalk ? short(chalk) : "";
        const spoken = `row ${i}, column ${j}: ${short(chalk)}`;
        const cell = pad.write(i, j, text, spoken, shade(chalk, FULL));
        tint(cell, chalk, FULL);
      }),
    );
    const x = createVolume(1, 8, 8, Float64Array.from(picture.flat(), (chalk) => chalk / FULL));
    const answer = softmax(runNetwork(network, x).at(-1).data);
    const best = answer.indexOf(Math.max(...answer));
    bars.forEach(({ row, bar, percent }, digit) => {
      bar.style.width = `${100 * answer[digit]}%`;
      percent.textContent = `${Math.round(100 * answer[digit])} %`;
      row.toggleAttribute("data-chosen", digit === best);
    });
    const drawn = picture.flat().some((chalk) => chalk > 0);
    says.textContent = drawn ? `It reads a ${best}` : `The pad is empty; it reads a ${best}`;
  }

  view.drawOnChange(["picture"], draw);
  return view.close;
}

export default { render };
