"""Lesson 12: the blocks of famous networks, exchanged in one skeleton and trained alike.

All networks see the same number of pictures in batches of the same size. Each gets the learning
rate with the lowest loss on pictures and with a seed that take no part in the comparison.
"""

from functools import partial

import torch
from torch.utils.flop_counter import FlopCounterMode

from cnnedu.experiments.l12_depth import best_rate, descend, halved, pixels
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.models import skeleton
from cnnedu.models.skeleton import Skeleton
from cnnedu.models.training_memory import kept_for_training
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import seeded

NETWORKS = {
    "plain": partial(Skeleton, skeleton.Plain),
    "pair": partial(Skeleton, skeleton.Pair),
    "pair, dense head": partial(Skeleton, skeleton.Pair, dense_head=True),
    "residual": partial(Skeleton, skeleton.Residual),
    "bottleneck": partial(Skeleton, skeleton.Bottleneck),
    "separable": partial(Skeleton, skeleton.Separable),
    "inverted residual": partial(Skeleton, skeleton.InvertedResidual),
    "shuffle": partial(Skeleton, skeleton.Shuffle),
    "no shuffle": partial(Skeleton, partial(skeleton.Shuffle, shuffles=False)),
    "squeeze-and-excitation": partial(Skeleton, skeleton.SqueezeExcitation),
    "ConvNeXt": partial(Skeleton, skeleton.ConvNeXt),
    "attention": partial(Skeleton, skeleton.Attention, places=True),
    # as much work as the residual network has
    "bottleneck, 3 × as wide": partial(Skeleton, skeleton.Bottleneck, width=48),
    "separable, 3 × as wide": partial(Skeleton, skeleton.Separable, width=48),
}
STEPS = 200
RATES = 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1
TUNING_SEED = 1000
HELD_OUT = 5_000  # of the training pictures, for the tuning; and of the test pictures


def multiply_adds(name):
    """Return the multiply-adds of a network for one picture, as PyTorch counts them.

    >>> multiply_adds("separable")
    614720
    """
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        NETWORKS[name]().eval()(torch.empty(1, 3, 16, 16))
    return counter.get_total_flops() // 2


def prices():
    """Return {name: (multiply-adds, bytes that training keeps, parameters)}, for one picture."""
    networks = {name: build() for name, build in NETWORKS.items()}
    return {
        name: (
            multiply_adds(name),
            sum(kept_for_training(network, (3, 16, 16)).values()),
            sum(parameter.numel() for parameter in network.parameters()),
        )
        for name, network in networks.items()
    }


def trained(name, seen, rate, seed, steps=STEPS):
    """Build the network `name` with this seed and train it on pairs of pictures and labels."""
    with seeded(seed):
        network = NETWORKS[name]().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), rate, weight_decay=0.05, fused=True)
    descend(network, *seen, optimiser, seed, steps)
    return network


def _pictures(data):
    """Return pictures, shrunk to 16×16: those to learn from, held out, and to test on."""
    x, y = pixels(halved(data.x_train)), torch.from_numpy(data.y_train)
    x = x.contiguous(memory_format=torch.channels_last)
    new = pixels(halved(data.x_test[:HELD_OUT])), torch.from_numpy(data.y_test[:HELD_OUT])
    return (x[:-HELD_OUT], y[:-HELD_OUT]), (x[-HELD_OUT:], y[-HELD_OUT:]), new


def tune(data, names=NETWORKS):
    """Return {name: {rate: loss on the held-out pictures}}."""
    seen, held_out, _ = _pictures(data)

    def score(name, rate):
        loss, _ = evaluate(trained(name, seen, rate, TUNING_SEED), *held_out)
        return -round(loss, 3)

    return {
        name: {str(rate): -s for rate, s in best_rate(partial(score, name), RATES, start=2).items()}
        for name in names
    }


def rates():
    """Return {name: rate}: the tuned rate of each network."""
    return {name: float(min(tried, key=tried.get)) for name, tried in figures["rates"].items()}


def compare(data, seed):
    """Train each network at its rate; return {name: % right of the test pictures}."""
    seen, _, new = _pictures(data)
    return {
        name: round(100 * evaluate(trained(name, seen, rate, seed), *new)[1], 2)
        for name, rate in rates().items()
    }


figures = Experiment(
    "l12_blocks",
    "the blocks of famous networks in one skeleton: accuracy after 200 steps",
    {
        "prices": Part(prices, minutes=0.1, needs_cifar10=False),
        "rates": Part(tune, minutes=5),
        "accuracy": Part(compare, minutes=7, seeds=(0, 1, 2, 3, 4), arrange=by_name),
    },
)
