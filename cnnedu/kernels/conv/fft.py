"""Convolution as a product of spectra: a sum over a window becomes one multiplication.

By the correlation theorem, the spectrum of the result is conj(W) · X, whatever the window's size.
Stride and dilation are added by hand: keep every stride-th output, put zeros between the weights.
"""

import numpy as np

from cnnedu.kernels.geometry import crop, pad, padded_shape

WORKSPACE = 2**20  # complex numbers per block of spectra: 16 MB in double precision


def forward(x, w, window):
    """Return every stride-th row and column of the inverse transform of Σ_c conj(W) · X."""
    out = np.empty((len(x), len(w), *window.output), x.dtype)
    plane = padded_shape(x, window)[2:]
    for filters in _slices(len(w), w.shape[1] * plane[0] * (plane[1] // 2 + 1)):
        w_spectrum = np.fft.rfft2(_spread(w[filters], window.dilation), plane).conj()
        for n in range(len(x)):
            x_spectrum = np.fft.rfft2(pad(x[n : n + 1], window.padding), plane)
            y_spectrum = np.einsum("fchw,nchw->nfhw", w_spectrum, x_spectrum)
            full = np.fft.irfft2(y_spectrum, plane)
            out[n : n + 1, filters] = _first(full, window.output, window.stride)
    return out


def backward(dout, x, w, window):
    """Return dx and dw: products of the spectra of dout with those of w and of x."""
    dx, dw = np.zeros(padded_shape(x, window), x.dtype), np.zeros_like(w)
    plane = dx.shape[2:]
    for filters in _slices(len(w), w.shape[1] * plane[0] * (plane[1] // 2 + 1)):
        w_spectrum = np.fft.rfft2(_spread(w[filters], window.dilation), plane)
        dw_spectrum = np.zeros_like(w_spectrum)
        for n in range(len(x)):
            x_spectrum = np.fft.rfft2(pad(x[n : n + 1], window.padding), plane)
            y_spectrum = np.fft.rfft2(_spread(dout[n : n + 1, filters], window.stride), plane)
            dx_spectrum = np.einsum("nfhw,fchw->nchw", y_spectrum, w_spectrum)
            dx[n : n + 1] += np.fft.irfft2(dx_spectrum, plane)
            dw_spectrum += np.einsum("nfhw,nchw->fchw", y_spectrum.conj(), x_spectrum)
        dw[filters] = _first(np.fft.irfft2(dw_spectrum, plane), window.kernel, window.dilation)
    return crop(dx, window.padding, x.shape[2:]), dw


def _spread(x, step):
    """Put step − 1 zeros between the rows and columns of `x`."""
    if step == (1, 1):
        return x
    height, width = ((size - 1) * by + 1 for size, by in zip(x.shape[2:], step, strict=True))
    spread = np.zeros((*x.shape[:2], height, width), x.dtype)
    spread[:, :, :: step[0], :: step[1]] = x
    return spread


def _first(x, count, step):
    """View the first `count` rows and columns of `x`, every `step`-th."""
    return x[:, :, : step[0] * count[0] : step[0], : step[1] * count[1] : step[1]]


def _slices(count, size):
    """Yield slices that cut `count` spectra of `size` numbers each into blocks."""
    step = max(1, WORKSPACE // size)
    for start in range(0, count, step):
        yield slice(start, start + step)
