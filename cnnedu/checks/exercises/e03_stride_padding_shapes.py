"""Well-known wrong answers in the exercise of lesson 03."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d


def _positions(size, kernel_size, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1


def _or_none(function):
    """Return `function`, giving None where its arguments don't make sense."""

    def attempt(*arguments):
        try:
            return function(*arguments)
        except ValueError:
            return None

    return attempt


OUTPUT_SIZE = (
    Mistake(
        "Round the quotient down (`//`): there is no half position.",
        lambda n, k, s, p, d: _positions(n, k, s, p, d),
    ),
    Mistake(
        "You rounded up: a window that hangs out of the padded picture doesn't count.",
        lambda n, k, s, p, d: np.ceil(_positions(n, k, s, p, d)),
    ),
    Mistake(
        "One position is missing: the start at 0 counts, too, so add 1 at the end.",
        lambda n, k, s, p, d: _positions(n, k, s, p, d) // 1 - 1,
    ),
    Mistake(
        "The padding is laid on both sides: it adds 2 · padding.",
        lambda n, k, s, p, d: _positions(n, k, s, p / 2, d) // 1,
    ),
    Mistake(
        "You left out the dilation: a window of k taps reaches over dilation · (k − 1) + 1 pixels.",
        lambda n, k, s, p, d: _positions(n, k, s, p, 1) // 1,
    ),
    Mistake(
        "Dilation times k is one gap too many: between k taps there are k − 1 gaps.",
        lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,
    ),
    Mistake(
        "You left out the stride.",
        lambda n, k, s, p, d: _positions(n, k, 1, p, d),
    ),
)

SAME_PADDING = (
    Mistake(
        "The larger half belongs after the picture: (before, after).",
        lambda k, d: (d * (k - 1) - d * (k - 1) // 2, d * (k - 1) // 2),
    ),
    Mistake(
        "You left out the dilation: d · (k − 1) pixels have to be made up for.",
        lambda k, d: ((k - 1) // 2, k - 1 - (k - 1) // 2),
    ),
    Mistake(
        "That is the same on both sides: right for odd windows, too much for even ones.",
        lambda k, d: (d * k // 2, d * k // 2),
    ),
    Mistake(
        "That is the whole sum on each side; share it out between the two.",
        lambda k, d: (d * (k - 1), d * (k - 1)),
    ),
)

PAD2D = (
    Mistake(
        "Rows and columns are exchanged: first comes (top, bottom), then (left, right).",
        lambda x, padding: np.pad(x, [(0, 0), (0, 0), *padding[::-1]]),
    ),
    Mistake(
        "Before and after are exchanged: the first number of each pair is top, or left.",
        lambda x, padding: np.pad(x, [(0, 0), (0, 0), *(pair[::-1] for pair in padding)]),
    ),
    Mistake(
        "You padded the batch and the channels, too; only the last two axes grow.",
        lambda x, padding: np.pad(x, [*padding, *padding]),
    ),
    Mistake(
        "You padded the first two axes; rows and columns are the last two.",
        lambda x, padding: np.pad(x, [*padding, (0, 0), (0, 0)]),
    ),
    Mistake(
        "The border repeats the picture's edge; it should be 0.",
        lambda x, padding: np.pad(x, [(0, 0), (0, 0), *padding], mode="edge"),
    ),
)

CONV2D = (
    Mistake(
        "You flipped the kernel: here cross-correlation is asked for, so lay it down as it is.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x, w[:, :, ::-1, ::-1], b, s, p, d)),
    ),
    Mistake(
        "You forgot the bias: add b[f] to every number of map f.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x, w, None, s, p, d)),
    ),
    Mistake(
        "The stride is left out: output i stands at row i · stride of the padded picture.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x, w, b, 1, p, d)),
    ),
    Mistake(
        "The padding is left out.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x, w, b, s, 0, d)),
    ),
    Mistake(
        "You padded at the top and on the left only; all four sides get `padding` zeros.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x, w, b, s, ((p, 0), (p, 0)), d)),
    ),
    Mistake(
        "The dilation is left out: tap u looks at row top + u · dilation.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x, w, b, s, p, 1)),
    ),
    Mistake(
        "Stride and dilation are exchanged: the stride moves the window, the dilation its taps.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x, w, b, d, p, s)),
    ),
    Mistake(
        "Only the first picture of the batch is filtered; each of the N gets its own result.",
        _or_none(lambda x, w, b, s, p, d: conv2d(x[:1].repeat(len(x), 0), w, b, s, p, d)),
    ),
)
