"""Occlusion maps, and well-known mistakes with them."""

from functools import partial

import numpy as np

from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import Mistake


def occlusion_map(x, w, size, stride, fill):
    """Return each pixel's mean drop of the score under the patches that cover it."""
    return _map(x, w, size, stride, fill)


def _patches(shape, size, stride, room=0):
    """Return a mask for each patch, (P, H, W); `room` is how far one may hang over the border."""
    inside = []
    for length in shape:
        start = np.arange(0, length - size + room + 1, stride)[:, None]
        inside.append((np.arange(length) >= start) & (np.arange(length) < start + size))
    rows, columns = inside
    return (rows[:, None, :, None] & columns[:, None]).reshape(-1, *shape)


def _drops(x, w, masks, fill, drop=np.subtract):
    """Return drop(score of x, score of x covered) for each mask."""
    return drop(_score(x[None], w), _score(np.where(masks, fill, x), w))


def _score(pictures, w):
    """Return each picture's sum of all positive outputs of w ⋆ x."""
    windows = np.lib.stride_tricks.sliding_window_view(pictures, w.shape, axis=(1, 2))
    return np.maximum(np.einsum("nijkl,kl->nij", windows, w), 0).sum(axis=(1, 2))


def _mean(sums, masks, size):
    """Return the mean drop at each pixel, 0 where no mask is."""
    return sums / np.maximum(masks.sum(axis=0), 1)


def _map(
    x,
    w,
    size,
    stride,
    fill,
    room=lambda size: 0,
    covered=lambda patches: patches,
    drop=np.subtract,
    mean=_mean,
):
    """Return the map; the arguments after `fill` each change one thing."""
    patches = _patches(x.shape, size, stride, room(size))
    with np.errstate(all="ignore"):
        drops = _drops(x, w, covered(patches), fill, drop)
        return mean(np.tensordot(drops, patches.astype(float), axes=1), patches, size)


def _corners(x, w, size, stride, fill):
    """Give each drop to the top left pixel of its patch."""
    out, patches = np.zeros(x.shape), _patches(x.shape, size, stride)
    drops = iter(_drops(x, w, patches, fill))
    for row in range(0, x.shape[0] - size + 1, stride):
        for column in range(0, x.shape[1] - size + 1, stride):
            out[row, column] = next(drops)
    return out


def _last_one_counts(x, w, size, stride, fill):
    """Let each patch overwrite what the ones before have left."""
    patches, out = _patches(x.shape, size, stride), np.zeros(x.shape)
    for patch, drop in zip(patches, _drops(x, w, patches, fill), strict=True):
        out[patch] = drop
    return out


def _exchanged(x, w, size, stride, fill):
    return occlusion_map(x, w, stride, size, fill) if stride <= min(x.shape) else None


SIGN = "A drop may be negative, where the score rises; keep its sign."

MISTAKES = (
    Mistake(
        "The sign is wrong: drop = score(x) − score(covered).",
        lambda *arguments: -occlusion_map(*arguments),
    ),
    Mistake(
        "Those are sums: divide by the number of patches that cover the pixel.",
        partial(_map, mean=lambda sums, patches, size: sums),
    ),
    Mistake(
        "You divided by the number of all patches; divide by the number of those that cover "
        "the pixel.",
        partial(_map, mean=lambda sums, patches, size: sums / len(patches)),
    ),
    Mistake(
        "You divided by the pixels of a patch; divide by the number of patches that cover the "
        "pixel.",
        partial(_map, mean=lambda sums, patches, size: sums / size**2),
    ),
    Mistake(
        "A pixel that no patch covers gets 0; yours gets 0 / 0.",
        partial(_map, mean=lambda sums, patches, size: sums / patches.sum(axis=0)),
    ),
    Mistake(
        "Each patch overwrites what the ones before have left; a pixel gets the mean of all "
        "that cover it.",
        _last_one_counts,
    ),
    Mistake(
        "The last patch is missing: a patch that ends at the border still fits.",
        partial(_map, room=lambda size: -1),
    ),
    Mistake(
        "Your last patches hang over the border; only patches that lie inside count.",
        partial(_map, room=lambda size: size - 1),
    ),
    Mistake(
        "The drop belongs to all pixels under the patch, not to the top left one alone.",
        _corners,
    ),
    Mistake(
        "Your patches stay in the picture: cover a fresh copy at every place.",
        partial(_map, covered=np.logical_or.accumulate),
    ),
    Mistake(
        "You covered everything but the patch; cover the patch.",
        partial(_map, covered=np.logical_not),
    ),
    Mistake(
        "Fill the patch with `fill`, not with 0.",
        lambda x, w, size, stride, fill: occlusion_map(x, w, size, stride, 0),
    ),
    Mistake(
        "`fill` was cut to a whole number: a copy of a picture of whole numbers can't hold "
        "it. Make a copy of floats.",
        where_whole(0, lambda *arguments: occlusion_map(*arguments[:-1], int(arguments[-1]))),
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
    Mistake(SIGN, partial(_map, drop=lambda before, after: np.maximum(before - after, 0))),
    Mistake(SIGN, partial(_map, drop=lambda before, after: abs(before - after))),
    Mistake(
        "Those are the scores of the covered pictures; subtract them from score(x).",
        partial(_map, drop=lambda before, after: after),
    ),
    Mistake(
        "You divided the drop by the score; the drop itself is asked for.",
        partial(_map, drop=lambda before, after: (before - after) / before),
    ),
)
