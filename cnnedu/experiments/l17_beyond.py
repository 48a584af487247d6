"""How lesson 17's four networks are trained, and how good they are on pictures never seen."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from cnnedu.data.shapes import CLASSES, make_scenes
from cnnedu.kernels.overlap import class_iou
from cnnedu.kernels.ranking import Found, class_average_precision, equal_error_rate, roc
from cnnedu.models.detectors import detect
from cnnedu.models.stored import BUILDERS
from cnnedu.tasks.detection import one_stage_loss, two_stage_loss
from cnnedu.tasks.faces import LEARN, TEST, distances_of_pairs, face_patches, learn_faces
from cnnedu.tasks.scenes import learn, pixels, prepared

RESULTS = Path(__file__).parent / "figures/beyond.json"
TRAINING_SEED, HELD_OUT_SEED = 17, 19
MOST = 8  # shapes in a training scene: fuller ones teach more in the same time
GROUND = 0.3  # weight of a ground pixel, of which there are many
FACE_STEPS = 600


class Recipe(NamedTuple):
    """How a network learns from scenes."""

    loss: Callable
    epochs: int
    learning_rate: float


def segmentation_loss(network, batch):
    """Return the cross-entropy over all pixels, those of the ground counting less.

    Args:
        network: gives logits (N, 1 + classes, H, W).
        batch: `cnnedu.tasks.scenes.Batch`.

    Returns:
        Scalar tensor.
    """
    logits = network(batch.x)
    weight = torch.ones(logits.shape[1])
    weight[0] = GROUND
    return F.cross_entropy(logits, batch.masks, weight)


RECIPES = {
    "unet": Recipe(segmentation_loss, 8, 1e-2),
    "one_stage": Recipe(one_stage_loss, 10, 1e-2),
    "two_stage": Recipe(two_stage_loss, 10, 1e-2),
}


def training_scenes(count=3000):
    """Return the scenes to learn from, as a `Batch`; 3,000 take about 20 s."""
    return prepared(make_scenes(count, seed=TRAINING_SEED, most=MOST))


def held_out_scenes(count=300):
    """Return scenes that no network learnt from, up to four shapes in each, as `Scenes`."""
    return make_scenes(count, seed=HELD_OUT_SEED)


def train(name, data=None, build=None, progress=None):
    """Train one of the networks from nothing.

    Args:
        name: "unet", "one_stage", "two_stage" or "embedding".
        data: from `training_scenes`; not used for the embedding, which learns from faces.
        build: function without arguments that gives the untrained network; by default the
            stored one's.
        progress: called after each epoch, as `learn` does; or None.

    Returns:
        The network, in evaluation mode.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = (build or BUILDERS[name])()
        if name == "embedding":
            learn_faces(network, face_patches()[LEARN], FACE_STEPS)
        else:
            recipe = RECIPES[name]
            learn(network, recipe.loss, data, *recipe[1:], progress=progress)
    return network


@torch.no_grad()
def segment(network, x):
    """Return the likeliest class of each pixel, int64 (N, H, W), of uint8 pictures (N, 3, H, W)."""
    parts = [network(part).argmax(dim=1) for part in pixels(x).split(50)]
    return torch.cat(parts).numpy()


def at_border(masks):
    """Return which pixels have another class above, below, to the left or to the right.

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


def find(network, x, **options):
    """Return what a detector finds in uint8 pictures (N, 3, H, W), a `Found` for each."""
    parts = [detect(network, part, **options) for part in pixels(x).split(50)]
    return [found for part in parts for found in part]


def flock(count=30, seed=0):
    """Return a crowd of boxes, and what a detector finds that finds each of them twice.

    Boxes of 12×12 are thrown anywhere on a picture of 64×64. Each is found exactly, and once more
    about a pixel off, with nine tenths of the score.

    Args:
        count: number of boxes.
        seed: of places and scores.

    Returns:
        (boxes, found): float64 (count, 4); a `Found` with twice as many boxes, all of class 0.
    """
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 52, (count, 2))
    boxes, scores = np.hstack([corners, corners + 12]), rng.uniform(0.5, 1, count)
    again = boxes + np.tile(rng.normal(0, 1, (count, 2)), 2)
    both = np.vstack([boxes, again]), np.append(scores, 0.9 * scores)
    return boxes, Found(*both, np.zeros(2 * count, int))


def measure(name, network, scenes=None):
    """Measure a network on what it has not learnt from.

    Args:
        name: as for `train`.
        network: trained, in evaluation mode.
        scenes: from `held_out_scenes`; for the embedding the last forty faces are taken.

    Returns:
        Dict of figures from 0 to 1.
    """
    if name == "embedding":
        with torch.no_grad():
            pairs = distances_of_pairs(network, face_patches()[TEST])
        return {"equal error rate": equal_error_rate(*roc(*pairs)[:2])}
    if name == "unet":
        said = segment(network, scenes.x)
        right, iou = said == scenes.masks, class_iou(scenes.masks, said, 1 + len(CLASSES))
        return {
            "mean IoU": float(np.nanmean(iou)),
            "pixel accuracy": float(right.mean()),
            "border accuracy": float(right[at_border(scenes.masks)].mean()),
        }
    precision = class_average_precision(
        find(network, scenes.x), scenes.boxes, scenes.y, len(CLASSES)
    )
    return {"mAP@0.5": float(np.nanmean(precision))}


def results():
    """Return what `benchmarks/beyond.py --save` measured on 300 held-out scenes, by network."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))
