"""What the grader reads in an exercise without running it is what its module declares."""

import nbformat
import pytest
from exercises.draw import cells_of

from cnnedu.checks import Case, Design
from cnnedu.grading import exercise
from harness.course import ROOT

NAMES = sorted(path.stem for path in (ROOT / "sources/exercises").glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_the_modules_that_each_test_allows(name):
    found = exercise.read(nbformat.read(ROOT / f"solutions/{name}/{name}.ipynb", as_version=4))
    for grade_id, _, checks in cells_of(name):
        declared = [part for c in checks if isinstance(c, (Case, Design)) for part in c.imports]
        if declared:
            assert found.tests[grade_id].imports == tuple(dict.fromkeys(declared))
    assert found.tests.keys() == {grade_id for grade_id, _, checks in cells_of(name) if checks}
