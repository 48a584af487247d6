"""Exercise 18: each well-known mistake is named."""

import numpy as np
import pytest

from cnnedu.checks import Case, CheckFailed, run
from cnnedu.checks.exercises import e18_capstone as capstone

GROUPS = np.array([0, 1, 1, 1, 2, 3, 3, 3])


@pytest.mark.parametrize(
    ("order", "share", "right", "wrong", "says"),
    [
        ([3, 2, 0, 1], 0.5, [3, 2], [0, 1], "exchanged"),
        ([3, 2, 0, 1], 0.45, [3, 2], [3], "at least"),
        ([3, 2, 0, 1], 0.5, [3, 2], [3, 2, 0], "One group too many"),
        ([3, 1, 0, 2], 0.4, [3, 1], [0, 1], "order that is given"),
        ([2, 0, 3, 1], 0.5, [2, 0, 3], [2, 0], "not of the groups"),
    ],
)
def test_mistakes_of_the_split_are_named(order, share, right, wrong, says):
    assert says in message(order, share, np.isin(GROUPS, right), np.isin(GROUPS, wrong))


def test_a_divided_group_is_named():
    divided = np.array([0, 0, 0, 0, 0, 1, 1, 0], bool)
    assert "A group was divided" in message([3, 2, 0, 1], 0.25, GROUPS == 3, divided)


def message(order, share, right, answer):
    """Return what a student is told whose function gives `answer`."""

    def split_by_group(groups, order, share):
        return answer

    split_by_group.__module__ = "__main__"
    case = Case(
        "split_by_group",
        lambda rng: [(GROUPS, np.array(order), share)],
        lambda groups, order, share: right,
        mistakes=capstone.SPLIT,
    )
    with pytest.raises(CheckFailed) as failed:
        run(case, {"split_by_group": split_by_group}, seed=0)
    return str(failed.value)
