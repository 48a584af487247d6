"""Exercise 01 through nbgrader: release, three submissions, grades, feedback."""

import re
from pathlib import Path

import nbformat
import pytest
from grading.graded_course import hidden_lines

from harness.course import ROOT, answer_cells, student_cells

NAME = "01_convolution_by_hand"
ANSWERS = ROOT / "tests/exercises/answers" / NAME

RIGHT = {
    "01-by-hand-tests": 1,
    "01-correlate2d-tests": 4,
    "01-changed-tests": 2,
    "01-flip-tests": 1,
    "01-horizontal-kernel-tests": 2,
}


@pytest.fixture(scope="module")
def graded(course):
    """Grade three students: one is right, one half right, one handed in the exercise untouched."""
    course.nbgrader("generate_assignment", NAME)
    right = student_cells(course.solution(NAME))
    half = right | answer_cells(ANSWERS / "wrong_flipped_kernel.py")
    half |= answer_cells(ANSWERS / "wrong_square_only.py")
    half |= answer_cells(ANSWERS / "wrong_flip_transpose.py")
    course.submit(NAME, "right", right)
    course.submit(NAME, "half", half)
    course.submit(NAME, "nothing", {})
    course.nbgrader("autograde", NAME)
    course.nbgrader("generate_feedback", NAME)
    return course


def test_nbgrader_releases_what_the_repository_holds(graded):
    stored = nbformat.read(ROOT / f"exercises/{NAME}/{NAME}.ipynb", as_version=4)
    assert graded.released(NAME) == stored


def test_release_holds_no_solution_and_no_hidden_test(graded):
    text = (graded.folder / f"exercises/{NAME}/{NAME}.ipynb").read_text(encoding="utf-8")
    for word in ["SOLUTION", "HIDDEN", "Rubric", "odd_", "j * across"]:
        assert word not in text
    assert text.count("raise NotImplementedError()") == 6  # five cells and the instructions
    assert [path.name for path in (graded.folder / "exercises" / NAME).iterdir()] == [
        f"{NAME}.ipynb"
    ]


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        ("right", RIGHT),
        ("half", RIGHT | {"01-correlate2d-tests": 0, "01-flip-tests": 0}),
        ("nothing", dict.fromkeys(RIGHT, 0)),
    ],
)
def test_scores_are_exact(graded, student, expected):
    scores = graded.scores(NAME, student)
    open_question = scores.pop("01-fog")
    assert scores == expected
    # A written answer waits for a human; one left empty is worth nothing.
    assert open_question == (0 if student == "nothing" else None)


def feedback(course, student):
    page = (course.folder / f"grading/feedback/{student}/{NAME}/{NAME}.html").read_text("utf-8")
    return re.sub(r"<[^>]+>", "", page)


def test_feedback_shows_the_diagnosis(graded):
    assert "That is the transpose" in feedback(graded, "half")
    assert "is not written yet" in feedback(graded, "nothing")
    assert "Not yet:" not in feedback(graded, "right")


@pytest.mark.parametrize("student", ["right", "half", "nothing"])
def test_feedback_shows_no_hidden_test(graded, student):
    page = feedback(graded, student)
    assert not [line for line in hidden_lines(graded.solution(NAME)) if line in page]
    assert "HIDDEN TESTS" not in page


def test_grading_writes_only_to_one_ignored_folder(graded):
    made = {path.name for path in graded.folder.iterdir()}
    assert made == {"nbgrader_config.py", "solutions", "exercises", "grading"}
    assert "/grading/" in Path(ROOT, ".gitignore").read_text("utf-8").splitlines()
