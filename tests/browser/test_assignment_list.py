"""nbgrader's assignment list in a real JupyterLab: fetch, submit, read the feedback."""

import contextlib
import re

import nbformat
import pytest
from browser.lab import start_server
from course import student_cells

NAME = "01_convolution_by_hand"


@pytest.fixture
def student(course, tmp_path_factory):
    """Release the exercise to an exchange; return the folder of a student who uses it."""
    exchange, folder = (tmp_path_factory.mktemp(name) for name in ("exchange", "student"))
    exchange.chmod(0o777)  # as nbgrader wants it
    settings = f'\nc.Exchange.root = "{exchange}"\n'
    with open(course.folder / "nbgrader_config.py", "a", encoding="utf-8") as config:
        config.write(settings)
    (folder / ".jupyter").mkdir()  # where `start_server` lets Jupyter look for settings
    (folder / ".jupyter/nbgrader_config.py").write_text("c = get_config()" + settings)
    course.nbgrader("generate_assignment", NAME)
    course.nbgrader("release_assignment", NAME)
    return folder


def solve(course, path):
    """Write answers into a fetched notebook, one of them wrong."""
    notebook = nbformat.read(path, as_version=4)
    answers = student_cells(course.solution(NAME)) | {"01-by-hand": "by_hand = [[0]]"}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(grade_id, cell.source)
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
    assert re.search(r"Score: 8\.0 */ *12\.0", text)
    assert "HIDDEN TESTS" not in text
    for line in hidden_lines(course):
        assert line not in text


def hidden_lines(course):
    """Return the lines of the hidden tests that say something."""
    hidden = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)
    sources = "\n".join(cell.source for cell in course.solution(NAME).cells)
    lines = {line.strip() for region in hidden.findall(sources) for line in region.splitlines()}
    return [line for line in lines if len(line) > 20]
