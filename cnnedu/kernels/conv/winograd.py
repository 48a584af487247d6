"""Winograd's convolution F(2×2, 3×3): 16 multiplications do the work of 36.

Source
    Lavin, Gray, "Fast algorithms for convolutional neural networks" (2016), equation 8:
    Y = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ d B)] A for each 4×4 tile d of the input and 2×2 tile Y of the output.

Each two-sided product is one matrix product with a Kronecker product, G w Gᵀ = (G ⊗ G) w, so
that all tiles are transformed at once. A dilated picture is dilation² plain ones, interleaved.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnedu.kernels.conv.blocks import blocks, padded_rows

G = np.array([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])
B_T = np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]])
A_T = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])


def forward(x, w, window):
    """Transform tiles and filters, multiply them, transform back."""
    to_filters, to_tiles, to_outputs = (np.kron(m, m).astype(x.dtype) for m in (G, B_T, A_T))
    filters = (to_filters @ w.transpose(2, 3, 1, 0).reshape(9, -1)).reshape(16, -1, len(w))
    out, pairs = _empty_output(x, w, window)
    tile_rows, tile_columns = pairs.shape[1], pairs.shape[4]
    pixels = 16 * tile_columns * window.dilation[0] * window.dilation[1]
    for images, rows in blocks(len(x), tile_rows, pixels * max(w.shape[:2])):
        tiles = _tiles(x, window, images, rows, tile_columns)
        transformed = (to_tiles @ tiles.reshape(16, -1)).reshape(16, -1, x.shape[1])
        products = transformed @ filters
        part = to_outputs @ products.reshape(16, -1)
        part = part.reshape(2, 2, *tiles.shape[2:-1], len(w))
        pairs[images, rows] = part.transpose(2, 3, 0, 4, 5, 1, 6, 7)
    return out


def _empty_output(x, w, window):
    """Return an empty result and a view of it in 2×2 tiles.

    The view's shape is (N, tile rows, 2, dilation, tile columns, 2, dilation, F).
    """
    (height, width), (dilation_y, dilation_x) = window.output, window.dilation
    tile_rows, tile_columns = -(-height // (2 * dilation_y)), -(-width // (2 * dilation_x))
    rows, columns = (tile_rows, 2, dilation_y), (tile_columns, 2, dilation_x)
    pairs = np.empty((len(x), *rows, *columns, len(w)), x.dtype)
    out = pairs.reshape(len(x), np.prod(rows), np.prod(columns), len(w))
    return out[:, :height, :width].transpose(0, 3, 1, 2), pairs


def _tiles(x, window, images, rows, tile_columns):
    """Copy the 4×4 tiles, two pixels apart, of some rows of tiles.

    Returns:
        Shape (4, 4, images, tile rows, dilation, tile columns, dilation, C).
    """
    (dilation_y, dilation_x), (left, _) = window.dilation, window.padding[1]
    right = (2 * tile_columns + 2) * dilation_x - x.shape[3] - left
    widened = window._replace(padding=(window.padding[0], (left, right)))
    reach = slice(2 * dilation_y * rows.start, 2 * dilation_y * rows.stop)
    block = padded_rows(x, widened, images, reach, channels_last=True)
    image, channel, row, column = block.strides
    tall, wide = row * dilation_y, column * dilation_x
    shape = (4, 4, len(block), rows.stop - rows.start, dilation_y, tile_columns, dilation_x)
    strides = (tall, wide, image, 2 * tall, row, 2 * wide, column, channel)
    return np.ascontiguousarray(as_strided(block, (*shape, x.shape[1]), strides))
