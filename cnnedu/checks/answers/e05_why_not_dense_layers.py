"""Exercise 05: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d
from cnnedu.models import accounting


def conv_cost(x_shape, filters):
    """Count parameters and multiply-adds."""
    row = accounting.ledger([accounting.Conv(filters[0], tuple(filters[1:]))], x_shape)[0]
    return [row.parameters, row.multiply_adds]


def conv_matrix(w, H, W):
    """Write a convolution as a matrix: column k is its answer to pixel k alone."""
    pixels = np.eye(H * W).reshape(-1, 1, H, W)
    return conv2d(pixels, w[None, None]).reshape(H * W, -1).T


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
    "counts": (
        ([7840, 324, 331_776], "the biases are missing: each score and each map has one"),
        ([7840, 336, 331_776], "each of the 10 scores has a bias, too"),
        ([7850, 324, 331_776], "each of the 12 filters has a bias, too"),
        ([7850, 120, 110_592], "each filter has a table of 3 × 3 weights for every channel"),
        ([7850, 336, 344_064], "question 3 asks for multiplications; a bias is added"),
        ([7850, 336, 27_648], "that is the work for one map; there are 12 of them"),
        ([7850, 336, 291_600], "30 × 30 outputs are what remains without padding; it is 1 here"),
    ),
    "depth": (
        ([111, 7], "with 111 layers of stride 1 a unit sees 1 + 2 · 111 = 223 pixels, one too few"),
        ([7, 112], "the order is the other way round: first stride 1, then stride 2"),
        ([112, 8], "with stride 2, size and jump grow from layer to layer: 3, 7, 15, and so on"),
        ([112, 6], "with stride 2, six layers see 127 pixels"),
        ([75, 7], "a second layer of 3 × 3 doesn't add 3 pixels: its windows overlap"),
        ([224, 7], "each layer of 3 × 3 adds a pixel on the left *and* one on the right"),
    ),
}


def _counted(parameters, multiply_adds):
    """Make a mistake of two formulas in C, H, W, F, KH and KW."""
    return lambda x_shape, filters: [
        parameters(*x_shape, *filters),
        multiply_adds(*x_shape, *filters),
    ]


def _parameters(C, H, W, F, KH, KW):
    return F * C * KH * KW + F


def _multiply_adds(C, H, W, F, KH, KW):
    return F * C * KH * KW * (H - KH + 1) * (W - KW + 1)


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


def _by_columns(w, H, W, outputs):
    """Count the outputs, or the pixels, column by column."""
    out = H - w.shape[0] + 1, W - w.shape[1] + 1
    matrix = conv_matrix(w, H, W)
    if outputs:
        return matrix.reshape(*out, -1).swapaxes(0, 1).reshape(matrix.shape)
    return matrix.reshape(-1, H, W).swapaxes(1, 2).reshape(matrix.shape)


def _padded(w, H, W):
    """Give an output to each pixel: the window hangs over the right and the lower border."""
    KH, KW = w.shape
    wide = conv_matrix(w, H + KH - 1, W + KW - 1).reshape(H * W, H + KH - 1, W + KW - 1)
    return wide[:, :H, :W].reshape(H * W, H * W)


def _followed(kernel_sizes, strides, dilations, grow, leap):
    """Follow a chain of layers with other rules for the size and for the jump."""
    size, jump, sizes = 1, 1, []
    for k, s, d in zip(kernel_sizes, strides, dilations, strict=True):
        size, jump = grow(size, jump, k, s, d), leap(jump, s)
        sizes.append(size)
    return sizes


def _growth(size, jump, k, s, d):
    return size + (k - 1) * d * jump


def _leap(jump, s):
    return jump * s


def _chain(grow=_growth, leap=_leap):
    return lambda *layers: _followed(*layers, grow, leap)


MISTAKES = {
    "conv_cost": (
        Mistake(
            "The biases are missing: every filter has one, so add F parameters.",
            _counted(lambda *s: _parameters(*s) - s[3], _multiply_adds),
        ),
        Mistake(
            "You added one bias in all; every filter has one of its own.",
            _counted(lambda *s: _parameters(*s) - s[3] + 1, _multiply_adds),
        ),
        Mistake(
            "A filter has one bias, not one per channel.",
            _counted(lambda *s: _parameters(*s) - s[3] + s[3] * s[0], _multiply_adds),
        ),
        Mistake(
            "The channels are missing: a filter has a table of KH × KW weights for each of them.",
            _counted(
                lambda C, *s: _parameters(1, *s),
                lambda C, *s: _multiply_adds(1, *s),
            ),
        ),
        Mistake(
            "The channels are missing in the multiply-adds: each output adds up C · KH · KW "
            "products.",
            _counted(_parameters, lambda C, *s: _multiply_adds(1, *s)),
        ),
        Mistake(
            "You counted H · W outputs per map; without padding there are (H − KH + 1) · (W − KW "
            "+ 1).",
            _counted(_parameters, lambda C, H, W, F, KH, KW: F * C * KH * KW * H * W),
        ),
        Mistake(
            "A map has (H − KH + 1) · (W − KW + 1) outputs: you left out the + 1.",
            _counted(_parameters, lambda C, H, W, F, KH, KW: F * C * KH * KW * (H - KH) * (W - KW)),
        ),
        Mistake(
            "Those are the multiply-adds of one map; there are F of them.",
            _counted(_parameters, lambda *s: _multiply_adds(*s) // s[3]),
        ),
        Mistake(
            "A multiplication and the addition after it count as one multiply-add, not as two.",
            _counted(_parameters, lambda *s: 2 * _multiply_adds(*s)),
        ),
        Mistake(
            "The biases are added, not multiplied: leave them out of the multiply-adds.",
            _counted(
                _parameters,
                lambda C, H, W, F, KH, KW: (
                    _multiply_adds(C, H, W, F, KH, KW) + F * (H - KH + 1) * (W - KW + 1)
                ),
            ),
        ),
        Mistake(
            "KH belongs to H and KW to W; you exchanged them.",
            _counted(_parameters, lambda C, H, W, *s: _multiply_adds(C, W, H, *s)),
        ),
        Mistake(
            "The order is the other way round: first the parameters, then the multiply-adds.",
            _counted(_multiply_adds, _parameters),
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
        Mistake(
            "You counted the outputs column by column; output (i, j) belongs to row i · OW + j.",
            lambda w, H, W: _by_columns(w, H, W, outputs=True),
        ),
        Mistake(
            "You counted the pixels column by column; pixel (p, q) belongs to column p · W + q.",
            lambda w, H, W: _by_columns(w, H, W, outputs=False),
        ),
        Mistake(
            "There is no padding here: only windows that lie inside the picture have an output.",
            _padded,
        ),
    ),
    "receptive_field": (
        Mistake(
            "In your count the jump never exceeds 1: multiply it by every layer's stride.",
            _chain(leap=lambda jump, s: 1),
        ),
        Mistake(
            "Your jump is the last layer's stride; it is the product of all strides so far.",
            _chain(leap=lambda jump, s: s),
        ),
        Mistake(
            "Your jump is a sum of strides; it is the product of all strides so far.",
            _chain(leap=lambda jump, s: jump + s),
        ),
        Mistake(
            "A layer's stride counts for the layers *after* it: change size first, then jump.",
            _chain(lambda size, jump, k, s, d: _growth(size, jump * s, k, s, d)),
        ),
        Mistake(
            "The dilation is missing: the outermost pixels of a window are (kernel size − 1) · "
            "dilation steps apart.",
            _chain(lambda size, jump, k, s, d: _growth(size, jump, k, s, 1)),
        ),
        Mistake(
            "Windows overlap: a layer adds (kernel size − 1) steps, not kernel size.",
            _chain(lambda size, jump, k, s, d: _growth(size, jump, k + 1, s, d)),
        ),
        Mistake(
            "Windows overlap: a layer adds (kernel size − 1) · dilation steps; subtract the 1 "
            "before you multiply.",
            _chain(lambda size, jump, k, s, d: size + (k * d - 1) * jump),
        ),
        Mistake(
            "You began with size 0; an output sees one pixel, itself, before the first layer.",
            lambda *layers: [size - 1 for size in receptive_field(*layers)],
        ),
        Mistake(
            "Your list begins with the size before the first layer; it should begin after it.",
            lambda *layers: [1, *receptive_field(*layers)],
        ),
        Mistake(
            "That is what each layer sees of the layer before it; follow the chain down to the "
            "picture.",
            _chain(lambda size, jump, k, s, d: 1 + (k - 1) * d),
        ),
        Mistake(
            "That rule goes from the last layer back to the first; from the first one on, size "
            "grows by (kernel size − 1) · dilation · jump.",
            _chain(lambda size, jump, k, s, d: (size - 1) * s + (k - 1) * d + 1),
        ),
        Mistake(
            "Those are the jumps; return the sizes.",
            lambda kernel_sizes, strides, dilations: np.cumprod(strides),
        ),
        Mistake(
            "That is what each layer adds; return the size after it.",
            lambda *layers: np.diff([1, *receptive_field(*layers)]),
        ),
        Mistake(
            "That is the size after the last layer; return the sizes after all layers, in a list.",
            lambda *layers: receptive_field(*layers)[-1],
        ),
    ),
}
