"""Lesson 11b: is the rate finder's steepest point the best rate, and is the best update 0.001?

A small network learns the 1,437 digits with each of three optimisers and five rates. The first
seeds choose the rate of each optimiser; what the lesson says comes from the others.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.data.digits import load_digits
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.training.fitting import fit, losses_at_rising_rates, seeded
from cnnedu.training.rate_finder import rising, steepest
from cnnedu.training.recorder import Recorder

EPOCHS = 6
OPTIMISERS = {
    "SGD": torch.optim.SGD,
    "momentum": lambda parameters, lr: torch.optim.SGD(parameters, lr, momentum=0.9),
    "Adam": torch.optim.Adam,
}
RATES = {
    "SGD": (0.1, 0.2, 0.5, 1.0, 2.0),
    "momentum": (0.02, 0.05, 0.1, 0.2, 0.5),
    "Adam": (0.002, 0.005, 0.01, 0.02, 0.05),
}
FINDER = {"lowest": 1e-5, "highest": 10.0, "steps": 120}
# The running mean lags 0.9 / 0.1 = 9 steps behind, and meanwhile the rate grows by this factor.
LAG = (FINDER["highest"] / FINDER["lowest"]) ** (9 / (FINDER["steps"] - 1))
TO_CHOOSE, TO_TEST = range(3), range(3, 11)


class Network(nn.Module):
    """Two convolutions and two dense layers for pictures of 8×8 pixels; 13,706 parameters."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.dense1 = nn.Linear(128, 64)
        self.dropout = nn.Dropout(0.5)
        self.dense2 = nn.Linear(64, 10)

    def forward(self, x):
        """Return ten scores for each of the pictures (N, 1, 8, 8)."""
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.dense2(self.dropout(F.relu(self.dense1(x.flatten(1)))))


def digits():
    """Return ((x, y), (x, y)) as tensors: digits to learn from, and those held out."""
    return [tuple(map(torch.from_numpy, part)) for part in load_digits()]


def learn(name, rate, seed):
    """Train with one optimiser and rate; return its held-out figures and its median updates."""
    data, held_out = digits()
    with seeded(seed):
        network = Network()
        optimiser = OPTIMISERS[name](network.parameters(), lr=rate)
        recorder = Recorder(network, optimiser)

        def note(done, total, history, batch):
            if len(recorder.losses) < done:  # the last call repeats the last batch
                recorder.add(batch.loss, batch.learning_rate)

        history = fit(network, data, optimiser, EPOCHS, held_out=held_out, progress=note)
    middle = np.median(recorder.snapshots["ratios"], axis=0)
    return {
        "rate": rate,
        "loss": round(history["held_out_loss"][-1], 4),
        "accuracy": round(100 * history["held_out_accuracy"][-1], 2),
        "update": dict(zip(recorder.layers, np.round(middle, 6).tolist(), strict=True)),
    }


def find_rate(name, seed):
    """Return the rate finder's steepest point for one optimiser and one start."""
    (x, y), _ = digits()
    with seeded(seed):
        network, rates = Network(), rising(**FINDER)
        optimiser = OPTIMISERS[name](network.parameters(), lr=rates[0])

        def batch_loss():
            some = torch.randint(len(y), (32,))
            return F.cross_entropy(network(x[some]), y[some])

        return steepest(rates, losses_at_rising_rates(optimiser, batch_loss, rates))


def measure(seed):
    """Return for each optimiser what each rate gives, and the finder's, as it is and earlier."""
    found = {}
    for name, rates in RATES.items():
        found[name] = {str(rate): learn(name, rate, seed) for rate in rates}
        rate = find_rate(name, seed)
        found[name]["found"] = learn(name, rate, seed)
        found[name]["without lag"] = learn(name, rate / LAG, seed)
    return found


def best_rates(runs):
    """Return {optimiser: the rate with the lowest mean held-out loss over the first seeds}."""
    return {
        name: min(
            rates,
            key=lambda rate, name=name: np.mean(
                [runs[name][str(rate)][seed]["loss"] for seed in TO_CHOOSE]
            ),
        )
        for name, rates in RATES.items()
    }


figures = Experiment(
    "l11b_rates",
    "three optimisers, five rates each and the rate finder's: held-out digits, sizes of updates",
    {
        "runs": Part(
            measure,
            minutes=3,
            seeds=(*TO_CHOOSE, *TO_TEST),
            arrange=by_two_names,
            needs_cifar10=False,
        )
    },
)
