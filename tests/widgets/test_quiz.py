"""`Quiz` on the Python side: what may be asked and what is recorded."""

import pytest
from widgets.refusal import assert_refused

from cnnedu.widgets import Question, Quiz, Right, Wrong

YES, NO = Right("Yes", "It is."), Wrong("No", "Look again.")


def test_state_for_the_page():
    quiz = Quiz(Question("Is `x` *padded*?", NO, YES), Question("Again?", YES, NO))
    assert quiz.answers == [None, None]
    assert quiz.questions[0] == {
        "text": "Is `x` *padded*?",
        "options": [
            {"text": "No", "reply": "Look again.", "right": False},
            {"text": "Yes", "reply": "It is.", "right": True},
        ],
    }


def test_answers_come_from_the_page():
    quiz = Quiz(Question("Is it?", YES, NO))
    quiz.set_state({"answers": [1]})
    assert quiz.answers == [1]
    assert repr(quiz) == "Quiz(1 question, 1 answered)"


@pytest.mark.parametrize("answers", [[], [2], [0, 0], ["Yes"]])
def test_answers_that_cannot_be(answers):
    quiz = Quiz(Question("Is it?", YES, NO))
    with pytest.raises(ValueError, match="answers must hold, for each of the 1 questions"):
        quiz.answers = answers


def test_picture_tells_no_answers():
    """The figure holds the question and the options in their order, but no reply and no mark."""
    figure = Quiz(Question("Is `x` *padded*?", NO, YES)).draw()
    words = [text.get_text() for text in figure.texts]
    assert [word for word in words if word not in ("", "○")] == ["Is x padded?", "No", "Yes"]


@pytest.mark.parametrize("make, error, message", [
    (lambda: Quiz(), ValueError, "give one or more Question"),
    (lambda: Quiz("Is it?"), TypeError, "every argument must be a Question"),
    (lambda: Question("Is it?", "Yes", "No"), TypeError, "an option must be Right"),
    (lambda: Question(3, YES, NO), TypeError, "must be text, not 3"),
    (lambda: Question("Is it?", YES, Wrong("No", None)), TypeError, "must be text, not None"),
    (lambda: Question("Is it?", YES, Wrong("No", " ")), ValueError, "has an empty"),
    (lambda: Question("Is it?", YES), ValueError, "two or more options"),
    (lambda: Question("Is it?", YES, Wrong("Yes", "?")), ValueError, "all different"),
    (lambda: Question("Is it?", NO, Wrong("n", "?")), ValueError, "one Right option, but has 0"),
    (lambda: Question("Is it?", YES, Right("y", "?")), ValueError, "one Right option, but has 2"),
])  # fmt: skip
def test_wrong_arguments(make, error, message):
    assert_refused(make, error, message)
