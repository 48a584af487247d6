"""Exercise 03: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d, output_size


def same_padding(kernel_size, dilation):
    """Return the padding (before, after) that keeps the size at stride 1."""
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


def pad2d(x, padding):
    """Lay zeros around every picture of a batch."""
    return np.pad(x, [(0, 0), (0, 0), *padding])


BY_HAND = {"sizes": [28, 14, 10, 5, 400]}
BY_HAND_MISTAKES = {
    "sizes": (
        ([24, 12, 8, 4, 256], "step 1 has padding 2 on both sides"),
        ([28, 14, 14, 7, 784], "step 3 has no padding, so the map gets smaller"),
        ([28, 14, 10, 5, 25], "flattening counts the numbers of all 16 maps"),
        ([28, 14, 10, 5, 80], "flattening counts rows and columns: 5 · 5 in each map"),
    ),
}


def _unrounded(size, kernel_size, stride, padding, dilation):
    """Return the output size before it is rounded down."""
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1


def _none_if_invalid(function):
    """Make `function` return None where its arguments don't make sense."""

    def attempt(*arguments):
        try:
            return function(*arguments)
        except ValueError:
            return None

    return attempt


MISTAKES = {
    "output_size": (
        Mistake("Round the quotient down (`//`): there are no half positions.", _unrounded),
        Mistake(
            "You rounded up: a window that sticks out of the padded picture doesn't count.",
            lambda n, k, s, p, d: np.ceil(_unrounded(n, k, s, p, d)),
        ),
        Mistake(
            "One position is missing: position 0 counts, too, so add 1 at the end.",
            lambda n, k, s, p, d: output_size(n, k, s, p, d) - 1,
        ),
        Mistake(
            "Padding goes on both sides, so it adds 2 · padding.",
            lambda n, k, s, p, d: _unrounded(n, k, s, p / 2, d) // 1,
        ),
        Mistake(
            "You left out the dilation: a window of k taps spans dilation · (k − 1) + 1 pixels.",
            lambda n, k, s, p, d: output_size(n, k, s, p, 1),
        ),
        Mistake(
            "Dilation times k is one gap too many: between k taps there are k − 1 gaps.",
            lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,
        ),
        Mistake("You left out the stride.", lambda n, k, s, p, d: _unrounded(n, k, 1, p, d)),
    ),
    "same_padding": (
        Mistake(
            "The larger half belongs after the picture: (before, after).",
            lambda k, d: (d * (k - 1) - d * (k - 1) // 2, d * (k - 1) // 2),
        ),
        Mistake(
            "You left out the dilation: there are d · (k − 1) pixels to make up for.",
            lambda k, d: ((k - 1) // 2, k - 1 - (k - 1) // 2),
        ),
        Mistake(
            "That is the same on both sides: right for odd windows, too much for even ones.",
            lambda k, d: (d * k // 2, d * k // 2),
        ),
        Mistake(
            "That is the whole sum on each side; split it between the two.",
            lambda k, d: (d * (k - 1), d * (k - 1)),
        ),
    ),
    "pad2d": (
        Mistake(
            "Rows and columns are swapped: first comes (top, bottom), then (left, right).",
            lambda x, padding: pad2d(x, padding[::-1]),
        ),
        Mistake(
            "Before and after are swapped: the first number of each pair is the top or the left.",
            lambda x, padding: pad2d(x, [pair[::-1] for pair in padding]),
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
    ),
    "conv2d": (
        Mistake(
            "You flipped the kernel, as mathematical convolution does; cross-correlation uses it "
            "as it is.",
            _none_if_invalid(lambda x, w, b, s, p, d: conv2d(x, w[:, :, ::-1, ::-1], b, s, p, d)),
        ),
        Mistake(
            "You forgot the bias: add b[f] to every number of map f.",
            _none_if_invalid(lambda x, w, b, s, p, d: conv2d(x, w, None, s, p, d)),
        ),
        Mistake(
            "You left out the stride: the window of output i starts at row i · stride of the "
            "padded picture.",
            _none_if_invalid(lambda x, w, b, s, p, d: conv2d(x, w, b, 1, p, d)),
        ),
        Mistake(
            "You left out the padding.",
            _none_if_invalid(lambda x, w, b, s, p, d: conv2d(x, w, b, s, 0, d)),
        ),
        Mistake(
            "You padded only the top and the left; all four sides get `padding` zeros.",
            _none_if_invalid(lambda x, w, b, s, p, d: conv2d(x, w, b, s, ((p, 0), (p, 0)), d)),
        ),
        Mistake(
            "You left out the dilation: tap u looks at row top + u · dilation.",
            _none_if_invalid(lambda x, w, b, s, p, d: conv2d(x, w, b, s, p, 1)),
        ),
        Mistake(
            "Stride and dilation are swapped: the stride moves the window, the dilation spreads "
            "its taps.",
            _none_if_invalid(lambda x, w, b, s, p, d: conv2d(x, w, b, d, p, s)),
        ),
        Mistake(
            "Only the first picture of the batch is filtered; each of the N gets its own result.",
            _none_if_invalid(
                lambda x, w, b, s, p, d: conv2d(x[:1].repeat(len(x), 0), w, b, s, p, d)
            ),
        ),
    ),
}
