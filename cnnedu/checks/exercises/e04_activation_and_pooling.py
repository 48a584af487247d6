"""Well-known wrong answers in the exercise of lesson 04."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import avg_pool2d, global_avg_pool2d, global_max_pool2d, max_pool2d


def _naive_softmax(logits):
    """Overflow as the equation does when it is computed as it stands."""
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(np.asarray(logits, float))
        return powers / powers.sum(axis=1, keepdims=True)


def _softmax(logits, axis):
    powers = np.exp(logits - np.max(logits, axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def _shared_stride(pool):
    """Return the pooling whose windows move by their own size, whatever the stride is."""
    return lambda x, size, stride: pool(x, size)


def _from_zero(x, size, stride):
    """Start every maximum at 0, so that negative numbers can't win."""
    return np.maximum(max_pool2d(x, size, stride), 0)


LEAKY_RELU = (
    Mistake(
        "That is the plain ReLU: below 0 the line goes on, with the slope that was given.",
        lambda x, slope: np.maximum(x, 0),
    ),
    Mistake(
        "Below 0 the answer is slope · x, not the slope itself.",
        lambda x, slope: np.where(x > 0, x, slope),
    ),
    Mistake(
        "You have changed sides: x where it is positive, slope · x where it is not.",
        lambda x, slope: np.where(x > 0, slope * x, x),
    ),
    Mistake(
        "The sign is lost: slope · x is negative where x is.",
        lambda x, slope: np.where(x > 0, x, -slope * x),
    ),
)

SOFTMAX = (
    Mistake(
        "It overflows: e^1000 is too large for a float. First take the largest score off each row.",
        _naive_softmax,
    ),
    Mistake(
        "The shares add up to 1 down the columns; every *row* is one picture: sum along axis 1.",
        lambda logits: _softmax(logits, axis=0),
    ),
    Mistake(
        "All shares together add up to 1; each row should: sum along axis 1 and keep that axis.",
        lambda logits: _softmax(logits, axis=None),
    ),
    Mistake(
        "The sum is missing: divide the powers of each row by their sum.",
        lambda logits: np.exp(logits - np.max(logits, axis=1, keepdims=True)),
    ),
    Mistake(
        "You divided the scores by their sum; take the powers e^a first.",
        lambda logits: (
            logits / np.sum(logits, axis=1, keepdims=True)
            if np.all(np.sum(logits, axis=1))
            else None
        ),
    ),
)

MAX_POOL2D = (
    Mistake(
        "The windows move by their own size; here they move by `stride`.",
        _shared_stride(max_pool2d),
    ),
    Mistake(
        "The stride is left out: window i starts at row i · stride.",
        lambda x, size, stride: max_pool2d(x, size, 1),
    ),
    Mistake(
        "You took the mean of each window; here the largest number is asked for.",
        lambda x, size, stride: avg_pool2d(x, size, stride),
    ),
    Mistake(
        "Negative numbers can't win in yours: don't start the maximum at 0.",
        _from_zero,
    ),
    Mistake(
        "You took the largest over the channels as well; each channel is pooled by itself.",
        lambda x, size, stride: (
            max_pool2d(x, size, stride).max(axis=1, keepdims=True) + np.zeros((1, x.shape[1], 1, 1))
        ),
    ),
    Mistake(
        "The last windows hang over the border; only whole windows count.",
        lambda x, size, stride: max_pool2d(x, size, stride, ceil_mode=True),
    ),
)

AVG_POOL2D = (
    Mistake(
        "The windows move by their own size; here they move by `stride`.",
        _shared_stride(avg_pool2d),
    ),
    Mistake(
        "You added the numbers up; divide by how many there are in a window.",
        lambda x, size, stride: avg_pool2d(x, size, stride) * size**2,
    ),
    Mistake(
        "You divided by the window's height; a window holds size · size numbers.",
        lambda x, size, stride: avg_pool2d(x, size, stride) * size,
    ),
    Mistake(
        "You took the largest number; here the mean is asked for.",
        lambda x, size, stride: max_pool2d(x, size, stride),
    ),
)

GLOBAL_AVG_POOL2D = (
    Mistake(
        "The channels are averaged, too; every channel keeps a mean of its own.",
        lambda x: np.broadcast_to(
            x.mean(axis=(1, 2, 3), keepdims=True), global_avg_pool2d(x).shape
        ),
    ),
    Mistake(
        "You took the largest number of each channel; here the mean is asked for.",
        global_max_pool2d,
    ),
    Mistake(
        "The last two axes are gone; keep them with length 1: (N, C, 1, 1).",
        lambda x: x.mean(axis=(2, 3)),
    ),
    Mistake(
        "You added the numbers up; divide by how many there are, H · W.",
        lambda x: x.sum(axis=(2, 3), keepdims=True),
    ),
)
