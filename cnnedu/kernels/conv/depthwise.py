"""Depthwise convolution: every channel has its own filter, so there is nothing to sum over.

A matrix product would have a single row. It is faster to multiply and add shifted pictures, a few
channels at a time, so that they stay in the processor's cache. `w` is (C, 1, KH, KW): one filter
per channel.

In `forward` and `weight_gradient`, a shift moves all rows of a padded picture at once, as one run
of memory. The result also holds numbers that no output needs, where a window begins in one row and
ends in the next, or lies between two steps of a stride. They are dropped in the end.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnedu.kernels.geometry import crop, padded_shape, tap

BLOCK = 2**19  # numbers in one block, the padding included


def forward(x, w, window):
    """Return Σ_u Σ_v w[:, 0, u, v] · x shifted by (u, v)."""
    out = np.empty((*x.shape[:2], *window.output), x.dtype)
    for images, channels, padded in _padded_blocks(x, window):
        shifted, weights = _shifts(padded, window), w[channels, 0]
        total = np.einsum("ncul,cu->ncl", shifted[:, :, :, 0], weights[:, :, 0])
        for v in range(1, window.kernel[1]):
            total += np.einsum("ncul,cu->ncl", shifted[:, :, :, v], weights[:, :, v])
        out[images, channels] = _planes(total, padded, window)
    return out


def input_gradient(dout, w, window, size):
    """Return dx for a picture of `size` (H, W): each shift of x gets dout · w."""
    dx = np.zeros((*dout.shape[:2], *size), dout.dtype)
    padded = np.zeros(padded_shape(dx, window), dout.dtype)
    for images, channels in _blocks(dx, window):
        for u, v in np.ndindex(window.kernel):
            seen = tap(padded[images, channels], window, u, v)
            seen += dout[images, channels] * w[channels, :, u, v, None]
    return crop(padded, window.padding, size)


def weight_gradient(dout, x, w, window):
    """Return dw[:, 0, u, v] = Σ over images and pixels of dout · x shifted by (u, v).

    `x` must be finite, because numbers that no window sees are multiplied by zero.
    """
    dw = np.zeros_like(w)
    for images, channels, padded in _padded_blocks(x, window):
        shifted = _shifts(padded, window)
        spread = np.zeros((*padded.shape[:2], shifted.shape[-1]), dout.dtype)
        _planes(spread, padded, window)[...] = dout[images, channels]
        for u, v in np.ndindex(window.kernel):
            dw[channels, 0, u, v] += np.vecdot(shifted[:, :, u, v], spread).sum(axis=0)
    return dw


def _blocks(x, window):
    """Yield slices (images, channels) that cut a batch into blocks."""
    planes = max(1, BLOCK // math.prod(padded_shape(x, window)[2:]))
    images, channels = max(1, planes // x.shape[1]), min(planes, x.shape[1])
    for n in range(0, len(x), images):
        for c in range(0, x.shape[1], channels):
            yield slice(n, min(n + images, len(x))), slice(c, min(c + channels, x.shape[1]))


def _padded_blocks(x, window):
    """Yield each block's slices (images, channels) and its padded part of `x`, in one buffer."""
    buffer = None
    for images, channels in _blocks(x, window):
        part = x[images, channels]
        if buffer is None:
            buffer = np.zeros(padded_shape(part, window), x.dtype)
        padded = buffer[: part.shape[0], : part.shape[1]]
        crop(padded, window.padding, x.shape[2:])[...] = part
        yield images, channels, padded


def _shifts(padded, window):
    """View a block shifted by each entry of the window: shape (N, C, KH, KW, length)."""
    (dilation_y, dilation_x), (stride_y, stride_x) = window.dilation, window.stride
    image, channel, row, column = padded.strides
    last_row, last_column = (n - 1 for n in window.output)
    length = last_row * stride_y * padded.shape[3] + last_column * stride_x + 1
    shape = (*padded.shape[:2], *window.kernel, length)
    return as_strided(
        padded, shape, (image, channel, row * dilation_y, column * dilation_x, column)
    )


def _planes(total, padded, window):
    """View sums over all shifts as pictures of shape (N, C, OH, OW)."""
    image, channel, column = total.strides
    row = column * padded.shape[3]
    strides = (image, channel, row * window.stride[0], column * window.stride[1])
    return as_strided(total, (*total.shape[:2], *window.output), strides)
