"""Choose how to compute a convolution, and split it into groups."""

import math
from functools import lru_cache, partial

import numpy as np

from cnnedu.kernels.conv import depthwise, fft, im2col, loops, windows, winograd
from cnnedu.kernels.geometry import Window

FORWARD = {
    "loops": loops.forward,
    "windows": windows.forward,
    "im2col": im2col.forward,
    "fft": fft.forward,
    "winograd": winograd.forward,
    "winograd4": partial(winograd.forward, m=4),
}
TRANSFORMS = "fft", "winograd", "winograd4"
BACKWARD = {
    "loops": loops.backward,
    "windows": windows.backward,
    "im2col": im2col.backward,
    "fft": fft.backward,
}


def forward(x, w, window, groups, method):
    """Return the convolution of the checked `x` and `w` by the named method."""
    if method == "auto":
        method = fastest(x.shape, w.shape, w.dtype.kind, window, groups)
    if method == "depthwise":
        return depthwise.forward(x, w, window)
    if method in TRANSFORMS and not (_moderate(x) and _moderate(w)):
        method = "im2col"  # a transform spreads one NaN, infinity or very large number
    if groups == 1:
        return FORWARD[method](x, w, window)
    pairs = zip(np.split(x, groups, axis=1), np.split(w, groups), strict=True)
    return np.concatenate([FORWARD[method](*pair, window) for pair in pairs], axis=1)


@lru_cache(1000)
def fastest(x_shape, w_shape, kind, window, groups):
    """Return the name of the fastest way to compute a convolution, from its shapes and numbers."""
    if groups == w_shape[0] == x_shape[1] > 1:
        return "depthwise"
    pays = groups == 1 and _winograd_pays(x_shape[0], w_shape, kind, window, window.output)
    return "winograd4" if pays else "im2col"


def backward(dout, x, w, window, groups, method):
    """Return dx and dw of a convolution by the named method."""
    if method == "auto":
        dx = input_gradient(dout, w, window, groups, x.shape[2:])
        return dx, weight_gradient(dout, x, w, window, groups)
    if method == "fft" and not (_moderate(dout) and _moderate(x) and _moderate(w)):
        method = "im2col"
    parts = _groups(dout, x, w, groups)
    dx, dw = zip(*(BACKWARD[method](*part, window) for part in parts), strict=True)
    return np.concatenate(dx, axis=1), np.concatenate(dw)


def input_gradient(dout, w, window, groups, size):
    """Return dx for a picture of `size` (H, W), as fast as possible.

    With stride 1 it is itself a convolution: of dout with the flipped filters, their inputs and
    outputs swapped. Where that isn't faster, the share of each window is added up.
    """
    is_depthwise = groups == len(w) > 1 and w.shape[1] == 1
    if groups > 1 and not is_depthwise:
        parts = zip(np.split(dout, groups, axis=1), np.split(w, groups), strict=True)
        return np.concatenate([input_gradient(*part, window, 1, size) for part in parts], axis=1)
    flipped = w[:, :, ::-1, ::-1] if is_depthwise else w.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1]
    back = _backward_window(dout, window, size)
    if back and is_depthwise:
        return depthwise.forward(dout, flipped, back)
    if is_depthwise:
        return depthwise.input_gradient(dout, w, window, size)
    pays = back and _winograd_pays(len(dout), w.shape, w.dtype.kind, back, window.output)
    if pays and _moderate(dout) and _moderate(w):
        return FORWARD["winograd4"](dout, flipped, back)
    # for each entry of the window: copy F numbers per pixel of dx, or add up C per output
    copies, sums = len(w) * math.prod(size), w.shape[1] * math.prod(window.output)
    if back and (window.kernel == (1, 1) or copies <= sums):
        return FORWARD["im2col"](dout, flipped, back)
    return im2col.input_gradient(dout, w, window, size)


def weight_gradient(dout, x, w, window, groups):
    """Return dw, as fast as possible."""
    if groups == len(w) == x.shape[1] > 1 and _moderate(x):
        return depthwise.weight_gradient(dout, x, w, window)
    parts = _groups(dout, x, w, groups)
    return np.concatenate([im2col.weight_gradient(*part, window) for part in parts])


def _groups(dout, x, w, groups):
    """Return an iterator over the groups: the channels of `dout` and `x`, and the filters."""
    channels = np.split(dout, groups, axis=1), np.split(x, groups, axis=1)
    return zip(*channels, np.split(w, groups), strict=True)


def _winograd_pays(images, w_shape, kind, window, positions):
    """Return whether the fewer products of Winograd's 4×4 tiles outweigh its transforms.

    `positions` (height, width) of the window is what im2col multiplies by the filters. The limits
    were measured with benchmarks/kernels.py.
    """
    if min(w_shape[:2]) < 64 or kind != "f":
        return False
    if window.kernel != (3, 3) or window.stride != (1, 1):
        return False
    tiles = math.prod(
        -(-size // (4 * dilation)) * dilation  # rounded up to whole tiles
        for size, dilation in zip(window.output, window.dilation, strict=True)
    )
    return images * tiles >= 64 and 16 * tiles < 1.25 * math.prod(positions)


def _moderate(array):
    """Return whether all numbers are finite, and small enough for sums of products to be finite."""
    limit = np.sqrt(np.finfo(array.dtype).max) / 1e4
    return not array.size or bool(max(array.max(), -array.min()) < limit)


def _backward_window(dout, window, size):
    """Return the window of the convolution that gives dx, or None where there is none.

    A stride, or padding beyond the window's reach, leaves none.
    """
    if window.stride != (1, 1):
        return None
    padding = []
    for axis in (0, 1):
        reach = window.dilation[axis] * (window.kernel[axis] - 1)
        before = reach - window.padding[axis][0]
        padding.append((before, size[axis] + reach - dout.shape[2 + axis] - before))
    if min(map(min, padding)) < 0:
        return None
    return Window(window.kernel, (1, 1), window.dilation, tuple(padding), tuple(size))
