"""Exercise 14: what is checked, and on which inputs."""

from functools import lru_cache

import numpy as np

from cnnedu.checks.answers import e14_what_the_network_sees as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, until_told_apart, wholes
from cnnedu.checks.torch_cams import CLASSES
from cnnedu.checks.value import Value, checker
from cnnedu.data import edge_kernel, smiley

TOLERANCE = 1e-4  # of part 4, whose network computes in float32
IMPORTS = ("numpy", "torch", "cnnedu.checks.torch_cams", "cnnedu.checks.torch_faults")


def _coverings(rng):
    return [
        (np.array([[2, 1, 4]]), np.array([[-1, 1]]), 1, 1, 0),
        (smiley(), edge_kernel(), 2, 2, 0),
        (fractions(rng, (5, 7)), fractions(rng, (2, 3)), 3, 2, 0.5),
        (wholes(rng, (6, 5)), fractions(rng, (2, 2)), 2, 1, 1.75),
        (fractions(rng, (6, 4)), fractions(rng, (1, 2)), 1, 3, -1.5),
    ]


def _more_coverings(rng):
    x, w = fractions(rng, (4, 6)), fractions(rng, (2, 3))
    return [
        (wholes(rng, (4, 5)), fractions(rng, (2, 2)), 2, 2, -0.75),
        (fractions(rng, (6, 5)), wholes(rng, (2, 1)), 3, 2, 2),
        (wholes(rng, (4, 6)), fractions(rng, (1, 2)), 3, 1, 2.25),
        (x, w, 2, 3, 0.25),
        (x[::-1], w[::-1] * 1.5, 2, 3, 0.25),  # once more: what was kept is wrong now
        (x, w, 2, 2, 7.5),
        (fractions(rng, (5, 8)), fractions(rng, (1, 2)), 5, 2, 0.5),
        (fractions(rng, (7, 3)), fractions(rng, (3, 3)), 3, 4, -2),
        (fractions(rng, (3, 3)), fractions(rng, (2, 2)), 1, 2, 0.5),
        (fractions(rng, (1, 9)), fractions(rng, (1, 3)), 1, 4, 0.5),
    ]


def _odd(rng, shape):
    return 2 * wholes(rng, shape) + 1


