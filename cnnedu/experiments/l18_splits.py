"""Lesson 18: the accuracy of one network under a random split and a split by object."""

from tempfile import TemporaryDirectory

import numpy as np
import torch

from cnnedu.data.folders import load_folder
from cnnedu.data.found_objects import write_found_objects
from cnnedu.data.splits import split_by_group, thing_of
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.models.normalise import normalise
from cnnedu.models.small_network import small_network
from cnnedu.training.augmentation import quarter_turns
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import fit, seeded


def splits(seed):
    """Return {kind of split: accuracy on the fifth of the pictures that was set aside}."""
    with TemporaryDirectory() as folder:
        write_found_objects(folder)
        found = load_folder(folder)
    things = np.array([thing_of(file) for file in found.files])
    rng = np.random.default_rng(seed)
    by_thing = split_by_group(things, rng.permutation(np.unique(things)), 0.2)
    at_random = rng.permutation(len(things)) < 0.2 * len(things)
    return {
        "pictures at random": _accuracy(found, at_random),
        "whole things": _accuracy(found, by_thing),
    }


def _accuracy(found, aside):
    """Train a network on what isn't set aside; return its accuracy on what is."""
    known = found.x[~aside] / 255
    x = normalise(
        torch.from_numpy(found.x), known.mean((0, 2, 3)).tolist(), known.std((0, 2, 3)).tolist()
    )
    y = torch.from_numpy(found.y)
    with seeded(0):
        network = small_network(3)
        optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
        fit(network, (x[~aside], y[~aside]), optimiser, epochs=30, feed=quarter_turns)
    return round(evaluate(network, x[aside], y[aside])[1], 4)


figures = Experiment(
    "l18_splits",
    "the accuracy that a random split promises, and what a split by object measures",
    {
        "splits": Part(
            splits, minutes=5, seeds=tuple(range(10)), arrange=by_name, needs_cifar10=False
        )
    },
)
