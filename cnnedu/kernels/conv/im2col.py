"""Convolution as a matrix product: copy all windows into columns, multiply by the filters.

Copying costs time for each separate run of memory, so there are two orders. With few channels, the
pixels of a row stay side by side (channels first). With many, the channels of a pixel do (channels
last), in the result too; its shape is (N, F, OH, OW) either way.
"""

import numpy as np

from cnnedu.kernels.conv.blocks import blocks, padded_rows
from cnnedu.kernels.geometry import crop, tap, windows


def forward(x, w, window):
    """Return filters · columns."""
    if _is_pointwise(x, w, window):
        return _pointwise(x, w)
    return (_forward_last if channels_last(x, window) else _forward_first)(x, w, window)


def backward(dout, x, w, window):
    """Return dx = filtersᵀ · dout, added up where windows overlap, and dw = dout · columnsᵀ."""
    return input_gradient(dout, w, window, x.shape[2:]), weight_gradient(dout, x, w, window)


def channels_last(x, window):
    """Return whether the windows of `x` have longer runs of memory with the channels last."""
    run_of_pixels = window.output[1] if window.stride[1] == 1 else 1
    run_of_channels = x.shape[1] * (window.kernel[1] if window.dilation[1] == 1 else 1)
    return run_of_channels > run_of_pixels


def weight_gradient(dout, x, w, window):
    """Return dw = Σ over images and pixels of dout · columnsᵀ."""
    last = channels_last(x, window)
    total = np.zeros((len(w), w[0].size), w.dtype)
    if _is_pointwise(x, w, window):
        for dout_image, x_image in zip(dout, x, strict=True):
            total += _rows(dout_image) @ _rows(x_image).T
        return total.reshape(w.shape)
    for images, rows, columns in _columns(x, w, window, last):
        part = dout[images, :, rows]
        if last:
            total += _by_filter(part) @ columns
        else:
            of_images = np.matmul(part.reshape(*part.shape[:2], -1), columns.transpose(0, 2, 1))
            total += of_images.sum(axis=0)
    if last:
        return total.reshape(len(w), *w.shape[2:], w.shape[1]).transpose(0, 3, 1, 2)
    return total.reshape(w.shape)


def input_gradient(dout, w, window, size):
    """Return dx for a picture of `size` (H, W): filtersᵀ · dout, added up where windows overlap."""
    run_of_pixels = window.output[1] if window.stride[1] == 1 else 1
    last = 4 * w.shape[1] > run_of_pixels
    (top, bottom), (left, right) = window.padding
    height, width = top + size[0] + bottom, left + size[1] + right
    if last:
        dx = np.zeros((len(dout), height, width, w.shape[1]), dout.dtype).transpose(0, 3, 1, 2)
    else:
        dx = np.zeros((len(dout), w.shape[1], height, width), dout.dtype)
    workspace = 2 * w.shape[1] if last else w[0].size
    for images, rows in blocks(len(dx), window.output[0], workspace * window.output[1]):
        part = window._replace(output=(rows.stop - rows.start, window.output[1]))
        below = dx[images, :, rows.start * window.stride[0] :]
        for u, v, sent in _spread(dout[images, :, rows], w, last):
            seen = tap(below, part, u, v)
            seen += sent
    return crop(dx, window.padding, size)


def _forward_last(x, w, window):
    out = np.empty((len(x), *window.output, len(w)), x.dtype)
    weights = w.transpose(2, 3, 1, 0).reshape(-1, len(w))
    for images, rows, columns in _columns(x, w, window, last=True):
        np.matmul(columns, weights, out=out[images, rows].reshape(-1, len(w)))
    return out.transpose(0, 3, 1, 2)


def _forward_first(x, w, window):
    height, width = window.output
    out = np.empty((len(x), len(w), height * width), x.dtype)
    weights = _rows(w)
    for images, rows, columns in _columns(x, w, window, last=False):
        part = out[images, :, rows.start * width : rows.stop * width]
        np.matmul(weights, columns, out=part)
    return out.reshape(len(x), len(w), height, width)


def _columns(x, w, window, last):
    """Yield (images, rows, columns) for each block.

    The shape of `columns` is (images · pixels, KH·KW·C) with `last`, otherwise
    (images, C·KH·KW, pixels).
    """
    entries = w[0].size
    for images, rows in blocks(len(x), window.output[0], entries * window.output[1]):
        seen = windows(padded_rows(x, window, images, rows, last), window)
        if last:
            seen = np.ascontiguousarray(seen.transpose(0, 2, 3, 4, 5, 1))
            yield images, rows, seen.reshape(-1, entries)
        else:
            seen = np.ascontiguousarray(seen.transpose(0, 1, 4, 5, 2, 3))
            yield images, rows, seen.reshape(len(seen), entries, -1)


def _spread(dout, w, last):
    """Yield (u, v, what `dout` sends to the pixels under that entry of its windows).

    Its shape is (N, C, OH, OW). With `last` there is a product for each entry, otherwise one for
    all: C rows alone would be few.
    """
    batch, _, out_height, out_width = dout.shape
    if last:
        pixels = np.ascontiguousarray(dout.transpose(0, 2, 3, 1)).reshape(-1, len(w))
        weights = np.ascontiguousarray(w.transpose(2, 3, 0, 1))
        for u, v in np.ndindex(w.shape[2:]):
            sent = (pixels @ weights[u, v]).reshape(batch, out_height, out_width, -1)
            yield u, v, sent.transpose(0, 3, 1, 2)
    else:
        columns = np.matmul(_rows(w).T, dout.reshape(batch, len(w), -1))
        columns = columns.reshape(batch, *w.shape[1:], out_height, out_width)
        for u, v in np.ndindex(w.shape[2:]):
            yield u, v, columns[:, :, u, v]


def _is_pointwise(x, w, window):
    """Return whether every window is one pixel, so that `x` in memory already holds the columns."""
    one_pixel = window.kernel == window.stride == (1, 1) and x.shape[2:] == window.output
    return one_pixel and x.flags.c_contiguous


def _pointwise(x, w):
    """Mix the channels of every pixel: out[n] = w · x[n]."""
    batch, channels, height, width = x.shape
    out = np.matmul(_rows(w), x.reshape(batch, channels, height * width))
    return out.reshape(batch, len(w), height, width)


def _by_filter(dout):
    """Return `dout` as a matrix of shape (F, images · pixels)."""
    return _rows(np.ascontiguousarray(dout.transpose(1, 0, 2, 3)))


def _rows(array):
    """Return `array` as a matrix that keeps the first axis."""
    return array.reshape(len(array), -1)
