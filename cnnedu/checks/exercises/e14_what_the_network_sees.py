"""Exercise 14: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import correlate2d


def _edge_score(x, w):
    """Return the sum of all positive outputs of w ⋆ x."""
    return float(np.maximum(correlate2d(x, w), 0).sum())


def occlusion_map(x, w, size, stride, fill, sign=1, mean=True, last=True, corner=False, stay=False):
    """Return each pixel's mean drop of the score; arguments after `fill` change one thing."""
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    covered = x.astype(float)
    for top in range(0, x.shape[0] - size + last, stride):
        for left in range(0, x.shape[1] - size + last, stride):
            if not stay:
                covered = x.astype(float)
            covered[top : top + size, left : left + size] = fill
            loss = sign * (_edge_score(x, w) - _edge_score(covered, w))
            reach = 1 if corner else size
            total[top : top + reach, left : left + reach] += loss
            times[top : top + reach, left : left + reach] += 1
    return total / np.maximum(times, 1) if mean else total


def saliency(x, w1, b1, w2, target):
    """Return |gradient| of a small network at each pixel, the largest of the channels."""
    return np.abs(_slope(x, w1, b1, w2, target)).max(axis=0)


def _slope(x, w1, b1, w2, target):
    hidden = w1 @ x.ravel() + b1
    return ((w2[target] * (hidden > 0)) @ w1).reshape(x.shape)


def grad_cam(maps, gradients):
    """Return max(0, Σ_k α_k A_k), where α_k is the mean of gradient k."""
    return np.maximum(_weighted_sum(maps, gradients), 0)


def _weighted_sum(maps, gradients):
    """Return Σ_k α_k A_k."""
    return np.tensordot(np.mean(gradients, axis=(1, 2)), maps, axes=1)


def deletion(x, heat, counts, fill, order=-1, channels=slice(None)):
    """Return one copy of x per count, its hottest pixels replaced."""
    hottest = np.argsort(order * heat, axis=None)
    out = np.stack([x] * len(counts)).astype(float).reshape(len(counts), len(x), -1)
    for copy, count in zip(out, counts, strict=True):
        copy[channels, hottest[:count]] = fill
    return out.reshape(len(counts), *x.shape)


BY_HAND = {"by_hand": [1, 0, -2, 1, 1, 0]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([-1, 0, 2, 1, 1, 0], "a, c: the drop is the score before minus the score after"),
        ([1, 2, -2, 1, 1, 0], "b: only rises count, and this pixel was not part of one"),
        ([1, 0, 2, 1, 1, 0], "c: the score rises, so the drop is negative"),
        ([1, 0, -2, -1, 1, 0], "d: saliency is the *size* of the gradient"),
        ([1, 0, -2, 0, 1, 0], "d: the gradient doesn't depend on how large the pixel itself is"),
        ([1, 0, -2, 1, 4, 0], "e: α is the *mean* of the gradient, not its sum"),
        ([1, 0, -2, 1, 1, -4], "f: the ReLU comes last: negative sums become 0"),
    ),
}


def _hottest_kept(x, heat, counts, fill):
    """Return pictures in which all *but* the hottest pixels are replaced."""
    size = heat.size
    return deletion(x, heat, [size - count for count in counts], fill, order=1)


def _piece_by_piece(x, heat, counts, fill):
    """Return pictures in which each count continues where the previous one ended."""
    return deletion(x, heat, np.minimum(np.cumsum(counts), heat.size), fill)


MISTAKES = {
    "occlusion_map": (
        Mistake(
            "The sign is wrong: drop = score(x) − score(covered).",
            lambda *a: occlusion_map(*a, sign=-1),
        ),
        Mistake(
            "Those are sums: divide by the number of patches that cover the pixel.",
            lambda *a: occlusion_map(*a, mean=False),
        ),
        Mistake(
            "The last patch is missing: a patch that ends at the border still fits.",
            lambda *a: occlusion_map(*a, last=False),
        ),
        Mistake(
            "The drop belongs to all pixels under the patch, not to the top left one alone.",
            lambda *a: occlusion_map(*a, corner=True),
        ),
        Mistake(
            "Your patches stay in the picture: cover a fresh copy at every place.",
            lambda *a: occlusion_map(*a, stay=True),
        ),
        Mistake(
            "Fill the patch with `fill`, not with 0.",
            lambda x, w, size, stride, fill: occlusion_map(x, w, size, stride, 0),
        ),
        Mistake(
            "The patch moves by `stride` pixels, not by one.",
            lambda x, w, size, stride, fill: occlusion_map(x, w, size, 1, fill),
        ),
    ),
    "saliency": (
        Mistake(
            "The ReLU is missing: only hidden units above 0 pass the gradient on.",
            lambda x, w1, b1, w2, target: np.abs((w2[target] @ w1).reshape(x.shape)).max(axis=0),
        ),
        Mistake(
            "Take the size of the gradient before you look for the largest channel.",
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
            "That is gradient times pixel; take the gradient alone.",
            lambda x, *a: np.abs(_slope(x, *a) * x).max(axis=0),
        ),
        Mistake(
            "Add the bias before you decide which hidden units are above 0.",
            lambda x, w1, b1, w2, target: saliency(x, w1, 0 * b1, w2, target),
        ),
        Mistake(
            "That is the gradient of all logits together; take that of `target` alone.",
            lambda x, w1, b1, w2, target: saliency(x, w1, b1, w2.sum(axis=0)[None], 0),
        ),
    ),
    "grad_cam": (
        Mistake("The ReLU at the end is missing.", _weighted_sum),
        Mistake(
            "α is the *mean* of the gradient over the map, not its sum.",
            lambda maps, gradients: grad_cam(maps, gradients) * maps[0].size,
        ),
        Mistake(
            "That is HiResCAM; Grad-CAM averages the gradient before it multiplies.",
            lambda maps, gradients: np.maximum((maps * gradients).sum(axis=0), 0),
        ),
        Mistake(
            "The ReLU comes after the sum, not before: negative maps must be able to take heat "
            "away.",
            lambda maps, gradients: np.maximum(
                np.mean(gradients, axis=(1, 2))[:, None, None] * maps, 0
            ).sum(axis=0),
        ),
        Mistake(
            "That is the mean of the weighted maps; add them up.",
            lambda maps, gradients: grad_cam(maps, gradients) / len(maps),
        ),
        Mistake(
            "The ReLU belongs to the sum, not to the weights.",
            lambda maps, gradients: np.tensordot(
                np.maximum(np.mean(gradients, axis=(1, 2)), 0), maps, axes=1
            ),
        ),
    ),
    "deletion": (
        Mistake(
            "Those are the *coldest* pixels: begin with the largest number of `heat`.",
            lambda *a: deletion(*a, order=1),
        ),
        Mistake(
            "Replace all channels of a pixel, not just the first.",
            lambda *a: deletion(*a, channels=0),
        ),
        Mistake(
            "Give the replaced pixels the value `fill`, not 0.", lambda *a: deletion(*a[:3], 0)
        ),
        Mistake("That keeps the hottest pixels and replaces the others.", _hottest_kept),
        Mistake(
            "Start each picture from a fresh copy of x: the counts don't add up.", _piece_by_piece
        ),
    ),
}
