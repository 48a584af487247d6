"""`Quiz` in a real JupyterLab, driven by mouse and by keyboard."""

import pytest

QUIZ = """
from cnnedu.widgets import Question, Quiz, Right, Wrong
quiz = Quiz(
    Question(
        "How many outputs with `stride=1`?",
        Wrong("64 <b>pixels</b>", "The window must fit in *whole*."),
        Right("36", "6 · 6 = 36."),
    ),
    Question("Is the kernel flipped?", Right("No", "It lies as it stands."), Wrong("Yes", "Look.")),
)
quiz
"""


@pytest.fixture
def quiz(lab):
    """Return the notebook and the output of a cell that shows a fresh `quiz`."""
    notebook = lab.open_cells(QUIZ)
    notebook.run_all()
    return notebook, notebook.output(0)


def test_every_option_has_its_reply(quiz):
    notebook, output = quiz
    replies = output.get_by_role("status")
    assert "".join(replies.all_inner_texts()) == ""
    output.get_by_role("button", name="64").click()
    output.get_by_text("Not quite. The window must fit in whole.").wait_for()
    assert output.locator("em").inner_text() == "whole"
    assert chosen(notebook) == ["64 <b>pixels</b>", None]
    output.get_by_role("button", name="36").click()
    output.get_by_text("Right. 6 · 6 = 36.").wait_for()
    assert output.get_by_text("Not quite.").count() == 0
    output.get_by_text("1 of 2 right so far").wait_for()
    assert chosen(notebook) == ["36", None]


def test_texts_are_text_and_code_is_code(quiz):
    _, output = quiz
    assert output.get_by_role("button", name="64 <b>pixels</b>").is_visible()
    assert output.locator("code").inner_text() == "stride=1"


def test_keyboard_alone(quiz, lab):
    """Tab goes through the options in the order shown; Enter and Space choose."""
    notebook, output = quiz
    output.get_by_role("button").first.focus()
    choose = iter(["Enter", "Space"])
    for _ in range(4):
        if lab.page.evaluate("document.activeElement.textContent") in ("36", "No"):
            lab.page.keyboard.press(next(choose))
        lab.page.keyboard.press("Tab")
    output.get_by_text("All 2 right.").wait_for()
    assert chosen(notebook) == ["36", "No"]


def chosen(notebook):
    """Return the text of each question's option that was chosen last, as the kernel knows it."""
    options = "q['options'][a]['text'] if a is not None else None"
    return notebook.value(f"[{options} for q, a in zip(quiz.questions, quiz.answers)]")
