"""Cut a convolution into blocks, so that its workspace stays in the processor's cache."""

from functools import lru_cache

import numpy as np

BLOCK = 2**19  # numbers in one block: 2 MB of float32, about the size of a level-2 cache
PAGE = 4096  # bytes; numbers this far apart push each other out of the level-1 cache


@lru_cache(1000)  # for small pictures, even counting takes time
def blocks(batch, out_height, row_size):
    """Return slices (images, rows) that cut a batch of `out_height` rows each into blocks.

    `row_size` is how many numbers of workspace one row of outputs takes. A block holds whole
    images, or some rows of an image that is too large.

    >>> blocks(batch=1, out_height=4, row_size=BLOCK // 3)
    ((slice(0, 1, None), slice(0, 3, None)), (slice(0, 1, None), slice(3, 4, None)))
    """
    count = max(1, BLOCK // row_size)
    images, rows = max(1, count // out_height), min(count, out_height)
    return tuple(
        (slice(n, min(n + images, batch)), slice(row, min(row + rows, out_height)))
        for n in range(0, batch, images)
        for row in range(0, out_height, rows)
    )


def padded_rows(x, window, images, rows, channels_last):
    """Return the part of `x` behind the output `rows` of some `images`, with its padding.

    Returns:
        Shape (images, C, rows behind, padded W); with `channels_last`, the channels of a
        pixel lie side by side in memory. It is a view of `x` if possible, else a copy.
    """
    (top, _), (left, right) = window.padding
    start = rows.start * window.stride[0] - top
    reach = window.dilation[0] * (window.kernel[0] - 1) + 1
    stop = (rows.stop - 1) * window.stride[0] + reach - top
    if start >= 0 and stop <= x.shape[2] and not (left or right):
        part = x[images, :, start:stop]
        if not channels_last or x.strides[1] == x.itemsize:
            return part
    low, high = min(max(start, 0), x.shape[2]), max(min(stop, x.shape[2]), 0)
    part = x[images, :, low : max(low, high)]
    count, channels, _, width = part.shape
    if channels_last:
        block = np.zeros((count, stop - start, left + width + right, channels), x.dtype)
        block = block.transpose(0, 3, 1, 2)
    else:
        block = np.zeros((count, channels, stop - start, left + width + right), x.dtype)
    inside = block[:, :, max(low - start, 0) : max(high - start, 0), left : left + width]
    step = 8 if channels_last and x.strides[1] % PAGE == 0 else channels
    for c in range(0, channels, step):
        inside[:, c : c + step] = part[:, c : c + step]
    return block
