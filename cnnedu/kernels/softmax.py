"""Softmax and its logarithm, forward and backward."""

import numpy as np

from cnnedu.kernels.validation import axis, check_shape, float_array, matching_floats


def softmax(x, dim=-1):
    """Turn scores into probabilities that add up to 1.

    Equation
        p_k = e^(x_k − m) / Σ_j e^(x_j − m), m = max_j x_j

    Subtracting the largest score first changes nothing, except that nothing overflows.

    Args:
        x: scores, any shape with at least one axis.
        dim: the axis along which the probabilities add up to 1.

    Returns:
        Array of the shape of `x`; float64 for whole numbers.

    Raises:
        TypeError: `x` doesn't hold numbers, or `dim` isn't a whole number.
        ValueError: `x` has no such axis.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), equation 4.1.

    >>> softmax([1000.0, 1000.0])
    array([0.5, 0.5])
    """
    x = float_array("softmax", "x", x)
    powers = np.exp(_below_largest(x, axis("softmax", x, dim)))
    return powers / powers.sum(axis=dim, keepdims=True)


def softmax_backward(dout, x, dim=-1):
    """Return the gradient of a loss with respect to the scores given to `softmax`.

    Equation
        dx_k = p_k · (dout_k − Σ_j p_j · dout_j)

    Arguments, errors and source as for `softmax`; `dout` has the shape of `x`.

    >>> softmax_backward([8.0, 0.0], [0.0, 0.0])
    array([ 2., -2.])
    """
    dout, x = matching_floats("softmax_backward", dout=dout, x=x)
    check_shape("softmax_backward", "dout", dout, x.shape, "that of x")
    p = softmax(x, axis("softmax_backward", x, dim))
    return p * (dout - (p * dout).sum(axis=dim, keepdims=True))


def log_softmax(x, dim=-1):
    """Return the logarithm of `softmax`, exact where a probability is too small for a float.

    Equation
        log p_k = x_k − m − log Σ_j e^(x_j − m), m = max_j x_j

    Arguments, result and errors as for `softmax`.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.2.2.3.

    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    """
    x = float_array("log_softmax", "x", x)
    below = _below_largest(x, axis("log_softmax", x, dim))
    return below - np.log(np.exp(below).sum(axis=dim, keepdims=True))


def log_softmax_backward(dout, x, dim=-1):
    """Return the gradient of a loss with respect to the scores given to `log_softmax`.

    Equation
        dx_k = dout_k − p_k · Σ_j dout_j

    Arguments, errors and source as for `log_softmax`; `dout` has the shape of `x`.

    >>> log_softmax_backward([1.0, 0.0], [0.0, 0.0])
    array([ 0.5, -0.5])
    """
    dout, x = matching_floats("log_softmax_backward", dout=dout, x=x)
    check_shape("log_softmax_backward", "dout", dout, x.shape, "that of x")
    p = softmax(x, axis("log_softmax_backward", x, dim))
    return dout - p * dout.sum(axis=dim, keepdims=True)


def _below_largest(x, dim):
    """Return x minus the largest number along `dim`; infinity minus infinity is NaN."""
    with np.errstate(invalid="ignore"):
        return x - x.max(axis=dim, keepdims=True, initial=-np.inf)
