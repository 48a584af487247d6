"""`cnnedu progress` reads what a real JupyterLab stores when a reader saves a notebook."""

import shutil

import nbformat

from cnnedu.study import progress
from harness.course import ROOT, answer_cells

NAME = "00_start_here"
PATH = "jupyterapp.shell.currentWidget.context.path"
QUIZ = """
from cnnedu.widgets import Question, Quiz, Right, Wrong
Quiz(
    Question("How many?", Right("36", "6 · 6 = 36."), Wrong("64", "It must fit.")),
    Question("Is it flipped?", Right("No", "It lies as it stands."), Wrong("Yes", "Look.")),
)
"""


def first(folder):
    return progress.steps(folder)[0]


def test_answers_to_a_quiz_are_counted_once_the_lesson_is_saved(lab, tmp_path):
    notebook = lab.open_file(lab.write_cells(QUIZ))
    notebook.run_all()
    output = notebook.output(0)
    output.get_by_role("button", name="36").click()
    output.get_by_text("1 of 2 right so far").wait_for()
    lab.command("docmanager:save")
    shutil.copy(lab.folder / lab.page.evaluate(PATH), tmp_path / f"{NAME}.ipynb")
    step = first(tmp_path)
    assert (step.opened, step.answered, step.questions) == (True, 1, 2)


def test_checks_that_pass_are_counted_once_the_exercise_is_saved(lab):
    folder = lab.folder / "exercises" / NAME
    folder.mkdir(parents=True)
    cells = nbformat.read(ROOT / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
    answers = ROOT / "tests/exercises/answers" / NAME
    filled = answer_cells(answers / "wrong_sign.py") | {"00-chalk": "chalk = smiley().sum()"}
    for cell in cells.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = filled.get(grade_id, cell.source)
    nbformat.write(cells, folder / f"{NAME}.ipynb")
    notebook = lab.open_file(f"exercises/{NAME}/{NAME}.ipynb")
    for number, cell in enumerate(notebook.cells()):
        if cell["cell_type"] == "code":
            notebook.run_cell(number)
    lab.command("docmanager:save")
    step = first(lab.folder)
    assert (step.passed, step.checks) == (1, 2)
