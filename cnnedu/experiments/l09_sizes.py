"""Lesson 09: does a network with more weights learn more from the same digits and steps?

The networks differ in nothing but their width. They learn the same 80 digits, in batches of two,
from the same kind of first weights (He's), with plain SGD at a fixed rate. Each has the rate that
suits it, found with digits of other seeds.
"""

from collections import OrderedDict

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.data.digits import shuffled_digits
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.training.fitting import take_step

WIDTHS = {"6,090": 1, "79,626": 4, "306,698": 8}  # weights: times as many channels
DIGITS, NEW, BATCH = 80, 360, 2
STEPS = {"40 steps": 40, "400 steps": 400}
RATES = 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3
TUNING_SEEDS = 1000, 1001


def digit_network(times):
    """Build lesson 08's network with `times` as many channels: (N, 1, 8, 8) → (N, 10).

    >>> sum(weights.numel() for weights in digit_network(1).parameters())
    6090
    """
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 16 * times, 3, padding=1),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),
            conv2=nn.Conv2d(16 * times, 32 * times, 3, padding=1),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),
            flatten=nn.Flatten(),
            dense=nn.Linear(128 * times, 10),
        )
    )


def build(size, seed):
    """Return the network of this size with He's first weights."""
    torch.manual_seed(seed)
    network = digit_network(WIDTHS[size])
    for layer in (network.conv1, network.conv2, network.dense):
        nn.init.kaiming_normal_(layer.weight)
        nn.init.zeros_(layer.bias)
    return network


def drawn_digits(seed):
    """Return 80 digits to learn from and 360 others, drawn anew: (x, y), (new_x, new_y)."""
    x, y = map(torch.from_numpy, shuffled_digits(np.random.default_rng(seed)))
    new = slice(DIGITS, DIGITS + NEW)
    return (x[:DIGITS], y[:DIGITS]), (x[new], y[new])


def learnt(size, rate, steps, seed):
    """Train one network; return the % of the new digits that it reads."""
    (x, y), (new_x, new_y) = drawn_digits(seed)
    network, batches = build(size, seed), []
    optimiser = torch.optim.SGD(network.parameters(), lr=rate)
    for _ in range(steps):
        batches = batches or list(torch.randperm(DIGITS).split(BATCH))
        some = batches.pop()
        take_step(F.cross_entropy(network(x[some]), y[some]), optimiser)
    with torch.inference_mode():
        right = network(new_x).argmax(dim=1) == new_y
    return round(100 * right.double().mean().item(), 2)


def best_rate(size, steps):
    """Return the rate of `RATES` that is best on digits of other seeds."""
    means = {
        rate: np.mean([learnt(size, rate, steps, seed) for seed in TUNING_SEEDS]) for rate in RATES
    }
    return max(means, key=means.get)


def tune():
    """Return {steps: {size: best rate}}."""
    return {
        name: {size: best_rate(size, steps) for size in WIDTHS} for name, steps in STEPS.items()
    }


def with_seed(seed):
    """Return {steps: {size: % right}}, each network at its best rate."""
    rates = figures["rates"]
    return {
        name: {size: learnt(size, rates[name][size], steps, seed) for size in WIDTHS}
        for name, steps in STEPS.items()
    }


figures = Experiment(
    "l09_sizes",
    "networks with 6,090 to 306,698 weights learn from the same digits and steps",
    {
        "rates": Part(tune, minutes=1, needs_cifar10=False),
        "learnt": Part(
            with_seed,
            minutes=1,
            seeds=tuple(range(20)),
            arrange=by_two_names,
            needs_cifar10=False,
        ),
    },
)
