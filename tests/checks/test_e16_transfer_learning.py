"""Exercise 16: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case, CheckFailed
from cnnedu.checks.exercises import e16_transfer_learning as e16
from cnnedu.checks.picture_folders import folder_function


def layer(rng):
    x, w = rng.normal(size=(3, 2, 6, 5)), rng.normal(size=(4, 2, 3, 3))
    return [(x, w, np.array([0.3, -0.2, 0.1, 30]), np.array([0.001, 0.5, 1.2, 2]))]


# The largest size is last, and two groups are equally large.
GROUPS = np.repeat([4, 2, 3, 1, 5], [3, 1, 3, 2, 6])
FILES = np.array([[0, k + 1, k, 8, 6] for k in range(7)] + [[1, 9, 0, 5, 5], [1, 8, 0, 5, 5]])
INPUTS = {
    "frozen_features": layer,
    "fit_probe": lambda rng: [(rng.normal(1, 2, (7, 3)), rng.integers(0, 4, 7), 4, 0.3, 5)],
    "group_folds": lambda rng: [(GROUPS, 3)],
    "folder_as_numbers": lambda rng: [(FILES, 5)],
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name in INPUTS for n in range(len(e16.MISTAKES[name]))]
)
def test_mistakes_are_named(name, number):
    mistakes = e16.MISTAKES[name]
    case = Case(name, INPUTS[name], getattr(e16, name), mistakes=mistakes)
    assert message(mistakes[number].wrong, case).startswith(mistakes[number].says)


def test_by_hand_with_the_references():
    ones = np.ones((1, 1, 3, 3))
    found = e16.frozen_features(ones, ones, np.array([5.0]), np.array([4.0]))
    np.testing.assert_allclose(found, [[2]], rtol=1e-5)
    assert e16.group_folds(GROUPS, 3).tolist() == [2] * 4 + [1] * 5 + [0] * 6


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
        folder_function(read)(FILES, 5)
