"""Exercise 13: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e13_full_cifar10_training as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.value import Value, checker
from cnnedu.data import smiley


def _runs(rng):
    return [
        (10, 0.2, 0.4),
        (4, 0.0, 2),
        (7, 0.3, float(rng.uniform(0.3, 0.9))),
        (5, 0.5, 6),
    ]


def _more_runs(rng):
    highest = float(rng.uniform(2, 20))
    return [
        (9, 0.25, 3),
        (6, 0.4, highest),
        (6, 0.7, highest / 3),  # once more: what was kept from the first time is wrong now
        (1, 0.5, 0.1),
        (1, 0, 0.7),
        (5, 0.1, 1),
        (2, 0.9, 0.5),
        (49, 1 / 3, highest),  # np.arange(0, 1, 1 / 49) has 50 numbers
        (8, 0.625, 1),
    ]


TWO_ROWS = np.array([[[[1, 2]]], [[[3, 4]]]])


def _turns(rng):
    first = np.array([False, True, True, False])
    return [
        *((TWO_ROWS, np.array([True, False]), epoch) for epoch in range(3)),
        (fractions(rng, (4, 3, 5, 6)), first, 3),
        (wholes(rng, (4, 2, 3, 4)), first, 6),
    ]


def _more_turns(rng):
    rows = [
        ((6, 4, 1, 7), "101110", 2),
        ((6, 4, 1, 7), "010011", 2),  # once more
        ((1, 2, 3, 5), "1", 10),
        ((1, 1, 2, 3), "1", 1),
        ((7, 1, 8, 2), "0000000", 9),
        ((3, 3, 3, 3), "111", 12),
        ((3, 3, 3, 3), "100", 5),
        ((2, 1, 2, 1), "10", 0),
    ]
    drawn = [
        (draw(rng, shape), np.array([turn == "1" for turn in turns]), epoch)
        for (shape, turns, epoch), draw in zip(rows, [fractions, wholes] * 4, strict=True)
    ]
    x, first, epoch = drawn[0]
    return [*drawn, (x, first, epoch + 1), (x, ~first, epoch + 101)]


def _one_sided(rng, K, C, H, W):
    """Draw the weights of K classes.

    The first class gives a view and its mirror image opposite scores, of which the ReLU cuts one
    off; the second has no score above 0; the third, none below, and the others have both.
    """
    w = rng.uniform(0.1, 1, (K, C, H, W))
    w[0] -= w[0, :, :, ::-1]
    w[1:2] *= -1
    w[3:] *= rng.choice([-1, 1], w[3:].shape)
    return w


def _views(rng):
    middle = np.zeros((1, 1, 3, 3), int)
    middle[0, 0, 1, 1] = 1
    return [
        (np.arange(1, 10).reshape(1, 1, 3, 3), middle),
        (rng.integers(1, 9, (2, 1, 3, 4)), _one_sided(rng, 3, 1, 3, 4)),
        (rng.uniform(0.5, 3, (3, 2, 4, 5)), _one_sided(rng, 4, 2, 4, 5)),
        (smiley()[None, None], _one_sided(rng, 3, 1, 8, 8)),
    ]


def _more_views(rng):
    x, w = rng.uniform(0.5, 3, (2, 3, 5, 4)), _one_sided(rng, 3, 3, 5, 4)
    return [
        (rng.integers(1, 9, (3, 2, 4, 3)), _one_sided(rng, 3, 2, 4, 3)),
        (rng.uniform(0.5, 3, (4, 1, 3, 6)), rng.integers(1, 9, (5, 1, 3, 6))),
        (x, w),
        (x, w[::-1] * 1.5),
        (x[::-1] * 2, w),
        (rng.uniform(0.5, 3, (1, 2, 2, 5)), _one_sided(rng, 1, 2, 2, 5)),
        (rng.uniform(0.5, 3, (5, 1, 6, 2)), _one_sided(rng, 7, 1, 6, 2)),
        (rng.uniform(0.5, 3, (2, 1, 2, 2)), _one_sided(rng, 2, 1, 2, 2)),
        (-rng.uniform(0.5, 3, (3, 1, 4, 4)), _one_sided(rng, 2, 1, 4, 4)),
    ]


def _ablation(rng, rows, seeds):
    """Draw accuracies; each row has a mean and a spread of its own, and row 0 is in the middle."""
    means = np.sort(fractions(rng, (rows, 1)), axis=0)
    means[[0, rows // 2]] = means[[rows // 2, 0]]
    spreads = rng.permutation(np.linspace(0.2, 3, rows)).reshape(rows, 1)
    results = fractions(rng, (rows, seeds))
    return 80 + means + spreads * (results - results.mean(axis=1, keepdims=True))


def _tables(rng):
    return [
        (np.array([[4, 6, 8], [1, 2, 3]]),),
        (_ablation(rng, 4, 3),),
        (_ablation(rng, 3, 5),),
        (80 + wholes(rng, (3, 4)),),
    ]


def _more_tables(rng):
    steady = np.array([[90.0, 90, 90], [88, 88, 88], [87, 89.5, 91.25], [90, 90, 90]])
    table = _ablation(rng, 5, 3)
    return [
        (_ablation(rng, 2, 2),),
        (70 + wholes(rng, (4, 3)),),
        (table,),
        (table[::-1] - 1,),
        (_ablation(rng, 13, 3),),
        (_ablation(rng, 3, 8),),
        (_ablation(rng, 4, 4),),
        (steady[:, :2],),
        (steady,),
        (table / 100,),
    ]


CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=0,
        atol=0.001,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case(
        "one_cycle",
        _runs,
        answers.one_cycle,
        _more_runs,
        mistakes=answers.MISTAKES["one_cycle"],
    ),
    Case(
        "flip_in_turns",
        _turns,
        answers.flip_in_turns,
        _more_turns,
        mistakes=answers.MISTAKES["flip_in_turns"],
    ),
    Case(
        "view_logits",
        _views,
        answers.view_logits,
        _more_views,
        mistakes=answers.MISTAKES["view_logits"],
    ),
    Case(
        "in_errors",
        _tables,
        answers.in_errors,
        _more_tables,
        mistakes=answers.MISTAKES["in_errors"],
    ),
)
check = checker(CHECKS)
