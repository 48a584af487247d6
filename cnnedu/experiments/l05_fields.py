"""Lesson 05: how much of its receptive field a unit uses, by depth, in random networks.

Each network is a stack of 3×3 convolutions with 8 channels, without padding and biases. It looks at
a picture of noise that is just as large as the receptive field of its one unit per channel. The
influence of a pixel is |∂ (sum of these units) / ∂ pixel|, as a share of all pixels' influence.
"""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.experiments.store import Experiment, Part, by_two_names

DEPTHS = 2, 5, 10, 20, 40
CHANNELS = 8
NETWORKS = 50  # for each depth and seed
DRAWN = 10  # the depth whose field the lesson draws
DRAWN_NETWORKS = 1000


def influences(depth, networks, relu=True, seed=0):
    """Return the influence of each pixel in random networks, (N, 2·depth + 1, 2·depth + 1).

    The weights are normal, with the variance that keeps the size of the maps: 2 (1 without ReLU)
    over the number of inputs. Networks whose units are all 0 are left out, so N may be smaller than
    `networks`.

    >>> influences(1, 2, relu=False).sum(axis=(1, 2)).round(6).tolist()
    [1.0, 1.0]
    """
    side = 2 * depth + 1
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(1, networks, side, side, generator=generator).requires_grad_()
    maps, inputs = x, 1
    for _ in range(depth):
        w = torch.randn(networks * CHANNELS, inputs, 3, 3, generator=generator)
        w *= ((2 if relu else 1) / (9 * inputs)) ** 0.5
        maps = F.conv2d(maps, w, groups=networks)  # each network has its own channels
        maps = F.relu(maps) if relu else maps
        inputs = CHANNELS
    sizes = torch.autograd.grad(maps.sum(), x)[0][0].abs().double().numpy()
    alive = sizes.sum(axis=(1, 2)) > 0
    return sizes[alive] / sizes[alive].sum(axis=(1, 2), keepdims=True)


def width(field):
    """Return the root mean square distance from the middle along one axis, in pixels.

    Args:
        field: influence of each pixel, (side, side) with an odd side.

    >>> width(np.ones((3, 3))).round(3)         # √(2/3)
    np.float64(0.816)
    """
    distance = np.arange(len(field)) - len(field) // 2
    along = field.sum(axis=0) + field.sum(axis=1)
    return np.sqrt(along @ distance**2 / along.sum())


def ways(depth):
    """Return how many ways lead from each pixel to the unit: (2·depth + 1, 2·depth + 1).

    >>> ways(1).tolist(), ways(2)[2].tolist()
    ([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], [3.0, 6.0, 9.0, 6.0, 3.0])
    """
    line = np.ones(1)
    for _ in range(depth):
        line = np.convolve(line, np.ones(3))
    return np.outer(line, line)


def widths(seed):
    """Return {"relu" or "linear": {depth: width of the mean field of 50 networks}}."""
    return {
        name: {
            str(depth): round(float(width(influences(depth, NETWORKS, relu, seed).mean(axis=0))), 4)
            for depth in DEPTHS
        }
        for name, relu in {"relu": True, "linear": False}.items()
    }


def mean_field():
    """Return the mean field of a thousand networks with ReLU and of the lesson's depth."""
    return {"influence": influences(DRAWN, DRAWN_NETWORKS).mean(axis=0).astype(np.float32)}


figures = Experiment(
    "l05_fields",
    "effective receptive fields of random networks of 2 to 40 layers",
    {
        "widths": Part(
            widths, minutes=1, seeds=tuple(range(20)), arrange=by_two_names, needs_cifar10=False
        ),
        "field": Part(mean_field, minutes=0.1, needs_cifar10=False),
    },
)
