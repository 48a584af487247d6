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
    if len(shape) < 2:
        raise ValueError(f"he_normal: shape must be (out, in, ...), but is {tuple(shape)}")
    shape = [whole("he_normal", "each size in shape", size, least=1) for size in shape]
    rng = np.random.default_rng() if rng is None else rng
    deviation = math.sqrt(2 / math.prod(shape[1:]))
    return rng.standard_normal(shape, np.float32) * np.float32(deviation)
