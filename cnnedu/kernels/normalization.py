"""Batch normalisation, forward and backward."""

import numpy as np

from cnnedu.kernels.validation import check_shape, flag, float_array, matching_floats, real


def batch_norm(
    x, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5
):
    """Normalise every channel, then scale it by `weight` and shift it by `bias`.

    Equation
        out = weight[c] · (x − mean[c]) / √(var[c] + eps) + bias[c]

    In training, mean[c] and var[c] are those of the batch (over all axes but c, dividing by their
    count M), and the running statistics follow: running ← (1 − momentum) · running + momentum ·
    batch, where the batch's variance is divided by M − 1, as in PyTorch. Otherwise mean and var are
    the running ones. Nothing is changed in place.

    Args:
        x: batch, shape (N, C) or (N, C, d1, …).
        running_mean, running_var: the running statistics, shape (C,) each; variances at least 0.
        weight, bias: scale and shift, shape (C,) each, or None for 1 and 0.
        training: use the statistics of the batch.
        momentum: weight of the batch in the new running statistics, from 0 to 1.
        eps: added to the variance, at least 0.

    Returns:
        Array of the shape of `x`; the new running mean; the new running variance.

    Raises:
        TypeError: an argument has the wrong type.
        ValueError: the shapes don't match, a variance is negative, or, in training, a channel has
            fewer than two numbers and so no variance.

    Source
        Ioffe, Szegedy, "Batch normalization" (2015), algorithms 1 and 2.

    >>> out, mean, var = batch_norm([[1.0], [3.0]], [0.0], [1.0], training=True, eps=0.0)
    >>> out.ravel(), mean, var
    (array([-1.,  1.]), array([0.2]), array([1.1]))
    """
    caller = "batch_norm"
    x, running_mean, running_var = _checked(caller, x, running_mean, running_var, training, eps)
    momentum = real(caller, "momentum", momentum, least=0, most=1)
    mean, var = running_mean, running_var
    if training:
        mean, var = _statistics(x)
        count = x.size // x.shape[1]
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var * (count / (count - 1))
    scale = _per_channel(caller, "weight", weight, x, 1) / np.sqrt(var + x.dtype.type(eps))
    shift = _per_channel(caller, "bias", bias, x, 0) - mean * scale
    return x * _along(scale, x) + _along(shift, x), running_mean, running_var


def batch_norm_backward(dout, x, running_mean, running_var, weight=None, training=False, eps=1e-5):
    """Return the gradients of a loss with respect to the input, weight and bias of `batch_norm`.

    Equation
        x̂ = (x − mean) / √(var + eps), dweight = Σ dout · x̂, dbias = Σ dout,
        dx = weight / √(var + eps) · (dout − dbias / M − x̂ · dweight / M) in training,
        dx = weight / √(var + eps) · dout otherwise; M is the count of numbers per channel

    Args:
        dout: gradient with respect to the output, of the shape of `x`.
        x, running_mean, running_var, weight, training, eps: as given to `batch_norm`.

    Returns:
        dx of the shape of `x`, dweight and dbias of shape (C,).

    Raises:
        TypeError, ValueError: as `batch_norm`, and if `dout` isn't of the output's shape.

    Source
        Ioffe, Szegedy, "Batch normalization" (2015), section 3.

    >>> dout, x = [[1.0], [2.0]], [[3.0], [5.0]]
    >>> dx, dweight, dbias = batch_norm_backward(dout, x, [3.0], [4.0], eps=0.0)
    >>> dx.ravel(), dweight, dbias
    (array([0.5, 1. ]), array([2.]), array([3.]))
    """
    caller = "batch_norm_backward"
    dout, x = matching_floats(caller, dout=dout, x=x)
    check_shape(caller, "dout", dout, x.shape, "that of x")
    x, mean, var = _checked(caller, x, running_mean, running_var, training, eps)
    if training:
        mean, var = _statistics(x)
    inverse = 1 / np.sqrt(var + x.dtype.type(eps))
    normalised = (x - _along(mean, x)) * _along(inverse, x)
    dweight, dbias = (dout * normalised).sum(_others(x)), dout.sum(_others(x))
    if training:
        count = x.size // x.shape[1]
        dout = dout - _along(dbias / count, x) - normalised * _along(dweight / count, x)
    scale = _per_channel(caller, "weight", weight, x, 1) * inverse
    return dout * _along(scale, x), dweight, dbias


def _checked(caller, x, mean, var, training, eps):
    """Return the batch and the running statistics in one type if they match."""
    x, mean, var = matching_floats(caller, x=x, running_mean=mean, running_var=var)
    if x.ndim < 2 or 0 in x.shape[1:]:
        raise ValueError(f"{caller}: x must be (N, C, ...), but has shape {x.shape}")
    for name, array in (("running_mean", mean), ("running_var", var)):
        check_shape(caller, name, array, x.shape[1:2], "one number per channel")
    if (var < 0).any():
        raise ValueError(f"{caller}: running_var must be at least 0, but holds {var.min()}")
    real(caller, "eps", eps, least=0)
    if flag(caller, "training", training) and x.size // x.shape[1] < 2:
        raise ValueError(
            f"{caller}: training needs at least two numbers per channel, but x has shape {x.shape}"
        )
    return x, mean, var


def _statistics(x):
    """Return the mean and the variance of every channel over all other axes."""
    return x.mean(axis=_others(x)), x.var(axis=_others(x))


def _per_channel(caller, name, value, x, default):
    """Return one number per channel in the type of `x`."""
    if value is None:
        return np.full(x.shape[1], default, x.dtype)
    value = float_array(caller, name, value)
    check_shape(caller, name, value, x.shape[1:2], "one number per channel")
    return value.astype(x.dtype, copy=False)


def _others(x):
    """Return all axes but the channels'."""
    return (0, *range(2, x.ndim))


def _along(value, x):
    """Reshape one number per channel so that it lines up with the axes of `x`."""
    return value.reshape(-1, *[1] * (x.ndim - 2))
