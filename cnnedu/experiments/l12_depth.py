"""Lesson 12: what depth does to a network: its signals before training, and what it learns.

The signals are measured in plain networks and in residual ones, with different borders, widths and
norms. The runs compare the training loss of plain and residual networks, each at the rate that is
best for it with another seed.
"""

from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

from cnnedu.data.shapes import make_shapes
from cnnedu.experiments.store import Experiment, Part, by_name, by_two_names
from cnnedu.models.skeleton import Pair, Residual, Skeleton
from cnnedu.training.fitting import seeded, take_step
from cnnedu.training.schedule import triangle

COUNTS = 1, 4, 13  # blocks in each of the two stages
# What `build` makes, for the signals
SIGNALS = {
    "plain": (Pair, {"norm": False}),
    "plain, wrapped border": (Pair, {"norm": False, "border": "circular"}),
    "plain, wrapped border, 4 × as wide": (
        Pair,
        {"norm": False, "border": "circular", "width": 64},
    ),
    "plain, batch norm": (Pair, {}),
    "plain, batch norm, wrapped border": (Pair, {"border": "circular"}),
    "skips": (Residual, {"norm": False}),
    "skips, batch norm": (Residual, {}),
}
# What `build` makes, for the runs
RUNS = {"plain": (Pair, {}), "skips": (Residual, {})}
RUNS |= {"skips, γ = 0": (Residual, {"zero_gamma": True})}
STEPS, BATCH, EVERY, WIDTH = 120, 50, 10, 8  # EVERY: steps per stored loss
WARM_UP = 0.2  # share of the steps in which the rate rises
RATES = 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0
TUNING_SEED = 1000


def layers(count):
    """Return the number of layers with weights: two in each block, stem, halving and head.

    >>> layers(13)
    55
    """
    return 4 * count + 3


def build(block, count, norm=True, border="zeros", width=16, zero_gamma=False, seed=0):
    """Build the skeleton of lesson 12 with He's initialisation.

    Args:
        block: `Pair` or `Residual`.
        count, width: as for `cnnedu.models.skeleton.Skeleton`.
        norm: False leaves out every batch norm.
        border: what pads the maps: "zeros" or "circular" (the other side of the map).
        zero_gamma: the scale of each block's last norm starts at 0 instead of 1.
        seed: for the initial weights.

    Returns:
        `Skeleton`.

    Source
        He, Zhang, Ren, Sun, "Delving deep into rectifiers" (2015), for the initialisation; Goyal
        and others, "Accurate, large minibatch SGD" (2017), section 5.1, for the scale of 0.
    """
    with seeded(seed):
        network = Skeleton(block, width, count)
        for module in list(network.modules()):
            if isinstance(module, nn.Conv2d):
                follows = "linear" if module is network.halve else "relu"
                nn.init.kaiming_normal_(module.weight, nonlinearity=follows)
                if border != "zeros" and module is not network.halve:
                    module.padding_mode = border
                    module._reversed_padding_repeated_twice = [1, 1, 1, 1]
            if isinstance(module, block) and zero_gamma:
                nn.init.zeros_(module.conv2[1].weight)
            for name, child in list(module.named_children()):
                if isinstance(child, nn.BatchNorm2d) and not norm:
                    setattr(module, name, nn.Identity())
    return network


def signals(network, x, y):
    """Return what flows through each convolution of a network, forwards and backwards.

    Args:
        network: in training mode.
        x: float32 tensor (N, 3, H, W).
        y: int64 tensor (N,).

    Returns:
        {"forward": root of the mean square of each convolution's input, "backward": norm of the
        gradient of the loss with respect to its output, "weights": the same with respect to its
        weights}, lists of floats.
    """
    convolutions = [m for m in network.modules() if isinstance(m, nn.Conv2d)]
    seen = []
    hooks = [
        layer.register_forward_hook(lambda layer, inputs, out: seen.append((inputs[0], out)))
        for layer in convolutions
    ]
    loss = F.cross_entropy(network(x), y)
    for hook in hooks:
        hook.remove()
    wanted = [out for _, out in seen] + [layer.weight for layer in convolutions]
    gradients = [g.norm().item() for g in torch.autograd.grad(loss, wanted)]
    return {
        "forward": [maps.square().mean().sqrt().item() for maps, _ in seen],
        "backward": gradients[: len(seen)],
        "weights": gradients[len(seen) :],
    }


def measure_signals(seed):
    """Return {network: {signal: {layers: one number per convolution}}}, for 32 shapes."""
    shapes = make_shapes(32, size=16, seed=seed)
    x, y = pixels(shapes.x), torch.from_numpy(shapes.y)
    found = {}
    for name, (block, options) in SIGNALS.items():
        found[name] = {}
        for count in COUNTS:
            network = build(block, count, **options, seed=seed)
            for signal, values in signals(network, x, y).items():
                rounded = [float(f"{value:.4g}") for value in values]
                found[name].setdefault(signal, {})[str(layers(count))] = rounded
    return found


