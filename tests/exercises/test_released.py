"""No released notebook prints an answer: it is in the exercise's modules, and nowhere else.

A cell of checks names what it checks and no more, so the notebook's own names can't break it.
"""

import ast
import importlib
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
EXERCISES = sorted(path.parent.name for path in ROOT.glob("exercises/*/*.ipynb"))
NUMBER = re.compile(r"-?\d+(?:_\d+)*(?:\.\d+)?")
CALL = r'{module}\.check\("\w+", globals\(\)(, hidden=True)?\)'
HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def printed(notebook, exercise):
    """Return the right answers, references and mistakes that a notebook shows."""
    module = importlib.import_module(f"cnnedu.checks.answers.e{exercise}")
    answers = getattr(module, "BY_HAND", {})
    found = []
    for cell in notebook.cells:
        found += [f"the numbers of {name}" for name in numbers_shown(cell.source, answers)]
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                found += [f"the value of {name}" for name in values_shown(node, answers)]
    return found


def numbers_shown(source, answers):
    """Return the names of the answers whose numbers stand one after the other in a text."""
    shown = [float(number) for number in NUMBER.findall(source)]
    for name, answer in answers.items():
        flat = np.ravel(answer).tolist()
        starts = range(len(shown) - len(flat) + 1)
        if len(flat) > 1 and any(shown[start : start + len(flat)] == flat for start in starts):
            yield name


def values_shown(node, answers):
    """Return the names of the answers that an expression of numbers alone is equal to."""
    if not isinstance(node, ast.expr) or any(
        isinstance(part, (ast.Name, ast.Attribute, ast.Call, ast.Lambda)) for part in ast.walk(node)
    ):
        return
    try:
        value = np.array(eval(compile(ast.Expression(node), "", "eval"), {}), float)
    except Exception:
        return
    for name, answer in answers.items():
        if value.shape == np.shape(answer) and np.allclose(value, answer, atol=1e-6):
            yield name


def strange_lines(notebook, exercise):
    """Return the lines of a notebook's tests that aren't a call of its module's `check`."""
    call = re.compile(CALL.format(module=f"e{exercise.partition('_')[0]}"))
    marked = [(cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
    tests = [cell for cell, mark in marked if mark.get("grade") and not mark.get("solution")]
    lines = [line for cell in tests for line in cell.source.splitlines()]
    return [line for line in lines if line not in HIDDEN and not call.fullmatch(line)]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_released_notebook_prints_an_answer(exercise):
    path = ROOT / f"exercises/{exercise}/{exercise}.ipynb"
    assert printed(nbformat.read(path, as_version=4), exercise) == []


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_tests_use_no_name_of_the_students(exercise):
    path = ROOT / f"solutions/{exercise}/{exercise}.ipynb"
    assert strange_lines(nbformat.read(path, as_version=4), exercise) == []


def test_there_are_released_notebooks():
    sources = ROOT.glob("sources/exercises/*.py")
    assert EXERCISES == sorted(path.stem for path in sources) != []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('e03.check("sizes", globals())', []),
        ("[28,14,10,\n 5,  400]", ["the numbers of sizes", "the value of sizes"]),
        ("sizes = 4 * 7, 2 * 7, 10, 5, 20**2", ["the value of sizes"]),
    ],
)
def test_a_printed_answer_is_found(source, found):
    cell = nbformat.v4.new_code_cell(source)
    assert printed(nbformat.v4.new_notebook(cells=[cell]), "03_stride_padding_shapes") == found


def test_numbers_in_a_text_are_found():
    cell = nbformat.v4.new_markdown_cell("The heights are 28, 14, 10 and 5, then 400 numbers.")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert printed(notebook, "03_stride_padding_shapes") == ["the numbers of sizes"]


@pytest.mark.parametrize(
    ("source", "strange"),
    [
        ('e03.check("sizes", globals())\ne03.check("pad2d", globals(), hidden=True)', []),
        ("windows = 3", ["windows = 3"]),
        ("run(case, globals())", ["run(case, globals())"]),
        ('e03.check("sizes", globals(), seed=0)', ['e03.check("sizes", globals(), seed=0)']),
        ('e04.check("sizes", globals())', ['e04.check("sizes", globals())']),
    ],
)
def test_a_line_that_uses_other_names_is_found(source, strange):
    mark = {"nbgrader": {"grade": True, "solution": False}}
    cell = nbformat.v4.new_code_cell(source, metadata=mark)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert strange_lines(notebook, "03_stride_padding_shapes") == strange
