"""Lesson 17: train and measure U-Net, two detectors and an embedding of faces.

The model card `beyond.md`, beside the weights, quotes these figures; it is written by hand.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import torch

from cnnedu.data.shapes import CLASSES, held_out_scenes
from cnnedu.experiments.store import Experiment, Part
from cnnedu.kernels.overlap import class_iou
from cnnedu.kernels.ranking import class_average_precision, equal_error_rate, roc
from cnnedu.models.pretrained import BUILDERS, FOLDER, save_network
from cnnedu.models.unet import UNet
from cnnedu.tasks.detection import find, one_stage_loss, two_stage_loss
from cnnedu.tasks.faces import LEARN, TEST, distances_of_pairs, face_patches, learn_faces
from cnnedu.tasks.scenes import learn, training_scenes
from cnnedu.tasks.segmentation import at_border, segment, segmentation_loss
from cnnedu.training.fitting import seeded

FACE_STEPS = 600


class Recipe(NamedTuple):
    """How to train a network on scenes."""

    loss: Callable
    epochs: int
    learning_rate: float


NETWORKS = {
    "unet": BUILDERS["unet"],
    "no_skips": lambda: UNet(1 + len(CLASSES), skips=False),
    "one_stage": BUILDERS["one_stage"],
    "two_stage": BUILDERS["two_stage"],
    "embedding": BUILDERS["embedding"],
}
RECIPES = {
    "unet": Recipe(segmentation_loss, 8, 1e-2),
    "no_skips": Recipe(segmentation_loss, 8, 1e-2),
    "one_stage": Recipe(one_stage_loss, 10, 1e-2),
    "two_stage": Recipe(two_stage_loss, 10, 1e-2),
}


def train(name, data=None):
    """Train one of the networks from scratch.

    Args:
        name: one of `NETWORKS`.
        data: from `training_scenes`; the embedding doesn't use it, since it learns from faces.

    Returns:
        The network, in evaluation mode.
    """
    with seeded(0):
        network = NETWORKS[name]()
        if name == "embedding":
            learn_faces(network, face_patches()[LEARN], FACE_STEPS)
        else:
            recipe = RECIPES[name]
            learn(network, recipe.loss, data, *recipe[1:])
    return network


def measure(name, network, scenes=None):
    """Measure a network on data that it wasn't trained on.

    Args:
        name: as for `train`.
        network: trained, in evaluation mode.
        scenes: from `held_out_scenes`; the embedding is tested on forty faces instead.

    Returns:
        Dict of figures from 0 to 1.
    """
    if name == "embedding":
        with torch.no_grad():
            pairs = distances_of_pairs(network, face_patches()[TEST])
        return {"equal error rate": equal_error_rate(*roc(*pairs)[:2])}
    if name in ("unet", "no_skips"):
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


def trained(name):
    """Train a network, round it to float16 as its file will hold it, and measure it.

    Returns:
        (figures, network): what `measure` returns, with the number of parameters and the minutes.
    """
    start = time.perf_counter()
    scenes = name != "embedding"
    network = train(name, training_scenes() if scenes else None)
    minutes = (time.perf_counter() - start) / 60
    network.half().float()
    found = measure(name, network, held_out_scenes() if scenes else None)
    parameters = sum(p.numel() for p in network.parameters())
    rounded = {key: round(value, 4) for key, value in found.items()}
    return rounded | {"parameters": parameters, "minutes": round(minutes, 1)}, network


def _save(name, network, found):
    """Save the weights beside the other pretrained ones, with what is known about them."""
    command = f"cnnedu experiment l17_beyond {name} --save"
    about = {"network": name, "parameters": found["parameters"], "command": command}
    figures = {key: value for key, value in found.items() if key != "minutes"}
    if name in BUILDERS:
        save_network(network, FOLDER / f"{name}.safetensors", about | figures)


figures = Experiment(
    "l17_beyond",
    "U-Net with and without skips, a one-stage and a two-stage detector, and faces",
    {
        name: Part(
            partial(trained, name),
            minutes=9,
            needs_cifar10=False,
            save_weights=partial(_save, name),
        )
        for name in NETWORKS
    },
)
