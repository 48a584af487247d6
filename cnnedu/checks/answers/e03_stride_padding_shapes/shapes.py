"""Exercise 03: padding and convolution of any shape, and the mistakes that are made with them."""

import math

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d, output_size


def same_padding(size, kernel_size, stride, dilation):
    """Return the padding (before, after) that gives ⌈size / stride⌉ outputs, as in Keras."""
    return _in_halves(_total(size, kernel_size, stride, dilation))


def _total(size, kernel_size, stride, dilation):
    """Return how many zeros it takes in all."""
    return max(0, _missing(size, kernel_size, stride, dilation))


def _missing(size, kernel_size, stride, dilation):
    """Return by how many pixels the last window sticks out; below 0 if some are left over."""
    return (math.ceil(size / stride) - 1) * stride + dilation * (kernel_size - 1) + 1 - size


def _in_halves(total):
    return total // 2, total - total // 2


def pad2d(x, padding):
    """Lay zeros around every picture of a batch."""
    return np.pad(x, [(0, 0), (0, 0), *padding])


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
    "same_padding": (
        Mistake(
            "The larger half belongs after the picture: (before, after).",
            lambda *given: same_padding(*given)[::-1],
        ),
        Mistake(
            "That is the padding for stride 1; with stride s only ⌈n / s⌉ windows must fit.",
            lambda n, k, s, d: same_padding(n, k, 1, d),
        ),
        *(
            Mistake(
                "Half the window on both sides is right at stride 1 alone, and for odd windows "
                "without dilation: count the zeros that ⌈n / s⌉ windows need.",
                lambda n, k, s, d, more=more: ((k - 1 + more) // 2,) * 2,
            )
            for more in (0, 1)
        ),
        Mistake(
            "You left out the dilation: a window of k taps reaches over d · (k − 1) + 1 pixels.",
            lambda n, k, s, d: same_padding(n, k, s, 1),
        ),
        Mistake(
            "Dilation times k is one gap too many: between k taps there are k − 1 gaps.",
            lambda n, k, s, d: _in_halves(max(0, _missing(n, k, s, d) + d - 1)),
        ),
        Mistake(
            "You rounded n / s down; round it up.",
            lambda n, k, s, d: _in_halves(max(0, (n // s - 1) * s + d * (k - 1) + 1 - n)),
        ),
        Mistake(
            "You counted one step too many: the last of m windows starts at (m − 1) · s.",
            lambda n, k, s, d: _in_halves(max(0, _missing(n, k, s, d) + s)),
        ),
        Mistake(
            "Padding is never below 0: where pixels are left over, it is (0, 0).",
            lambda *given: _in_halves(_missing(*given)),
        ),
        Mistake(
            "That is the same on both sides: where the number is odd, one zero is missing.",
            lambda *given: (_total(*given) // 2,) * 2,
        ),
        Mistake(
            "That is the same on both sides: where the number is odd, it is one zero too many.",
            lambda *given: ((_total(*given) + 1) // 2,) * 2,
        ),
        Mistake(
            "There are no half pixels: where the number is odd, the part after is larger by one.",
            lambda *given: (_total(*given) / 2,) * 2,
        ),
        Mistake(
            "All the padding is on one side; half of it belongs on each.",
            lambda *given: (0, _total(*given)),
        ),
        Mistake(
            "All the padding is on one side; half of it belongs on each.",
            lambda *given: (_total(*given), 0),
        ),
        Mistake(
            "That is the sum of both sides; give the two as (before, after).",
            lambda *given: _total(*given),
        ),
        Mistake(
            "That is the whole sum on each side; split it between the two.",
            lambda *given: (_total(*given),) * 2,
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
