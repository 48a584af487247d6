"""Exercise 04: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import avg_pool2d, global_avg_pool2d, global_max_pool2d, max_pool2d, softmax


def leaky_relu(x, slope):
    """Apply the leaky ReLU to every number."""
    return np.where(x > 0, x, slope * x)


_RIGHT = np.array([[[-1, 7], [5, -1]], [[-3, 3], [1, -3]], [[0, 3], [2, 0]]])

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        (np.maximum(_RIGHT, 0), "negative numbers stay negative unless a ReLU comes first"),
        (_RIGHT * [[[1]], [[4]], [[4]]], "the mean is the sum divided by 4"),
        (_RIGHT[[0, 1, 1]], "in table 3 the ReLU comes before the mean"),
        (
            np.array([*_RIGHT[:2], np.maximum(_RIGHT[1], 0)]),
            "in table 3 the ReLU comes first and the mean second, not the other way round",
        ),
        (
            np.array([*_RIGHT[:2], np.maximum(_RIGHT[0], 0)]),
            "table 3 asks for the average after the ReLU, not for the largest",
        ),
        (
            np.array([*_RIGHT[:2], [[0, 4], [8 / 3, 0]]]),
            "in table 3 the zeros count, too: the mean is over all 4 numbers of a window",
        ),
    ),
}


def _shares(logits, subtracted):
    """Divide the powers of each row by their sum, after something was subtracted from the scores.

    Unless that is the largest score of the row, large scores overflow.
    """
    with np.errstate(all="ignore"):
        powers = np.exp(np.asarray(logits, float) - subtracted)
        return powers / powers.sum(axis=1, keepdims=True)


def _largest(logits, axis=1):
    return np.max(logits, axis=axis, keepdims=True)


def _scores_divided(logits):
    """Divide the scores themselves by their sum."""
    with np.errstate(all="ignore"):
        return logits / np.sum(logits, axis=1, keepdims=True)


def _logarithms(logits):
    """Stop at the logarithm of the shares."""
    apart = logits - _largest(logits)
    return apart - np.log(np.exp(apart).sum(axis=1, keepdims=True))


def _each_by_itself(logits):
    """Apply the logistic function to each score."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(logits, float)))


def _maximum_from_zero(x, size, stride):
    """Start every maximum at 0, so that negative numbers can't win."""
    return np.maximum(max_pool2d(x, size, stride), 0)


def _largest_in_size(x, size, stride):
    """Compare the numbers without their signs."""
    high, low = max_pool2d(x, size, stride), -max_pool2d(-x, size, stride)
    return np.where(abs(low) > high, low, high)


def _stopped_after(place, out):
    """Keep what is at `place`, with zeros elsewhere, as a `return` inside a loop does."""
    kept = np.zeros_like(out)
    kept[place] = out[place]
    return kept


def _powers(logits):
    return np.exp(logits - _largest(logits))


HANGING = "The last windows hang over the border; only whole windows count."


