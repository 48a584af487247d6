"""Lesson 15's exercise: eight tiny networks, most of which learn a shortcut, and what they read.

This module gives away what the exercise asks for.
"""

import json

import numpy as np
import torch
from safetensors.numpy import save
from torch import nn

from cnnedu.checks.suspect_weights import WEIGHTS
from cnnedu.data.cued_pictures import PLACES, make_agreeing, make_cued, place_masks
from cnnedu.data.whole_file import write_whole
from cnnedu.experiments.store import Experiment, Part
from cnnedu.training.fitting import teach

# What goes with the label in each network's training pictures, without an exception.
LEARNT_FROM = dict(
    zip("ABCDEFGH", ("sky", "bar", "edge", "stamp", "stamp", "edge", "bar", "sky"), strict=True)
)
COUNT = 1500
FIRST_SEED = 1  # with 0, one of them learns nothing
# Where another place goes with the label, some bars don't: that's why it is learnt.
BARS = 0.85


def suspect():
    """Build one: two strided convolutions and a dense layer.

    Returns:
        `nn.Sequential` from pictures (N, 3, 16, 16) to logits (N, 2).

    >>> sum(p.numel() for p in suspect().parameters())
    666
    """
    return nn.Sequential(
        *(nn.Conv2d(3, 4, 3, stride=2, padding=1), nn.ReLU()),
        *(nn.Conv2d(4, 8, 3, stride=2, padding=1), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(8 * 4 * 4, 2)),
    )


def lessons(place, seed):
    """Return pictures float32 (N, 3, 16, 16) and labels whose `place` goes with them; tensors."""
    rng = np.random.default_rng(seed)
    y, said = rng.integers(2, size=COUNT), rng.integers(2, size=(COUNT, len(PLACES)))
    said[:, 0] = np.where(rng.random(COUNT) < BARS, y, 1 - y)
    said[:, PLACES.index(place)] = y
    return torch.from_numpy(make_cued(said, rng)).float(), torch.from_numpy(y)


def trained():
    """Train the eight networks and round them to float16, as their file will hold them.

    Returns:
        (figures, networks): what `measure` returns of each, {name: figures}; {name: network}.
    """
    networks = {}
    for seed, (name, place) in enumerate(LEARNT_FROM.items(), FIRST_SEED):
        settings = {"epochs": 30, "learning_rate": 1e-2, "batch_size": 50, "seed": seed}
        network, _ = teach(suspect, lessons(place, seed), **settings)
        networks[name] = network.half().float()
    return {name: measure(network) for name, network in networks.items()}, networks


def numbers(network):
    """Return all weights and biases of a network in one row, float32 array (666,)."""
    return np.concatenate([p.detach().numpy().ravel() for p in network.parameters()])


def measure(network):
    """Measure a network on 1,000 fresh pictures.

    Returns:
        {"right": accuracy where the places agree with the label 90 % of the time, "all agree":
        where all do, "changed": {place: share of these answers that change with its pixels}}.
    """
    x, y = make_agreeing(1000, 0.9, np.random.default_rng(100))
    clear, label = make_agreeing(1000, 1, np.random.default_rng(101))
    before, order = _said(network, clear), np.argsort(label)
    swapped = np.empty_like(clear)
    swapped[order] = clear[np.roll(order, len(order) // 2)]  # each from one of the other class
    changed = {
        place: float(np.mean(_said(network, np.where(mask, swapped, clear)) != before))
        for place, mask in zip(PLACES, place_masks(), strict=True)
    }
    right = [float(np.mean(_said(network, x) == y)), float(np.mean(before == label))]
    return {"right": right[0], "all agree": right[1], "changed": changed}


@torch.no_grad()
def _said(network, x):
    return network(torch.from_numpy(x).float()).argmax(dim=1).numpy()


def _save(networks, found):
    """Save each network's weights in one row, which NumPy alone can read."""
    rows = {name: numbers(network).astype(np.float16) for name, network in networks.items()}
    about = {"network": "suspects", "command": "cnnedu experiment l15_suspects --save"}
    write_whole(WEIGHTS, save(rows, {"about": json.dumps(about)}))


figures = Experiment(
    "l15_suspects",
    "eight tiny networks for exercise 15: which place in a picture each of them reads",
    {"suspects": Part(trained, minutes=1, needs_cifar10=False, save_weights=_save)},
)
