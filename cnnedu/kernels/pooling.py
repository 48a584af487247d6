"""Pooling: the largest or the mean number in every window, forward and backward."""

import numpy as np

from cnnedu.kernels.geometry import crop, pad, padded_shape, pooling_window, tap
from cnnedu.kernels.validation import (
    check_pictures,
    check_shape,
    flag,
    float_array,
    matching_floats,
    number_array,
)


def max_pool2d(
    x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False
):
    """Keep the largest number in every window.

    Equation
        out[n, c, i, j] = max over u, v of x[n, c, i·stride + u·dilation − top, …]

    Padding is never the maximum; NaN always is.

    Args:
        x: batch of pictures, shape (N, C, H, W).
        kernel_size: size of the window in pixels: a number or (height, width).
        stride: pixels the window moves between two outputs; None for `kernel_size`.
        padding: as for `conv2d`; every window must see at least one pixel of the picture.
        dilation: distance between neighbours in the window: a number or (height, width).
        ceil_mode: round the number of outputs up, so that the last rows and columns count; a
            window that would start beyond the picture and its leading padding is left out.
        return_indices: also return where the largest numbers are.

    Returns:
        Array of shape (N, C, OH, OW) and the type of `x`, OH = ⌊(H + top + bottom −
        dilation·(KH − 1) − 1) / stride⌋ + 1 (⌈ ⌉ with `ceil_mode`). With `return_indices`, a
        pair: that array, and the position row·W + column of each number in the picture.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: a window doesn't fit, or sees nothing but padding.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 9.3.

    >>> max_pool2d(np.array([[[[1, 2, 5, 6], [3, 4, 7, 8]]]]), 2).ravel()
    array([4, 8])
    """
    caller = "max_pool2d"
    dtype = getattr(x, "dtype", None)
    x = number_array(caller, "x", x)
    window = _checked(caller, x, kernel_size, stride, padding, dilation, ceil_mode)
    padded = pad(x, window.padding, _lowest(x.dtype))
    if flag(caller, "return_indices", return_indices):
        out, entry = _first_largest(padded, x, window)
        return out.astype(dtype or out.dtype, copy=False), _places(entry, window, x.shape[3])
    out = None
    for u, v in np.ndindex(window.kernel):
        seen = tap(padded, window, u, v)
        out = seen.copy("K") if out is None else np.maximum(out, seen, out=out)
    return out.astype(dtype or out.dtype, copy=False)