def _places(pool, summary):
    """Return the mistakes about which windows there are; `summary` is what `pool` computes."""
    return (
        Mistake(
            "The windows move by their own size; here they move by `stride`.",
            lambda x, size, stride: pool(x, size),
        ),
        Mistake(
            "You left out the stride: window i starts at row i · stride.",
            lambda x, size, stride: pool(x, size, 1),
        ),
        Mistake(
            "The number of windows is right, but they move by 1: window i starts at row "
            "i · stride.",
            lambda *arguments: _moved_by_one(pool, *arguments),
        ),
        *(
            Mistake(
                "Only the first row of windows, or the first picture, is filled in: is the "
                "`return` inside a loop?",
                lambda *arguments, place=place: _stopped_after(place, pool(*arguments)),
            )
            for place in (np.s_[:, :, 0], np.s_[0])
        ),
        Mistake(HANGING, lambda *arguments: pool(*arguments, ceil_mode=True)),
        Mistake(HANGING, lambda *arguments: _from_every_start(summary, *arguments)),
        Mistake(
            "That is one row and one column short: there are (H − size) // stride + 1 rows of "
            "windows.",
            lambda x, size, stride: pool(x, size, stride)[:, :, :-1, :-1],
        ),
        Mistake(
            "Rows and columns are swapped: out[n, c, i, j] belongs to the window whose top row is "
            "i · stride and whose left column is j · stride.",
            lambda x, size, stride: pool(x, size, stride).swapaxes(2, 3),
        ),
        Mistake(
            "You exchanged size and stride: a window is `size` wide and moves by `stride`.",
            lambda x, size, stride: pool(x, stride, size) if stride <= min(x.shape[2:]) else None,
        ),
        Mistake(
            "You kept the first number of each window and dropped the others.",
            lambda x, size, stride: x[
                :, :, : x.shape[2] - size + 1 : stride, : x.shape[3] - size + 1 : stride
            ],
        ),
        Mistake(
            "You pooled over the channels as well; each channel is pooled by itself.",
            lambda x, size, stride: _over(1, summary, pool(x, size, stride)),
        ),
        Mistake(
            "You pooled over the pictures as well; each picture is pooled by itself.",
            lambda x, size, stride: _over(0, summary, pool(x, size, stride)),
        ),
    )


def _over(axis, summary, out):
    """Pool over the channels or the pictures, too, and keep the shape."""
    return np.broadcast_to(summary(out, axis=axis, keepdims=True), out.shape)


def _moved_by_one(pool, x, size, stride):
    rows, columns = pool(x, size, stride).shape[2:]
    return pool(x, size, 1)[:, :, :rows, :columns]


