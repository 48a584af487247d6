"""Lesson 14: what a linear probe reads from each stage of EfficientNet-Lite0.

The pictures are generated edges and shapes, and CIFAR-10's test pictures: all of 32×32 pixels,
enlarged. The network has learnt from none of them, and nothing was chosen by the results. Each seed
has pictures and random weights of its own, whose batch norms are measured on training pictures.
"""

import numpy as np
import torch
from torch.nn.functional import interpolate

from cnnedu.data.edges import make_edges
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.explain.probing import layer_features, linear_probe, r_squared
from cnnedu.explain.randomisation import randomised
from cnnedu.models.pretrained import load_pretrained

LAYERS = tuple(f"stage{number}" for number in range(1, 10))
SEEDS = tuple(range(5))
SIZE = 96  # pixels along each side after enlarging
CLASSES = 10
CALIBRATION = 100  # training pictures on which batch norms with random weights are measured
PROBED = (200, 60, 140)  # pictures to learn from, to tune on, to test on


def probes(data, seed):
    """Measure what a linear probe reads from each stage: 0 for chance, 1 for perfect.

    Returns:
        {"trained", "random": {factor: one number for the pixels and for each of `LAYERS`}}.
    """
    trained, count = load_pretrained("imagenet"), sum(PROBED)
    shapes, (edges, angle) = make_shapes(count, seed=seed), make_edges(count, seed=seed)
    pictures, y = objects(data, np.random.default_rng(seed), count)
    asked = [
        (edges, {"edge direction": np.stack([np.cos(2 * angle), np.sin(2 * angle)], axis=1)}),
        (
            shapes.x,
            {
                "shape": np.eye(CLASSES)[shapes.y],
                "colour": shapes.colour / 255,
                "position": shapes.centre / shapes.x.shape[2],
            },
        ),
        (pictures, {"object": np.eye(CLASSES)[y]}),
    ]
    found = {}
    for name, network in networks(trained, data, seed).items():
        found[name] = {}
        for pictures, targets in asked:
            large = trained.prepare(enlarged(pictures))
            features = [trained.prepare(pictures).flatten(1)]
            features += layer_features(network, large, LAYERS).values()
            for factor, target in targets.items():
                found[name][factor] = [readable(rows, target) for rows in features]
    return found


def objects(data, rng, count):
    """Draw test pictures and their labels."""
    some = rng.choice(len(data.x_test), min(count, len(data.x_test)), replace=False)
    return data.x_test[some], data.y_test[some]


def enlarged(x):
    """Return uint8 pictures, stretched to SIZE×SIZE pixels."""
    stretched = interpolate(torch.from_numpy(x).float(), size=(SIZE, SIZE), mode="bilinear")
    return stretched.round().to(torch.uint8).numpy()


def networks(trained, data, seed):
    """Return the trained network, and the same with random weights."""
    pictures = trained.prepare(enlarged(data.x_train[:CALIBRATION]))
    return {
        "trained": trained.network,
        "random": randomised(trained.network, seed=seed, pictures=pictures),
    }


def readable(rows, target):
    """Return how well a probe predicts a target: R², or for classes what it has beyond chance."""
    known, validation, _ = PROBED
    target = torch.from_numpy(target)
    guess, truth = linear_probe(rows, target, known, validation), target[known + validation :]
    if target.shape[1] == CLASSES:
        right = (guess.argmax(dim=1) == truth.argmax(dim=1)).double().mean().item()
        return round((right - 1 / CLASSES) / (1 - 1 / CLASSES), 4)
    return round(r_squared(guess, truth), 4)


figures = Experiment(
    "l14_depth",
    "what a linear probe reads from each stage of the ImageNet network",
    {
        "probes": Part(probes, minutes=2, seeds=SEEDS, arrange=by_two_names),
    },
)
