"""Convolution as one sum over a strided view of all windows."""

import numpy as np

from cnnedu.kernels.conv.blocks import blocks, padded_rows
from cnnedu.kernels.geometry import crop, padded_shape, tap, windows


def forward(x, w, window):
    """Return the sum over channels and window entries of windows(x) · w."""
    out = np.empty((len(x), len(w), *window.output), x.dtype)
    for images, rows, seen in _seen(x, w, window):
        out[images, :, rows] = np.einsum("ncijuv,fcuv->nfij", seen, w, optimize=True)
    return out


def backward(dout, x, w, window):
    """Return dx and dw from the same sums, read backwards."""
    dx, dw = np.zeros(padded_shape(x, window), x.dtype), np.zeros_like(w)
    for u, v in np.ndindex(window.kernel):
        for n in range(len(x)):
            dx_seen = tap(dx[n : n + 1], window, u, v)
            dx_seen += np.einsum("fij,fc->cij", dout[n], w[:, :, u, v], optimize=True)
    for images, rows, seen in _seen(x, w, window):
        dw += np.einsum("nfij,ncijuv->fcuv", dout[images, :, rows], seen, optimize=True)
    return crop(dx, window.padding, x.shape[2:]), dw


def _seen(x, w, window):
    """Yield each block of images and rows with what its windows see."""
    for images, rows in blocks(len(x), window.output[0], w[0].size * window.output[1]):
        yield images, rows, windows(padded_rows(x, window, images, rows, False), window)
