"""Exercise 18: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e18_capstone as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import checker

# Shares are multiples of 1/16, so `share · N` is exact however it is computed.


def _some_groups(rng):
    return [
        (np.array([1, 1, 2, 3, 3]), np.array([3, 1, 2]), 0.3),
        (np.array([1, 2, 2, 2, 3, 4]), np.array([4, 1, 3, 2]), 0.5),
        (np.array([4, 2, 2, 7, 2, 7, 2, 4]), np.array([7, 2, 4]), 0.25),
        (np.array([4, 2, 2, 7, 2, 7, 2, 4]), np.array([7, 2, 4]), 0.5),
    ]


def _more_groups(rng):
    uneven = np.repeat([30, 4, 19, 7, 8], [1, 9, 2, 3, 1])
    names = rng.permutation(40)[:12] - 20
    return [
        (rng.permutation(uneven), np.array([8, 4, 30, 19, 7]), 0.5),
        (rng.permutation(uneven), np.array([19, 7, 30, 4, 8]), 0.375),  # reached exactly
        (rng.permutation(uneven), np.array([19, 7, 30, 4, 8]), 0.4375),
        (rng.permutation(np.repeat(names, 4)), rng.permutation(names), 0.25),
        (rng.permutation(names), rng.permutation(names), 0.5),
        (uneven, np.array([4, 7, 8, 19, 30]), 0.0),
        (uneven, np.array([4, 7, 8, 19, 30]), 1.0),
        (np.array([5]), np.array([5]), 0.5),
        (np.array([6, 6, 6, 1]), np.array([1, 6]), 0.0625),
    ]


CHECKS = (
    Case(
        "split_by_group",
        _some_groups,
        answers.split_by_group,
        _more_groups,
        rtol=0,
        atol=0,
        mistakes=answers.MISTAKES["split_by_group"],
        imports=("numpy",),
    ),
)
check = checker(CHECKS)
