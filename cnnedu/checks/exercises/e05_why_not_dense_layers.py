"""Exercise 05: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import correlate2d
from cnnedu.models import accounting


def conv_cost(x_shape, filters):
    """Count parameters and multiply-adds."""
    row = accounting.ledger([accounting.Conv(filters[0], tuple(filters[1:]))], x_shape)[0]
    return [row.parameters, row.multiply_adds]


def conv_matrix(w, H, W):
    """Write a convolution as a matrix: column k is its answer to pixel k alone."""
    pixels = np.eye(H * W).reshape(-1, H, W)
    return np.stack([correlate2d(pixel, w).ravel() for pixel in pixels], axis=1)


def receptive_field(kernel_sizes, strides, dilations):
    """Return how many pixels one output of each layer sees along one axis."""
    layers = zip(kernel_sizes, strides, dilations, strict=True)
    chain = [accounting.Conv(1, k, stride=s, dilation=d) for k, s, d in layers]
    return [field.size[0] for field in accounting.receptive_field(chain, (1, 10**6, 10**6))]


BY_HAND = {
    "counts": [7850, 336, 331_776],
    "depth": [112, 7],
}
BY_HAND_MISTAKES = {
    "depth": (
        ([111, 7], "with 111 layers of stride 1 a unit sees 1 + 2 · 111 = 223 pixels, one too few"),
        ([112, 8], "with stride 2, size and jump grow from layer to layer: 3, 7, 15, and so on"),
        ([75, 7], "a second layer of 3 × 3 doesn't add 3 pixels: its windows overlap"),
    ),
}


def _cost_with(x_shape, filters, bias=1, shrink=1, per_channel=1):
    """Count parameters and multiply-adds, with one thing changed."""
    (channels, height, width), (count, kernel_height, kernel_width) = x_shape, filters
    weights = count * channels**per_channel * kernel_height * kernel_width
    rows = height - shrink * (kernel_height - 1)
    return [weights + bias * count, weights * rows * (width - shrink * (kernel_width - 1))]


def _matrix_by_output_rows(w, H, W):
    """Write the matrix, with the pixels counted in rows as long as those of the output."""
    rows, row_length = H - w.shape[0] + 1, W - w.shape[1] + 1
    matrix = np.zeros((rows * row_length, H * W))
    for i, j, u, v in np.ndindex(rows, row_length, *w.shape):
        place = (i + u) * row_length + j + v
        if place < H * W:
            matrix[i * row_length + j, place] = w[u, v]
    return matrix


def _shifted_by_one(w, H, W):
    """Shift the first output's weights by one place for each further output."""
    first, *others = conv_matrix(w, H, W)
    return np.stack([np.roll(first, k) for k in range(1 + len(others))])


def _stride_too_early(kernel_sizes, strides, dilations):
    """Let a layer's stride count for the layer itself."""
    size, jump, sizes = 1, 1, []
    for kernel_size, stride, dilation in zip(kernel_sizes, strides, dilations, strict=True):
        size += (kernel_size - 1) * dilation * jump * stride
        jump *= stride
        sizes.append(size)
    return sizes


MISTAKES = {
    "conv_cost": (
        Mistake(
            "The biases are missing: every filter has one, so add F parameters.",
            lambda x_shape, filters: _cost_with(x_shape, filters, bias=0),
        ),
        Mistake(
            "The channels are missing: a filter has a table of KH × KW weights for each of them.",
            lambda x_shape, filters: _cost_with(x_shape, filters, per_channel=0),
        ),
        Mistake(
            "You counted H · W outputs per map; without padding there are (H − KH + 1) · (W − KW "
            "+ 1).",
            lambda x_shape, filters: _cost_with(x_shape, filters, shrink=0),
        ),
    ),
    "conv_matrix": (
        Mistake(
            "You flipped the kernel; use it as it is.",
            lambda w, H, W: conv_matrix(w[::-1, ::-1], H, W),
        ),
        Mistake(
            "That is the transpose: each *row* of the matrix belongs to one output.",
            lambda w, H, W: conv_matrix(w, H, W).T,
        ),
        Mistake(
            "Each of your rows is the one above, shifted by one place. Where the window starts a "
            "new row of the picture, it moves by KW places.",
            _shifted_by_one,
        ),
        Mistake(
            "You counted the pixels in rows of OW; a row of the picture has W pixels.",
            _matrix_by_output_rows,
        ),
    ),
    "receptive_field": (
        Mistake(
            "In your count the jump never exceeds 1: multiply it by every layer's stride.",
            lambda kernels, strides, dilations: receptive_field(
                kernels, [1] * len(strides), dilations
            ),
        ),
        Mistake(
            "A layer's stride counts for the layers *after* it: change size first, then jump.",
            _stride_too_early,
        ),
        Mistake(
            "The dilation is missing: the outermost pixels of a window are (kernel size − 1) · "
            "dilation steps apart.",
            lambda kernels, strides, dilations: receptive_field(
                kernels, strides, [1] * len(strides)
            ),
        ),
        Mistake(
            "Windows overlap: a layer adds (kernel size − 1) steps, not kernel size.",
            lambda kernels, strides, dilations: receptive_field(
                [k + 1 for k in kernels], strides, dilations
            ),
        ),
        Mistake(
            "That is the size after the last layer; return the sizes after all layers, in a list.",
            lambda *layers: receptive_field(*layers)[-1],
        ),
    ),
}
