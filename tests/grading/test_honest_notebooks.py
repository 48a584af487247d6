"""Notebooks as honest students leave them score as in stock nbgrader, cell by cell.

Students import far more than an answer needs, use it in the cells that hold their answers, call
their variables what they like, keep a module of their own beside the notebook, and save with Colab
or VS Code. Stock nbgrader takes long: the warm-up, an exercise in NumPy and one in PyTorch stand
for all, but in `make fuzz`.
"""

import json
import os

import pytest
from grading.graded_course import gradebook

from harness.course import ROOT, answer_cells, student_cells

SOME = ("00", "06", "12")
NAMES = sorted(
    path.stem
    for path in (ROOT / "sources/exercises").glob("*.py")
    if "CNNEDU_THOROUGH" in os.environ or path.stem.startswith(SOME)
)
ANSWERS = ROOT / "tests/exercises/answers"

FREE = """%matplotlib inline
import matplotlib.pyplot as plt
import scipy.signal
from numpy import *
from cnnedu.kernels import *
from cnnedu import kernels, plots
import my_tools
from tqdm.auto import tqdm
run, case, windows, magnitude, check, replace, pictures = 1, 2, 3, 4, 5, 6, 7
plt.plot([1, 2]);
"""
# What is asked of absent modules comes above the answer, and a later line needs what it gave.
ABOVE = """import numpy as np
shown = kernels.relu(np.array([-1.0, 2.0]))
print(my_tools.framed(shown), scipy.signal.windows.boxcar(2) + shown.sum())
for step in tqdm(range(2)):
    pass
%time shown.max()
"""
MY_TOOLS = "from cnnedu import kernels\ndef framed(text): return f'* {text} *'\n"
COLAB = {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
VS_CODE = {"kernelspec": {"name": "conda-env-cnn-py", "display_name": "cnn", "language": "python"}}


@pytest.fixture(scope="module", params=NAMES)
def scores(request, course, confined):
    """Grade the same notebooks with `cnnedu grade` and then with `nbgrader autograde`."""
    name = request.param
    course.nbgrader("generate_assignment", name)
    right = student_cells(course.solution(name))
    code = {
        cell.metadata["nbgrader"]["grade_id"]
        for cell in course.solution(name).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    lively = {key: ABOVE + source if key in code else source for key, source in right.items()}
    course.submit(name, "lively", lively, [FREE])
    course.submit(name, "mixed", right | some_wrong(name), ["1 / 0", "%pip --version", "!ls"])
    for student in ("lively", "mixed"):
        dress(course.folder / f"grading/submitted/{student}/{name}/{name}.ipynb", student)
        (course.folder / f"grading/submitted/{student}/{name}/my_tools.py").write_text(MY_TOOLS)
    ours = course.grade(name)
    assert ours.exit_code == 0, ours.output
    given = everything(course, name)
    course.nbgrader("autograde", name, "--force")
    return given, everything(course, name)


def some_wrong(name):
    """Return wrong answers to every second cell, one each."""
    first = {}
    for path in sorted(ANSWERS.glob(f"{name}/wrong_*.py")):
        for grade_id, source in answer_cells(path).items():
            first.setdefault(grade_id, source)
    return {grade_id: first[grade_id] for grade_id in sorted(first)[::2]}


def dress(path, student):
    """Save a notebook as Colab or VS Code does."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] |= COLAB if student == "lively" else VS_CODE
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= {"id": f"x{number}"} if student == "lively" else {"vscode": {"a": 1}}
    path.write_text(json.dumps(notebook, indent=2 * (student == "lively")), encoding="utf-8")


def everything(course, name):
    """Return {student: {question: (points, whether it needs a human, comment)}}."""
    with gradebook(course) as book:
        return {
            submission.student.id: {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            | {
                f"comment on {comment.name}": comment.auto_comment
                for notebook in submission.notebooks
                for comment in notebook.comments
            }
            for submission in book.assignment_submissions(name)
        }


def test_honest_notebooks_score_as_in_stock_nbgrader(scores):
    ours, stock = scores
    assert ours == stock


def test_the_lively_one_has_all_points_and_the_mixed_one_has_not(scores, course, request):
    ours, _ = scores
    cells = course.solution(request.node.callspec.params["scores"]).cells
    marks = [cell.metadata.get("nbgrader", {}) for cell in cells if cell.cell_type == "code"]
    tests = {mark["grade_id"]: mark["points"] for mark in marks if mark.get("grade")}
    assert {key: ours["lively"][key] for key in tests} == {k: (p, False) for k, p in tests.items()}
    assert any(ours["mixed"][key] == (0, False) for key in tests)