def max_pool2d_backward(dout, x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Return the gradient of a loss with respect to the input of `max_pool2d`.

    Equation
        dx[n, c, p, q] = Σ dout[n, c, i, j] over all windows whose largest number is at (p, q)

    If several numbers are largest, the first, row by row, gets it all, as in PyTorch.

    Args:
        dout: gradient with respect to the output, shape (N, C, OH, OW).
        x, kernel_size, stride, padding, dilation, ceil_mode: as given to `max_pool2d`.

    Returns:
        dx of shape (N, C, H, W).

    Raises:
        TypeError, ValueError: as `max_pool2d`, and if `dout` isn't of the output's shape.

    Source
        LeCun, Bottou, Orr, Müller, "Efficient BackProp" (1998), section 5.

    >>> max_pool2d_backward(np.array([[[[10.0]]]]), np.array([[[[3.0, 1.0, 3.0]]]]), (1, 3)).ravel()
    array([10.,  0.,  0.])
    """
    caller = "max_pool2d_backward"
    dout, x = matching_floats(caller, dout=dout, x=x)
    window = _checked(caller, x, kernel_size, stride, padding, dilation, ceil_mode)
    check_shape(caller, "dout", dout, (*x.shape[:2], *window.output), "that of the output")
    padded = pad(x, window.padding, -np.inf)
    _, entry = _first_largest(padded, x, window)
    dx = np.zeros_like(padded)
    for number, (u, v) in enumerate(np.ndindex(window.kernel)):
        seen = tap(dx, window, u, v)
        np.add(seen, dout, out=seen, where=entry == number)
    return crop(dx, window.padding, x.shape[2:])


def avg_pool2d(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, dilation=1
):
    """Average the numbers in every window.

    Equation
        out[n, c, i, j] = Σ_u Σ_v x[n, c, i·stride + u·dilation − top, …] / count[i, j]

    where `x` counts as zero outside the picture, and count is how many of the KH·KW entries count.

    Args:
        x: batch of pictures, shape (N, C, H, W).
        kernel_size: size of the window in pixels: a number or (height, width).
        stride: pixels the window moves between two outputs; None for `kernel_size`.
        padding: as for `conv2d`; every window must see at least one pixel of the picture.
        ceil_mode: as for `max_pool2d`; pixels beyond the padding are never counted.
        count_include_pad: count the padding as pixels whose value is zero.
        dilation: distance between neighbours in the window: a number or (height, width).

    Returns:
        Array of shape (N, C, OH, OW), as for `max_pool2d`; float64 for whole numbers.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: a window doesn't fit, or sees nothing but padding.

    Source
        LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
        recognition" (1998), section II.A (sub-sampling).

    >>> avg_pool2d(np.array([[[[1, 2, 5, 6], [3, 4, 7, 8]]]]), 2).ravel()
    array([2.5, 6.5])
    """
    caller = "avg_pool2d"
    x = float_array(caller, "x", x)
    window = _checked(caller, x, kernel_size, stride, padding, dilation, ceil_mode)
    counts = _counts(x, window, flag(caller, "count_include_pad", count_include_pad))
    padded = pad(x, window.padding)
    out = None
    for u, v in np.ndindex(window.kernel):
        seen = tap(padded, window, u, v)
        out = seen.copy("K") if out is None else np.add(out, seen, out=out)
    out /= counts
    return out


def avg_pool2d_backward(
    dout,
    x,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    dilation=1,
):
    """Return the gradient of a loss with respect to the input of `avg_pool2d`.

    Equation
        dx[n, c, p, q] = Σ dout[n, c, i, j] / count[i, j] over all windows that see (p, q)

    Args:
        dout: gradient with respect to the output, shape (N, C, OH, OW).
        x, kernel_size, stride, padding, ceil_mode, count_include_pad, dilation: as given to
            `avg_pool2d`; only the shape and the type of `x` matter.

    Returns:
        dx of shape (N, C, H, W).

    Raises:
        TypeError, ValueError: as `avg_pool2d`, and if `dout` isn't of the output's shape.

    Source
        LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
        recognition" (1998), section II.A (sub-sampling).

    >>> avg_pool2d_backward(np.array([[[[10.0]]]]), np.zeros((1, 1, 1, 2)), (1, 2)).ravel()
    array([5., 5.])
    """
    caller = "avg_pool2d_backward"
    dout, x = matching_floats(caller, dout=dout, x=x)
    window = _checked(caller, x, kernel_size, stride, padding, dilation, ceil_mode)
    check_shape(caller, "dout", dout, (*x.shape[:2], *window.output), "that of the output")
    counts = _counts(x, window, flag(caller, "count_include_pad", count_include_pad))
    share = dout / counts
    dx = np.zeros(padded_shape(x, window), x.dtype)
    for u, v in np.ndindex(window.kernel):
        seen = tap(dx, window, u, v)
        seen += share
    return crop(dx, window.padding, x.shape[2:])


def _checked(caller, x, kernel_size, stride, padding, dilation, ceil_mode):
    """Return the window over `x` if all arguments are valid."""
    check_pictures(caller, x.shape)
    ceil_mode = flag(caller, "ceil_mode", ceil_mode)
    return pooling_window(caller, x.shape[2:], kernel_size, stride, padding, dilation, ceil_mode)


def _lowest(dtype):
    """Return the lowest number of a type."""
    return -np.inf if dtype.kind == "f" else np.iinfo(dtype).min


def _first_largest(padded, x, window):
    """Return the largest number of each window and which of its entries was first to hold it."""
    inside = pad(np.ones((1, 1, *x.shape[2:]), bool), window.padding)
    out = np.full_like(tap(padded, window, 0, 0), _lowest(x.dtype))
    entry = np.full_like(out, -1, np.int64)
    for number, (u, v) in enumerate(np.ndindex(window.kernel)):
        seen = tap(padded, window, u, v)
        first = (entry < 0) & tap(inside, window, u, v)
        better = (seen > out) | np.isnan(seen) | first
        np.copyto(out, seen, where=better)
        np.copyto(entry, number, where=better)
    return out, entry


def _places(entry, window, width):
    """Turn entries u·KW + v of the windows into positions row·W + column in the picture."""
    u, v = np.divmod(entry, window.kernel[1])
    (top, _), (left, _) = window.padding
    i, j = np.ogrid[: window.output[0], : window.output[1]]
    row = i * window.stride[0] + u * window.dilation[0] - top
    return row * width + j * window.stride[1] + v * window.dilation[1] - left


def _counts(x, window, count_include_pad):
    """Return how many entries count in each window, shape (1, 1, OH, OW)."""
    if not count_include_pad:
        counted = pad(np.ones((1, 1, *x.shape[2:]), x.dtype), window.padding)
    else:
        counted = np.ones((1, 1, *padded_shape(x, window)[2:]), x.dtype)
        counted[:, :, counted.shape[2] - window.overhang[0] :] = 0
        counted[:, :, :, counted.shape[3] - window.overhang[1] :] = 0
    return sum(tap(counted, window, u, v) for u, v in np.ndindex(window.kernel))
