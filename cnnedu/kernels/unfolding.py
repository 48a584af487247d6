"""Windows as columns of a matrix, and back: how a convolution becomes a matrix product."""

import numpy as np

from cnnedu.kernels.geometry import crop, pad, sliding_window, tap, windows
from cnnedu.kernels.validation import check_pictures, check_shape, number_array, pair


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    """Copy what each window sees into a column.

    Equation
        cols[n, (c·KH + u)·KW + v, i·OW + j] = x[n, c, i·stride + u·dilation − top, …]

    With w of shape (F, C·KH·KW), convolution is the matrix product w · cols[n].

    Args:
        x: batch of pictures, shape (N, C, H, W).
        kernel_size: size of the window in pixels: a number or (height, width).
        stride, padding, dilation: as for `conv2d`.

    Returns:
        Array of shape (N, C·KH·KW, OH·OW), OH and OW as for `conv2d`; int64 for whole numbers.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: `x` isn't a batch of pictures, or the window doesn't fit.

    Source
        Chellapilla, Puri, Simard, "High performance convolutional neural networks for document
        processing" (2006), section 2.1; `torch.nn.functional.unfold`.

    >>> im2col([[[[1, 2, 3]]]], (1, 2))
    array([[[1, 2],
            [2, 3]]])
    """
    x = number_array("im2col", "x", x)
    check_pictures("im2col", x.shape)
    kernel = pair("im2col", "kernel_size", kernel_size, 1)
    window = sliding_window("im2col", x.shape[2:], kernel, stride, padding, dilation)
    seen = windows(pad(x, window.padding), window).transpose(0, 1, 4, 5, 2, 3)
    columns = x.shape[1] * kernel[0] * kernel[1], window.output[0] * window.output[1]
    return np.array(seen, order="C").reshape(len(x), *columns)  # one copy, not two


def col2im(cols, size, kernel_size, stride=1, padding=0, dilation=1):
    """Add columns up at the pixels from which `im2col` took them: its backward pass.

    Equation
        x[n, c, p, q] = Σ cols[n, (c·KH + u)·KW + v, i·OW + j] over all entries taken from (p, q)

    Args:
        cols: shape (N, C·KH·KW, OH·OW).
        size: (H, W) of the pictures.
        kernel_size, stride, padding, dilation: as for `im2col`.

    Returns:
        Array of shape (N, C, H, W); int64 for whole numbers.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: the shapes don't match, or the window doesn't fit.

    Source
        `torch.nn.functional.fold`.

    >>> col2im([[[1, 2], [2, 3]]], size=(1, 3), kernel_size=(1, 2))
    array([[[[1, 4, 3]]]])
    """
    cols = number_array("col2im", "cols", cols)
    size, kernel = pair("col2im", "size", size, 1), pair("col2im", "kernel_size", kernel_size, 1)
    window = sliding_window("col2im", size, kernel, stride, padding, dilation)
    entries = kernel[0] * kernel[1]
    channels = max(1, cols.shape[1] // entries) if cols.ndim == 3 else 1
    shape = (*cols.shape[:1], channels * entries, window.output[0] * window.output[1])
    check_shape("col2im", "cols", cols, shape, "(N, C·KH·KW, OH·OW)")
    parts = cols.reshape(len(cols), channels, *kernel, *window.output)
    (top, bottom), (left, right) = window.padding
    padded = (top + size[0] + bottom, left + size[1] + right)
    x = np.zeros((len(cols), channels, *padded), cols.dtype)
    for u, v in np.ndindex(kernel):
        seen = tap(x, window, u, v)
        seen += parts[:, :, u, v]
    return crop(x, window.padding, size)
