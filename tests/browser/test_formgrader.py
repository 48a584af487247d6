"""nbgrader's formgrader, in a real JupyterLab, shows and grades what `cnnedu grade` has written."""

import contextlib

import pytest
from grading.graded_course import gradebook, open_first_submission, points_to_give, until

from harness.course import student_cells
from harness.lab import start_server

NAME = "01_convolution_by_hand"


@pytest.fixture
def formgrader(browser, course):
    """Grade one submission; return formgrader's frame in a page with JupyterLab."""
    course.nbgrader("generate_assignment", NAME)
    answers = student_cells(course.solution(NAME)) | {"01-fog": "None, I think."}
    course.submit(NAME, "ada", answers | {"01-by-hand": "by_hand = [[0]]"})
    # These answers are our own, so this test needs a browser and nothing more.
    done = course.grade(NAME, "--unsandboxed")
    assert done.exit_code == 0, done.output
    with contextlib.chdir(course.folder), start_server(course.folder) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{url}lab")
        page.wait_for_function("window.jupyterapp")
        page.evaluate("jupyterapp.restored")
        page.evaluate("jupyterapp.commands.execute('nbgrader:open-formgrader')")
        yield page.frame_locator("iframe[src*=formgrader]")
        page.close()


def manual(course):
    """Return the points that a human gave for the open question."""
    with gradebook(course) as book:
        return book.find_grade("01-fog", NAME, NAME, "ada").manual_score


def test_a_human_grades_the_open_question(formgrader, course):
    open_first_submission(formgrader, NAME)
    # The diagnosis of the wrong answer, and the points that were given.
    formgrader.get_by_text("the answer has shape").first.wait_for()
    points_to_give(formgrader).fill("1.5")
    scores = formgrader.locator("input.score")
    assert scores.count() == 6
    scores.last.press("Tab")
    assert until(lambda: manual(course) == 1.5)
    assert course.scores(NAME, "ada")["01-correlate2d-tests"] == 4
    course.nbgrader("generate_feedback", NAME)
    course.nbgrader("export")
    table = (course.folder / "grading/grades.csv").read_text("utf-8")
    assert "ada" in table
    assert ",10.5,12.0" in table
