"""No released notebook prints an answer: it is in the exercise's module, and nowhere else.

A check takes what it compares with from `cnnedu.checks.exercises`, by name, and no cell holds the
numbers of a right answer by hand.
"""

import ast
import importlib
import inspect
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from cnnedu.checks import Case, check_value

ROOT = Path(__file__).parents[2]
EXERCISES = sorted(path.parent.name for path in ROOT.glob("exercises/*/*.ipynb"))
NUMBER = re.compile(r"-?\d+(?:_\d+)*(?:\.\d+)?")
# Where each argument must come from; mistakes may also be none.
FROM = {
    "check_value": {"expected": "BY_HAND[{}]", "mistakes": "BY_HAND_MISTAKES[{}]"},
    "Case": {"reference": "{}", "mistakes": "MISTAKES[{}]"},
    "replace": {"reference": "{}", "mistakes": "MISTAKES[{}]"},
}


def replace(obj, /, **changes):
    """Stand for `dataclasses.replace`, whose arguments are read here."""


SIGNATURES = {f.__name__: inspect.signature(f) for f in (check_value, Case, replace)}


def module_name(exercise):
    """Return the name under which a notebook imports its module."""
    return f"e{exercise[:2]}"


def printed(notebook, exercise):
    """Return the right answers, references and mistakes that a notebook shows."""
    module = importlib.import_module(f"cnnedu.checks.exercises.e{exercise}")
    answers = getattr(module, "BY_HAND", {})
    found = []
    for cell in notebook.cells:
        found += [f"the numbers of {name}" for name in numbers_shown(cell.source, answers)]
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                found += [f"the value of {name}" for name in values_shown(node, answers)]
                found += strange_arguments(node, module_name(exercise))
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


def strange_arguments(node, module):
    """Return what a check compares with that isn't named after the module's own."""
    called = getattr(getattr(node, "func", None), "id", None)
    if called not in FROM:
        return
    words = {word.arg: word.value for word in node.keywords}
    given = SIGNATURES[called].bind(*node.args, **words).arguments
    given |= given.pop("changes", {})
    name = given.get("function" if called != "check_value" else "name")
    for argument, where in FROM[called].items():
        key = name.value if where == "{}" else ast.unparse(name)
        right = {f"{module}.{where.format(key)}"} | ({"()"} if argument == "mistakes" else set())
        what = ast.unparse(given[argument]) if argument in given else None
        if what and what not in right:
            yield f"{argument} of {ast.unparse(name)}: {what}"


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_released_notebook_prints_an_answer(exercise):
    path = ROOT / f"exercises/{exercise}/{exercise}.ipynb"
    assert printed(nbformat.read(path, as_version=4), exercise) == []


def test_there_are_released_notebooks():
    assert len(EXERCISES) == 19


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('check_value("sizes", globals(), e03.BY_HAND["sizes"])', []),
        ("[28,14,10,\n 5,  400]", ["the numbers of sizes", "the value of sizes"]),
        ("sizes = 4 * 7, 2 * 7, 10, 5, 20**2", ["the value of sizes"]),
        ('check_value("sizes", globals(), right)', ["expected of 'sizes': right"]),
        ('check_value("sizes", globals(), expected=[1])', ["expected of 'sizes': [1]"]),
        (
            'check_value("sizes", globals(), e03.BY_HAND["sizes"], mistakes=[([1], "no")])',
            ["mistakes of 'sizes': [([1], 'no')]"],
        ),
        ('Case("pad2d", inputs, e03.pad2d, mistakes=e03.MISTAKES["pad2d"])', []),
        ('Case("pad2d", inputs, my_pad)', ["reference of 'pad2d': my_pad"]),
        (
            'replace(case, function="f", reference=lambda x: x, mistakes=())',
            ["reference of 'f': lambda x: x"],
        ),
    ],
)
def test_a_printed_answer_is_found(source, found):
    cell = nbformat.v4.new_code_cell(source)
    assert printed(nbformat.v4.new_notebook(cells=[cell]), "03_stride_padding_shapes") == found


def test_numbers_in_a_text_are_found():
    cell = nbformat.v4.new_markdown_cell("The heights are 28, 14, 10 and 5, then 400 numbers.")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert printed(notebook, "03_stride_padding_shapes") == ["the numbers of sizes"]
