"""Exercise 14: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake


def occlusion_map(x, w, size, stride, fill):
    """Return each pixel's mean drop of the score under the patches that cover it."""
    patches = _patches(x.shape, size, stride)
    return _mean(patches, _drops(x, w, patches, fill))


def _patches(shape, size, stride, room=0):
    """Return a mask for each patch, (P, H, W); `room` is how far one may hang over the border."""
    inside = []
    for length in shape:
        start = np.arange(0, length - size + room + 1, stride)[:, None]
        inside.append((np.arange(length) >= start) & (np.arange(length) < start + size))
    rows, columns = inside
    return (rows[:, None, :, None] & columns[:, None]).reshape(-1, *shape)


def _drops(x, w, masks, fill):
    """Return score(x) − score(covered) for each mask."""
    return _score(x[None], w) - _score(np.where(masks, fill, x), w)


def _score(pictures, w):
    """Return each picture's sum of all positive outputs of w ⋆ x."""
    windows = np.lib.stride_tricks.sliding_window_view(pictures, w.shape, axis=(1, 2))
    return np.maximum(np.einsum("nijkl,kl->nij", windows, w), 0).sum(axis=(1, 2))


def _mean(masks, drops):
    """Return the mean drop at each pixel, 0 where no mask is."""
    return _sums(masks, drops) / np.maximum(masks.sum(axis=0), 1)


def _sums(masks, drops):
    return np.tensordot(drops, masks.astype(float), axes=1)


def saliency(x, w1, b1, w2, target):
    """Return |gradient| of a small network at each pixel, the largest of the channels."""
    return np.abs(_slope(x, w1, b1, w2, target)).max(axis=0)


def _hidden(x, w1, b1):
    return w1 @ x.ravel() + b1


def _slope(x, w1, b1, w2, target):
    return ((w2[target] * (_hidden(x, w1, b1) > 0)) @ w1).reshape(x.shape)


def grad_cam(maps, gradients):
    """Return max(0, Σ_k α_k A_k), where α_k is the mean of gradient k."""
    return np.maximum(_weighted_sum(maps, gradients), 0)


def _alpha(gradients):
    return np.mean(gradients, axis=(1, 2))


def _weighted_sum(maps, gradients):
    """Return Σ_k α_k A_k."""
    return np.tensordot(_alpha(gradients), maps, axes=1)


def deletion(x, heat, counts, fill):
    """Return one copy of x per count, its hottest pixels replaced; of equal ones the first."""
    return _covered(x, np.argsort(-heat, axis=None, kind="stable"), counts, fill)


def _covered(x, order, counts, fill, channels=slice(None)):
    """Return one copy of x per count, with so many pixels replaced, in the order given."""
    out = np.stack([x] * len(counts)).astype(float).reshape(len(counts), len(x), -1)
    for copy, count in zip(out, counts, strict=True):
        copy[channels, order[:count]] = fill
    return out.reshape(len(counts), *x.shape)


_RIGHT = [1, 0, -2, 1, 1, 0]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([-1, 0, 2, *_RIGHT[3:]], "a, c: the drop is the score before minus the score after"),
        ([2, 3, 5, *_RIGHT[3:]], "a, b, c: those are the scores after; how far do they fall?"),
        ([3, *_RIGHT[1:]], "a: without pixel 2, the row still rises at its end, from 0 to 2"),
        ([1, 2, *_RIGHT[2:]], "b: only rises count, and this pixel was not part of one"),
        ([1, 0, 2, *_RIGHT[3:]], "c: the score rises, so the drop is negative"),
        ([*_RIGHT[:3], -1, 1, 0], "d: saliency is the *size* of the gradient"),
        ([*_RIGHT[:3], 0, 1, 0], "d: the gradient doesn't depend on how large the pixel itself is"),
        ([*_RIGHT[:3], 2, 1, 0], "d: pixel 1 is part of one rise; the fall before it has slope 0"),
        ([*_RIGHT[:4], 0, 0], "e, f: that is HiResCAM; Grad-CAM averages the gradient first"),
        ([*_RIGHT[:4], 4, 0], "e: α is the *mean* of the gradient, not its sum"),
        ([*_RIGHT[:4], 2, 0], "e, f: the ReLU belongs to the sum, not to each map or weight"),
        ([*_RIGHT[:4], 3, 4], "e, f: α is −1 for the second map, so it takes heat away"),
        ([*_RIGHT[:4], 1, -4], "f: the ReLU comes last: negative sums become 0"),
    ),
}


def _with_patches(room):
    """Return a mistake about the last patches: how far one may hang over the border."""

    def wrong(x, w, size, stride, fill):
        patches = _patches(x.shape, size, stride, room(size))
        return _mean(patches, _drops(x, w, patches, fill))

    return wrong


