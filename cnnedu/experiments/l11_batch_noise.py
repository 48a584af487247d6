"""Lesson 11: does batch norm help on few pictures because it is noise, or because it normalises?

Four networks on 100 digits. All have the same layers; after each convolution stands one that may
normalise, may add the noise of a batch, both or neither. To know the noise, each step sends all
100 digits through the network, and the loss is that of a batch of 20 alone.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.experiments.l11_regularisation import TUNING_SEEDS, drawn_digits
from cnnedu.experiments.store import Experiment, Part, by_name
from cnnedu.training.fitting import falling, seeded, take_step

ARMS = {  # (normalises, adds noise)
    "neither": (False, False),
    "noise alone": (False, True),
    "normalising alone": (True, False),
    "batch norm": (True, True),
}
RATES = 1e-3, 3e-3, 1e-2, 3e-2
EPOCHS, BATCH = 60, 20
EPS = 1e-5


class Company(nn.Module):
    """A layer for maps (N, C, H, W) that stand for all training pictures, the batch's first.

    With μ and σ of a channel over all pictures, and μ_b and σ_b over the batch alone, and x̂ the
    output before a learnt scale and shift:

        neither               x̂ = x
        noise alone           x̂ = (x − μ_b) / σ_b · σ + μ
        normalising alone     x̂ = (x − μ) / σ
        both: batch norm      x̂ = (x − μ_b) / σ_b

    Noise is no way for the gradient: without normalising, the four are constants on the way back.

    Args:
        channels: C.
        normalises, noisy: which of the four.
    """

    def __init__(self, channels, normalises, noisy):
        super().__init__()
        self.normalises, self.noisy = normalises, noisy
        self.scale = nn.Parameter(torch.ones(channels, 1, 1))
        self.shift = nn.Parameter(torch.zeros(channels, 1, 1))
        self.mean, self.deviation = 0.0, 1.0  # of the last pictures in training

    def forward(self, x):
        """Return the maps; in evaluation, with what all training pictures had."""
        if self.training:
            mean, deviation = _moments(x)
            self.mean, self.deviation = mean.detach(), deviation.detach()
            batch = _moments(x[:BATCH]) if self.noisy else (mean, deviation)
            if self.normalises:
                x = (x - batch[0]) / batch[1]
            else:
                x = (x - batch[0].detach()) / batch[1].detach() * self.deviation + self.mean
        elif self.normalises:
            x = (x - self.mean) / self.deviation
        return self.scale * x + self.shift


def _moments(x):
    """Return mean and standard deviation of each channel, of shape (1, C, 1, 1)."""
    mean = x.mean(dim=(0, 2, 3), keepdim=True)
    return mean, (((x - mean) ** 2).mean(dim=(0, 2, 3), keepdim=True) + EPS).sqrt()


def network(arm):
    """Build the network of lesson 11 with two layers `Company`."""
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), Company(16, *ARMS[arm]), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), Company(32, *ARMS[arm]), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)),
    )


def trained(arm, drawn, rate, seed):
    """Train with Adam at a falling rate; return % right of the held-out digits, and their loss."""
    (x, y), _, (new_x, new_y) = drawn
    with seeded(seed):
        model = network(arm)
        optimiser = torch.optim.Adam(model.parameters(), rate, fused=True)
        schedule = falling(optimiser, EPOCHS * len(y) // BATCH)
        for _ in range(EPOCHS):
            order = torch.randperm(len(y))
            for start in range(0, len(y), BATCH):
                batch_first = order.roll(-start)
                logits = model(x[batch_first])[:BATCH]
                loss = F.cross_entropy(logits, y[batch_first[:BATCH]])
                take_step(loss, optimiser, schedule)
        with torch.no_grad():
            # Leaves mean and deviation of all pictures. A batch of all of them adds no noise, so
            # in each layer they are those of what evaluation sees.
            for layer in model:
                if isinstance(layer, Company):
                    layer.noisy = False
            model(x)
            logits = model.eval()(new_x)
    right = (logits.argmax(dim=1) == new_y).double().mean().item()
    return 100 * right, F.cross_entropy(logits, new_y).item()


def tune():
    """Return {arm: rate}: the rate that is best on digits of other seeds."""
    draws = [(seed, drawn_digits(seed)) for seed in TUNING_SEEDS]
    return {
        arm: max(
            RATES,
            key=lambda rate, arm=arm: np.mean(
                [trained(arm, drawn, rate, seed)[0] for seed, drawn in draws]
            ),
        )
        for arm in ARMS
    }


def compare(seed):
    """Train each network on the same digits; return {arm: % right of 1,497 others}."""
    drawn = drawn_digits(seed)
    return {arm: round(trained(arm, drawn, figures["rates"][arm], seed)[0], 3) for arm in ARMS}


figures = Experiment(
    "l11_batch_noise",
    "whether batch norm helps because of its noise",
    {
        "rates": Part(tune, minutes=2, needs_cifar10=False),
        "held_out": Part(
            compare, minutes=2, seeds=tuple(range(12)), arrange=by_name, needs_cifar10=False
        ),
    },
)
