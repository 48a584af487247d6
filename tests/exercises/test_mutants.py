"""A solution with small damage gets no points: the graded cells notice it.

Each solution is changed in one place (an operator, a constant, a sign, a dropped line …), and the
cells of the exercise are run in order up to the tests of that cell. Every change must be refused,
or be listed below with the reason why it does no harm.
"""

import ast
import contextlib
import io
import warnings
from pathlib import Path

import nbformat
import pytest
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parent.parent.parent
EXERCISES = sorted(path.stem for path in (ROOT / "sources/exercises").glob("*.py"))

# Changes that leave the solution right, and why.
EQUIVALENT = {
    ("01_convolution_by_hand", "np.zeros → np.ones"): "every entry of `out` is overwritten",
    ("04_activation_and_pooling", "(2, 3) → (3, 2)"): "two axes are pooled together, in any order",
    ("07b_a_network_of_your_own", "(2, 3) → (3, 2)"): "a mean over two axes, in any order",
    ("09_the_same_in_pytorch", "224 → 225"): "both make maps of 56 × 56 after two poolings",
    ("10_cifar10_a_first_network", "powers.sum → powers.mean"): "K times as large: the same order",
    (
        "10_cifar10_a_first_network",
        "right[:, validation].mean → right[:, validation].sum",
    ): "equally many pictures each: the same is largest",
    ("11b_debugging_training", "(1, 2) → (2, 1)"): "two axes are reduced together, in any order",
    ("11b_debugging_training", "100 → 99"): "parts of any size give the same accuracy",
    ("11b_debugging_training", "100 → 101"): "parts of any size give the same accuracy",
    (
        "11b_debugging_training",
        "(nn.Conv2d, nn.Linear) → (nn.Linear, nn.Conv2d)",
    ): "either kind of layer, in any order",
    ("12_architectures", "(2, 3) → (3, 2)"): "a mean over two axes, in any order",
    (
        "14_what_the_network_sees",
        "heat[thing[own]].sum → heat[thing[own]].mean",
    ): "disks are about as large in every class: the same share stands out",
    (
        "14_what_the_network_sees",
        "heat.sum → heat.mean",
    ): "equally many pictures of each class: the same share stands out",
    ("14_what_the_network_sees", "0.0 → 1.0"): "a trial with any weight finds the same channel",
    ("14_what_the_network_sees", "0.0 → -1.0"): "a trial with any weight finds the same channel",
    (
        "15_when_networks_fail",
        "losses[:, kept].mean → losses[:, kept].sum",
    ): "equally many pictures for each candidate: the same is smallest",
}

# Cells whose answer is a design with many right ones close by: a changed one may be right as well.
# The wrong answers to these cells show that their judges are strict.
FREE = {
    "02-only-a",
    "02-only-b",
    "02-only-c",
    "02-network",
    "04-only-a",
    "04-only-b",
    "07b-only-a",
    "07b-only-b",
    "07b-only-c",
    "08-learn",
    "10-learn",
}

OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}
FUNCTIONS = {"sum": "mean", "zeros": "ones", "max": "min", "mean": "sum"}


def mutants(source):
    """Yield (what was changed, changed source) for every single change."""
    for site in range(len(list(ast.walk(ast.parse(source))))):
        for variant in range(2):
            tree = ast.parse(source)
            node = list(ast.walk(tree))[site]
            before = ast.unparse(node)
            change(node, variant)
            if ast.unparse(node) != before:
                yield f"{before} → {ast.unparse(node)}", ast.unparse(tree)


def change(node, variant):
    """Damage `node` in place, where this kind of node can be damaged in this variant."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        node.value += 1 if variant else -1
    elif variant == 1:
        return
    elif isinstance(node, ast.BinOp):
        node.op = OPERATORS.get(type(node.op), type(node.op))()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node.op = ast.UAdd()
    elif isinstance(node, ast.Attribute):
        node.attr = FUNCTIONS.get(node.attr, node.attr)
    elif isinstance(node, ast.FunctionDef) and len(node.body) > 1:
        node.body.pop()
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
        node.elts.reverse()


def survives(cells, namespace, mutant):
    """Return whether the tests of the first of these cells accept `mutant` in its place.

    `namespace` holds what the notebook does before that cell.
    """
    namespace = dict(namespace)
    try:
        exec(mutant, namespace)
        for cell in cells[1:]:
            exec(cell.source, namespace)
            if is_test(cell):
                return True
    except Exception:
        return False
    raise AssertionError("no graded cell follows this solution")


def is_test(cell):
    mark = cell.metadata.get("nbgrader", {})
    return mark.get("grade") and not mark.get("solution")


def survivors_of(cells):
    """Return (how many damaged solutions were tried, [what was changed in those that pass])."""
    tried, survivors, namespace = 0, [], {"__name__": "__main__"}
    for index, cell in enumerate(cells):
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution") and mark["grade_id"] not in FREE:
            found = list(mutants(cell.source))
            tried += len(found)
            # One thread: other tests run beside this one.
            with threadpool_limits(1):
                passing = [
                    survives(cells[index:], namespace, mutant)
                    for mutant in (cell.source, *(mutant for _, mutant in found), cell.source)
                ]
            # What the notebook held before is as good for the solution as it was.
            assert passing.pop(0) and passing.pop()
            survivors += [
                label for (label, _), passed in zip(found, passing, strict=True) if passed
            ]
        if not is_test(cell):
            exec(cell.source, namespace)
    return tried, survivors


@pytest.mark.parametrize("name", EXERCISES)
def test_damaged_solutions_are_refused(name):
    notebook = nbformat.read(ROOT / f"solutions/{name}/{name}.ipynb", as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tried, survivors = survivors_of(cells)
    assert tried >= 5
    unexplained = [label for label in survivors if (name, label) not in EQUIVALENT]
    assert not unexplained, f"{len(unexplained)} of {tried} damaged solutions pass: {unexplained}"
