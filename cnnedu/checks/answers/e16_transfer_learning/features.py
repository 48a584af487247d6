"""The features of a frozen network, and well-known mistakes with them."""

from functools import partial

import numpy as np

from cnnedu import kernels
from cnnedu.checks.case import Mistake


def frozen_features(x, w, mean, var):
    """Return the features of a frozen network, (N, F)."""
    return _features(x, w, mean, var)


def _relu(maps):
    return np.maximum(maps, 0)


def _features(
    x,
    w,
    mean,
    var,
    maps=kernels.conv2d,
    by=lambda var: np.sqrt(var + 1e-5),
    relu=_relu,
    pool=np.max,
):
    """Return the features; the arguments after `var` each change one thing."""
    normal = (maps(x, w) - mean[:, None, None]) / by(var[:, None, None])
    return pool(relu(normal), axis=(2, 3))


def _batch_statistics(x, w, mean, var, share=1.0):
    maps = kernels.conv2d(x, w)
    mean = (1 - share) * mean + share * maps.mean(axis=(0, 2, 3))
    return frozen_features(x, w, mean, (1 - share) * var + share * maps.var(axis=(0, 2, 3)))


def _maps_above_0(x, w):
    return _relu(kernels.conv2d(x, w))


def _padded_maps(x, w):
    return kernels.conv2d(x, w, padding=tuple(n // 2 for n in w.shape[2:]))


RELU_LAST = "The ReLU comes after the normalisation, not before."
EPSILON = "Add 1e-5 to the variance, under the square root."

MISTAKES = (
    Mistake(
        "You normalise by the batch's own mean and variance: that is training mode. A frozen "
        "network uses the running statistics it is given.",
        _batch_statistics,
    ),
    Mistake(
        "You let the running statistics follow the batch: that is training mode. A frozen network "
        "leaves them as they are.",
        partial(_batch_statistics, share=0.1),
    ),
    Mistake(
        "Take the *maximum* over the map, not the mean.",
        partial(_features, pool=np.mean),
    ),
    Mistake(
        "Take the *maximum* over the map, not the minimum.",
        partial(_features, pool=np.min),
    ),
    Mistake(
        "The ReLU is missing: no feature is below 0.",
        partial(_features, relu=np.asarray),
    ),
    Mistake(
        "A ReLU gives 0 for numbers below 0; you took their size.",
        partial(_features, relu=np.abs),
    ),
    Mistake(RELU_LAST, partial(_features, maps=_maps_above_0, relu=np.asarray)),
    Mistake(RELU_LAST, partial(_features, maps=_maps_above_0)),
    Mistake(
        "Divide by the standard deviation, the square root of the variance.",
        partial(_features, by=lambda var: var + 1e-5),
    ),
    Mistake(
        "The variance is missing: divide by its square root.",
        partial(_features, by=np.ones_like),
    ),
    Mistake(EPSILON, partial(_features, by=np.sqrt)),
    Mistake(EPSILON, partial(_features, by=lambda var: np.sqrt(var) + 1e-5)),
    Mistake(
        "Subtract the running mean; you added it.",
        lambda x, w, mean, var: frozen_features(x, w, -mean, var),
    ),
    Mistake(
        "The running mean is missing: subtract it.",
        lambda x, w, mean, var: frozen_features(x, w, 0 * mean, var),
    ),
    Mistake(
        "You flipped the filters; cross-correlation uses them as they are.",
        lambda x, w, *rest: frozen_features(x, w[:, :, ::-1, ::-1], *rest),
    ),
    Mistake(
        "You used the first channel alone: a filter adds its products up over all channels.",
        lambda x, w, *rest: frozen_features(x[:, :1], w[:, :1], *rest),
    ),
    Mistake(
        "You padded the pictures; here only whole windows count.",
        partial(_features, maps=_padded_maps),
    ),
)
