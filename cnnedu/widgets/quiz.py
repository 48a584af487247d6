"""`Quiz`: multiple-choice questions in which every option has a reply of its own."""

import re
import textwrap
from dataclasses import asdict, dataclass
from hashlib import sha256

import traitlets

from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget


@dataclass(frozen=True)
class Right:
    """The right option, and the reply to a reader who chooses it."""

    text: str
    reply: str


@dataclass(frozen=True)
class Wrong:
    """A wrong option: a real misconception, and the reply that corrects it."""

    text: str
    reply: str


class Question:
    """A question and its options, exactly one of which is `Right`.

    The options are shown in an order of their own, so that the place of the right one tells
    nothing: they are shuffled, always in the same way for the same texts.

    Args:
        text: the question.
        *options: two or more of `Right(text, reply)` and `Wrong(text, reply)`.

    All texts are plain, with `code` between backticks and *emphasis* between asterisks.

    Raises:
        TypeError: a text isn't a string, or an option is neither `Right` nor `Wrong`.
        ValueError: an empty text, two equal options, fewer than two options, or not exactly
            one right option.
    """

    def __init__(self, text, *options):
        for option in options:
            if not isinstance(option, (Right, Wrong)):
                raise TypeError(
                    f"Question: an option must be Right(text, reply) or Wrong(text, reply), "
                    f"but is {option!r}"
                )
        for words in [text, *(words for option in options for words in asdict(option).values())]:
            if not isinstance(words, str):
                raise TypeError(
                    f"Question: a question, option or reply must be text, not {words!r}"
                )
            if not words.strip():
                raise ValueError(f"Question: {text!r} has an empty question, option or reply")
        if len({option.text for option in options}) < max(2, len(options)):
            raise ValueError(f"Question: {text!r} needs two or more options, all different")
        right = sum(isinstance(option, Right) for option in options)
        if right != 1:
            raise ValueError(f"Question: {text!r} must have one Right option, but has {right}")
        self.text = text
        self.options = sorted(options, key=lambda option: _digest(text, option.text))


class Quiz(Widget):
    """Ask one or more multiple-choice questions; each option has its own reply.

    The reply appears as soon as the reader chooses an option, and the reader can choose again.
    A question before a figure asks for a prediction: the reader commits to an answer, then runs
    the cell that reveals it.

    Args:
        *questions: one or more `Question`.

    `answers` is a trait: for each question the index of the option chosen last, or None.

    Raises:
        TypeError: an argument is not a `Question`.
        ValueError: there is none, or `answers` is set to options that don't exist.

    >>> quiz = Quiz(
    ...     Question(
    ...         "How many outputs does a 3×3 kernel give on an 8×8 picture?",
    ...         Right("36", "The window fits in 8 − 3 + 1 = 6 places per side; 6 · 6 = 36."),
    ...         Wrong("64", "The window must not stick out: count the places where it fits."),
    ...     )
    ... )
    >>> quiz
    Quiz(1 question, 0 answered)
    """

    _esm = module("quiz")
    _css = stylesheet("quiz")

    questions = traitlets.List(read_only=True).tag(sync=True)
    answers = traitlets.List().tag(sync=True)

    def __init__(self, *questions):
        if not questions:
            raise ValueError("Quiz: give one or more Question(…)")
        for question in questions:
            if not isinstance(question, Question):
                raise TypeError(f"Quiz: every argument must be a Question, but one is {question!r}")
        self.set_trait("questions", [_for_page(question) for question in questions])
        super().__init__(answers=[None] * len(questions))

    @traitlets.validate("answers")
    def _answers_exist(self, proposal):
        counts = [len(question["options"]) for question in self.questions]
        answers = list(proposal.value)
        if len(answers) != len(counts) or any(
            answer is not None and answer not in range(count)
            for answer, count in zip(answers, counts, strict=True)
        ):
            raise ValueError(
                f"Quiz: answers must hold, for each of the {len(counts)} questions, None or the "
                f"index of an option, but is {answers!r}"
            )
        return answers

    def draw(self):
        """Return a figure of the questions and their options, without the answers."""
        import matplotlib.pyplot as plt

        from cnnedu.plots.style import style

        lines = []  # (mark, text, weight) of each line
        for number, question in enumerate(self.questions, start=1):
            mark = f"{number}" if len(self.questions) > 1 else ""
            lines += _wrapped(mark, question["text"], "bold", characters=76)
            for option in question["options"]:
                lines += _wrapped("○", option["text"], "normal", characters=84)
            lines.append(("", "", "normal"))
        with style():
            figure = plt.figure(figsize=(7.6, 0.26 * len(lines)), layout="none")
            for row, (mark, text, weight) in enumerate(lines):
                y = 1 - (row + 0.9) / len(lines)
                figure.text(0.02, y, mark, fontweight=weight, va="center")
                figure.text(0.055, y, text, fontweight=weight, va="center")
        return figure

    def __repr__(self):
        count = len(self.questions)
        answered = sum(answer is not None for answer in self.answers)
        return f"Quiz({count} question{'s' if count > 1 else ''}, {answered} answered)"


def _digest(*texts):
    """Return bytes whose order depends on the texts alone, in a way that no reader can guess."""
    return sha256("\n".join(texts).encode()).digest()


def _for_page(question):
    """Return a question as the page receives it."""
    options = [
        {**asdict(option), "right": isinstance(option, Right)} for option in question.options
    ]
    return {"text": question.text, "options": options}


def _wrapped(mark, text, weight, characters):
    """Return `text` as (mark, line, weight) tuples, with the mark in front of the first line."""
    plain = re.sub(r"`([^`]+)`|\*([^*]+)\*", lambda match: match[1] or match[2], text)
    first, *others = textwrap.wrap(plain, characters)
    return [(mark, first, weight), *(("", line, weight) for line in others)]
