"""Activations: functions of a single number, forward and backward (softmax: see `softmax.py`).

Every `…_backward(dout, x)` returns dx = dout · f′(x), in the shape of `x`.
"""

import math

import numpy as np

from cnnedu.kernels.validation import (
    check_shape,
    choice,
    float_array,
    matching_floats,
    number_array,
    real,
)

# erf on [0, 6] to 16 digits: NumPy has none, and the standard library's takes single numbers
_ERF = np.polynomial.Chebyshev.interpolate(np.vectorize(math.erf), deg=50, domain=[0, 6])


def relu(x):
    """Set negative numbers to zero.

    Equation
        f(x) = max(x, 0)

    Args:
        x: numbers, any shape.

    Returns:
        Array of the shape of `x`; int64 for whole numbers.

    Raises:
        TypeError: `x` doesn't hold numbers.

    Source
        Nair, Hinton, "Rectified linear units improve restricted Boltzmann machines" (2010).

    >>> relu(np.array([-1.0, 2.0]))
    array([0., 2.])
    """
    return np.maximum(number_array("relu", "x", x), 0)


def relu_backward(dout, x):
    """Pass the gradient on where x > 0; at 0 itself it is 0, as in PyTorch.

    Equation
        dx = dout where x > 0, else 0

    Arguments, errors and source as for `relu`; `dout` has the shape of `x`.

    >>> relu_backward([10.0, 10.0], [-1.0, 2.0])
    array([ 0., 10.])
    """
    dout, x = _gradient_and_input("relu_backward", dout, x)
    return np.where(x <= 0, dout.dtype.type(0), dout)


def leaky_relu(x, negative_slope=0.01):
    """Shrink negative numbers.

    Equation
        f(x) = x where x > 0, else negative_slope · x

    Args:
        x: numbers, any shape.
        negative_slope: slope for negative numbers.

    Returns:
        Array of the shape of `x`; float64 for whole numbers.

    Raises:
        TypeError: `x` or `negative_slope` isn't numeric.
        ValueError: `negative_slope` isn't finite.

    Source
        Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models" (2013).

    >>> leaky_relu([-1.0, 2.0], negative_slope=0.1)
    array([-0.1,  2. ])
    """
    x = float_array("leaky_relu", "x", x)
    slope = real("leaky_relu", "negative_slope", negative_slope)
    return np.where(x > 0, x, x * x.dtype.type(slope))


def leaky_relu_backward(dout, x, negative_slope=0.01):
    """Scale the gradient by the slope where x ≤ 0.

    Equation
        dx = dout where x > 0, else negative_slope · dout

    Arguments, errors and source as for `leaky_relu`; `dout` has the shape of `x`.

    >>> leaky_relu_backward([10.0, 10.0], [-1.0, 2.0], negative_slope=0.1)
    array([ 1., 10.])
    """
    dout, x = _gradient_and_input("leaky_relu_backward", dout, x)
    slope = real("leaky_relu_backward", "negative_slope", negative_slope)
    return np.where(x > 0, dout, dout * x.dtype.type(slope))


def sigmoid(x):
    """Squash numbers into (0, 1), without overflow at either end.

    Equation
        σ(x) = 1 / (1 + e^(−x)) = e^x / (1 + e^x)

    Args:
        x: numbers, any shape.

    Returns:
        Array of the shape of `x`; float64 for whole numbers.

    Raises:
        TypeError: `x` doesn't hold numbers.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), equation 3.30.

    >>> sigmoid([0.0, -1000.0])
    array([0.5, 0. ])
    """
    x = float_array("sigmoid", "x", x)
    small = np.exp(-np.abs(x))  # use whichever form has a negative exponent
    return np.where(x < 0, small, x.dtype.type(1)) / (1 + small)


def sigmoid_backward(dout, x):
    """Multiply by the slope of the sigmoid.

    Equation
        dx = dout · σ(x) · (1 − σ(x))

    Arguments, errors and source as for `sigmoid`; `dout` has the shape of `x`.

    >>> sigmoid_backward([8.0], [0.0])
    array([2.])
    """
    dout, x = _gradient_and_input("sigmoid_backward", dout, x)
    return dout * sigmoid(x) * sigmoid(-x)


def tanh(x):
    """Squash numbers into (−1, 1).

    Equation
        tanh(x) = (e^x − e^(−x)) / (e^x + e^(−x))

    Args:
        x: numbers, any shape.

    Returns:
        Array of the shape of `x`; float64 for whole numbers.

    Raises:
        TypeError: `x` doesn't hold numbers.

    Source
        LeCun, Bottou, Orr, Müller, "Efficient BackProp" (1998), section 4.4.

    >>> tanh([0, 100])
    array([0., 1.])
    """
    return np.tanh(float_array("tanh", "x", x))


def tanh_backward(dout, x):
    """Multiply by the slope of the hyperbolic tangent.

    Equation
        dx = dout · (1 − tanh²(x))

    Arguments, errors and source as for `tanh`; `dout` has the shape of `x`.

    >>> tanh_backward([3.0], [0.0])
    array([3.])
    """
    dout, x = _gradient_and_input("tanh_backward", dout, x)
    return dout * (1 - np.tanh(x) ** 2)


def gelu(x, approximate="none"):
    """Weight each number by the probability that a standard normal number is smaller.

    Equation
        f(x) = x · Φ(x), Φ(x) = ½ · (1 + erf(x / √2))
        approximate="tanh": f(x) = ½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))

    Args:
        x: numbers, any shape.
        approximate: "none" or "tanh".

    Returns:
        Array of the shape of `x`; float64 for whole numbers.

    Raises:
        TypeError: `x` doesn't hold numbers, or `approximate` isn't a string.
        ValueError: `approximate` is any other string.

    Source
        Hendrycks, Gimpel, "Gaussian error linear units" (2016), section 2.

    >>> gelu([0.0, 100.0])
    array([  0., 100.])
    """
    x = float_array("gelu", "x", x)
    return x * _gate("gelu", x, approximate)[0]


def gelu_backward(dout, x, approximate="none"):
    """Multiply by the slope of the Gaussian error linear unit.

    Equation
        dx = dout · (Φ(x) + x · φ(x)), φ(x) = e^(−x²/2) / √(2π); the tanh form likewise

    Arguments, errors and source as for `gelu`; `dout` has the shape of `x`.

    >>> gelu_backward([4.0], [0.0])
    array([2.])
    """
    dout, x = _gradient_and_input("gelu_backward", dout, x)
    gate, slope = _gate("gelu_backward", x, approximate)
    return dout * (gate + x * slope)


def _gate(caller, x, approximate):
    """Return the factor by which `gelu` multiplies x, and its slope."""
    if choice(caller, "approximate", approximate, ("none", "tanh")) == "none":
        size = np.abs(x) / math.sqrt(2)
        erf = np.where(size >= 6, 1, _ERF(np.minimum(size, 6)))
        gate = (1 + np.copysign(erf, x)) / 2
        slope = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    else:
        t = np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))
        gate = (1 + t) / 2
        slope = (1 - t**2) * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x**2) / 2
    return gate.astype(x.dtype, copy=False), slope.astype(x.dtype, copy=False)


def _gradient_and_input(caller, dout, x):
    """Return both arguments in one float type if their shapes agree."""
    dout, x = matching_floats(caller, dout=dout, x=x)
    check_shape(caller, "dout", dout, x.shape, "that of x")
    return dout, x
