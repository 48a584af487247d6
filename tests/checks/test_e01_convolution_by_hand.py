"""The draft of exercise 01 is what its text says: right on the lesson's example, with four bugs."""

import itertools
import re

import numpy as np
import pytest

from cnnedu.checks.exercises.e01_convolution_by_hand import CHECKS
from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from harness.course import ROOT

SOURCE = (ROOT / "sources/exercises/01_convolution_by_hand.py").read_text("utf-8")
DRAFT = re.search(r"^def draft\(.*?\n\n", SOURCE, re.MULTILINE | re.DOTALL)[0]
# Each bug, and what mends it.
BUGS = [
    (
        "((H - KH + 1) // down, (W - KW + 1) // across)",
        "((H - KH) // down + 1, (W - KW) // across + 1)",
    ),
    (", dtype=x.dtype", ""),
    ("j * down", "j * across"),
    ("left : left + KH", "left : left + KW"),
]


def mended(bugs):
    """Return the draft's function without these bugs."""
    text = DRAFT
    for wrong, right in bugs:
        assert text.count(wrong) == 1
        text = text.replace(wrong, right)
    namespace = {"np": np}
    exec(text, namespace)
    return namespace["draft"]


@pytest.mark.parametrize("step", [1, 2, 3])
def test_the_draft_is_right_on_the_lesson_s_example(step):
    draft = mended([])
    expected = correlate2d(smiley(), edge_kernel(), step)
    np.testing.assert_array_equal(draft(smiley(), edge_kernel(), (step, step)), expected)


@pytest.mark.parametrize("count", range(5))
def test_only_the_draft_without_its_four_bugs_is_right(count):
    (case,) = (check for check in CHECKS if check.name == "correlate2d")
    for bugs in itertools.combinations(BUGS, count):
        namespace = {"correlate2d": mended(bugs)}
        for hidden in (False, True):
            if count == 4:
                case.run(namespace, hidden)
            else:
                with pytest.raises(AssertionError):
                    case.run(namespace, hidden)
