"""The dense layer and flattening, forward and backward."""

import math

from cnnedu.kernels.validation import (
    check_axes,
    check_overflow,
    check_shape,
    check_weights,
    matching_floats,
    matching_numbers,
    number_array,
)


def linear(x, w, b=None):
    """Multiply by a matrix of weights and add biases.

    Equation
        out[n, k] = Σ_d x[n, d] · w[k, d] + b[k]

    Args:
        x: batch of vectors, shape (N, D).
        w: weights, shape (K, D).
        b: biases, shape (K,), or None for none.

    Returns:
        Array of shape (N, K); exact int64 if all arguments hold whole numbers.

    Raises:
        TypeError: an argument doesn't hold numbers.
        ValueError: the shapes don't match, or whole numbers are too large to sum.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.1; the arguments are
        those of `torch.nn.functional.linear`.

    >>> linear([[1.0, 2.0]], [[3.0, 4.0], [5.0, 6.0]], [0.0, 100.0])
    array([[ 11., 117.]])
    """
    if b is None:
        x, w = matching_numbers("linear", x=x, w=w)
    else:
        x, w, b = matching_numbers("linear", x=x, w=w, b=b)
    _check_features("linear", x, w)
    if b is not None:
        check_shape("linear", "b", b, (len(w),), "one number per row of w")
    if x.dtype.kind == "i":
        check_overflow("linear", x, w, b)
    out = x @ w.T
    return out if b is None else out + b


def linear_backward(dout, x, w):
    """Return the gradients of a loss with respect to the input, weights and biases of `linear`.

    Equation
        dx = dout · w, dw = doutᵀ · x, db = Σ_n dout[n]

    Args:
        dout: gradient with respect to the output, shape (N, K).
        x, w: as given to `linear`.

    Returns:
        dx of shape (N, D), dw of shape (K, D), db of shape (K,).

    Raises:
        TypeError, ValueError: as `linear`, and if `dout` isn't of the output's shape.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.5.6.

    >>> dx, dw, db = linear_backward([[10.0]], [[1.0, 2.0]], [[3.0, 4.0]])
    >>> dx, dw, db
    (array([[30., 40.]]), array([[10., 20.]]), array([10.]))
    """
    dout, x, w = matching_floats("linear_backward", dout=dout, x=x, w=w)
    _check_features("linear_backward", x, w)
    check_shape("linear_backward", "dout", dout, (len(x), len(w)), "that of the output")
    return dout @ w, dout.T @ x, dout.sum(axis=0)


def flatten(x):
    """Write the numbers of each picture in one row.

    Equation
        out[n, (c·H + i)·W + j] = x[n, c, i, j]

    Args:
        x: batch of arrays, shape (N, …).

    Returns:
        Array of shape (N, D), where D is the product of the other axes.

    Raises:
        TypeError: `x` doesn't hold numbers.
        ValueError: `x` is a single number.

    Source
        `torch.nn.Flatten`.

    >>> flatten([[[[0, 1], [2, 3]]]])
    array([[0, 1, 2, 3]])
    """
    x = number_array("flatten", "x", x)
    return x.reshape(_flat_shape("flatten", x))


def flatten_backward(dout, x):
    """Give the gradient with respect to the output of `flatten` the shape of its input again.

    Equation
        dx[n, c, i, j] = dout[n, (c·H + i)·W + j]

    Arguments, errors and source as for `flatten`; `dout` has the shape of the output.

    >>> flatten_backward([[1.0, 2.0]], [[[1.0], [1.0]]])
    array([[[1.],
            [2.]]])
    """
    dout, x = matching_floats("flatten_backward", dout=dout, x=x)
    check_shape(
        "flatten_backward", "dout", dout, _flat_shape("flatten_backward", x), "that of the output"
    )
    return dout.reshape(x.shape)


def _flat_shape(caller, x):
    """Return the shape of `x` with all axes but the first merged into one."""
    if x.ndim == 0:
        raise ValueError(f"{caller}: x must be (N, ...), but is a single number")
    return len(x), math.prod(x.shape[1:])


def _check_features(caller, x, w):
    """Refuse vectors and weights that don't match."""
    check_axes(caller, "x", x.shape, "(N, D)")
    check_weights(caller, w.shape, "(K, D)")
    if x.shape[1] != w.shape[1]:
        raise ValueError(
            f"{caller}: w has {w.shape[1]} inputs per row but x has {x.shape[1]} "
            f"(x is (N, D) = {x.shape})"
        )