def _small_network(rng, shape, M, K, draw=fractions):
    """Draw a picture, weights and a target in the middle, which is the smallest logit.

    Every other hidden unit is above 0. The first of them wouldn't be without its bias, and is
    linked to the logits by weights below 0; the second works against it at every pixel.
    """
    x, w1, w2 = draw(rng, shape), fractions(rng, (M, np.prod(shape))), fractions(rng, (K, M))
    w1[0] *= -np.sign(w1[0] @ x.ravel())
    w1[2] = np.copysign(w1[2], w1[0])
    w2[:, 0], w2[:, 2] = -abs(w2[:, 0]), abs(w2[:, 2])
    h = np.where(np.arange(M) % 2, -0.001, 1) * (1 + rng.random(M))
    order = np.argsort(w2 @ np.maximum(h, 0))
    return x, w1, h - w1 @ x.ravel(), w2[np.roll(order, K // 2)], K // 2


ONE = np.ones((2, 1, 1), int)
# Hidden units just above 0, at 0 and just below.
THRESHOLD = (ONE, np.array([[1, 2], [4, 8], [16, 32]]), np.array([-2, -12, -49]))


def _networks(rng):
    return [
        (ONE, np.array([[1, -3]]), np.array([4]), np.array([[2]]), 0),
        (*THRESHOLD, np.array([[0.5, 1, 2]]), 0),
        _small_network(rng, (3, 2, 3), 4, 5),
        _small_network(rng, (2, 3, 2), 6, 4),
        _small_network(rng, (3, 2, 2), 5, 2, wholes),
    ]


def _more_networks(rng):
    x, w1, b1, w2, target = _small_network(rng, (2, 4, 3), 6, 6)
    return [
        (
            *THRESHOLD[:2],
            np.array([-3 + 1e-9, -12, -48 - 1e-9]),
            np.array([[0, 0, 1], [1.5, 1, 2]]),
            1,
        ),
        _small_network(rng, (2, 2, 3), 5, 3, wholes),
        (x, w1, b1, w2, target),
        (x, w1[::-1] * 1.5, b1[::-1] * 1.5, w2, target),  # once more: what was kept is wrong now
        (fractions(rng, (3, 1, 2)), _odd(rng, (4, 6)), np.full(4, 999), fractions(rng, (2, 4)), 1),
        (fractions(rng, (2, 2, 2)), fractions(rng, (3, 8)), np.full(3, 999), _odd(rng, (2, 3)), 0),
        (
            np.array([[[1]], [[2]], [[0]], [[0]]]),
            np.array([[-1, 2, 3, -7]]),
            np.ones(1),
            np.ones((1, 1)),
            0,
        ),
        _small_network(rng, (1, 5, 3), 4, 2),
        _small_network(rng, (4, 1, 6), 7, 5),
        _small_network(rng, (3, 7, 1), 3, 10),
        (fractions(rng, (2, 2, 2)), fractions(rng, (3, 8)), np.full(3, -999), np.ones((2, 3)), 0),
    ]


def _tells(arguments):
    """Return whether every listed mistake that matters gives an answer of its own.

    In evaluation mode there is no mistake in the mode, which is the first.
    """
    right = answers.cam_as_numbers(*arguments)
    largest = right.max()
    if not 0.1 < largest < 100:
        return False
    mistakes, found = answers.MISTAKES["cam_as_numbers"], [right]
    for mistake in reversed(mistakes[not arguments[2] :]):  # those that cost least first
        one = mistake.wrong(*arguments)
        alike = any(
            one.shape == other.shape and abs(one - other).max() < 0.01 * largest for other in found
        )
        if alike or not np.isfinite(one).all():
            return False
        found.append(one)
    return True


def _for_cam(rng, H, W, training):
    """Draw a picture, a network and a class in the middle until every mistake shows."""
    while True:
        x, seed = rng.normal(size=(3, H, W)), int(rng.integers(10**6))
        for target in map(int, rng.permutation(np.arange(1, CLASSES - 1))):
            if _tells((x, seed, training, target)):
                return x, seed, training, target


def _cams(rng):
    return [_for_cam(rng, *size) for size in ((40, 32, False), (24, 48, True), (33, 41, True))]


def _more_cams(rng):
    x, seed, training, target = _for_cam(rng, 32, 40, True)
    another = _for_cam(rng, 40, 27, False)
    return [
        (x, seed, training, target),
        (x[::-1].copy(), seed, training, target),  # once more: what was kept is wrong now
        another,
        _for_cam(rng, 48, 24, True),
    ]


def _for_fault(rng, *channels):
    """Draw the seed of a network whose fault is clear, and lies in one of these channels."""
    while True:
        seed = int(rng.integers(10**6))
        if answers.fault_as_numbers(seed)[1] in channels and answers.is_clear(seed):
            return (seed,)


@lru_cache(maxsize=64)  # the same draws are asked for again and again
def _drawn_faults(seed):
    rng = np.random.default_rng(seed)
    return until_told_apart(
        lambda: [_for_fault(rng, *channels) for channels in ((0,), (1, 2, 3, 4), (5,))],
        answers.fault_as_numbers,
        answers.MISTAKES["fault_as_numbers"],
    )


def _faults(rng):
    return _drawn_faults(int(rng.integers(10**6)))


CAM = Case(
    "cam_as_numbers",
    _cams,
    answers.cam_as_numbers,
    _more_cams,
    rtol=TOLERANCE,
    atol=TOLERANCE,
    mistakes=answers.MISTAKES["cam_as_numbers"],
    imports=IMPORTS,
)
CHECKS = (
    Value("by_hand", answers.BY_HAND["by_hand"], mistakes=answers.BY_HAND_MISTAKES["by_hand"]),
    Case(
        "occlusion_map",
        _coverings,
        answers.occlusion_map,
        _more_coverings,
        mistakes=answers.MISTAKES["occlusion_map"],
    ),
    Case(
        "saliency",
        _networks,
        answers.saliency,
        _more_networks,
        mistakes=answers.MISTAKES["saliency"],
    ),
    CAM,
    Case(
        "fault_as_numbers",
        _faults,
        answers.fault_as_numbers,
        _faults,
        mistakes=answers.MISTAKES["fault_as_numbers"],
        imports=IMPORTS,
        builds_on={"network_cam": CAM},
    ),
)
check = checker(CHECKS)
