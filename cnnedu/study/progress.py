"""Say which lessons are read and which exercises pass, from what the notebooks themselves hold.

Jupyter stores Python's version in a notebook when it saves it, the answers to the quizzes in the
state of its widgets, and below each cell of checks what the check said.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

from cnnedu.study.notebooks import NoExercise, fresh, lesson, own, read, title

WIDGETS = "application/vnd.jupyter.widget-state+json"


@dataclass(frozen=True)
class Step:
    """A lesson and its exercise, and how far the reader has come with them.

    Args:
        name: of both, such as "03_stride_padding_shapes".
        title: of both.
        opened: whether the lesson was opened and saved.
        answered, questions: how many questions of its quizzes the reader has answered, and how many
            there are; 0 of 0 where the lesson isn't at hand.
        passed, checks: the same for the checks of the exercise.
    """

    name: str
    title: str
    opened: bool
    answered: int
    questions: int
    passed: int
    checks: int

    @property
    def number(self):
        """The number in front of the name."""
        return self.name.partition("_")[0]

    @property
    def is_read(self):
        """Whether the lesson was opened, and each of its questions answered."""
        return self.opened and self.answered == self.questions

    @property
    def is_solved(self):
        """Whether all checks of the exercise pass; one without checks is graded by hand."""
        return self.passed == self.checks


def steps(folder):
    """Return a `Step` for each exercise, for the notebooks in a folder.

    Raises:
        NoExercise: no exercise is installed, or one of them can't be read.
    """
    found = [_step(name, path, Path(folder)) for name, path in fresh().items()]
    if not found:
        raise NoExercise("There are no exercises here: install the course again.")
    return found


def _step(name, released, folder):
    cells, _ = read(released)
    checks = sum(cell.is_check for cell in cells)
    text, metadata = _read(lesson(name, folder))
    opened = "version" in metadata.get("language_info", {})
    answered, asked = _answered(text, metadata)
    solved = _passed(_read(own(name, folder))[0])
    return Step(name, title(text or cells), opened, answered, asked, solved, checks)


def _read(path):
    """Return (cells, metadata) of a notebook; nothing if there is none, or half of one."""
    try:
        return ([], {}) if path is None else read(path)
    except NoExercise:
        return [], {}


def _answered(cells, metadata):
    """Return how many questions of a lesson's quizzes are answered, and how many there are."""
    texts = {text for cell in cells if cell.kind == "code" for text in _questions(cell.source)}
    state = metadata.get("widgets", {}).get(WIDGETS, {}).get("state", {})
    answered = set()
    for model in state.values():
        shown = model.get("state", {})
        pairs = zip(shown.get("questions") or (), shown.get("answers") or (), strict=False)
        answered |= {
            question["text"]
            for question, answer in pairs
            if answer is not None and isinstance(question, dict)
        }
    return len(texts & answered), len(texts)


def _questions(source):
    """Return the texts of the questions that a cell asks.

    >>> _questions('Quiz(Question("How " "many?", Right("2", "Yes."), Wrong("3", "No.")))')
    ['How many?']
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:  # the reader's own cell, or one with a `%magic`
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    asked = [node.args[0] for node in calls if getattr(node.func, "id", None) == "Question"]
    return [text.value for text in asked if isinstance(text, ast.Constant)]


def _passed(cells):
    """Return how many checks passed when they were last run in Jupyter."""
    return sum(
        cell.is_check and cell.ran and not any(o["output_type"] == "error" for o in cell.outputs)
        for cell in cells
    )


def following(found):
    """Return what comes next, in one line.

    Args:
        found: from `steps`.
    """
    for step in found:
        if step.questions and not step.is_read:
            verb = "go on with" if step.opened else "open"
            return f"Next: {verb} lesson {step.number}, {step.title}."
        if not step.is_solved:
            return f"Next: exercise {step.number}, {step.title} (`cnnedu exercise {step.number}`)."
    return "You have read every lesson, and every check passes."


def table(found):
    """Return the steps as text, a line for each."""
    width = max(len(step.title) for step in found)
    lines = [f"    {'':{width}}  lesson: questions  exercise: checks"]
    for step in found:
        read_ = f"{step.answered} of {step.questions}" if step.opened else "–"
        solved = f"{step.passed} of {step.checks}" if step.checks else "by hand"
        done = "✓" if step.is_read else " ", "✓" if step.checks and step.is_solved else " "
        lines.append(
            f"{step.number:<4}{step.title:<{width}}  {done[0]} {read_:<15}  {done[1]} {solved}"
        )
    return "\n".join(lines)
