"""Exercise 03: the references, the right answers by hand and the well-known mistakes."""

import math

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
        ([26, 13, 9, 4, 256], "step 1 has padding 2 on both sides: it adds 4 in all"),
        ([32, 16, 12, 6, 576], "step 1 has a window of 5, which takes 4 away from 28 + 4"),
        ([28, 27, 23, 22, 7744], "pooling has stride 2: it halves the height"),
        ([28, 14, 14, 7, 784], "step 3 has no padding, so the map gets smaller"),
        ([28, 14, 10, 5, 25], "flattening counts the numbers of all 16 maps"),
        ([28, 14, 10, 5, 150], "flattening counts the 16 maps of step 3, not the 6 of step 1"),
        ([28, 14, 10, 5, 2400], "step 3 makes 16 maps in all, not 16 for each of the 6"),
        ([28, 14, 10, 5, 80], "flattening counts rows and columns: 5 · 5 in each map"),
    ),
}


def _unrounded(size, kernel_size, stride, padding, dilation):
    """Return the output size before it is rounded down."""
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1


def _with_shape(maps, x, w, stride, padding, dilation):
    """Return the first rows and columns of the maps, as many as the right answer has."""
    rows, columns = (
        output_size(size, kernel_size, stride, padding, dilation)
        for size, kernel_size in zip(x.shape[2:], w.shape[2:], strict=True)
    )
    return maps[:, :, :rows, :columns]


