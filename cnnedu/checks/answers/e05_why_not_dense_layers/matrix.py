"""`conv_matrix`: the reference and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d


def conv_matrix(w, H, W):
    """Write a convolution as a matrix: column k is its answer to pixel k alone."""
    pixels = np.eye(H * W).reshape(-1, 1, H, W)
    return conv2d(pixels, w[None, None]).reshape(H * W, -1).T


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


def _outputs_in_rows_of_oh(w, H, W):
    """Write the matrix, with the outputs counted in rows as long as a column of outputs."""
    OH, OW = H - w.shape[0] + 1, W - w.shape[1] + 1
    matrix = np.zeros((OH * OW, H * W))
    for i, j, u, v in np.ndindex(OH, OW, *w.shape):
        if i * OH + j < OH * OW:
            matrix[i * OH + j, (i + u) * W + j + v] = w[u, v]
    return matrix


def _padded(w, H, W):
    """Give an output to each pixel: the window hangs over the right and the lower border."""
    KH, KW = w.shape
    wide = conv_matrix(w, H + KH - 1, W + KW - 1).reshape(H * W, H + KH - 1, W + KW - 1)
    return wide[:, :H, :W].reshape(H * W, H * W)


MISTAKES = (
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
        "You counted the outputs in rows of OH; output (i, j) belongs to row i · OW + j.",
        _outputs_in_rows_of_oh,
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
)