def rising_and_falling(optimiser, steps):
    """Return a schedule that lets the rate rise for a fifth of the steps, and then fall."""
    return LambdaLR(optimiser, lambda done: triangle((done + 1) / (steps + 1), WARM_UP))


def run(network, x, y, rate, seed, steps=STEPS):
    """Train with momentum 0.9 on batches drawn with this seed; return the loss of each batch."""
    optimiser = torch.optim.SGD(network.parameters(), rate, momentum=0.9)
    return descend(network, x, y, optimiser, seed, steps)


def descend(network, x, y, optimiser, seed, steps, batch=BATCH):
    """Take some steps at a rising and falling rate; return the loss of each batch.

    Args:
        network: any module; it is changed.
        x: float32 tensor (N, 3, H, W).
        y: int64 tensor (N,).
        optimiser: holds the parameters and the highest rate.
        seed: for the batches, which are drawn anew for each step.
        steps, batch: number of batches, and of pictures in each.
    """
    schedule, losses = rising_and_falling(optimiser, steps), []
    generator = torch.Generator().manual_seed(seed)
    for _ in range(steps):
        some = torch.randint(len(y), (batch,), generator=generator)
        loss = F.cross_entropy(network(x[some]), y[some])
        take_step(loss, optimiser, schedule)
        losses.append(loss.item())
    return losses


def final_loss(losses):
    """Return the mean of the last 50 losses, or infinity if a loss wasn't a number.

    >>> final_loss([9.0] * 50 + [2.0] * 50)
    2.0
    """
    return float(np.mean(losses[-50:])) if np.isfinite(losses).all() else float("inf")


def best_rate(score, rates=RATES, start=3):
    """Climb from `rates[start]` towards the rate with the best score; return {rate: score}.

    It goes up, or else down, as long as the score rises: so the neighbours of the best rate have
    been tried, too.

    >>> best_rate(lambda rate: -abs(rate - 1), rates=(1, 2, 3, 4), start=1)
    {2: -1, 3: -2, 1: 0}
    """
    tried = {rates[start]: score(rates[start])}
    for direction in (1, -1):
        place = start + direction
        while 0 <= place < len(rates):
            tried[rates[place]] = score(rates[place])
            if tried[rates[place]] <= tried[rates[place - direction]]:
                break
            place += direction
        if max(tried, key=tried.get) != rates[start]:
            break
    return tried


def pixels(pictures):
    """Return uint8 pictures (N, 3, H, W) as a float32 tensor with mean 0 and deviation 1."""
    x = torch.from_numpy(pictures).float()
    return (x - x.mean()) / x.std()


def halved(pictures):
    """Return uint8 pictures with half as many rows and columns, each pixel the mean of four."""
    count, channels, height, width = pictures.shape
    squares = pictures.reshape(count, channels, height // 2, 2, width // 2, 2)
    return squares.mean(axis=(3, 5)).round().astype(np.uint8)


def _run(name, x, y, rate, seed):
    kind, count = name
    block, options = RUNS[kind]
    network = build(block, count, **options, width=WIDTH, seed=seed)
    return run(network.to(memory_format=torch.channels_last), x, y, rate, seed)


def _names():
    """Return {name: (kind of `RUNS`, blocks in each stage)}."""
    return {f"{kind}, {layers(count)}": (kind, count) for kind in RUNS for count in COUNTS}


def _pictures(data):
    """Return the training pictures, shrunk to 16×16, and their labels."""
    x = pixels(halved(data.x_train)).contiguous(memory_format=torch.channels_last)
    return x, torch.from_numpy(data.y_train)


def tune(data):
    """Return {network: {rate: final training loss}}."""
    x, y = _pictures(data)

    def score(name, rate):
        return -round(final_loss(_run(name, x, y, rate, TUNING_SEED)), 3)

    return {
        name: {str(rate): -s for rate, s in best_rate(partial(score, known)).items()}
        for name, known in _names().items()
    }


def rates():
    """Return {network: rate}: the tuned rates."""
    return {name: float(min(tried, key=tried.get)) for name, tried in figures["rates"].items()}


def compare(data, seed):
    """Train each network at its rate; return {network: mean losses of ten steps each}."""
    x, y = _pictures(data)
    found = {}
    for name, rate in rates().items():
        losses = np.reshape(_run(_names()[name], x, y, rate, seed), (-1, EVERY)).mean(axis=1)
        found[name] = [float(f"{loss:.4g}") for loss in losses]
    return found


figures = Experiment(
    "l12_depth",
    "deep networks with and without skips: their signals, and the loss that they reach",
    {
        "signals": Part(
            measure_signals, minutes=1, seeds=tuple(range(10)), arrange=by_two_names,
            needs_cifar10=False,
        ),
        "rates": Part(tune, minutes=3),
        "runs": Part(compare, minutes=4, seeds=(0, 1, 2, 3, 4), arrange=by_name),
    },
)  # fmt: skip
