"""Global pooling: the mean or the largest number of each channel, forward and backward."""

import numpy as np

from cnnedu.kernels.validation import (
    check_pictures,
    check_shape,
    float_array,
    matching_floats,
    number_array,
)


def global_avg_pool2d(x):
    """Average every channel.

    Equation
        out[n, c, 0, 0] = Σ_i Σ_j x[n, c, i, j] / (H·W)

    Args:
        x: batch of pictures, shape (N, C, H, W).

    Returns:
        Array of shape (N, C, 1, 1); float64 for whole numbers.

    Raises:
        TypeError: `x` doesn't hold numbers.
        ValueError: `x` isn't a batch of pictures.

    Source
        Lin, Chen, Yan, "Network in network" (2014), section 3.2.

    >>> global_avg_pool2d(np.array([[[[1, 2], [3, 6]]]]))
    array([[[[3.]]]])
    """
    x = float_array("global_avg_pool2d", "x", x)
    check_pictures("global_avg_pool2d", x.shape)
    return x.mean(axis=(2, 3), keepdims=True)


def global_avg_pool2d_backward(dout, x):
    """Return the gradient with respect to the input of `global_avg_pool2d`, in equal shares.

    Equation
        dx[n, c, p, q] = dout[n, c, 0, 0] / (H·W)

    Arguments, errors and source as for `avg_pool2d_backward`; `dout` has shape (N, C, 1, 1).

    >>> global_avg_pool2d_backward(np.array([[[[4.0]]]]), np.zeros((1, 1, 1, 2)))
    array([[[[2., 2.]]]])
    """
    caller = "global_avg_pool2d_backward"
    dout, x = matching_floats(caller, dout=dout, x=x)
    check_pictures(caller, x.shape)
    check_shape(caller, "dout", dout, (*x.shape[:2], 1, 1), "that of the output")
    return np.broadcast_to(dout / (x.shape[2] * x.shape[3]), x.shape).astype(x.dtype)


def global_max_pool2d(x):
    """Keep the largest number of every channel.

    Equation
        out[n, c, 0, 0] = max over i, j of x[n, c, i, j]

    Args:
        x: batch of pictures, shape (N, C, H, W).

    Returns:
        Array of shape (N, C, 1, 1); int64 for whole numbers.

    Raises:
        TypeError: `x` doesn't hold numbers.
        ValueError: `x` isn't a batch of pictures.

    Source
        Oquab, Bottou, Laptev, Sivic, "Is object localization for free?" (2015), section 3.

    >>> global_max_pool2d(np.array([[[[1, 2], [3, 6]]]]))
    array([[[[6]]]])
    """
    x = number_array("global_max_pool2d", "x", x)
    check_pictures("global_max_pool2d", x.shape)
    return x.max(axis=(2, 3), keepdims=True)


def global_max_pool2d_backward(dout, x):
    """Return the gradient with respect to the input of `global_max_pool2d`, at the first maximum.

    Equation
        dx[n, c, p, q] = dout[n, c, 0, 0] if (p, q) is the first maximum of x[n, c], else 0

    Arguments, errors and source as for `max_pool2d_backward`; `dout` has shape (N, C, 1, 1).

    >>> global_max_pool2d_backward(np.array([[[[4.0]]]]), np.array([[[[1.0, 2.0]]]]))
    array([[[[0., 4.]]]])
    """
    caller = "global_max_pool2d_backward"
    dout, x = matching_floats(caller, dout=dout, x=x)
    check_pictures(caller, x.shape)
    check_shape(caller, "dout", dout, (*x.shape[:2], 1, 1), "that of the output")
    batch, channels, height, width = x.shape
    dx = np.zeros((batch, channels, height * width), x.dtype)
    places = x.reshape(dx.shape).argmax(axis=2)[:, :, None]
    np.put_along_axis(dx, places, dout[:, :, 0], axis=2)
    return dx.reshape(x.shape)
