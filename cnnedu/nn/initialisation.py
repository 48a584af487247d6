"""Initial weights: random, and of a size at which signals neither die out nor explode.

A sum of `fan_in` products of independent numbers with variances v_w and v_x has variance
fan_in · v_w · v_x. This factor multiplies up layer by layer, so v_w must make it 1.
"""

import math

import numpy as np

from cnnedu.kernels.validation import whole


def he_normal(shape, rng=None):
    """Draw weights for a layer followed by a ReLU.

    Equation
        w ~ N(0, 2 / fan_in); a ReLU sets half of the numbers to zero, and the 2 makes up for it

    Args:
        shape: (F, C, KH, KW) or (K, D); fan_in is the product of all sizes but the first.
        rng: a `numpy.random.Generator`, or None for a new one.

    Returns:
        float32 array.

    Raises:
        TypeError, ValueError: `shape` isn't two or more whole numbers of at least 1.

    Source
        He, Zhang, Ren, Sun, "Delving deep into rectifiers" (2015), equation 10.

    >>> bool(abs(he_normal((400, 200), np.random.default_rng(0)).std() - 0.1) < 1e-3)
    True
    """
    shape = _sizes("he_normal", shape)
    return _normal(shape, math.sqrt(2 / math.prod(shape[1:])), rng)


def glorot_normal(shape, rng=None):
    """Draw weights for a layer followed by tanh or by nothing.

    Equation
        w ~ N(0, 2 / (fan_in + fan_out)): between 1 / fan_in, which preserves the signals of the
        forward pass, and 1 / fan_out, which preserves the gradients of the backward pass

    Arguments and result as for `he_normal`; fan_out is F·KH·KW or K.

    Source
        Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural
        networks" (2010), equation 12.

    >>> bool(abs(glorot_normal((100, 100), np.random.default_rng(0)).std() - 0.1) < 1e-3)
    True
    """
    shape = _sizes("glorot_normal", shape)
    fan_in, fan_out = math.prod(shape[1:]), shape[0] * math.prod(shape[2:])
    return _normal(shape, math.sqrt(2 / (fan_in + fan_out)), rng)


def _sizes(caller, shape):
    """Return the shape of the weights if every size is at least 1."""
    if len(shape) < 2:
        raise ValueError(f"{caller}: shape must be (out, in, ...), but is {tuple(shape)}")
    return tuple(whole(caller, "each size in shape", size, least=1) for size in shape)


def _normal(shape, deviation, rng):
    """Draw normal numbers with mean 0 and the given standard deviation."""
    rng = np.random.default_rng() if rng is None else rng
    return rng.standard_normal(shape, np.float32) * np.float32(deviation)
