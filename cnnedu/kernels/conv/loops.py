"""Convolution as it is defined: one multiplication and one addition at a time."""

import numpy as np

from cnnedu.kernels.geometry import crop, pad, padded_shape


def forward(x, w, window):
    """Return out[n, f, i, j] = Σ_c Σ_u Σ_v x[n, c, i·s + u·d, j·s + v·d] · w[f, c, u, v]."""
    x = pad(x, window.padding)
    (stride_y, stride_x), (dilation_y, dilation_x) = window.stride, window.dilation
    out = np.zeros((len(x), len(w), *window.output), x.dtype)
    for n, f, i, j in np.ndindex(out.shape):
        for c, u, v in np.ndindex(w.shape[1:]):
            row, column = i * stride_y + u * dilation_y, j * stride_x + v * dilation_x
            out[n, f, i, j] += x[n, c, row, column] * w[f, c, u, v]
    return out


def backward(dout, x, w, window):
    """Return dx and dw: each product x·w of the forward pass sends dout·w to x and dout·x to w."""
    padded = pad(x, window.padding)
    (stride_y, stride_x), (dilation_y, dilation_x) = window.stride, window.dilation
    dx, dw = np.zeros(padded_shape(x, window), x.dtype), np.zeros_like(w)
    for n, f, i, j in np.ndindex(dout.shape):
        for c, u, v in np.ndindex(w.shape[1:]):
            row, column = i * stride_y + u * dilation_y, j * stride_x + v * dilation_x
            dx[n, c, row, column] += dout[n, f, i, j] * w[f, c, u, v]
            dw[f, c, u, v] += dout[n, f, i, j] * padded[n, c, row, column]
    return crop(dx, window.padding, x.shape[2:]), dw
