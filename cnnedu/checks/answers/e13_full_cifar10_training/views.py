"""Test-time views, and well-known mistakes with them."""

from functools import partial

import numpy as np

from cnnedu.checks.answers.e13_full_cifar10_training.turns import along_another_axis
from cnnedu.checks.case import Mistake
from cnnedu.kernels import softmax


def view_logits(x, w):
    """Return the mean of six views' logits, (N, K)."""
    return _averaged(x, w)


def _dense(x, w):
    return np.einsum("nchw,kchw->nk", x, w)


def _network(x, w):
    return np.maximum(_dense(x, w), 0)


def _shifted(x, down, right, mode="reflect"):
    """Shift pictures by −1, 0 or 1 pixels along each axis."""
    height, width = x.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode=mode)
    return padded[:, :, 1 - down : 1 - down + height, 1 - right : 1 - right + width]


def _averaged(
    x,
    w,
    weights=(1 / 2, 1 / 4, 1 / 4),
    ways=((0, 0), (-1, -1), (1, 1)),
    axis=3,
    shifted=_shifted,
    network=_network,
):
    """Return the mean of the views' logits; the arguments after `w` each change one thing."""
    views = [shifted(x, *way) for way in ways]
    both = [(network(view, w) + network(np.flip(view, axis), w)) / 2 for view in views]
    return sum(weight * logits for weight, logits in zip(weights, both, strict=True))


_not_mirrored = partial(_averaged, axis=())


def _mirrored_first(x, w):
    return (_not_mirrored(x, w) + _not_mirrored(np.flip(x, 3), w)) / 2


def _pictures_averaged(x, w):
    views = x / 2 + _shifted(x, -1, -1) / 4 + _shifted(x, 1, 1) / 4
    return _network((views + np.flip(views, 3)) / 2, w)


SAME_WAY = "Both of your shifts go the same way: one goes up and left, the other down and right."
ONE_AXIS = "You shifted along one axis; each shift goes along both: up *and* to the left."

MISTAKES = (
    Mistake("The mirrored views are missing.", _not_mirrored),
    Mistake(
        "You use only two views: those shifted by a pixel are missing.",
        partial(_averaged, weights=(1, 0, 0)),
    ),
    Mistake(
        "You weight all six alike; the two in place count for half, the four shifted ones for "
        "the rest.",
        partial(_averaged, weights=(1 / 3, 1 / 3, 1 / 3)),
    ),
    Mistake(
        "Your weights add up to 2: average each view and its mirror image.",
        partial(_averaged, weights=(1, 1 / 2, 1 / 2)),
    ),
    Mistake(
        "You averaged the pictures and ran the network once; run it six times and average the "
        "logits.",
        _pictures_averaged,
    ),
    Mistake(
        "Zeros came in at the border; mirror the picture there.",
        partial(_averaged, shifted=partial(_shifted, mode="constant")),
    ),
    Mistake(
        "You repeated the border pixel (“edge” or “symmetric”); “reflect” doesn't.",
        partial(_averaged, shifted=partial(_shifted, mode="edge")),
    ),
    Mistake(
        "What left on one side came in on the other, as with np.roll; mirror the picture instead.",
        partial(_averaged, shifted=lambda x, *way: np.roll(x, way, axis=(2, 3))),
    ),
    *along_another_axis(_averaged),
    Mistake(SAME_WAY, partial(_averaged, ways=((0, 0), (-1, -1), (-1, -1)))),
    Mistake(SAME_WAY, partial(_averaged, ways=((0, 0), (1, 1), (1, 1)))),
    Mistake(ONE_AXIS, partial(_averaged, ways=((0, 0), (0, -1), (0, 1)))),
    Mistake(ONE_AXIS, partial(_averaged, ways=((0, 0), (-1, 0), (1, 0)))),
    Mistake(
        "You added the six logits up; average them, with the weights of the text.",
        partial(_averaged, weights=(2, 2, 2)),
    ),
    Mistake(
        "The picture in place is missing; it counts for half.",
        partial(_averaged, weights=(0, 1 / 2, 1 / 2)),
    ),
    Mistake("The ReLU of `network` is missing.", partial(_averaged, network=_dense)),
    Mistake(
        "You averaged shares (a softmax); average the logits.",
        partial(_averaged, network=lambda x, w: softmax(_network(x, w))),
    ),
    Mistake(
        "Shift up and left, and down and right; yours go along the other diagonal.",
        partial(_averaged, ways=((0, 0), (-1, 1), (1, -1))),
    ),
    Mistake("You mirrored first and then shifted. Shift first, then mirror.", _mirrored_first),
)
