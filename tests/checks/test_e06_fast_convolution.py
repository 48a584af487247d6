"""Exercise 06: wrong values follow from the slips that are described, and the review is fair."""

import ast
import inspect
from itertools import product

import numpy as np
import pytest

from cnnedu.checks import CheckFailed, colleagues
from cnnedu.checks.answers import e06_fast_convolution as answers
from cnnedu.checks.exercises import e06_fast_convolution as e06
from cnnedu.data import smiley
from cnnedu.kernels import im2col
from harness.course import ROOT


def memory(channels=48, padding=2, size=4, window=(5, 3)):
    """Measure the bytes of the arrays that part 5 is about."""
    x = np.zeros((1, 48, 31, 40), np.float32)
    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    columns = [im2col(x[:, :channels], window, stride, padding).nbytes for stride in (1, 2)]
    return [size // 4 * n for n in (padded.nbytes, *columns)]


@pytest.mark.parametrize(
    ("begins", "slip"),
    [
        ("one number of", dict(size=8)),
        ("the padding is missing", dict(padding=0)),
        ("the zeros stand", dict(padding=1)),
        ("a column holds", dict(channels=1)),
        ("KH and KW are swapped", dict(window=(3, 5))),
    ],
)
def test_memory_by_hand_and_its_slips(begins, slip):
    assert memory() == answers.BY_HAND["memory"]
    listed = [v for v, says in answers.BY_HAND_MISTAKES["memory"] if says.startswith(begins)]
    assert listed == [memory(**slip)]


def notebook_functions():
    """Return the text of each function that the exercise's source shows."""
    tree = ast.parse((ROOT / "sources/exercises/06_fast_convolution.py").read_text("utf-8"))
    return {node.name: ast.unparse(node) for node in tree.body if hasattr(node, "name")}


@pytest.mark.parametrize("name", ["colleague_a", "colleague_b", "colleague_c"])
def test_the_notebook_shows_the_code_that_is_reviewed(name):
    source = inspect.getsource(getattr(colleagues, name))
    assert notebook_functions()[name] == ast.unparse(ast.parse(source).body[0])


@pytest.mark.parametrize("letter", e06.COLLEAGUES)
def test_each_colleague_is_right_on_the_smiley_and_on_its_like(letter):
    for x in (smiley()[None, None], np.arange(2 * 3 * 49).reshape(2, 3, 7, 7)):
        expected = im2col(x, 3)
        np.testing.assert_array_equal(e06.COLLEAGUES[letter](x, 3, 3, 1), expected)


def judged(letter, *arguments):
    """Return whether an input counts as a counterexample to this colleague."""
    try:
        e06.check(f"against_{letter.lower()}", {f"against_{letter.lower()}": arguments})
    except CheckFailed:
        return False
    return True


def test_a_counterexample_belongs_to_one_colleague_alone():
    """Over all small inputs: what counts is what the three slips say, and nothing by luck."""
    counted = dict.fromkeys("ABC", 0)
    shapes = [(h, w) for h, w in product(range(1, 7), repeat=2) if h * w <= 12]
    for (h, w), half in product(shapes, (False, True)):
        whole = np.arange(1, h * w + 1).reshape(1, 1, h, w)
        x = whole / 2 if half else whole
        for kh, kw, stride in product(range(1, h + 1), range(1, w + 1), (1, 2, 3)):
            oh, ow = (h - kh) // stride + 1, (w - kw) // stride + 1
            slips = {
                "A": oh > 1 and oh != ow,
                "B": any((n + 1) % stride for n in (h - kh, w - kw)),
                "C": (im2col(x, (kh, kw), stride) % 1).any(),
            }
            wrong = [letter for letter, is_wrong in slips.items() if is_wrong]
            for letter in "ABC":
                assert judged(letter, x, kh, kw, stride) == (wrong == [letter])
                counted[letter] += wrong == [letter]
    assert min(counted.values()) > 20
