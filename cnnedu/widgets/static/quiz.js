// Quiz: every option shows its own reply as soon as it is chosen.
import { div, element, openView, save } from "./shared.js";

function render({ model, el }) {
  const view = openView({ model, el }, "quiz");
  const questions = model.get("questions");

  function choose(question, option) {
    const answers = [...model.get("answers")];
    answers[question] = option;
    save(model, { answers });
  }

  const blocks = questions.map((question, q) => {
    const options = question.options.map((option, o) => {
      const mark = element("span", { class: "cnn-mark", "aria-hidden": "true" });
      const choice = element(
        "button",
        { type: "button" },
        mark,
        element("span", {}, ...written(option.text)),
      );
      choice.addEventListener("click", () => choose(q, o));
      return {
        choice,
        mark,
        reply: element("div", { class: "cnn-reply", role: "status" }),
        option,
      };
    });
    const rows = options.map(({ choice, reply }) => element("li", {}, choice, reply));
    const number =
      questions.length > 1 ? [element("span", { class: "cnn-number" }, `${q + 1}`)] : [];
    const text = div("cnn-question", ...number, element("span", {}, ...written(question.text)));
    const list = element("ul", {}, ...rows);
    view.root.append(
      element(
        "div",
        { class: "cnn-block", role: "group", "aria-label": plain(question.text) },
        text,
        list,
      ),
    );
    return options;
  });
  const score = element("p", { class: "cnn-score", role: "status" });
  if (questions.length > 1) view.root.append(score);

  function draw() {
    const answers = model.get("answers");
    blocks.forEach((options, q) => options.forEach((row, o) => drawOption(row, answers[q] === o)));
    const right = questions.filter(({ options }, q) => options[answers[q]]?.right).length;
    const answered = answers.filter((answer) => answer !== null).length;
    score.textContent = answered ? `${right} of ${questions.length} right so far` : "";
    if (right === questions.length) score.textContent = `All ${right} right.`;
  }

  view.drawOnChange(["answers"], draw);
  return view.close;
}

function drawOption({ choice, mark, reply, option }, chosen) {
  choice.setAttribute("aria-pressed", chosen);
  choice.dataset.verdict = chosen ? (option.right ? "right" : "wrong") : "";
  mark.textContent = chosen ? (option.right ? "✓" : "✕") : "";
  if (chosen === reply.hasChildNodes()) return; // written again, it would be read aloud again
  const verdict = element("b", {}, option.right ? "Right. " : "Not quite. ");
  reply.replaceChildren(...(chosen ? [verdict, ...written(option.reply)] : []));
}

// Text with `code` and *emphasis* as nodes; everything else in it stays text.
function written(text) {
  return text.split(/(`[^`]+`|\*[^*\s](?:[^*]*[^*\s])?\*)/).map((part) => {
    if (/^`.+`$/.test(part)) return element("code", {}, part.slice(1, -1));
    if (/^\*.+\*$/.test(part)) return element("em", {}, part.slice(1, -1));
    return part;
  });
}

function plain(text) {
  return written(text)
    .map((part) => part.textContent ?? part)
    .join("");
}

export default { render };
