"""What exercise 14 is compared with, and its well-known wrong answers."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import correlate2d


def numbers_by_hand():
    """Return the six numbers of part 1.

    >>> numbers_by_hand()[3]
    1
    """
    x, maps = np.array([1, 0, 3, 2]), np.array([[[2, 0], [1, 3]], [[1, 4], [0, 1]]])

    def drop(place, fill):
        covered = x.copy()
        covered[place] = fill
        before, after = (np.maximum(np.diff(row), 0).sum() for row in (x, covered))
        return int(before - after)

    slope = int(x[1] > x[0]) - int(x[2] > x[1])  # by pixel 1
    cam = np.maximum(maps[0] - maps[1], 0)
    return [drop(2, 0), drop(3, 0), drop(2, 5), abs(slope), *cam[0].tolist()]


def edge_score(x, w):
    """Return the sum of all positive outputs of w ⋆ x.

    >>> edge_score(np.eye(3), np.ones((3, 3)))
    3.0
    """
    return float(np.maximum(correlate2d(x, w), 0).sum())


def occlusion_map(x, w, size, stride, fill):
    """Return, for each pixel, the mean drop of `edge_score` over the patches that cover it."""
    return _occluded(x, w, size, stride, fill)


def _occluded(x, w, size, stride, fill, sign=1, mean=True, last=True, place=False, whole=False):
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    covered = x.astype(float)
    for top in range(0, x.shape[0] - size + last, stride):
        for left in range(0, x.shape[1] - size + last, stride):
            if not whole:
                covered = x.astype(float)
            covered[top : top + size, left : left + size] = fill
            loss = sign * (edge_score(x, w) - edge_score(covered, w))
            reach = 1 if place else size
            total[top : top + reach, left : left + reach] += loss
            times[top : top + reach, left : left + reach] += 1
    return total / np.maximum(times, 1) if mean else total


def saliency(x, w1, b1, w2, target):
    """Return the size of a small network's gradient at each pixel, the largest of the channels."""
    return np.abs(_slope(x, w1, b1, w2, target)).max(axis=0)


def _slope(x, w1, b1, w2, target):
    hidden = w1 @ x.ravel() + b1
    return ((w2[target] * (hidden > 0)) @ w1).reshape(x.shape)


def grad_cam(maps, gradients):
    """Return max(0, Σ_k α_k A_k), where α_k is the mean of gradient k."""
    return np.maximum(weighted(maps, gradients), 0)


def weighted(maps, gradients):
    """Return Σ_k α_k A_k."""
    return np.tensordot(np.mean(gradients, axis=(1, 2)), maps, axes=1)


def deletion(x, heat, counts, fill):
    """Return one copy of x per count, its hottest pixels replaced in all channels."""
    return _deleted(x, heat, counts, fill)


def _deleted(x, heat, counts, fill, order=-1, channels=slice(None)):
    hottest = np.argsort(order * heat, axis=None)
    out = np.stack([x] * len(counts)).astype(float).reshape(len(counts), len(x), -1)
    for copy, count in zip(out, counts, strict=True):
        copy[channels, hottest[:count]] = fill
    return out.reshape(len(counts), *x.shape)


def _kept(x, heat, counts, fill):
    """Return pictures in which all *but* the hottest pixels are replaced."""
    size = heat.size
    return _deleted(x, heat, [size - count for count in counts], fill, order=1)


def _piece_by_piece(x, heat, counts, fill):
    """Return pictures in which each count goes on where the one before ended."""
    return _deleted(x, heat, np.minimum(np.cumsum(counts), heat.size), fill)


BY_HAND = [
    ([-1, 0, 2, 1, 1, 0], "a, c: the drop is the score before minus the score after"),
    ([1, 2, -2, 1, 1, 0], "b: only rises count, and this pixel was not part of one"),
    ([1, 0, 2, 1, 1, 0], "c: the score rises, so the drop is negative"),
    ([1, 0, -2, -1, 1, 0], "d: saliency is the *size* of the gradient"),
    ([1, 0, -2, 0, 1, 0], "d: the gradient doesn't ask how large the pixel itself is"),
    ([1, 0, -2, 1, 4, 0], "e: α is the *mean* of the gradient, not its sum"),
    ([1, 0, -2, 1, 1, -4], "f: the ReLU comes last: negative sums become 0"),
]

