"""How well copied solutions are told from honest ones, on a made class for each exercise.

The honest students are the right and the wrong answers that the tests hold: each was written on its
own, many from the solution with one slip. For some of the right ones there is a copy: with other
names, in another layout, with its functions in another order, or all of these. A pair of an
original and its copy, or of two copies, should be found, and no other.
"""

import argparse
import ast
import json
import random
import sys
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import nbformat  # noqa: E402

from cnnedu.classroom import similar  # noqa: E402
from harness.course import answer_cells, student_cells  # noqa: E402

ANSWERS = ROOT / "tests/exercises/answers"


class Renamed(ast.NodeTransformer):
    """Gives every name that a program binds another one."""

    def __init__(self, source):
        own = sorted(similar._bound(source))
        self.names = {name: f"{name[0]}{number}_" for number, name in enumerate(own)}

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.names.get(node.arg, node.arg)
        return node

    def visit_FunctionDef(self, node):
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)


def renamed(source):
    """Return a program with other names, in another layout, and without comments."""
    return ast.unparse(Renamed(source).visit(ast.parse(source)))


def reordered(source):
    """Return a program with its functions in another order."""
    tree = ast.parse(source)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    others = [node for node in tree.body if not isinstance(node, ast.FunctionDef)]
    tree.body = [*functions[::-1], *others]
    return ast.unparse(tree)


COPIES = {
    "renamed": renamed,
    "reformatted": lambda source: "# mine\n\n" + ast.unparse(ast.parse(source)) + "\n\n",
    "reordered": reordered,
    "all": lambda source: renamed(reordered(source)),
}


def made_class(name, seed):
    """Return ({student: cells}, {pairs that should be found}, known) of an exercise."""
    solution = nbformat.read(ROOT / f"solutions/{name}/{name}.ipynb", as_version=4)
    released = nbformat.read(ROOT / f"exercises/{name}/{name}.ipynb", as_version=4)
    code = {
        cell.metadata.nbgrader.grade_id
        for cell in solution.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    known = [
        {key: text for key, text in student_cells(book).items() if key in code}
        for book in (solution, released)
    ]
    students = {}
    for path in sorted((ANSWERS / name).glob("*.py")):
        given = {key: text for key, text in answer_cells(path).items() if key in code}
        students[path.stem] = known[0] | given
    rng = random.Random(seed)
    rights = [student for student in students if student.startswith("right")]
    true = set()
    for student in rng.sample(rights, min(3, len(rights))):
        group = [student]
        for how, change in COPIES.items():
            copy = f"{student} {how}"
            students[copy] = {key: change(text) for key, text in students[student].items()}
            group.append(copy)
        true |= {tuple(sorted(pair)) for pair in combinations(group, 2)}
    return students, true, known


def main():
    """Print a line for each exercise, then the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercises", nargs="*", help="Names. [default: all]")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    names = given.exercises or sorted(path.name for path in ANSWERS.iterdir() if path.is_dir())
    rows, totals = [], [0, 0, 0]
    print(f"{'exercise':<32}{'students':>9}{'copied pairs':>14}{'found':>7}{'wrongly':>9}")
    for name in names:
        students, true, known = made_class(name, given.seed)
        found = {pair.students for pair in similar.pairs(students, known)}
        right, wrong = len(found & true), len(found - true)
        totals = [a + b for a, b in zip(totals, (len(true), right, wrong), strict=True)]
        rows.append({"exercise": name, "pairs": len(true), "found": right, "wrong": wrong})
        print(f"{name:<32}{len(students):>9}{len(true):>14}{right:>7}{wrong:>9}")
    pairs, right, wrong = totals
    recall, precision = right / max(1, pairs), right / max(1, right + wrong)
    print(f"precision {precision:.3f}, recall {recall:.3f}")
    print(json.dumps({"benchmark": "similar_solutions", "cores": 1, "rows": rows}))


if __name__ == "__main__":
    main()
