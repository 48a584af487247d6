"""Grad-CAM, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def grad_cam(maps, gradients):
    """Return max(0, Σ_k α_k A_k), where α_k is the mean of gradient k."""
    return np.maximum(_weighted_sum(maps, gradients), 0)


def _alpha(gradients):
    return np.mean(gradients, axis=(1, 2))


def _weighted_sum(maps, gradients):
    """Return Σ_k α_k A_k."""
    return np.tensordot(_alpha(gradients), maps, axes=1)


def _with_alpha(alpha):
    """Make a Grad-CAM with other weights of the maps."""
    return lambda maps, gradients: np.maximum(np.tensordot(alpha(gradients), maps, axes=1), 0)


def _with_parts(parts):
    """Make a Grad-CAM that adds up parts(maps, gradients), (K, H, W)."""
    return lambda maps, gradients: np.maximum(parts(maps, gradients).sum(axis=0), 0)


def _normalised(maps, gradients):
    """Divide the map by its largest number."""
    out = grad_cam(maps, gradients)
    with np.errstate(all="ignore"):
        return out / out.max()


MISTAKES = (
    Mistake("The ReLU at the end is missing.", _weighted_sum),
    Mistake(
        "The ReLU sets negative sums to 0; you took their size.",
        lambda maps, gradients: np.abs(_weighted_sum(maps, gradients)),
    ),
    Mistake(
        "α is the *mean* of the gradient over the map, not its sum.",
        _with_alpha(lambda gradients: gradients.sum(axis=(1, 2))),
    ),
    Mistake(
        "α is the *mean* of the gradient over the map, not its largest number.",
        _with_alpha(lambda gradients: gradients.max(axis=(1, 2))),
    ),
    Mistake(
        "Each map has an α of its own: take the mean over its places, axes 1 and 2.",
        _with_parts(lambda maps, gradients: gradients.mean(axis=0) * maps),
    ),
    Mistake(
        "Each map has an α of its own; yours is the mean over all maps.",
        _with_parts(lambda maps, gradients: gradients.mean() * maps),
    ),
    Mistake(
        "That is HiResCAM; Grad-CAM averages the gradient before it multiplies.",
        _with_parts(np.multiply),
    ),
    Mistake(
        "You exchanged the two: average the gradients, and weight the maps.",
        lambda maps, gradients: grad_cam(gradients, maps),
    ),
    Mistake(
        "The ReLU comes after the sum, not before: negative maps must be able to take heat away.",
        _with_parts(lambda maps, gradients: np.maximum(_alpha(gradients)[:, None, None] * maps, 0)),
    ),
    Mistake(
        "That is the mean of the weighted maps; add them up.",
        lambda maps, gradients: grad_cam(maps, gradients) / len(maps),
    ),
    Mistake(
        "The ReLU belongs to the sum, not to the weights.",
        lambda maps, gradients: np.tensordot(np.maximum(_alpha(gradients), 0), maps, axes=1),
    ),
    Mistake(
        "The ReLU belongs to the sum, not to the weights as well.",
        _with_alpha(lambda gradients: np.maximum(_alpha(gradients), 0)),
    ),
    Mistake(
        "The ReLU belongs to the sum, not to the gradients.",
        _with_alpha(lambda gradients: _alpha(np.maximum(gradients, 0))),
    ),
    Mistake(
        "An α may be negative, and takes heat away; keep its sign.",
        _with_alpha(lambda gradients: abs(_alpha(gradients))),
    ),
    Mistake("Don't divide by the largest number: the sum itself is asked for.", _normalised),
)