OCCLUSION = (
    Mistake(
        "The sign is turned round: drop = score(x) − score(covered).",
        lambda *a: _occluded(*a, sign=-1),
    ),
    Mistake(
        "Those are sums: divide by the number of patches that cover the pixel.",
        lambda *a: _occluded(*a, mean=False),
    ),
    Mistake(
        "The last patch is missing: it fits, too, when it ends at the border.",
        lambda *a: _occluded(*a, last=False),
    ),
    Mistake(
        "The drop belongs to all pixels under the patch, not to its top left one alone.",
        lambda *a: _occluded(*a, place=True),
    ),
    Mistake(
        "Patches stay in the picture: cover a fresh copy at every place.",
        lambda *a: _occluded(*a, whole=True),
    ),
    Mistake(
        "The patch has to be filled with `fill`, not with 0.",
        lambda x, w, size, stride, fill: _occluded(x, w, size, stride, 0),
    ),
    Mistake(
        "The patch moves by `stride` pixels, not by one.",
        lambda x, w, size, stride, fill: _occluded(x, w, size, 1, fill),
    ),
)

SALIENCY = (
    Mistake(
        "The ReLU is missing: only hidden units above 0 pass the gradient on.",
        lambda x, w1, b1, w2, target: np.abs((w2[target] @ w1).reshape(x.shape)).max(axis=0),
    ),
    Mistake(
        "Take the size of the gradient before the largest channel.",
        lambda *a: _slope(*a).max(axis=0),
    ),
    Mistake(
        "Take the largest of the channels, not their sum.",
        lambda *a: np.abs(_slope(*a)).sum(axis=0),
    ),
    Mistake(
        "Take the largest of the channels, not their mean.",
        lambda *a: np.abs(_slope(*a)).mean(axis=0),
    ),
    Mistake(
        "That is gradient times pixel; here the gradient alone is asked for.",
        lambda x, *a: np.abs(_slope(x, *a) * x).max(axis=0),
    ),
    Mistake(
        "The bias counts when you decide which hidden units are above 0.",
        lambda x, w1, b1, w2, target: saliency(x, w1, 0 * b1, w2, target),
    ),
    Mistake(
        "That is the gradient of all logits together; take that of `target` only.",
        lambda x, w1, b1, w2, target: saliency(x, w1, b1, w2.sum(axis=0)[None], 0),
    ),
)

GRAD_CAM = (
    Mistake("The ReLU at the end is missing.", weighted),
    Mistake(
        "α is the *mean* of the gradient over the map, not its sum.",
        lambda maps, gradients: grad_cam(maps, gradients) * maps[0].size,
    ),
    Mistake(
        "That is HiResCAM: Grad-CAM averages the gradient before it multiplies.",
        lambda maps, gradients: np.maximum((maps * gradients).sum(axis=0), 0),
    ),
    Mistake(
        "The ReLU comes after the sum, not before: negative maps must be able to take heat away.",
        lambda maps, gradients: np.maximum(
            np.mean(gradients, axis=(1, 2))[:, None, None] * maps, 0
        ).sum(axis=0),
    ),
    Mistake(
        "Add the maps up; that is their mean.",
        lambda maps, gradients: grad_cam(maps, gradients) / len(maps),
    ),
    Mistake(
        "The ReLU belongs to the sum, not to the weights.",
        lambda maps, gradients: np.tensordot(
            np.maximum(np.mean(gradients, axis=(1, 2)), 0), maps, axes=1
        ),
    ),
)

DELETION = (
    Mistake(
        "Those are the *coldest* pixels: begin with the largest number of `heat`.",
        lambda *a: _deleted(*a, order=1),
    ),
    Mistake(
        "All channels of a pixel are replaced, not the first alone.",
        lambda *a: _deleted(*a, channels=0),
    ),
    Mistake("The replaced pixels have the value `fill`, not 0.", lambda *a: _deleted(*a[:3], 0)),
    Mistake("That keeps the hottest pixels and replaces the others.", _kept),
    Mistake(
        "Each picture begins with a fresh copy of x: the counts don't add up.", _piece_by_piece
    ),
)