def _from_every_start(summary, x, size, stride):
    """Begin a window at every stride-th pixel, and let the border cut it off."""
    tops, lefts = (range(0, length, stride) for length in x.shape[2:])
    rows = [
        [summary(x[:, :, i : i + size, j : j + size], axis=(2, 3)) for j in lefts] for i in tops
    ]
    return np.array(rows).transpose(2, 3, 0, 1)


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
        Mistake(
            "The larger of x and slope · x is right for slopes up to 1 alone: ask whether x > 0.",
            lambda x, slope: np.maximum(x, slope * x),
        ),
        Mistake(
            "You multiplied the positive numbers by the slope, too; they stay as they are.",
            lambda x, slope: slope * x,
        ),
    ),
    "softmax": (
        Mistake(
            "It overflows: e^1000 is too large for a float. First subtract the largest score of "
            "each row.",
            lambda logits: _shares(logits, 0),
        ),
        Mistake(
            "You subtracted the largest score of the whole table, so rows far below it become "
            "0/0. Each row has a largest score of its own: take it along axis 1.",
            lambda logits: _shares(logits, np.max(logits)),
        ),
        Mistake(
            "You subtracted the largest score of each column; take the one of each row, along "
            "axis 1.",
            lambda logits: _shares(logits, _largest(logits, axis=0)),
        ),
        Mistake(
            "You subtracted the smallest score of each row; the powers of those far above it "
            "overflow. Subtract the largest.",
            lambda logits: _shares(logits, np.min(logits, axis=1, keepdims=True)),
        ),
        Mistake(
            "You subtracted the first score of each row; the powers of those far above it "
            "overflow. Subtract the largest.",
            lambda logits: _shares(logits, np.asarray(logits)[:, :1]),
        ),
        Mistake(
            "You subtracted the mean; some scores of a row can be far above it, and their powers "
            "overflow. Subtract the largest.",
            lambda logits: _shares(logits, np.mean(logits, axis=1, keepdims=True)),
        ),
        Mistake(
            "The shares add up to 1 down the columns; every *row* is one picture: sum along axis "
            "1.",
            lambda logits: softmax(logits, dim=0),
        ),
        Mistake(
            "The powers of each column are divided by their sum; every *row* is one picture: sum "
            "along axis 1.",
            lambda logits: _powers(logits) / _powers(logits).sum(axis=0),
        ),
        Mistake(
            "All shares together add up to 1; each row should: sum along axis 1 and keep that "
            "axis.",
            lambda logits: softmax(logits.reshape(1, -1)).reshape(logits.shape),
        ),
        Mistake(
            "All shares together add up to 1; each row should: sum along axis 1 and keep that "
            "axis.",
            lambda logits: _powers(logits) / _powers(logits).sum(),
        ),
        Mistake(
            "The sum is missing: divide the powers of each row by their sum.",
            _powers,
        ),
        Mistake("You divided the scores by their sum; take the powers e^a first.", _scores_divided),
        Mistake(
            "The sign is wrong: the largest score of a row gets the largest share.",
            lambda logits: softmax(-logits),
        ),
        Mistake(
            "Those are powers of 2; take powers of e, `np.exp`.",
            lambda logits: softmax(logits * np.log(2)),
        ),
        Mistake("Those are the logarithms of the shares; leave `np.log` out.", _logarithms),
        Mistake(
            "Each of your numbers depends on its own score alone; a share depends on all scores "
            "of its row.",
            _each_by_itself,
        ),
    ),
    "max_pool2d": (
        *_places(max_pool2d, np.max),
        Mistake("You took the mean of each window; take the largest number instead.", avg_pool2d),
        Mistake(
            "You took the smallest number of each window; take the largest.",
            lambda x, size, stride: -max_pool2d(-x, size, stride),
        ),
        Mistake(
            "Negative numbers can't win in your version: don't start the maximum at 0.",
            _maximum_from_zero,
        ),
        Mistake(
            "You compared the numbers without their signs: −1 is larger than −2.", _largest_in_size
        ),
    ),
    "avg_pool2d": (
        *_places(avg_pool2d, np.mean),
        Mistake("You took the largest number; take the mean instead.", max_pool2d),
        Mistake(
            "You added the numbers up; divide by how many there are in a window.",
            lambda x, size, stride: avg_pool2d(x, size, stride) * size**2,
        ),
        Mistake(
            "You divided by the window's height; a window holds size · size numbers.",
            lambda x, size, stride: avg_pool2d(x, size, stride) * size,
        ),
        Mistake(
            "You divided by stride · stride; a window holds size · size numbers.",
            lambda x, size, stride: avg_pool2d(x, size, stride) * size**2 / stride**2,
        ),
        Mistake(
            "`//` rounds down; divide with `/`.",
            lambda x, size, stride: np.floor(avg_pool2d(x, size, stride)),
        ),
    ),
    "global_avg_pool2d": (
        Mistake(
            "The channels are averaged, too; every channel keeps a mean of its own.",
            lambda x: _over(1, np.mean, global_avg_pool2d(x)),
        ),
        Mistake(
            "The pictures are averaged, too; every picture keeps means of its own.",
            lambda x: _over(0, np.mean, global_avg_pool2d(x)),
        ),
        Mistake(
            "You took the largest number of each channel; take the mean instead.", global_max_pool2d
        ),
        Mistake(
            "The last two axes are gone; keep them with length 1: (N, C, 1, 1).",
            lambda x: x.mean(axis=(2, 3)),
        ),
        Mistake(
            "That is one mean for every row of a channel; take one over axes 2 and 3 together.",
            lambda x: x.mean(axis=3, keepdims=True),
        ),
        Mistake(
            "That is one mean for every column of a channel; take one over axes 2 and 3 together.",
            lambda x: x.mean(axis=2, keepdims=True),
        ),
        Mistake(
            "You added the numbers up; divide by how many there are, H · W.",
            lambda x: x.sum(axis=(2, 3), keepdims=True),
        ),
        Mistake(
            "`//` rounds down; divide with `/`.",
            lambda x: np.floor(global_avg_pool2d(x)),
        ),
    ),
}
