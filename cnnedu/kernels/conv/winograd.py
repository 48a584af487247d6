"""Winograd's convolution F(2×2, 3×3): 16 multiplications do the work of 36.

Source
    Lavin, Gray, "Fast algorithms for convolutional neural networks" (2016), equation 8:
    Y = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ d B)] A for each 4×4 tile d of the input and 2×2 tile Y of the output.

Products with G and A are one matrix product for all filters or tiles: G w Gᵀ = (G ⊗ G) w. Products
with Bᵀ are four sums and differences, of rows and then of columns. A dilated picture is dilation²
interleaved plain ones.
"""

import numpy as np

from cnnedu.kernels.conv.blocks import blocks, padded_rows

G = np.array([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])
A_T = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])


def forward(x, w, window):
    """Transform the filters and tiles, multiply them, and transform back."""
    to_filters, to_outputs = (np.kron(m, m).astype(x.dtype) for m in (G, A_T))
    filters = (to_filters @ w.reshape(-1, 9).T).reshape(16, len(w), -1).transpose(0, 2, 1)
    out, pairs = _empty_output(x, w, window)
    tile_rows, tile_columns = pairs.shape[1], pairs.shape[4]
    pixels = 16 * tile_columns * window.dilation[0] * window.dilation[1]
    for images, rows in blocks(len(x), tile_rows, pixels * max(w.shape[:2])):
        tiles = _tiles(x, window, images, rows, tile_columns)
        products = tiles.reshape(16, -1, x.shape[1]) @ filters
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
    """Return Bᵀ d B for the 4×4 tiles d in some rows of tiles, two pixels apart.

    Returns:
        Shape (4, 4, images, tile rows, dilation, tile columns, dilation, C).
    """
    (dilation_y, dilation_x), (left, _) = window.dilation, window.padding[1]
    right = (2 * tile_columns + 2) * dilation_x - x.shape[3] - left
    widened = window._replace(padding=(window.padding[0], (left, right)))
    reach = slice(2 * dilation_y * rows.start, 2 * dilation_y * rows.stop)
    block = padded_rows(x, widened, images, reach, channels_last=True).transpose(0, 2, 3, 1)
    count, height, width = len(block), rows.stop - rows.start, tile_columns
    pixel = (dilation_x, x.shape[1])
    block = block.reshape(count, 2 * height + 2, dilation_y, width + 1, 2, *pixel)
    # even columns first, then odd ones, so that neighbouring tiles are neighbours in memory
    lines = np.empty((4, count, height, dilation_y, 2, width + 1, *pixel), x.dtype)
    _bt([block[:, i : i + 2 * height : 2] for i in range(4)], out=lines.swapaxes(4, 5))
    tiles = np.empty((4, 4, count, height, dilation_y, width, *pixel), x.dtype)
    columns = [lines[:, :, :, :, j % 2, j // 2 : j // 2 + width] for j in range(4)]
    _bt(columns, out=tiles.swapaxes(0, 1))
    return tiles


def _bt(d, out):
    """Put Bᵀ d for four arrays d into `out`."""
    np.subtract(d[0], d[2], out=out[0])
    np.add(d[1], d[2], out=out[1])
    np.subtract(d[2], d[1], out=out[2])
    np.subtract(d[1], d[3], out=out[3])