def _with_drops(changed):
    """Return a mistake about the drops; `changed` takes them and the score of the picture."""

    def wrong(x, w, size, stride, fill):
        patches = _patches(x.shape, size, stride)
        with np.errstate(all="ignore"):
            return _mean(patches, changed(_drops(x, w, patches, fill), _score(x[None], w)))

    return wrong


def _with_sums(divided):
    """Return a mistake about the mean; `divided` takes the sums, the patches and their size."""

    def wrong(x, w, size, stride, fill):
        patches = _patches(x.shape, size, stride)
        with np.errstate(all="ignore"):
            return divided(_sums(patches, _drops(x, w, patches, fill)), patches, size)

    return wrong


def _covering(changed):
    """Return a mistake that covers something else than the patches; `changed` takes those."""

    def wrong(x, w, size, stride, fill):
        patches = _patches(x.shape, size, stride)
        return _mean(patches, _drops(x, w, changed(patches), fill))

    return wrong


def _corners(x, w, size, stride, fill):
    """Give each drop to the top left pixel of its patch."""
    patches = _patches(x.shape, size, stride)
    corners = _patches(x.shape, 1, stride, 1 - size)
    return _mean(corners, _drops(x, w, patches, fill))


def _last_one_counts(x, w, size, stride, fill):
    """Let each patch overwrite what the ones before have left."""
    patches, out = _patches(x.shape, size, stride), np.zeros(x.shape)
    for patch, drop in zip(patches, _drops(x, w, patches, fill), strict=True):
        out[patch] = drop
    return out


def _fill_cut(x, w, size, stride, fill):
    """Store the value in a copy of whole numbers."""
    return occlusion_map(x, w, size, stride, int(fill)) if x.dtype.kind in "iu" else None


def _exchanged(x, w, size, stride, fill):
    return occlusion_map(x, w, stride, size, fill) if stride <= min(x.shape) else None


def _each_unit_by_size(x, w1, b1, w2, target):
    """Add up the sizes of what each hidden unit says."""
    parts = (w2[target] * (_hidden(x, w1, b1) > 0))[:, None] * w1
    return np.abs(parts).sum(axis=0).reshape(x.shape).max(axis=0)


def _channels_last(x, w1, b1, w2, target):
    """Take the channels of a pixel to be neighbours in x.ravel()."""
    slope = _slope(x, w1, b1, w2, target).reshape(*x.shape[1:], len(x))
    return np.abs(slope).max(axis=2)


def _largest_logit(x, w1, b1, w2, target):
    """Explain the answer of the network in place of the target."""
    return saliency(x, w1, b1, w2, np.argmax(w2 @ np.maximum(_hidden(x, w1, b1), 0)))


def _normalised(maps, gradients):
    """Divide the map by its largest number."""
    out = grad_cam(maps, gradients)
    with np.errstate(all="ignore"):
        return out / out.max()


def _weights(changed):
    """Return a mistake about the weights of the maps."""

    def wrong(maps, gradients):
        return np.maximum(np.tensordot(changed(gradients), maps, axes=1), 0)

    return wrong


def _in_order(order):
    """Return a mistake about the order in which pixels are covered."""

    def wrong(x, heat, counts, fill):
        return _covered(x, order(heat), counts, fill)

    return wrong


def _so_many(changed):
    """Return a mistake about the counts."""

    def wrong(x, heat, counts, fill):
        return deletion(x, heat, np.clip(changed(counts), 0, heat.size), fill)

    return wrong


def _first_channel(x, heat, counts, fill):
    return _covered(x, np.argsort(-heat, axis=None, kind="stable"), counts, fill, channels=0)


def _hottest_kept(x, heat, counts, fill):
    """Replace all *but* the hottest pixels."""
    return np.where(deletion(x * 0, heat, counts, 1) == 1, x, fill)


def _as_hot_as(x, heat, counts, fill):
    """Replace whatever is as hot as the last pixel that counts."""
    falling = np.sort(heat, axis=None)[::-1]
    return _so_many(lambda counts: [np.sum(heat >= falling[n - 1]) if n else 0 for n in counts])(
        x, heat, counts, fill
    )


TIES_REVERSED = (
    "Of equally hot pixels the first in reading order comes first; turning the order of an "
    "`argsort` round turns that round, too. Sort `-heat`."
)

