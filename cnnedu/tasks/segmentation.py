"""Segmentation: the loss over all pixels, the likeliest class of each, and where classes meet."""

import numpy as np
import torch
import torch.nn.functional as F

from cnnedu.nn import evaluating
from cnnedu.tasks.scenes import pixels

BACKGROUND = 0.3  # weight of a background pixel, since there are so many of them


def segmentation_loss(network, batch):
    """Return the cross-entropy over all pixels, where the background counts less.

    Args:
        network: module that returns logits (N, 1 + classes, H, W).
        batch: `cnnedu.tasks.scenes.SceneBatch`.

    Returns:
        Scalar tensor.
    """
    logits = network(batch.x)
    weight = torch.ones(logits.shape[1])
    weight[0] = BACKGROUND
    return F.cross_entropy(logits, batch.masks, weight)


@torch.no_grad()
def segment(network, x):
    """Return the likeliest class of each pixel, int64 (N, H, W), in uint8 pictures (N, 3, H, W)."""
    with evaluating(network):
        parts = [network(part).argmax(dim=1) for part in pixels(x).split(50)]
    return torch.cat(parts).numpy()


def at_border(masks):
    """Return which pixels have a neighbour of another class: above, below, left or right.

    Args:
        masks: int (N, H, W).

    Returns:
        bool (N, H, W).

    >>> at_border(np.array([[[0, 0, 0, 5], [0, 0, 0, 5]]])).astype(int)
    array([[[0, 0, 1, 1],
            [0, 0, 1, 1]]])
    """
    border = np.zeros(masks.shape, bool)
    for axis in (1, 2):
        change = np.diff(masks, axis=axis) != 0
        none = np.zeros_like(change.take([0], axis=axis))
        border |= np.concatenate([change, none], axis) | np.concatenate([none, change], axis)
    return border
