"""Exercise 16: each well-known mistake is named."""

import re

import numpy as np
import pytest

from cnnedu.checks import Case, CheckFailed, check_value, folders, run
from cnnedu.checks.exercises import e16_transfer_learning as transfer


def message(wrong, case):
    """Return what a student is told whose function answers as the mistake `wrong` does."""

    def answer(*arguments):
        return wrong(*arguments)

    answer.__module__ = "__main__"
    with pytest.raises(CheckFailed) as failed:
        run(case, {case.function: answer}, seed=0)
    return str(failed.value)


@pytest.mark.parametrize("number", range(len(transfer.BY_HAND)))
def test_mistakes_on_paper_are_named(number):
    wrong, says = transfer.BY_HAND[number]
    right = transfer.numbers_by_hand()
    np.testing.assert_allclose(right, [0.25, -0.75, -0.5, 4, 5.2, 965])
    with pytest.raises(CheckFailed, match=re.escape(says)):
        options = {"rtol": 0, "atol": 0.001, "mistakes": transfer.BY_HAND}
        check_value("by_hand", {"by_hand": wrong}, right, **options)


def layer(rng):
    x, w = rng.normal(size=(3, 2, 6, 5)), rng.normal(size=(4, 2, 3, 3))
    return [(x, w, np.array([0.3, -0.2, 0.1, 30]), np.array([0.001, 0.5, 1.2, 2]))]


# The largest size is last, and two groups are equally large.
GROUPS = np.repeat([4, 2, 3, 1, 5], [3, 1, 3, 2, 6])
FILES = np.array([[0, k + 1, k, 8, 6] for k in range(7)] + [[1, 9, 0, 5, 5], [1, 8, 0, 5, 5]])
CASES = {
    "features": (layer, transfer.features, transfer.FEATURES),
    "probe": (
        lambda rng: [(rng.normal(1, 2, (7, 3)), rng.integers(0, 4, 7), 4, 0.3, 5)],
        transfer.probe,
        transfer.PROBE,
    ),
    "folds": (lambda rng: [(GROUPS, 3)], transfer.folds, transfer.FOLDS),
    "folder": (lambda rng: [(FILES, 5)], transfer.folder, transfer.FOLDER),
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, (_, _, all) in CASES.items() for n in range(len(all))]
)
def test_mistakes_are_named(name, number):
    inputs, reference, mistakes = CASES[name]
    case = Case(name, inputs, reference, mistakes=mistakes)
    assert message(mistakes[number].wrong, case).startswith(mistakes[number].says)


def test_by_hand_with_the_references():
    ones = np.ones((1, 1, 3, 3))
    found = transfer.features(ones, ones, np.array([5.0]), np.array([4.0]))
    np.testing.assert_allclose(found, [[2]], rtol=1e-5)
    assert transfer.folds(GROUPS, 3).tolist() == [2] * 4 + [1] * 5 + [0] * 6


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (lambda path, size: (1, 2, 3), "four things"),
        (lambda path, size: (np.zeros((2, 3, 5, 5)), [0, 1], ["eel", "newt"], []), "uint8"),
        (lambda path, size: (np.zeros((2, 5, 5, 3), "u1"), [0, 1], ["eel", "newt"], []), "shape"),
        (lambda path, size: (np.zeros((2, 3, 5, 5), "u1"), [0, 1], ["newt", "eel"], []), "sorted"),
    ],
)
def test_a_folder_read_into_something_else(read, says):
    with pytest.raises(CheckFailed, match=says):
        folders.folder_probe(read)(FILES, 5)
