"""Exercise 04: the well-known mistakes in `max_pool2d`."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import avg_pool2d, max_pool2d


def _padded(x, padding, value=-np.inf, trailing=True):
    """Add rows and columns on every side, or on top and on the left alone."""
    sides = (padding, padding * trailing)
    return np.pad(np.asarray(x, float), ((0, 0), (0, 0), sides, sides), constant_values=value)


def _largest_in_size(x, size, stride):
    """Compare the numbers without their signs."""
    high, low = max_pool2d(x, size, stride), -max_pool2d(-x, size, stride)
    return np.where(abs(low) > high, low, high)


def _moved_by_one(x, size, stride):
    rows, columns = max_pool2d(x, size, stride).shape[2:]
    return max_pool2d(x, size, 1)[:, :, :rows, :columns]


def _from_every_start(x, size, stride):
    """Begin a window at every stride-th pixel, and let the border cut it off."""
    tops, lefts = (range(0, length, stride) for length in x.shape[2:])
    rows = [[x[:, :, i : i + size, j : j + size].max(axis=(2, 3)) for j in lefts] for i in tops]
    return np.array(rows).transpose(2, 3, 0, 1)


def _over(axis, out):
    """Pool over the channels or the pictures, too, and keep the shape."""
    return np.broadcast_to(out.max(axis=axis, keepdims=True), out.shape)


def _stopped_after(place, out):
    """Keep what is at `place`, with zeros elsewhere, as a `return` inside a loop does."""
    kept = np.zeros_like(out)
    kept[place] = out[place]
    return kept


HANGING = "The last windows hang over the border; only whole windows count."
STOPPED = (
    "Only the first row of windows, or the first picture, is filled in: is the `return` inside a "
    "loop?"
)
# What goes wrong after the right padding: x has its border already.
_WINDOWS = (
    (
        "The windows move by their own size; here they move by `stride`.",
        lambda x, size, stride: max_pool2d(x, size),
    ),
    (
        "You left out the stride: window i starts at row i · stride.",
        lambda x, size, stride: max_pool2d(x, size, 1),
    ),
    (
        "The number of windows is right, but they move by 1: window i starts at row i · stride.",
        _moved_by_one,
    ),
    (STOPPED, lambda *arguments: _stopped_after(np.s_[:, :, 0], max_pool2d(*arguments))),
    (STOPPED, lambda *arguments: _stopped_after(np.s_[0], max_pool2d(*arguments))),
    (HANGING, lambda *arguments: max_pool2d(*arguments, ceil_mode=True)),
    (HANGING, _from_every_start),
    (
        "That is one row and one column short: there are (H + 2 · padding − size) // stride + 1 "
        "rows of windows.",
        lambda *arguments: max_pool2d(*arguments)[:, :, :-1, :-1],
    ),
    (
        "Rows and columns are swapped: out[n, c, i, j] belongs to the window whose top row is "
        "i · stride and whose left column is j · stride.",
        lambda *arguments: max_pool2d(*arguments).swapaxes(2, 3),
    ),
    (
        "You exchanged size and stride: a window is `size` wide and moves by `stride`.",
        lambda x, size, stride: max_pool2d(x, stride, size) if stride <= min(x.shape[2:]) else None,
    ),
    (
        "You kept the first number of each window and dropped the others.",
        lambda x, size, stride: x[
            :, :, : x.shape[2] - size + 1 : stride, : x.shape[3] - size + 1 : stride
        ],
    ),
    (
        "You pooled over the channels as well; each channel is pooled by itself.",
        lambda *arguments: _over(1, max_pool2d(*arguments)),
    ),
    (
        "You pooled over the pictures as well; each picture is pooled by itself.",
        lambda *arguments: _over(0, max_pool2d(*arguments)),
    ),
    ("You took the mean of each window; take the largest number instead.", avg_pool2d),
    (
        "You took the smallest number of each window; take the largest.",
        lambda x, size, stride: -max_pool2d(-x, size, stride),
    ),
    (
        "Negative numbers can't win in your version: don't start the maximum at 0.",
        lambda *arguments: np.maximum(max_pool2d(*arguments), 0),
    ),
    ("You compared the numbers without their signs: −1 is larger than −2.", _largest_in_size),
)
# What goes wrong in the padding.
_PADDINGS = (
    (
        "You padded with zeros, and a zero is larger than a negative number: pad with −∞.",
        lambda x, padding: _padded(x, padding, value=0),
    ),
    ("You left the padding out.", lambda x, padding: x),
    (
        "You padded on top and on the left alone; `padding` rows and columns go on every side.",
        lambda x, padding: _padded(x, padding, trailing=False),
    ),
    (
        "You padded by half as much: `padding` rows and columns go on every side.",
        lambda x, padding: _padded(x, padding // 2),
    ),
    (
        "You padded the pictures and the channels, too; pad the last two axes only.",
        lambda x, padding: np.pad(np.asarray(x, float), padding, constant_values=-np.inf),
    ),
)


def _pool_after(pad):
    def wrong(x, size, stride, padding):
        x = pad(x, padding)
        return max_pool2d(x, size, stride) if size <= min(x.shape[2:]) else None

    return wrong


def _pool_wrongly(pool):
    return lambda x, size, stride, padding: pool(_padded(x, padding), size, stride)


MISTAKES = (
    *(Mistake(says, _pool_wrongly(pool)) for says, pool in _WINDOWS),
    *(Mistake(says, _pool_after(pad)) for says, pad in _PADDINGS),
)
