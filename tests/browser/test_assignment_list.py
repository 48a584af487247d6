"""nbgrader's assignment list in a real JupyterLab: fetch, submit, read the feedback."""

import contextlib
import re

import nbformat
import pytest
from grading.graded_course import configure, fill_in, hidden_lines

from harness.course import student_cells
from harness.lab import start_server

NAME = "01_convolution_by_hand"


@pytest.fixture
def student(course, tmp_path_factory):
    """Release the exercise to an exchange; return a student's folder that uses it."""
    exchange, folder = (tmp_path_factory.mktemp(name) for name in ("exchange", "student"))
    exchange.chmod(0o777)  # as nbgrader wants it
    setting = f'c.Exchange.root = "{exchange}"'
    configure(course, setting)
    (folder / ".jupyter").mkdir()  # where `start_server` lets Jupyter look for settings
    (folder / ".jupyter/nbgrader_config.py").write_text(f"c = get_config()\n{setting}")
    course.nbgrader("generate_assignment", NAME)
    course.nbgrader("release_assignment", NAME)
    return folder


def solve(course, path):
    """Write answers into a fetched notebook, one of them wrong."""
    notebook = nbformat.read(path, as_version=4)
    fill_in(notebook, student_cells(course.solution(NAME)) | {"01-by-hand": "by_hand = [[0]]"})
    nbformat.write(notebook, path)


def hand_back(course):
    """Collect, grade and return feedback, as the instructor does."""
    course.nbgrader("collect", NAME)
    # These answers are our own, so this test needs a browser and nothing more.
    done = course.grade(NAME, "--unsandboxed")
    assert done.exit_code == 0, done.output
    course.nbgrader("generate_feedback", NAME)
    course.nbgrader("release_feedback", NAME)


def test_a_student_fetches_submits_and_reads_feedback(browser, course, student):
    # The server starts in its own folder, as `jupyter lab` does: nbgrader fetches to there.
    with contextlib.chdir(student), start_server(student) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{url}lab")
        page.wait_for_function("window.jupyterapp")
        page.evaluate("jupyterapp.restored")
        page.evaluate("jupyterapp.commands.execute('nbgrader:open-assignment-list')")
        released, fetched, submitted = (
            page.locator(f"#{name}_assignments_list")
            for name in ("released", "fetched", "submitted")
        )
        released.get_by_role("button", name="Fetch").click()
        fetched.get_by_role("button", name="Submit").wait_for()
        solve(course, student / NAME / f"{NAME}.ipynb")
        fetched.get_by_role("button", name="Submit").click()
        submitted.get_by_role("button", name="Fetch Feedback").wait_for()
        hand_back(course)
        submitted.get_by_role("button", name="Fetch Feedback").click()
        submitted.get_by_text("view feedback").click()
        page.locator(".jp-DirListing-item", has_text=f"{NAME}.html").dblclick()
        shown = page.frame_locator(".jp-HTMLViewer iframe").locator("body")
        shown.get_by_text("the answer has shape").first.wait_for()
        text = shown.inner_text()
        page.close()
    assert re.search(r"Score: 9\.0 */ *12\.0", text)
    assert "HIDDEN TESTS" not in text
    assert not [line for line in hidden_lines(course.solution(NAME)) if line in text]
