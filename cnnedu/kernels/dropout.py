"""Dropout: switch off random numbers in training, forward and backward."""

import numpy as np

from cnnedu.kernels.validation import check_shape, flag, float_array, matching_floats, real


def dropout(x, p=0.5, training=True, rng=None):
    """Set each number to zero with probability `p` and scale the others up to keep the mean.

    Equation
        out = x · mask, mask = 0 with probability p, else 1 / (1 − p); all 1 outside training

    Args:
        x: numbers, any shape.
        p: probability of a zero, from 0 to 1.
        training: switch numbers off; if False, nothing changes.
        rng: the `numpy.random.Generator` that chooses them; required in training.

    Returns:
        Array of the shape of `x`; the mask, which `dropout_backward` needs.

    Raises:
        TypeError: an argument has the wrong type, or `rng` is missing.
        ValueError: `p` isn't a probability.

    Source
        Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting"
        (2014); section 10 has scaling in training, "inverted" dropout.

    >>> out, mask = dropout([1.0, 1.0, 1.0], p=0.5, rng=np.random.default_rng(0))
    >>> out
    array([2., 0., 0.])
    """
    x = float_array("dropout", "x", x)
    p = real("dropout", "p", p, least=0, most=1)
    if not flag("dropout", "training", training):
        return x.copy(), np.ones_like(x)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            "dropout: rng must be a random generator such as np.random.default_rng(0) in training, "
            f"but is {rng!r}"
        )
    kept = rng.random(x.shape) >= p
    mask = kept.astype(x.dtype) * x.dtype.type(1 / (1 - p) if p < 1 else 0)
    return x * mask, mask


def dropout_backward(dout, mask):
    """Return the gradient of a loss with respect to the input of `dropout`.

    Equation
        dx = dout · mask

    Arguments, errors and source as for `dropout`; `dout` has the shape of `mask`.

    >>> dropout_backward([10.0, 10.0], [2.0, 0.0])
    array([20.,  0.])
    """
    dout, mask = matching_floats("dropout_backward", dout=dout, mask=mask)
    check_shape("dropout_backward", "dout", dout, mask.shape, "that of the mask")
    return dout * mask
