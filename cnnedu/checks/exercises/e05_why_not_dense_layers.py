"""Well-known wrong answers of exercise 05."""

import numpy as np

from cnnedu.checks.case import Mistake


def _cost(x_shape, filters, bias=1, shrink=1, per_channel=1):
    """Count parameters and multiply-adds, with one thing changed."""
    (channels, height, width), (count, kernel_height, kernel_width) = x_shape, filters
    weights = count * channels**per_channel * kernel_height * kernel_width
    rows = height - shrink * (kernel_height - 1)
    return [weights + bias * count, weights * rows * (width - shrink * (kernel_width - 1))]


def _matrix(w, H, W, columns=None):
    """Write the matrix, of a picture that is `columns` wide where its places are counted."""
    columns = columns or W
    rows, row_length = H - w.shape[0] + 1, W - w.shape[1] + 1
    matrix = np.zeros((rows * row_length, H * W))
    for i, j, u, v in np.ndindex(rows, row_length, *w.shape):
        place = (i + u) * columns + j + v
        if place < H * W:
            matrix[i * row_length + j, place] = w[u, v]
    return matrix


def _always_moved_by_one(w, H, W):
    """Move the first output's weights by one place for each further output."""
    first, *others = _matrix(w, H, W)
    return np.stack([np.roll(first, k) for k in range(1 + len(others))])


def _sizes(kernel_sizes, strides, dilations, early=False):
    """Follow size and jump; `early` lets a layer's stride count for the layer itself."""
    size, jump, sizes = 1, 1, []
    for kernel_size, stride, dilation in zip(kernel_sizes, strides, dilations, strict=True):
        size += (kernel_size - 1) * dilation * jump * (stride if early else 1)
        jump *= stride
        sizes.append(size)
    return sizes


CONV_COST = (
    Mistake(
        "The biases are missing: every filter has one, so add F parameters.",
        lambda x_shape, filters: _cost(x_shape, filters, bias=0),
    ),
    Mistake(
        "The channels are missing: a filter has a table of KH × KW weights for each of them.",
        lambda x_shape, filters: _cost(x_shape, filters, per_channel=0),
    ),
    Mistake(
        "You counted H · W outputs per map; without padding there are (H − KH + 1) · (W − KW + 1).",
        lambda x_shape, filters: _cost(x_shape, filters, shrink=0),
    ),
)

CONV_MATRIX = (
    Mistake(
        "You flipped the kernel; lay it down as it is.",
        lambda w, H, W: _matrix(w[::-1, ::-1], H, W),
    ),
    Mistake(
        "That is the transpose: each *row* of the matrix belongs to one output.",
        lambda w, H, W: _matrix(w, H, W).T,
    ),
    Mistake(
        "Every row of yours is the one above moved by one place. Where the window begins a new row "
        "of the picture it moves by KW places.",
        _always_moved_by_one,
    ),
    Mistake(
        "You counted the pixels in rows of OW; a row of the picture has W pixels.",
        lambda w, H, W: _matrix(w, H, W, columns=W - w.shape[1] + 1),
    ),
)

RECEPTIVE_FIELD = (
    Mistake(
        "The jump is never more than 1 in your count: multiply it by every layer's stride.",
        lambda kernels, strides, dilations: _sizes(kernels, [1] * len(strides), dilations),
    ),
    Mistake(
        "A layer's stride counts for the layers *after* it: change size first, then jump.",
        lambda kernels, strides, dilations: _sizes(kernels, strides, dilations, early=True),
    ),
    Mistake(
        "The dilation is missing: between the outermost pixels of a window lie "
        "(kernel size − 1) · dilation steps.",
        lambda kernels, strides, dilations: _sizes(kernels, strides, [1] * len(strides)),
    ),
    Mistake(
        "Windows overlap: a layer adds (kernel size − 1) steps, not kernel size.",
        lambda kernels, strides, dilations: _sizes([k + 1 for k in kernels], strides, dilations),
    ),
    Mistake(
        "That is the size after the last layer; return the sizes after all layers, in a list.",
        lambda *layers: _sizes(*layers)[-1],
    ),
)