def _stopped_after(place, maps):
    """Keep what is at `place`, with zeros elsewhere, as a `return` inside a loop does."""
    out = np.zeros_like(maps)
    out[place] = maps[place]
    return out


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
            lambda n, k, s, p, d: math.ceil(_unrounded(n, k, s, p, d)),
        ),
        Mistake(
            "One position is missing: position 0 counts, too, so add 1 at the end.",
            lambda n, k, s, p, d: output_size(n, k, s, p, d) - 1,
        ),
        Mistake(
            "Padding goes on both sides, so it adds 2 · padding.",
            lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1,
        ),
        Mistake(
            "You left out the dilation: a window of k taps spans dilation · (k − 1) + 1 pixels.",
            lambda n, k, s, p, d: (n + 2 * p - k) // s + 1,
        ),
        Mistake(
            "Dilation times k is one gap too many: between k taps there are k − 1 gaps.",
            lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1,
        ),
        Mistake("You left out the stride.", lambda n, k, s, p, d: n + 2 * p - d * (k - 1)),
        Mistake("You left out the padding.", lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1),
        Mistake(
            "The −1 and the +1 don't cancel: the −1 is divided by the stride, the +1 is not.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s,
        ),
        Mistake(
            "The −1 in the numerator is missing: a window of k taps spans "
            "dilation · (k − 1) + 1 pixels.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1)) // s + 1,
        ),
        Mistake(
            "`round` goes to the nearest whole number; round down (`//`).",
            lambda n, k, s, p, d: round(_unrounded(n, k, s, p, d)),
        ),
        Mistake(
            "`round` goes to the nearest whole number; round down (`//`).",
            lambda n, k, s, p, d: round(_unrounded(n, k, s, p, d) - 1) + 1,
        ),
        Mistake(
            "A window of even size isn't twice k // 2 plus one: it spans dilation · (k − 1) + 1 "
            "pixels.",
            lambda n, k, s, p, d: (n + 2 * p - 2 * d * (k // 2) - 1) // s + 1,
        ),
        Mistake(
            "Stride and dilation are swapped: the stride is below the line.",
            lambda n, k, s, p, d: (n + 2 * p - s * (k - 1) - 1) // d + 1,
        ),
        Mistake(
            "You multiplied by the stride; divide by it.",
            lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) * s + 1,
        ),
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
            "That is the same on both sides: where d · (k − 1) is odd, one pixel is missing.",
            lambda k, d: (d * (k - 1) // 2, d * (k - 1) // 2),
        ),
        Mistake(
            "That is the same on both sides: where d · (k − 1) is odd, it is one pixel too many.",
            lambda k, d: ((d * (k - 1) + 1) // 2, (d * (k - 1) + 1) // 2),
        ),
        Mistake(
            "You left out the dilation, and both sides are the same: share d · (k − 1) pixels out.",
            lambda k, d: (k // 2, k // 2),
        ),
        Mistake(
            "You left out the dilation, and both sides are the same: share d · (k − 1) pixels out.",
            lambda k, d: ((k - 1) // 2, (k - 1) // 2),
        ),
        Mistake(
            "There are no half pixels: where d · (k − 1) is odd, the part after is larger by one.",
            lambda k, d: (d * (k - 1) / 2, d * (k - 1) / 2),
        ),
        Mistake(
            "Dilation times k is one gap too many: between k taps there are k − 1 gaps.",
            lambda k, d: (d * k // 2, d * k - d * k // 2),
        ),
        Mistake(
            "Multiply by the dilation first and halve then; you did it the other way round.",
            lambda k, d: (d * ((k - 1) // 2), d * (k // 2)),
        ),
        Mistake(
            "All the padding is on one side; half of it belongs on each.",
            lambda k, d: (0, d * (k - 1)),
        ),
        Mistake(
            "All the padding is on one side; half of it belongs on each.",
            lambda k, d: (d * (k - 1), 0),
        ),
        Mistake(
            "That is the sum of both sides; give the two as (before, after).",
            lambda k, d: d * (k - 1),
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
        Mistake(
            "The border starts again at the picture's other side; it should be 0.",
            lambda x, padding: np.pad(x, [(0, 0), (0, 0), *padding], mode="wrap"),
        ),
        Mistake(
            "The border is 1; it should be 0.",
            lambda x, padding: np.pad(x, [(0, 0), (0, 0), *padding], constant_values=1),
        ),
        Mistake("The picture came back without padding.", lambda x, padding: x),
        Mistake(
            "The size is right, but the pictures are missing: copy them into the zeros.",
            lambda x, padding: 0 * pad2d(x, padding),
        ),
        Mistake(
            "Only the rows are padded; pad the columns, too.",
            lambda x, padding: pad2d(x, [padding[0], (0, 0)]),
        ),
        Mistake(
            "Only the columns are padded; pad the rows, too.",
            lambda x, padding: pad2d(x, [(0, 0), padding[1]]),
        ),
        Mistake(
            "(top, bottom) is used for the columns, too; theirs is (left, right).",
            lambda x, padding: pad2d(x, [padding[0], padding[0]]),
        ),
        Mistake(
            "The first number of each pair is used for both sides.",
            lambda x, padding: pad2d(x, [(a, a) for a, _ in padding]),
        ),
        Mistake(
            "All zeros are at the top and on the left; some belong at the bottom and on the right.",
            lambda x, padding: pad2d(x, [(a + b, 0) for a, b in padding]),
        ),
        Mistake(
            "All zeros are at the bottom and on the right; some belong at the top and on the left.",
            lambda x, padding: pad2d(x, [(0, a + b) for a, b in padding]),
        ),
    ),
    "conv2d": tuple(
        Mistake(says, _none_if_invalid(wrong))
        for says, wrong in (
            (
                "You flipped the kernel, as mathematical convolution does; cross-correlation uses "
                "it as it is.",
                lambda x, w, b, s, p, d: conv2d(x, w[:, :, ::-1, ::-1], b, s, p, d),
            ),
            (
                "You forgot the bias: add b[f] to every number of map f.",
                lambda x, w, b, s, p, d: conv2d(x, w, None, s, p, d),
            ),
            (
                "You added the bias once per channel; add it once, after you have summed the "
                "channels.",
                lambda x, w, b, s, p, d: conv2d(x, w, len(w[0]) * b, s, p, d),
            ),
            (
                "Every map gets the first bias: map f has its own, b[f].",
                lambda x, w, b, s, p, d: conv2d(x, w, 0 * b + b[0], s, p, d),
            ),
            (
                "You left out the stride: the window of output i starts at row i · stride of the "
                "padded picture.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, 1, p, d),
            ),
            (
                "The number of outputs is right, but the window moves by 1: that of output i "
                "starts at row i · stride.",
                lambda x, w, b, s, p, d: _with_shape(conv2d(x, w, b, 1, p, d), x, w, s, p, d),
            ),
            (
                "You left out the padding.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, 0, d),
            ),
            (
                "You padded only the top and the left; all four sides get `padding` zeros.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, ((p, 0), (p, 0)), d),
            ),
            (
                "You padded only the bottom and the right; all four sides get `padding` zeros.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, ((0, p), (0, p)), d),
            ),
            (
                "Each side got twice as many zeros as `padding` says.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, 2 * p, d),
            ),
            (
                "You left out the dilation: tap u looks at row top + u · dilation.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, p, 1),
            ),
            (
                "The number of outputs is right, but the taps are side by side: tap u looks at "
                "row top + u · dilation.",
                lambda x, w, b, s, p, d: _with_shape(conv2d(x, w, b, s, p, 1), x, w, s, p, d),
            ),
            (
                "Stride and dilation are swapped: the stride moves the window, the dilation "
                "spreads its taps.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, d, p, s),
            ),
            (
                "Only the first picture of the batch is filtered; each of the N gets its own "
                "result.",
                lambda x, w, b, s, p, d: conv2d(x[:1].repeat(len(x), 0), w, b, s, p, d),
            ),
            (
                "Only the first channel is used: add up all C of them.",
                lambda x, w, b, s, p, d: conv2d(x[:, :1], w[:, :1], b, s, p, d),
            ),
            (
                "Only the last channel counts: add its products to the sum with +=, don't "
                "overwrite it.",
                lambda x, w, b, s, p, d: conv2d(x[:, -1:], w[:, -1:], b, s, p, d),
            ),
            (
                "You took the mean over the channels; add them up instead.",
                lambda x, w, b, s, p, d: conv2d(x, w / len(w[0]), b, s, p, d),
            ),
            (
                "You took the mean of the products; add them up instead.",
                lambda x, w, b, s, p, d: conv2d(x, w / w[0].size, b, s, p, d),
            ),
            (
                "Only the first picture is filled in: is the `return` inside a loop?",
                lambda x, w, b, s, p, d: _stopped_after(0, conv2d(x, w, b, s, p, d)),
            ),
            (
                "Only the first map is filled in: is the `return` inside a loop?",
                lambda x, w, b, s, p, d: _stopped_after((0, 0), conv2d(x, w, b, s, p, d)),
            ),
            (
                "Every map comes from the first filter: use `w[f]` for map f.",
                lambda x, w, b, s, p, d: conv2d(x, w[:1].repeat(len(w), 0), b, s, p, d),
            ),
            (
                "That is one row and one column short: position 0 counts, too.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, p, d)[:, :, :-1, :-1],
            ),
            (
                "Rows and columns of the maps are swapped.",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, p, d).transpose(0, 1, 3, 2),
            ),
            (
                "The filters are on the last axis; they belong on the second: (N, F, OH, OW).",
                lambda x, w, b, s, p, d: conv2d(x, w, b, s, p, d).transpose(0, 2, 3, 1),
            ),
        )
    ),
}
