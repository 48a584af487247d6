// The stepper asks: the reader types an output before it appears.
import { button, div, element, format, setText } from "./shared.js";
import { agrees, readNumber, slipBehind } from "./slips.js";

const SLIPS = {
  flipped:
    "It looks as if the kernel was flipped. Lay it down as it is written, its first weight on the \
top left pixel of the frame.",
  transposed: "It looks as if the rows of the kernel were taken for its columns.",
  minus: "It looks as if a minus sign was forgotten.",
  sign: "The size is right, the sign is not.",
  "left out": "It looks as if one product was left out.",
  shifted: "The window one row or one column beside the frame gives that number.",
  swapped: "It looks as if row and column were exchanged: the first number in out[…] is the row.",
  "no stride": "It looks as if the stride was taken for 1.",
  "no padding": "It looks as if the padding was forgotten.",
  unweighted: "That is the sum of the pixels. Multiply each by its weight before you add.",
  weights: "That is the sum of the weights. Multiply each by its pixel before you add.",
  added: "It looks as if weights were added to pixels. Multiply each pair, then add the products.",
  mean: "That is the mean of the products. Give their sum.",
};

const isAmong = (places, [i, j]) => places.some(([row, column]) => row === i && column === j);

// What is asked of `rows` × `columns` outputs: the places `asked`, those `settled` (answered
// rightly or shown), and those still `waiting`.
export function questionsOf(model, { rows, columns }) {
  const [ask, solved, given] = ["ask", "solved", "given"].map((trait) => model.get(trait));
  const all = () =>
    Array.from({ length: rows * columns }, (_, k) => [Math.floor(k / columns), k % columns]);
  const asked =
    ask === true ? all() : (ask || []).filter(([i, j]) => i < rows && j < columns);
  const settled = [...solved, ...given];
  const waiting = asked.filter((place) => !isAmong(settled, place));
  return { asked, solved, given, settled, waiting };
}

export const isWaiting = ({ waiting }, place) => isAmong(waiting, place);
export const isSettled = ({ settled }, place) => isAmong(settled, place);

// `read()` is the stepper's state; `onSettled(place, trait)` is called with "solved" when the place
// is answered rightly and with "given" when the reader gives up on it; `goTo(i, j)` moves there.
export function createQuestions({ read, onSettled, goTo }) {
  const name = element("span", { class: "cnn-name" });
  const input = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const hint = element("span", { class: "cnn-hint" });
  const form = div(
    "cnn-tools",
    element("label", {}, name, input),
    button("Check", check),
    button("Show me", () => settle("given", (value) => `It is ${value}.`)),
    hint,
  );
  const verdict = element("p", { class: "cnn-verdict", role: "status", tabindex: -1 });
  const score = element("span");
  const next = button("Next question", () => {
    goTo(...nextPlace(read()));
    focusSoon = true;
  });
  const node = div("cnn-questions", form, verdict, div("cnn-tools", score, next));
  let focusSoon = false; // the control in use disappears with the next drawing
  let drawn = ""; // the question that the input and the verdict are about

  function say(text, kind = "") {
    setText(verdict, text);
    verdict.hidden = text === "";
    verdict.dataset.kind = kind;
    input.setAttribute("aria-invalid", kind === "wrong");
  }

  function settle(trait, text) {
    const { position, output } = read();
    const [i, j] = position;
    say(text(format(output[i][j])), trait === "solved" ? "right" : "");
    input.value = "";
    focusSoon = true;
    onSettled(position, trait);
  }

  function check() {
    const { position, output, kernel, ...state } = read();
    const [i, j] = position;
    const typed = readNumber(input.value);
    if (agrees(typed, output[i][j])) {
      settle("solved", (value) => `Right, ${value}.`);
    } else if (Number.isNaN(typed)) {
      say("Type a number, such as −2 or 0.5.", "wrong");
    } else {
      const slip = slipBehind(typed, { ...state, kernel }, i, j);
      const advice =
        "Multiply each pixel in the frame by the weight that lies on it, then add the products.";
      say(`Not ${format(typed)}. ${SLIPS[slip] ?? advice}`, "wrong");
      input.select();
    }
  }

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) check();
  });

  function draw(state) {
    const { asked, solved, given, waiting, position } = state;
    const { picture, kernel, stride, padding } = state;
    const open = isWaiting(state, position);
    node.hidden = asked.length === 0;
    const question = JSON.stringify([position, picture, kernel, stride, padding]);
    if (question !== drawn) {
      say("");
      input.value = "";
      drawn = question;
    }
    form.hidden = !open;
    next.hidden = open || waiting.length === 0;
    setText(name, open ? `out[${position.join(", ")}] =` : "");
    const whole = [...picture.flat(), ...kernel.flat()].every(Number.isInteger);
    setText(hint, whole ? "" : "Two decimals are enough.");
    const shown = given.length ? `, ${given.length} shown` : "";
    setText(score, `${solved.length} of ${asked.length} right${shown}`);
    if (focusSoon) (open ? input : next.hidden ? verdict : next).focus();
    focusSoon = false;
  }

  return { node, draw, focus: () => (focusSoon = true) };
}

// The waiting place that follows the position in reading order, or the first one.
function nextPlace({ waiting, position: [i, j] }) {
  return waiting.find(([row, column]) => row > i || (row === i && column > j)) ?? waiting[0];
}