MISTAKES = {
    "occlusion_map": (
        Mistake(
            "The sign is wrong: drop = score(x) − score(covered).",
            lambda *a: -occlusion_map(*a),
        ),
        Mistake(
            "Those are sums: divide by the number of patches that cover the pixel.",
            _with_sums(lambda sums, patches, size: sums),
        ),
        Mistake(
            "You divided by the number of all patches; divide by the number of those that cover "
            "the pixel.",
            _with_sums(lambda sums, patches, size: sums / len(patches)),
        ),
        Mistake(
            "You divided by the pixels of a patch; divide by the number of patches that cover the "
            "pixel.",
            _with_sums(lambda sums, patches, size: sums / size**2),
        ),
        Mistake(
            "A pixel that no patch covers gets 0; yours gets 0 / 0.",
            _with_sums(lambda sums, patches, size: sums / patches.sum(axis=0)),
        ),
        Mistake(
            "Each patch overwrites what the ones before have left; a pixel gets the mean of all "
            "that cover it.",
            _last_one_counts,
        ),
        Mistake(
            "The last patch is missing: a patch that ends at the border still fits.",
            _with_patches(lambda size: -1),
        ),
        Mistake(
            "Your last patches hang over the border; only patches that lie inside count.",
            _with_patches(lambda size: size - 1),
        ),
        Mistake(
            "The drop belongs to all pixels under the patch, not to the top left one alone.",
            _corners,
        ),
        Mistake(
            "Your patches stay in the picture: cover a fresh copy at every place.",
            _covering(np.logical_or.accumulate),
        ),
        Mistake(
            "You covered everything but the patch; cover the patch.", _covering(np.logical_not)
        ),
        Mistake(
            "Fill the patch with `fill`, not with 0.",
            lambda x, w, size, stride, fill: occlusion_map(x, w, size, stride, 0),
        ),
        Mistake(
            "`fill` was cut to a whole number: a copy of a picture of whole numbers can't hold "
            "it. Make a copy of floats.",
            _fill_cut,
        ),
        Mistake(
            "The patch moves by `stride` pixels, not by one.",
            lambda x, w, size, stride, fill: occlusion_map(x, w, size, 1, fill),
        ),
        Mistake(
            "The patch moves by `stride` pixels, not by its own size.",
            lambda x, w, size, stride, fill: occlusion_map(x, w, size, size, fill),
        ),
        Mistake(
            "You exchanged size and stride: a patch is `size` wide and moves by `stride`.",
            _exchanged,
        ),
        Mistake(
            "A drop may be negative, where the score rises; keep its sign.",
            _with_drops(lambda drops, score: np.maximum(drops, 0)),
        ),
        Mistake(
            "A drop may be negative, where the score rises; keep its sign.",
            _with_drops(lambda drops, score: abs(drops)),
        ),
        Mistake(
            "Those are the scores of the covered pictures; subtract them from score(x).",
            _with_drops(lambda drops, score: score - drops),
        ),
        Mistake(
            "You divided the drop by the score; the drop itself is asked for.",
            _with_drops(lambda drops, score: drops / score),
        ),
    ),
    "saliency": (
        Mistake(
            "The ReLU is missing: only hidden units above 0 pass the gradient on.",
            lambda x, w1, b1, w2, target: np.abs((w2[target] @ w1).reshape(x.shape)).max(axis=0),
        ),
        Mistake(
            "A hidden unit at exactly 0 passes nothing on: ask for h > 0, not h ≥ 0.",
            lambda x, w1, b1, w2, target: np.abs(
                ((w2[target] * (_hidden(x, w1, b1) >= 0)) @ w1).reshape(x.shape)
            ).max(axis=0),
        ),
        Mistake(
            "You multiplied by the hidden units; the slope of a ReLU is 1 above 0, and 0 below.",
            lambda x, w1, b1, w2, target: np.abs(
                ((w2[target] * np.maximum(_hidden(x, w1, b1), 0)) @ w1).reshape(x.shape)
            ).max(axis=0),
        ),
        Mistake(
            "That is guided back-propagation: a hidden unit passes on what is negative, too.",
            lambda x, w1, b1, w2, target: saliency(x, w1, b1, np.maximum(w2, 0), target),
        ),
        Mistake(
            "Take the size of the gradient before you look for the largest channel.",
            lambda *a: _slope(*a).max(axis=0),
        ),
        Mistake(
            "Take the size of the gradient before you look for the largest channel.",
            lambda *a: np.abs(_slope(*a).max(axis=0)),
        ),
        Mistake(
            "Add up what the hidden units say, with its sign; take the size after that.",
            _each_unit_by_size,
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
            "Take the largest of the channels, not their length (the root of the sum of squares).",
            lambda *a: np.sqrt((_slope(*a) ** 2).sum(axis=0)),
        ),
        Mistake(
            "Take the largest of the channels, not the first.",
            lambda *a: np.abs(_slope(*a))[0],
        ),
        Mistake(
            "x.ravel() holds one channel after the other: reshape to (C, H, W).", _channels_last
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
        Mistake(
            "That is the gradient of the largest logit; take that of `target`.", _largest_logit
        ),
    ),
    "grad_cam": (
        Mistake("The ReLU at the end is missing.", _weighted_sum),
        Mistake(
            "The ReLU sets negative sums to 0; you took their size.",
            lambda *a: np.abs(_weighted_sum(*a)),
        ),
        Mistake(
            "α is the *mean* of the gradient over the map, not its sum.",
            lambda maps, gradients: grad_cam(maps, gradients) * maps[0].size,
        ),
        Mistake(
            "α is the *mean* of the gradient over the map, not its largest number.",
            _weights(lambda gradients: gradients.max(axis=(1, 2))),
        ),
        Mistake(
            "Each map has an α of its own: take the mean over its places, axes 1 and 2.",
            lambda maps, gradients: np.maximum((gradients.mean(axis=0) * maps).sum(axis=0), 0),
        ),
        Mistake(
            "Each map has an α of its own; yours is the mean over all maps.",
            lambda maps, gradients: np.maximum(gradients.mean() * maps.sum(axis=0), 0),
        ),
        Mistake(
            "That is HiResCAM; Grad-CAM averages the gradient before it multiplies.",
            lambda maps, gradients: np.maximum((maps * gradients).sum(axis=0), 0),
        ),
        Mistake(
            "You exchanged the two: average the gradients, and weight the maps.",
            lambda maps, gradients: grad_cam(gradients, maps),
        ),
        Mistake(
            "The ReLU comes after the sum, not before: negative maps must be able to take heat "
            "away.",
            lambda maps, gradients: np.maximum(_alpha(gradients)[:, None, None] * maps, 0).sum(
                axis=0
            ),
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
            _weights(lambda gradients: np.maximum(_alpha(gradients), 0)),
        ),
        Mistake(
            "The ReLU belongs to the sum, not to the gradients.",
            _weights(lambda gradients: _alpha(np.maximum(gradients, 0))),
        ),
        Mistake(
            "An α may be negative, and takes heat away; keep its sign.",
            _weights(lambda gradients: abs(_alpha(gradients))),
        ),
        Mistake("Don't divide by the largest number: the sum itself is asked for.", _normalised),
    ),
    "deletion": (
        Mistake(
            "Those are the *coldest* pixels: begin with the largest number of `heat`.",
            _in_order(lambda heat: np.argsort(heat, axis=None, kind="stable")),
        ),
        Mistake(
            "Those are the *coldest* pixels: begin with the largest number of `heat`.",
            _in_order(lambda heat: np.argsort(heat, axis=None)),
        ),
        Mistake(
            "You sorted the heat without its signs; the largest numbers are the hottest.",
            _in_order(lambda heat: np.argsort(-abs(heat), axis=None, kind="stable")),
        ),
        Mistake(
            TIES_REVERSED,
            _in_order(lambda heat: np.argsort(heat, axis=None)[::-1]),
        ),
        Mistake(
            TIES_REVERSED,
            _in_order(lambda heat: np.argsort(heat, axis=None, kind="stable")[::-1]),
        ),
        Mistake(
            "Of equally hot pixels the first in reading order comes first; `argsort` keeps to that "
            'only with kind="stable".',
            _in_order(lambda heat: np.argsort(-heat, axis=None)),
        ),
        Mistake(
            "You covered all pixels that are as hot as the last one, so there are too many of "
            "them.",
            _as_hot_as,
        ),
        Mistake("Replace all channels of a pixel, not just the first.", _first_channel),
        Mistake(
            "Give the replaced pixels the value `fill`, not 0.", lambda *a: deletion(*a[:3], 0)
        ),
        Mistake("That keeps the hottest pixels and replaces the others.", _hottest_kept),
        Mistake(
            "Start each picture from a fresh copy of x: the counts don't add up.",
            _so_many(np.cumsum),
        ),
        Mistake(
            "A picture goes on where the one before has ended; start each from a fresh copy of x.",
            _so_many(np.maximum.accumulate),
        ),
        Mistake(
            "All your pictures are the same array; make a copy for each count.",
            _so_many(lambda counts: [max(counts)] * len(counts)),
        ),
        Mistake(
            "All your pictures are the same array; make a copy for each count.",
            _so_many(lambda counts: [counts[-1]] * len(counts)),
        ),
        Mistake("Keep the counts in the order given, don't sort them.", _so_many(np.sort)),
        Mistake(
            "One pixel too many is covered: count n means n pixels.",
            _so_many(lambda counts: np.add(counts, 1)),
        ),
        Mistake(
            "One pixel too few is covered: count n means n pixels.",
            _so_many(lambda counts: np.subtract(counts, 1)),
        ),
    ),
}
