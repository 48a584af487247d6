"""Where a window lands: output sizes, padding, and all windows as a strided view."""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cnnedu.kernels.validation import pair, whole


class Window(NamedTuple):
    """A window that slides over a picture; every pair is (height, width)."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    dilation: tuple[int, int]
    padding: tuple[tuple[int, int], tuple[int, int]]  # (top, bottom), (left, right)
    output: tuple[int, int]
    overhang: tuple[int, int] = (0, 0)  # rows and columns of padding that `ceil_mode` added


def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    """Count the positions that a window takes along one axis.

    Equation
        out = ⌊(size + 2·padding − dilation·(kernel_size − 1) − 1) / stride⌋ + 1

    Args:
        size: pixels along the axis, at least 1.
        kernel_size: pixels the window looks at, at least 1.
        stride: pixels the window moves between two outputs, at least 1.
        padding: pixels added on each side, at least 0.
        dilation: distance between neighbours in the window, at least 1.

    Returns:
        The number of outputs along the axis, at least 1.

    Raises:
        TypeError: an argument is not a whole number.
        ValueError: an argument is too small, or the window doesn't fit.

    Source
        Dumoulin, Visin, "A guide to convolution arithmetic for deep learning" (2016), section 5.1.

    >>> output_size(7, kernel_size=3)
    5
    """
    caller = "output_size"
    size = whole(caller, "size", size, 1)
    padding = whole(caller, "padding", padding, 0)
    kernel_size = whole(caller, "kernel_size", kernel_size, 1)
    stride = whole(caller, "stride", stride, 1)
    dilation = whole(caller, "dilation", dilation, 1)
    return _positions(caller, "size", size, kernel_size, stride, (padding, padding), dilation)


def sliding_window(caller, size, kernel, stride, padding, dilation):
    """Check the geometry of a window over a picture of `size` (H, W) and return the `Window`."""
    stride, dilation = pair(caller, "stride", stride, 1), pair(caller, "dilation", dilation, 1)
    padding = sides(caller, padding, size, kernel, stride, dilation)
    output = tuple(map(_positions, (caller,) * 2, "HW", size, kernel, stride, padding, dilation))
    return Window(kernel, stride, dilation, padding, output)


def pooling_window(caller, size, kernel, stride, padding, dilation, ceil_mode):
    """Check the geometry of pooling a picture of `size` (H, W) and return the `Window`."""
    kernel = pair(caller, "kernel_size", kernel, 1)
    stride = kernel if stride is None else stride
    window = sliding_window(caller, size, kernel, stride, padding, dilation)
    if ceil_mode:
        window = _rounded_up(window, size)
    for axis in (0, 1):
        if any(window.padding[axis]) and not _all_see_a_pixel(window, axis, size[axis]):
            raise ValueError(
                f"{caller}: padding {window.padding} is so large that a window of {kernel} pixels "
                "sees padding alone; use less padding or a larger window"
            )
    return window


def transposed_window(caller, size, kernel, stride, padding, output_padding, dilation):
    """Check the geometry of a transposed convolution of a picture of `size` (H, W).

    Returns:
        The `Window` that slides over the result and takes `size` positions; the result's size.
    """
    stride, dilation = pair(caller, "stride", stride, 1), pair(caller, "dilation", dilation, 1)
    extra = pair(caller, "output_padding", output_padding, 0)
    if isinstance(padding, str):
        raise TypeError(f"{caller}: padding must be numbers, but is {padding!r}")
    padding = sides(caller, padding, size, kernel, stride, dilation)
    result = []
    for axis in (0, 1):
        if extra[axis] >= max(stride[axis], dilation[axis]):
            raise ValueError(
                f"{caller}: output_padding must be smaller than stride or dilation, but is {extra} "
                f"with stride {stride} and dilation {dilation}"
            )
        reach = (size[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1
        result.append(reach + extra[axis] - sum(padding[axis]))
    if min(result) < 1:
        raise ValueError(
            f"{caller}: padding {padding} leaves a result of size {tuple(result)}; use less padding"
        )
    return Window(kernel, stride, dilation, padding, tuple(size)), tuple(result)


def sides(caller, padding, size, kernel, stride, dilation):
    """Spell `padding` out as ((top, bottom), (left, right)).

    A number pads all four sides; (height, width) pads both sides of each axis equally. "valid" pads
    nothing. "same" gives ⌈size / stride⌉ outputs; an odd total puts the extra pixel at the end.
    """
    if isinstance(padding, str):
        if padding == "valid":
            return (0, 0), (0, 0)
        if padding == "same":
            return tuple(map(_same, size, kernel, stride, dilation))
        raise ValueError(
            f"{caller}: padding must be 'same', 'valid' or numbers, but is {padding!r}"
        )
    if isinstance(padding, (tuple, list)) and len(padding) == 2:
        if all(isinstance(side, (tuple, list)) for side in padding):
            return tuple(pair(caller, "padding", side, 0) for side in padding)
    height, width = pair(caller, "padding", padding, 0)
    return (height, height), (width, width)


def pad(x, padding, value=0):
    """Return `x` (N, C, H, W) with `padding` pixels of `value` around it, or `x` if there are none.

    >>> pad(np.ones((1, 1, 1, 1)), ((0, 0), (1, 2)))[0, 0]
    array([[0., 1., 0., 0.]])
    """
    (top, bottom), (left, right) = padding
    if not (top or bottom or left or right):
        return x
    batch, channels, height, width = x.shape
    shape = (batch, channels, height + top + bottom, width + left + right)
    padded = np.full(shape, value, x.dtype) if value else np.zeros(shape, x.dtype)
    padded[:, :, top : top + height, left : left + width] = x
    return padded


def windows(x, window):
    """View the padded picture `x` (N, C, H, W) as all its windows, without copying.

    Returns:
        A view of shape (N, C, OH, OW, KH, KW), not to be written to: the windows share pixels. OH
        is as many as the rows of `x` allow.

    >>> windows(np.arange(4).reshape(1, 1, 1, 4), Window((1, 2), (1, 2), (1, 1), None, (1, 2)))
    array([[[[[[0, 1]], [[2, 3]]]]]])
    """
    (kernel_height, kernel_width), (stride_y, stride_x) = window.kernel, window.stride
    dilation_y, dilation_x = window.dilation
    out_height = (x.shape[2] - dilation_y * (kernel_height - 1) - 1) // stride_y + 1
    image, channel, row, column = x.strides
    shape = (*x.shape[:2], out_height, window.output[1], kernel_height, kernel_width)
    strides = (image, channel, row * stride_y, column * stride_x)
    strides += (row * dilation_y, column * dilation_x)
    if not x.flags.c_contiguous:
        return as_strided(x, shape, strides)
    return np.ndarray(shape, x.dtype, x, strides=strides)  # ten times as fast as `as_strided`


def tap(x, window, u, v):
    """View what the window's entry (u, v) sees in the padded `x`: shape (N, C, OH, OW)."""
    (stride_y, stride_x), (out_height, out_width) = window.stride, window.output
    top, left = u * window.dilation[0], v * window.dilation[1]
    bottom, right = top + stride_y * (out_height - 1) + 1, left + stride_x * (out_width - 1) + 1
    return x[:, :, top:bottom:stride_y, left:right:stride_x]


