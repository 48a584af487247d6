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


def _divided(rng, counts):
    """Return groups in a mixed order, and which pictures are aside.

    `counts` holds for each group how many of its pictures are aside, and how many aren't.
    """
    names = rng.permutation(40)[: len(counts)] - 20
    groups = np.concatenate([np.repeat(n, sum(c)) for n, c in zip(names, counts, strict=True)])
    aside = np.concatenate([np.repeat([True, False], count) for count in counts])
    order = rng.permutation(len(groups))
    return groups[order], aside[order]


HALVED = (
    np.array([6, 6, 2, 2, 2, 8, 8, 8, 6, 6, 5]),
    np.array([1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1]) > 0,
)


def _leaking(rng):
    return [
        (np.array([4, 4, 4, 7, 7, 9]), np.array([1, 0, 0, 1, 0, 1]) > 0),
        HALVED,
        _divided(rng, [(3, 1), (1, 3), (2, 2), (4, 0), (0, 4)]),
    ]


def _more_leaking(rng):
    return [
        _divided(rng, [(1, 4), (4, 1), (3, 3), (1, 1), (5, 0), (0, 2), (2, 3), (3, 2)]),
        _divided(rng, [(1, 0), (0, 1), (1, 0)]),
        _divided(rng, [(5, 4)]),
        _divided(rng, [(4, 5), (2, 2)]),
        (np.array([3, 3, 3, -1, -1]), np.array([0, 1, 1, 1, 0]) > 0),
        (np.array([3, 3, 3, -1, -1]), np.zeros(5, bool)),
        (HALVED[0][::-1].copy(), HALVED[1][::-1].copy()),
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
    Case(
        "repaired",
        _leaking,
        answers.repaired,
        _more_leaking,
        rtol=0,
        atol=0,
        mistakes=answers.MISTAKES["repaired"],
        imports=("numpy",),
    ),
)
check = checker(CHECKS)
