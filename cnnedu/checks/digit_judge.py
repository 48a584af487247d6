"""Judge a function that trains a network to read digits: the last part of exercise 08."""

import numpy as np

from cnnedu.checks.compare import CheckFailed, NotNumbers, as_numbers, require
from cnnedu.data.digits import load_digits, shuffled_digits
from cnnedu.kernels.convolution import conv2d
from cnnedu.kernels.pooling import max_pool2d

MOST_NUMBERS = 3000  # that the network may learn
BY_HEART = 16
SEEN_SHARE = 0.97  # of the 360 digits that `load_digits` holds out
FEWER, FRESH_SHARE = 1200, 0.94  # learnt from another split; of the 597 others


def reads_digits(learn):
    """Require that `learn` learns a few digits by heart, then that it reads those held out."""
    (x, y), (new_x, new_y) = load_digits()
    order = np.argsort(y, kind="stable")
    few = np.arange(len(x)) % BY_HEART
    known = np.sum(_said(learn(x[few], y[few], 0), x[:BY_HEART]) == y[:BY_HEART])
    require(
        known == BY_HEART,
        f"learn: it was shown the same {BY_HEART} digits again and again, and knows {known} of "
        "them. A network that works learns them by heart. Look at the first weights and the "
        "rate, and for a slip on the way; more epochs won't mend it.",
    )
    _enough(_said(learn(x[order], y[order], 0), new_x), new_y, SEEN_SHARE)


def reads_fresh_digits(learn, rng):
    """Judge by another split of the digits, whose classes have other names."""
    x, y = shuffled_digits(rng)
    y = rng.permutation(10)[y]
    seen = np.argsort(y[:FEWER], kind="stable")
    weights = learn(x[seen], y[seen], int(rng.integers(10**6)))
    _enough(_said(weights, x[FEWER:]), y[FEWER:], FRESH_SHARE)


def _said(weights, x):
    """Return the classes that the network with these weights sees in pictures."""
    shapes = "w (F, 1, 3, 3), b (F,), v (10, 16 · F), c (10,)"
    require(
        isinstance(weights, (list, tuple)) and len(weights) == 4,
        f"learn: return the four arrays {shapes} in a list",
    )
    try:
        w, b, v, c = (as_numbers(part).astype(float) for part in weights)
    except NotNumbers as reason:
        raise CheckFailed(f"learn: {reason}") from None
    F = len(w) if w.ndim else 0
    for name, part, shape in zip(
        "wbvc", (w, b, v, c), ((F, 1, 3, 3), (F,), (10, 16 * F), (10,)), strict=True
    ):
        require(
            part.shape == shape and F,
            f"learn: {name} has shape {part.shape}; the arrays are {shapes}",
        )
        require(np.isfinite(part).all(), f"learn: {name} should hold finite numbers")
    numbers = w.size + b.size + v.size + c.size
    require(
        numbers <= MOST_NUMBERS,
        f"learn: the network has {numbers:,} numbers, and {MOST_NUMBERS:,} are allowed",
    )
    return _scores(x, w, b, v, c).argmax(axis=1)


def _enough(said, y, share):
    """Require that enough digits are right; say in which way the others are wrong."""
    right = np.mean(said == y)
    most = np.bincount(said, minlength=10).argmax()
    if np.mean(said == most) > 0.3:
        told = (
            f"it says {most} to {100 * np.mean(said == most):.0f} % of them. Do the digits come in "
            "a new order in every epoch? They are handed over sorted by class. If so, look at the "
            "rate: is it so high that all ReLUs are dead?"
        )
    else:
        told = (
            "Gradients and loop do work, or it wouldn't get so far: look at the rate, its "
            "schedule, the size of the batches, the number of epochs, and the filters"
        )
    require(
        right >= share,
        f"learn: {100 * right:.1f} % of {len(y)} digits that it has never seen are right, and "
        f"{100 * share:.0f} % are asked for. {told[0].upper()}{told[1:]}.",
    )


def _scores(x, w, b, v, c):
    maps = max_pool2d(np.maximum(conv2d(x, w, b, padding=1), 0), 2)
    return maps.reshape(len(x), -1) @ v.T + c
