"""Exercise 15: what is checked, and on which inputs."""

from functools import lru_cache

import numpy as np

from cnnedu.checks.answers import e15_when_networks_fail as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, until_told_apart, wholes
from cnnedu.checks.suspect_weights import numbers_of
from cnnedu.checks.value import Value, checker
from cnnedu.data.cued_pictures import PLACES, make_agreeing, place_masks


def _pushed(rng, shape, epsilon, smallest=1.0):
    """Return dark, grey and bright pixels, each with gradients below, at and above 0."""
    count = int(np.prod(shape))
    order = rng.permutation(count)
    x = np.array([0.03, 0.5, 0.97])[order // 3 % 3] + 0.02 * order / count
    gradient = (order % 3 - 1) * smallest * abs(fractions(rng, count))
    return x.reshape(shape), gradient.reshape(shape), epsilon


def _pictures(rng):
    return [
        (np.array([0.5, 0.95, 0.2]), np.array([-3, 0.01, 0]), 0.1),
        (np.array([0, 1, 1]), np.array([2, -0.5, 3]), 0.3),
        _pushed(rng, (1, 1, 3, 3), 0.25),
        _pushed(rng, (2, 1, 3, 3), 0.6),
    ]


def _more_pictures(rng):
    whole = np.tile([0, 1], 9).reshape(2, 9)
    return [
        _pushed(rng, (1, 1, 1, 9), 0.1),
        _pushed(rng, (3, 2, 5, 2), 0.3, smallest=1e-9),
        _pushed(rng, (1, 1, 1, 9), 0.2, smallest=100),
        _pushed(rng, (40,), 1.5),
        _pushed(rng, (9, 2), 0.0),
        (whole, fractions(rng, (2, 9)) * (wholes(rng, (2, 9)) != 0), 0.35),
        (fractions(rng, (2, 3)) ** 2 / 100, np.zeros((2, 3)), 0.3),
        (np.array([0.25]), np.array([-7]), 0.125),
    ]


def _walked(rng, shape, step, epsilon):
    """Return pixels all over the range they may be in, and gradients below, at and above 0."""
    count = int(np.prod(shape))
    order = rng.permutation(count)
    start = np.array([0.04, 0.5, 0.96])[order // 3 % 3] + 0.02 * order / count
    x = np.clip(start + epsilon * np.array([-1, -0.4, 0.5, 1])[order // 9 % 4], 0, 1)
    gradient = (order % 3 - 1) * abs(fractions(rng, count))
    return x.reshape(shape), start.reshape(shape), gradient.reshape(shape), step, epsilon


def _walks(rng):
    return [
        (np.array([0.57]), np.array([0.5]), np.array([2.0]), 0.05, 0.1),
        (np.array([0, 1, 1]), np.array([0, 1, 1]), np.array([1.5, -2.5, 2]), 0.1, 0.2),
        _walked(rng, (2, 2, 3, 3), 0.1, 0.25),
        _walked(rng, (1, 2, 3, 6), 0.32, 0.2),
    ]


def _more_walks(rng):
    whole, places = np.array([0, 1, 1, 0, 0, 1]), np.array([0.2, 0.8, 1, 0, 0.1, 0.9])
    signs = np.array([1.5, -0.5, 2, -3, 0, 0])
    return [
        _walked(rng, (1, 1, 4, 9), 0.05, 0.15),
        _walked(rng, (3, 2, 6, 2), 0.07, 0.1),
        _walked(rng, (1, 1, 4, 9), 0.4, 0.15),
        _walked(rng, (40,), 0.3, 1.2),
        _walked(rng, (6, 7), 0.1, 0.0),
        (whole, whole, signs, 0.3, 0.2),
        (places, whole, signs, 0.15, 0.2),
        (np.array([0.3]), np.array([0.25]), np.array([-7]), 0.0625, 0.125),
    ]


def _said(rng, K, confidences, right):
    """Return probabilities whose largest are `confidences`, and labels: some of them right.

    A confidence must be above 2 / (K + 2), so that it is the largest of its row.
    """
    p, y = [], []
    for confidence, is_right in zip(confidences, right, strict=True):
        place = int(rng.integers(K))
        shares = rng.permutation(np.arange(1, K)) * 2 / (K * (K - 1))
        p.append(np.insert((1 - confidence) * shares, place, confidence))
        y.append(place if is_right else (place + int(rng.integers(1, K))) % K)
    order = rng.permutation(len(y))
    return np.array(p)[order], np.array(y)[order]


# On the borders of eighths and between them; some bins too sure, some not sure enough.
BORDERS = [0.375, 0.5, 0.5, 0.625, 0.875, 1.0, 1.0, 1.0, 0.44, 0.55, 0.79, 0.83, 0.91, 0.96]
RIGHT = [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0]


def _tables(rng):
    two = np.array([[0.9, 0.1], [0.7, 0.3]])
    edges = np.array([[0.5, 0.3, 0.2], [0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.0, 0.0, 1.0]])
    return [
        (two, np.array([0, 1]), 2),
        (two, np.array([0, 1]), 10),
        (edges, np.array([0, 0, 0, 2]), 2),
        (*_said(rng, 3, [0.5, 0.7, 0.75, 0.8, 0.97], [1, 0, 0, 1, 0]), 4),
        (*_said(rng, 4, BORDERS, RIGHT), 8),
    ]


def _inside(rng, lowest, bins, count):
    """Return confidences well inside the bins from `lowest` on, and whether they are right."""
    places = lowest + np.arange(count) ** 2 % (bins - lowest)
    return (places + rng.uniform(0.2, 0.8, count)) / bins, (places + np.arange(count) // 3) % 2


def _more_tables(rng):
    return [
        (*_said(rng, 5, BORDERS, 1 - np.array(RIGHT)), 16),
        (*_said(rng, 3, [0.5, 0.75, 0.75, 1.0], [1, 1, 0, 0]), 4),
        (*_said(rng, 3, [0.5, 0.75, 0.75, 1.0], [0, 1, 1, 1]), 4),
        (*_said(rng, 10, *_inside(rng, 3, 15, 40)), 15),
        (*_said(rng, 2, *_inside(rng, 4, 7, 8)), 7),
        (*_said(rng, 4, *_inside(rng, 2, 5, 11)), 1),
        (*_said(rng, 3, [0.55], [0]), 3),
        (np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]), np.array([0, 2, 2, 0]), 5),
        (np.array([[0.0, 1.0]] * 2), np.array([1, 1]), 1),
    ]


FAR = np.array([[1000.0, 0.0, -900.0], [-900.0, 0.0, 400.0], [0.0, 700.0, 800.0]])


def _too_sure(rng, N, K, size):
    """Return logits of such a size, and labels: the largest in three rows of four."""
    logits = size * rng.permuted(np.tile(np.arange(K) + 0.1 * fractions(rng, K), (N, 1)), axis=1)
    order = logits.argsort(axis=1)
    return logits, np.where(np.arange(N) % 4, order[:, -1], order[:, 0])


def _held_out(rng):
    return [
        (np.array([[4.0, 0.0]] * 4), np.array([0, 0, 0, 1]), np.array([1.0, 2.0, 4.0, 8.0])),
        (*_too_sure(rng, 8, 3, 2), np.array([8.0, 0.5, 3.0, 1.0])),
        (FAR, np.array([0, 1, 1]), np.array([0.25, 0.5, 0.375])),
        (np.array([[1000.0, 998.0], [997.0, 1000.0]]), np.array([1, 1]), np.array([1.0, 0.5])),
        (np.array([[700.0, 690.0], [-700.0, -695.0]]), np.array([0, 0]), np.array([1.0, 1.5])),
        (np.array([[3, 1], [0, 2]]), np.array([1, 1]), np.array([1, 2])),
        (np.zeros((2, 3)), np.array([2, 0]), np.array([2.0, 1.0, 4.0])),
    ]


def _more_held_out(rng):
    grid = np.array([0.25, 0.5, 1.0, 1.5, 2.0, 4.0, 8.0])
    sure = np.array([[1000.0, 0.0, 0.0], [0.0, 900.0, 0.0]])
    return [
        (FAR, np.array([0, 1, 1]), grid),
        (-FAR, np.array([1, 2, 0]), np.array([0.01, 0.02])),
        (sure, np.array([0, 1]), grid),
        (np.zeros((3, 4)), np.array([3, 0, 1]), grid[::-1].copy()),
        (*_too_sure(rng, 12, 5, 3), grid),
        (*_too_sure(rng, 12, 5, 0.5), grid),
        (*_too_sure(rng, 1, 2, 1), grid),
        (fractions(rng, (7, 1)), np.zeros(7, int), np.array([3.0, 1.0])),
        (np.array([[4, 0], [3, 1], [0, 5], [0, 1]]), np.array([0, 1, 1, 1]), np.array([1, 2, 3])),
        (*_too_sure(rng, 8, 4, 2), np.array([30.0])),
    ]


# Mean losses of six candidates on the pictures kept aside and on the test set. The best ones on
# either, and on both together, differ; so do all the numbers that could be reported.
ON_KEPT = np.array([3.0, 1.0, 1.25, 5.0, 2.5, 6.0])
ON_TEST = np.array([1.0, 4.5, 1.375, 7.0, 3.0, 5.5])


def _saved(rng, kept, tested, order):
    """Return losses (6, kept + tested) with these means, and which pictures are kept aside."""
    parts = []
    for mean, count in ((ON_KEPT, kept), (ON_TEST, tested)):
        wave = np.arange(count) - (count - 1) / 2  # adds up to 0, exactly
        parts.append(mean[:, None] + 0.0625 * rng.permuted(np.tile(wave, (6, 1)), axis=1))
    mixed = rng.permutation(kept + tested)
    losses = np.concatenate(parts, axis=1)[order][:, mixed]
    return losses, (np.arange(kept + tested) < kept)[mixed]


def _choices(rng):
    example = np.array([[2, 1, 3, 5], [1, 1, 4, 6], [3, 3, 1, 1]])
    tied = np.array([[4.0, 1, 2], [2, 8, 3], [2, 5, 3]])
    return [
        (example, np.array([True, True, False, False])),
        (tied, np.array([True, False, False])),
        _saved(rng, 4, 8, np.arange(6)),
        _saved(rng, 8, 4, np.arange(6)[::-1]),
    ]


def _more_choices(rng):
    return [
        _saved(rng, 2, 16, rng.permutation(6)),
        _saved(rng, 16, 2, rng.permutation(6)),
        _saved(rng, 1, 1, rng.permutation(6)),
        _saved(rng, 8, 8, rng.permutation(6)),
        (np.array([[1, 5, 2, 4]]), np.array([False, True, True, False])),
        (np.array([[2, 2, 9], [2, 2, 1], [1, 3, 4]]), np.array([True, True, False])),
        (-(fractions(rng, (3, 4)) ** 2), np.array([False, True, False, True])),
    ]


def _suspicion(rng, name, count, places=PLACES, halved=False):
    """Return pictures whose places mostly go with their class, some of the places, a network.

    Two halves of a place say more than one, so it shows if the first isn't put back.
    """
    masks = place_masks()[[PLACES.index(place) for place in rng.permutation(places)]]
    if halved:  # like a chessboard
        black = np.indices(masks.shape[1:]).sum(axis=0) % 2 == 0
        masks = np.concatenate([masks & black, masks & ~black])
    return *make_agreeing(count, 0.75, rng), masks, numbers_of(name)


@lru_cache(maxsize=32)  # the same draws are asked for again and again
def _drawn_suspicions(seed, names, *more):
    rng = np.random.default_rng(seed)
    a, b, c, d = rng.permutation(list(names))
    return until_told_apart(
        lambda: [
            *(_suspicion(rng, name, 12) for name in (a, b)),
            *(_suspicion(rng, name, 8, halved=True) for name in (c, d)),
            *(_suspicion(rng, *some) for some in more),
        ],
        answers.shortcut_as_numbers,
        answers.MISTAKES["shortcut_as_numbers"],
    )


def _suspicions(rng):
    return _drawn_suspicions(int(rng.integers(10**6)), "ABCD")


def _more_suspicions(rng):
    unread, few = ("E", 6, ("sky", "edge")), ("G", 2)
    return _drawn_suspicions(int(rng.integers(10**6)), "EFGH", unread, few)


CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=0,
        atol=1e-3,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case("fgsm", _pictures, answers.fgsm, _more_pictures, mistakes=answers.MISTAKES["fgsm"]),
    Case("pgd_step", _walks, answers.pgd_step, _more_walks, mistakes=answers.MISTAKES["pgd_step"]),
    Case(
        "calibration_error",
        _tables,
        answers.calibration_error,
        _more_tables,
        mistakes=answers.MISTAKES["calibration_error"],
    ),
    Case(
        "temperature",
        _held_out,
        answers.temperature,
        _more_held_out,
        mistakes=answers.MISTAKES["temperature"],
    ),
    Case(
        "fair_choice",
        _choices,
        answers.fair_choice,
        _more_choices,
        mistakes=answers.MISTAKES["fair_choice"],
    ),
    Case(
        "shortcut_as_numbers",
        _suspicions,
        answers.shortcut_as_numbers,
        _more_suspicions,
        mistakes=answers.MISTAKES["shortcut_as_numbers"],
        imports=("numpy", "cnnedu.checks.suspects"),
    ),
)
check = checker(CHECKS)
