"""Each lesson alone in an empty folder, with the light installation and no repository in sight.

Every lesson's imports run there, and some lessons whole; with CNNEDU_LIGHT=all, all of them do.
"""

import ast
import os
import subprocess
import sys

import nbformat
import pytest

from cnnedu.authoring.standalone import installs
from harness.course import ROOT

LESSONS = sorted(path.stem for path in ROOT.glob("lessons/*.ipynb"))
# NumPy alone, PyTorch, pictures, many widgets; each takes a few seconds.
WHOLE = ("00_start_here", "01_convolution_by_hand", "03_stride_padding_shapes")
WHOLE += ("05_why_not_dense_layers", "07_backpropagation_through_convolution")
RUN = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, timeout=300, kernel_name="light").execute()
nbformat.write(notebook, sys.argv[1])
"""
CHECK = """
import importlib.metadata, sys, cnnedu, ipywidgets
assert ipywidgets.__version__ == "7.7.1"
assert sys.prefix in cnnedu.__file__, cnnedu.__file__
installed = {d.name.lower() for d in importlib.metadata.distributions()}
extra = {"nbgrader", "jupyterlab", "jupytext", "notebook", "nbclient", "pytest"} & installed
assert not extra, extra
"""


def run(notebook, folder, light):
    """Run a notebook in a folder of its own; return its cells."""
    path = folder / "alone.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, "-c", RUN, path.name]
    done = subprocess.run(command, cwd=folder, env=light, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    cells = nbformat.read(path, as_version=4).cells
    said = [o for c in cells for o in c.get("outputs", []) if o.get("name") == "stderr"]
    assert not said
    return cells


def test_the_first_cell_installs_the_package_and_says_so(light, tmp_path):
    lesson = nbformat.read(ROOT / "lessons/01_convolution_by_hand.ipynb", as_version=4)
    lesson.cells = [cell for cell in lesson.cells if cell.cell_type == "code"][:1]
    assert installs(lesson.cells[0])
    lesson.cells.append(nbformat.v4.new_code_cell(CHECK))
    cells = run(lesson, tmp_path, light)
    assert cells[0].outputs[0].text.startswith("Installing the course's package.")
    again = run(lesson, tmp_path, light)
    assert not again[0].outputs


def imports(lesson):
    """Return the code cells of a lesson with their imports alone."""
    for cell in lesson.cells:
        if cell.cell_type == "code" and not installs(cell):
            nodes = [n for n in ast.walk(ast.parse(cell.source)) if is_import(n)]
            yield "\n".join(map(ast.unparse, nodes))


def is_import(node):
    return isinstance(node, (ast.Import, ast.ImportFrom))


def test_every_import_of_every_lesson_works(light, tmp_path):
    notebook = nbformat.v4.new_notebook()
    first = nbformat.read(ROOT / f"lessons/{LESSONS[0]}.ipynb", as_version=4)
    notebook.cells = [cell for cell in first.cells if installs(cell)]
    for name in LESSONS:
        lesson = nbformat.read(ROOT / f"lessons/{name}.ipynb", as_version=4)
        notebook.cells += [nbformat.v4.new_code_cell(source) for source in imports(lesson)]
    run(notebook, tmp_path, light)


@pytest.mark.parametrize("name", LESSONS if os.environ.get("CNNEDU_LIGHT") == "all" else WHOLE)
def test_a_lesson_runs_alone(light, tmp_path, name):
    run(nbformat.read(ROOT / f"lessons/{name}.ipynb", as_version=4), tmp_path, light)
