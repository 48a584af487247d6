"""Exercise 04: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e04_activation_and_pooling as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import CheckFailed, NotNumbers, as_numbers, require
from cnnedu.checks.drafts import shown_by_examples
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.value import Design, checker
from cnnedu.kernels import max_pool2d

EXAMPLE = np.array([[[[1, 2, 5], [3, 4, 0]]]])
NEGATIVE = np.array([[[[-1, -2], [-4, -3]]]])
MOST_NUMBERS = 1000  # in a picture that shows a bug


def draft_a(x, size, stride, padding):
    """Pad with zeros."""
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    OH, OW = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
    return _largest_of_windows(x, size, stride, OH, OW)


def draft_b(x, size, stride, padding):
    """Make H // stride rows of windows, as if the size and the padding made no difference."""
    OH, OW = x.shape[2] // stride, x.shape[3] // stride
    sides = (padding, padding)
    x = np.pad(x.astype(float), ((0, 0), (0, 0), sides, sides), constant_values=-np.inf)
    return _largest_of_windows(x, size, stride, OH, OW)


def _largest_of_windows(x, size, stride, OH, OW):
    out = np.zeros((*x.shape[:2], OH, OW))
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return out


DRAFTS = {"A": draft_a, "B": draft_b}


def _pooling(name, value):
    """Return the picture, the size, the stride and the padding that a student wrote."""
    require(
        isinstance(value, (tuple, list)) and len(value) == 4,
        f"{name}: write a tuple of four, (x, size, stride, padding)",
    )
    try:
        x, *whole = (as_numbers(part).astype(float) for part in value)
    except NotNumbers as reason:
        raise CheckFailed(f"{name}: {reason}") from None
    require(
        x.ndim == 4 and x.size,
        f"{name}: x should have the shape (N, C, H, W), but it has {x.shape}",
    )
    require(
        x.size <= MOST_NUMBERS and bool((abs(x) <= 100).all()),
        f"{name}: x should hold at most 1,000 numbers, each from −100 to 100",
    )
    require(
        all(part.ndim == 0 and abs(part) <= 100 and part == np.rint(part) for part in whole),
        f"{name}: size, stride and padding should be whole numbers, 100 at most",
    )
    size, stride, padding = (int(part) for part in whole)
    require(size >= 1 and stride >= 1, f"{name}: size and stride should be at least 1")
    require(0 <= padding <= size // 2, f"{name}: padding should be from 0 to size // 2")
    require(
        size <= min(x.shape[2:]) + 2 * padding,
        f"{name}: a window of {size}×{size} doesn't fit in the padded picture",
    )
    return x, size, stride, padding


def _score_tables(rng):
    return [
        (np.array([[0.0, 0.0], [1000.0, 1000.0 + np.log(3)]]),),
        (fractions(rng, (3, 4)),),
        (np.array([[-1000.0, -1001.0, -1002.0]]),),
        (np.array([[0, 0], [0, 1000], [0, 2000], [2000, 0]]),),
        (np.array([[0.0, np.log(3), -np.inf], [-np.inf, 2.0, -1.0]]),),
    ]


def _more_score_tables(rng):
    far = np.array([[0, 5000], [-5000, 0], [900, 901], [-900, -902], [0, -17]])
    shapes = [(1, 5), (4, 1), (6, 3), (3, 3), (6, 3)]
    ruled_out = fractions(rng, (3, 3))
    ruled_out[range(3), rng.permutation(3)] = -np.inf
    return [(fractions(rng, s),) for s in shapes] + [
        (far,),
        (far + 0.25,),
        (far.T * 1.0,),
        (wholes(rng, (2, 4)),),
        (ruled_out,),
    ]


def _partly_negative(rng, shape):
    """Draw pictures, each with a corner without a positive number."""
    x = fractions(rng, shape)
    x[:, :, :3, :3] = -abs(x[:, :, :3, :3])
    return x


def _batches(rng):
    return [
        (EXAMPLE, 2, 1, 0),
        (EXAMPLE, 2, 2, 0),
        (NEGATIVE, 3, 2, 1),
        (NEGATIVE, 2, 1, 1),
        (_partly_negative(rng, (2, 3, 7, 6)), 2, 3, 1),
        (_partly_negative(rng, (1, 2, 7, 6)), 3, 2, 0),
        (_partly_negative(rng, (2, 1, 6, 5)), 4, 2, 2),
    ]


def _more_batches(rng):
    settings = [
        ((1, 1, 5, 8), 2, 2, 0),
        ((2, 2, 6, 4), 3, 1, 0),
        ((1, 3, 5, 5), 1, 2, 0),
        ((2, 1, 4, 7), 4, 5, 0),
        ((1, 1, 5, 8), 2, 2, 0),
        ((1, 2, 3, 4), 5, 1, 2),
        ((2, 1, 5, 6), 3, 2, 1),
        ((2, 2, 4, 5), 4, 3, 2),
        ((1, 1, 3, 9), 5, 2, 1),
    ]
    again = _partly_negative(rng, (1, 2, 5, 4))
    return [
        *((_partly_negative(rng, shape), *rest) for shape, *rest in settings),
        *((again, *rest) for rest in ((2, 2, 0), (3, 2, 0), (2, 1, 0), (3, 2, 1))),
        (_largest_anywhere(rng), 3, 1, 0),
        (-1e20 * abs(fractions(rng, (1, 2, 3, 4))), 2, 1, 1),  # no fixed start is low enough
        (wholes(rng, (2, 1, 4, 5)) - 40, 3, 2, 1),
    ]


def _largest_anywhere(rng):
    """Draw nine pictures of 3×3, each with its largest number in another place."""
    x = fractions(rng, (9, 9))
    return (x + 100 * np.eye(9)).reshape(9, 1, 3, 3)


def _maps(rng):
    home = fractions(rng, (2, 3, 4))
    row = np.array([[[3, 4, 0, 0]]])
    return [
        (row, np.array([[[0, 3, 4, 0]]])),
        (row, np.array([[[0, 4, 0, 0]]])),
        (home, np.roll(home, (2, 3), axis=(1, 2))),
        (home, 1.5 * np.roll(home, (1, 2), axis=(1, 2)) + fractions(rng, home.shape) / 9),
        (home, np.stack([np.roll(home[0], 1, axis=0), np.roll(home[1], 2, axis=1)])),
    ]


def _more_maps(rng):
    found = []
    for shape in ((1, 5, 2), (3, 2, 5), (2, 4, 4), (1, 1, 6), (3, 2, 5)):
        home = fractions(rng, shape)
        move = tuple(rng.integers(0, shape[1:]))
        moved = np.roll(home, move, axis=(1, 2))
        found += [(home, moved), (home, 0.5 * moved + fractions(rng, shape) / 12)]
    whole = wholes(rng, (2, 3, 3))
    slipped = np.stack([np.roll(whole[0], 1, axis=0), np.roll(whole[1], 1, axis=1)])
    # Every move there is, on a high map and on a wide one, so that none may be left out.
    every = [
        (apart, np.roll(apart, (down, right), axis=(1, 2)))
        for apart in (fractions(rng, (2, 4, 3)), fractions(rng, (2, 3, 4)))
        for down in range(apart.shape[1])
        for right in range(apart.shape[2])
    ]
    return [*found, (whole, slipped), *every]


def _forgets_the_place(value):
    try:
        w = as_numbers(value).astype(float)
    except NotNumbers as reason:
        raise CheckFailed(f"blur: {reason}") from None
    require(w.shape == (5,), f"blur: it needs five weights in a row, not the shape {w.shape}")
    require(np.isfinite(w).all(), "blur: its weights should be finite numbers")
    require(
        bool((w >= 0.05 - 1e-6).all()),
        f"blur: each weight is at least 0.05, but one is {w.min():.4g}",
    )
    require(
        abs(w.sum() - 1) < 1e-6,
        f"blur: the weights add up to {w.sum():.4g}, so a grey row gets another grey; 1 is asked "
        "for",
    )
    require(
        bool((abs(w - w[::-1]) < 1e-6).all()),
        "blur: the weights should read the same from both ends",
    )
    carried = [w[place::3].sum() for place in range(3)]
    require(
        max(carried) - min(carried) < 1e-6,
        "blur: the sum of what is kept depends on where a light pixel lies: at its three places it "
        f"is {', '.join(f'{c:.4g}' for c in carried)}",
    )


CHECKS = (
    *answers.ROW.checks(),
    Case(
        "softmax",
        _score_tables,
        answers.softmax,
        _more_score_tables,
        mistakes=answers.MISTAKES["softmax"],
    ),
    *shown_by_examples(DRAFTS, _pooling, max_pool2d),
    Case(
        "max_pool2d",
        _batches,
        answers.max_pool2d,
        _more_batches,
        mistakes=answers.MISTAKES["max_pool2d"],
    ),
    Case(
        "left_over",
        _maps,
        answers.left_over,
        _more_maps,
        rtol=0,
        atol=1e-6,
        mistakes=answers.MISTAKES["left_over"],
    ),
    Design("blur", _forgets_the_place),
)
check = checker(CHECKS)