def crop(x, padding, size):
    """View the part of `x` that a picture of `size` (H, W) filled before `padding` was added."""
    (top, _), (left, _) = padding
    return x[:, :, top : top + size[0], left : left + size[1]]


def padded_shape(x, window):
    """Return the shape of `x` (N, C, H, W) after the window's padding."""
    (top, bottom), (left, right) = window.padding
    return (*x.shape[:2], x.shape[2] + top + bottom, x.shape[3] + left + right)


def _rounded_up(window, size):
    """Return `window` with one more position where the last pixels would otherwise be left out."""
    padding, output, overhang = [], [], []
    for axis in (0, 1):
        before, after = window.padding[axis]
        reach = window.dilation[axis] * (window.kernel[axis] - 1) + 1
        start = window.output[axis] * window.stride[axis]  # where one more window would begin
        end = start - window.stride[axis] + reach  # where the last window so far ends
        extra = end < size[axis] + before + after and start < size[axis] + before
        overhang.append(start + reach - size[axis] - before - after if extra else 0)
        padding.append((before, after + overhang[axis]))
        output.append(window.output[axis] + extra)
    return window._replace(padding=tuple(padding), output=tuple(output), overhang=tuple(overhang))


def _all_see_a_pixel(window, axis, size):
    """Return whether each position along one axis sees at least one pixel of the picture."""
    positions = np.arange(window.output[axis])[:, None] * window.stride[axis]
    seen = positions + np.arange(window.kernel[axis]) * window.dilation[axis]
    seen -= window.padding[axis][0]
    return ((seen >= 0) & (seen < size)).any(axis=1).all()


def _same(size, kernel, stride, dilation):
    """Return the (before, after) padding of one axis that gives ⌈size / stride⌉ outputs."""
    outputs = -(-size // stride)
    total = max((outputs - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    return total // 2, total - total // 2


def _positions(caller, axis, size, kernel, stride, padding, dilation):
    """Count the window's positions along one axis, or say that it doesn't fit."""
    room = size + padding[0] + padding[1] - dilation * (kernel - 1) - 1
    if room < 0:
        raise ValueError(
            f"{caller}: the kernel covers {dilation * (kernel - 1) + 1} pixels along {axis}, but "
            f"the padded input has {size + sum(padding)}; use a smaller kernel or more padding"
        )
    return room // stride + 1
