"""Winograd's convolution F(m×m, 3×3): (m + 2)² multiplications do the work of 9m².

With m = 2 these are 16 instead of 36. With m = 4 they are 36 instead of 144, but in float32 the
largest errors are up to ten times those of m = 2, because the matrices hold larger numbers.

Source
    Lavin, Gray, "Fast algorithms for convolutional neural networks" (2016), equation 8:
    Y = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ d B)] A for each tile d of m + 2 by m + 2 pixels and m×m tile Y of the
    output. Barabasz, Anderson, Soodhalter, Gregg, "Error analysis and improving the accuracy of
    Winograd convolution for deep neural networks" (2020): the points for m = 4.

Each transform is one matrix product for all filters or tiles: Bᵀ d B = (B ⊗ B)ᵀ d. A dilated
picture is dilation² interleaved plain ones.
"""

from functools import cache

import numpy as np

from cnnedu.kernels.conv.blocks import blocks, padded_rows

# Toom and Cook multiply two polynomials, of 3 and of m coefficients, by their values at these
# points and at infinity. Transposed, this correlates a filter with a tile of m + 2 pixels.
POINTS = {2: (0, 1, -1), 4: (0, 1, -1, 1 / 2, -2)}


@cache
def matrices(m):
    """Return Bᵀ (m + 2, m + 2), G (m + 2, 3) and Aᵀ (m, m + 2), by the method of Toom and Cook.

    >>> b_t, g, a_t = matrices(2)
    >>> a_t @ ((g @ [1, 2, 3]) * (b_t @ [5, 6, 7, 8]))  # 5 + 12 + 21, 6 + 14 + 24
    array([38., 44.])
    """
    points = np.array(POINTS[m])
    b_t, g, a_t = np.zeros((m + 2, m + 2)), np.zeros((m + 2, 3)), np.zeros((m, m + 2))
    for i, point in enumerate(points):
        others = np.delete(points, i)
        b_t[i, :-1] = np.poly(others)[::-1]  # coefficients of Π (x − other)
        g[i] = point ** np.arange(3) / np.prod(point - others)
        a_t[:, i] = point ** np.arange(m)
    b_t[-1] = np.poly(points)[::-1]
    g[-1, -1] = a_t[-1, -1] = 1  # the point at infinity
    return b_t, g, a_t


def forward(x, w, window, m=2):
    """Transform the filters and tiles, multiply them, and transform back."""
    to_tiles, to_filters, to_outputs = (np.kron(t, t).astype(x.dtype) for t in matrices(m))
    entries = len(to_tiles)
    filters = (to_filters @ w.reshape(-1, 9).T).reshape(entries, *w.shape[:2]).transpose(0, 2, 1)
    out, places = _empty_output(x, w, window, m)
    tile_rows, tile_columns = places.shape[1], places.shape[4]
    pixels = entries * tile_columns * window.dilation[0] * window.dilation[1]
    for images, rows in blocks(len(x), tile_rows, pixels * max(w.shape[:2])):
        tiles = _tiles(x, window, images, rows, tile_columns, m)
        inputs = to_tiles @ tiles.reshape(entries, -1)
        products = inputs.reshape(entries, -1, x.shape[1]) @ filters
        part = to_outputs @ products.reshape(entries, -1)
        part = part.reshape(m, m, *tiles.shape[2:-1], len(w))
        places[images, rows] = part.transpose(2, 3, 0, 4, 5, 1, 6, 7)
    return out


def _empty_output(x, w, window, m):
    """Return an empty result (N, F, OH, OW), and the array beneath it in m×m tiles.

    The array's shape is (N, tile rows, m, dilation, tile columns, m, dilation, F).
    """
    (height, width), (dilation_y, dilation_x) = window.output, window.dilation
    tile_rows, tile_columns = -(-height // (m * dilation_y)), -(-width // (m * dilation_x))
    rows, columns = (tile_rows, m, dilation_y), (tile_columns, m, dilation_x)
    places = np.empty((len(x), *rows, *columns, len(w)), x.dtype)
    out = places.reshape(len(x), np.prod(rows), np.prod(columns), len(w))
    return out[:, :height, :width].transpose(0, 3, 1, 2), places


def _tiles(x, window, images, rows, tile_columns, m):
    """Return the tiles in some rows of tiles; neighbouring tiles are m pixels apart.

    Returns:
        Shape (m + 2, m + 2, images, tile rows, dilation, tile columns, dilation, C).
    """
    (dilation_y, dilation_x), (left, _) = window.dilation, window.padding[1]
    right = (m * tile_columns + 2) * dilation_x - x.shape[3] - left
    widened = window._replace(padding=(window.padding[0], (left, right)))
    reach = slice(m * dilation_y * rows.start, m * dilation_y * rows.stop)
    block = padded_rows(x, widened, images, reach, channels_last=True).transpose(0, 2, 3, 1)
    count, height = len(block), rows.stop - rows.start
    lines, columns = (m * height + 2, dilation_y), (m * tile_columns + 2, dilation_x)
    block = block.reshape(count, *lines, *columns, x.shape[1])
    shape = (count, height, dilation_y, tile_columns, dilation_x, x.shape[1])
    tiles = np.empty((m + 2, m + 2, *shape), x.dtype)
    for i, j in np.ndindex(m + 2, m + 2):
        tiles[i, j] = block[:, i : i + m * height : m, :, j : j + m * tile_columns : m]
    return tiles
