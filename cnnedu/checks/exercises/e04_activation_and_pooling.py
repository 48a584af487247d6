"""Exercise 04: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import avg_pool2d, global_avg_pool2d, global_max_pool2d, max_pool2d, softmax


def leaky_relu(x, slope):
    """Apply the leaky ReLU to every number."""
    return np.where(x > 0, x, slope * x)


_RIGHT = np.array([[[-1, 7], [5, -1]], [[-3, 3], [2, -3]], [[0, 3], [2, 0]]])

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        (np.maximum(_RIGHT, 0), "negative numbers stay negative unless a ReLU comes first"),
        (_RIGHT * [[[1]], [[4]], [[4]]], "the mean is the sum divided by 4"),
        (_RIGHT[[0, 1, 1]], "in table 3 the ReLU comes before the mean"),
        (
            np.array([*_RIGHT[:2], np.maximum(_RIGHT[0], 0)]),
            "table 3 asks for the average after the ReLU, not for the largest",
        ),
    ),
}


def _overflowing_softmax(logits):
    """Compute the equation literally, which overflows."""
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(np.asarray(logits, float))
        return powers / powers.sum(axis=1, keepdims=True)


def _size_as_stride(pool):
    """Make windows move by their own size, whatever the stride is."""
    return lambda x, size, stride: pool(x, size)


def _maximum_from_zero(x, size, stride):
    """Start every maximum at 0, so that negative numbers can't win."""
    return np.maximum(max_pool2d(x, size, stride), 0)


MISTAKES = {
    "leaky_relu": (
        Mistake(
            "That is the plain ReLU: below 0 the line continues with the given slope.",
            lambda x, slope: np.maximum(x, 0),
        ),
        Mistake(
            "Below 0 the answer is slope · x, not the slope itself.",
            lambda x, slope: np.where(x > 0, x, slope),
        ),
        Mistake(
            "You swapped the two sides: x where it is positive, slope · x where it is not.",
            lambda x, slope: np.where(x > 0, slope * x, x),
        ),
        Mistake(
            "The sign is lost: slope · x is negative where x is.",
            lambda x, slope: np.where(x > 0, x, -slope * x),
        ),
    ),
    "softmax": (
        Mistake(
            "It overflows: e^1000 is too large for a float. First subtract the largest score of "
            "each row.",
            _overflowing_softmax,
        ),
        Mistake(
            "The shares add up to 1 down the columns; every *row* is one picture: sum along axis "
            "1.",
            lambda logits: softmax(logits, dim=0),
        ),
        Mistake(
            "All shares together add up to 1; each row should: sum along axis 1 and keep that "
            "axis.",
            lambda logits: softmax(logits.reshape(1, -1)).reshape(logits.shape),
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
    ),
    "max_pool2d": (
        Mistake(
            "The windows move by their own size; here they move by `stride`.",
            _size_as_stride(max_pool2d),
        ),
        Mistake(
            "You left out the stride: window i starts at row i · stride.",
            lambda x, size, stride: max_pool2d(x, size, 1),
        ),
        Mistake(
            "You took the mean of each window; take the largest number instead.",
            lambda x, size, stride: avg_pool2d(x, size, stride),
        ),
        Mistake(
            "Negative numbers can't win in your version: don't start the maximum at 0.",
            _maximum_from_zero,
        ),
        Mistake(
            "You took the largest over the channels as well; each channel is pooled by itself.",
            lambda x, size, stride: (
                max_pool2d(x, size, stride).max(axis=1, keepdims=True)
                + np.zeros((1, x.shape[1], 1, 1))
            ),
        ),
        Mistake(
            "The last windows hang over the border; only whole windows count.",
            lambda x, size, stride: max_pool2d(x, size, stride, ceil_mode=True),
        ),
    ),
    "avg_pool2d": (
        Mistake(
            "The windows move by their own size; here they move by `stride`.",
            _size_as_stride(avg_pool2d),
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
            "You took the largest number; take the mean instead.",
            lambda x, size, stride: max_pool2d(x, size, stride),
        ),
    ),
    "global_avg_pool2d": (
        Mistake(
            "The channels are averaged, too; every channel keeps a mean of its own.",
            lambda x: np.broadcast_to(
                x.mean(axis=(1, 2, 3), keepdims=True), global_avg_pool2d(x).shape
            ),
        ),
        Mistake(
            "You took the largest number of each channel; take the mean instead.", global_max_pool2d
        ),
        Mistake(
            "The last two axes are gone; keep them with length 1: (N, C, 1, 1).",
            lambda x: x.mean(axis=(2, 3)),
        ),
        Mistake(
            "You added the numbers up; divide by how many there are, H · W.",
            lambda x: x.sum(axis=(2, 3), keepdims=True),
        ),
    ),
}
