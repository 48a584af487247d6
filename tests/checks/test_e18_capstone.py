"""Exercise 18: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from cnnedu.checks.exercises import e18_capstone as e18

GROUPS = np.array([0, 1, 1, 1, 2, 3, 3, 3])


@pytest.mark.parametrize(
    ("order", "share", "right", "wrong", "says"),
    [
        ([3, 2, 0, 1], 0.5, [3, 2], [0, 1], "True and False are swapped"),
        ([3, 2, 0, 1], 0.45, [3, 2], [3], "at least"),
        ([3, 2, 0, 1], 0.5, [3, 2], [3, 2, 0], "One group too many"),
        ([3, 1, 0, 2], 0.4, [3, 1], [0, 1], "in the given order"),
        ([2, 0, 3, 1], 0.5, [2, 0, 3], [2, 0], "not of the groups"),
    ],
)
def test_mistakes_of_the_split_are_named(order, share, right, wrong, says):
    assert says in told(order, share, np.isin(GROUPS, right), np.isin(GROUPS, wrong))


def test_a_divided_group_is_named():
    divided = np.array([0, 0, 0, 0, 0, 1, 1, 0], bool)
    assert "You divided a group" in told([3, 2, 0, 1], 0.25, GROUPS == 3, divided)


def told(order, share, right, answer):
    """Return what a student is told whose function returns `answer`."""
    case = Case(
        "split_by_group",
        lambda rng: [(GROUPS, np.array(order), share)],
        lambda groups, order, share: right,
        mistakes=e18.MISTAKES["split_by_group"],
    )
    return message(lambda groups, order, share: answer, case)
