"""Depthwise convolution: every channel has its own filter, so there is nothing to sum over.

A matrix product would have a single row. It is faster to multiply and add shifted pictures, a few
channels at a time, so that they stay in the processor's cache. `w` is (C, 1, KH, KW): one filter
per channel.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnedu.kernels.conv import blocks
from cnnedu.kernels.geometry import crop, padded_shape, tap

CHANNELS = 16  # channels per block, if the pictures are small


def forward(x, w, window):
    """Return Σ_u Σ_v w[:, 0, u, v] · x shifted by (u, v)."""
    out = np.empty((*x.shape[:2], *window.output), x.dtype)
    for image, channels, padded in _padded_blocks(x, window):
        total = 0
        for u, v in np.ndindex(window.kernel):
            weight, seen = w[channels, :, u, v, None], _long_tap(padded, window, u, v)
            if u == v == 0:
                total, term = seen * weight, np.empty_like(seen)
            else:
                total += np.multiply(seen, weight, out=term)
        out[image, channels] = _planes(total, padded, window)
    return out


def input_gradient(dout, w, window, size):
    """Return dx for a picture of `size` (H, W): each shift of x gets dout · w."""
    dx = np.zeros((*dout.shape[:2], *size), dout.dtype)
    padded = np.zeros(padded_shape(dx, window), dout.dtype)
    for image, channels in _blocks(dx, window):
        for u, v in np.ndindex(window.kernel):
            seen = tap(padded[image, channels], window, u, v)
            seen += dout[image, channels] * w[channels, :, u, v, None]
    return crop(padded, window.padding, size)


def weight_gradient(dout, x, w, window):
    """Return dw[:, 0, u, v] = Σ over images and pixels of dout · x shifted by (u, v).

    `x` must be finite, because the ends of rows are multiplied by zero.
    """
    dw = np.zeros_like(w)
    for image, channels, padded in _padded_blocks(x, window):
        seen = _long_tap(padded, window, 0, 0)
        spread = np.zeros(seen.shape, dout.dtype)
        _planes(spread, padded, window)[...] = dout[image, channels]
        spread = spread.reshape(seen.shape[1], -1)
        for u, v in np.ndindex(window.kernel):
            seen = _long_tap(padded, window, u, v).reshape(spread.shape)
            dw[channels, 0, u, v] += np.vecdot(seen, spread)
    return dw


def _blocks(x, window):
    """Yield slices (image, channels) that cut a batch into blocks."""
    step = min(CHANNELS, max(1, blocks.BLOCK // math.prod(padded_shape(x, window)[2:])))
    for n in range(len(x)):
        for c in range(0, x.shape[1], step):
            yield slice(n, n + 1), slice(c, min(c + step, x.shape[1]))


def _padded_blocks(x, window):
    """Yield each block's slices (image, channels) and its padded part of `x`, in one buffer."""
    buffer = None
    for image, channels in _blocks(x, window):
        count = channels.stop - channels.start
        if buffer is None:
            buffer = np.zeros((1, count, *padded_shape(x, window)[2:]), x.dtype)
        padded = buffer[:, :count]
        crop(padded, window.padding, x.shape[2:])[...] = x[image, channels]
        yield image, channels, padded


def _long_tap(padded, window, u, v):
    """View what entry (u, v) sees; with stride 1 as one run of memory per channel.

    The run continues past the ends of rows, so it holds a few numbers that `_planes` drops again.
    """
    if window.stride != (1, 1):
        return tap(padded, window, u, v)
    width = padded.shape[3]
    start = u * window.dilation[0] * width + v * window.dilation[1]
    length = (window.output[0] - 1) * width + window.output[1]
    return padded.reshape(1, padded.shape[1], 1, -1)[..., start : start + length]


def _planes(total, padded, window):
    """View sums over long taps as pictures of shape (1, C, OH, OW)."""
    if window.stride != (1, 1):
        return total
    image, channel, _, column = total.strides
    strides = (image, channel, column * padded.shape[3], column)
    return as_strided(total, (1, total.shape[1], *window.output), strides)
