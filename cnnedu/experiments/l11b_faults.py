"""Exercise 11b: eight programs that learn digits, each with one fault, and as they should be."""

import math
from functools import partial

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.checks import sabotaged
from cnnedu.data.digits import load_digits
from cnnedu.experiments.store import Experiment, Part
from cnnedu.training.fitting import seeded

EMPTY = 20  # pictures that the scanner left empty
# For each run the part with the fault; what follows is how the program uses its parts.
FAULTS = {
    "A": "train_epoch",
    "B": "Classifier",
    "C": "prepare",
    "D": "clean",
    "E": "accuracy",
    "F": "initialise",
    "G": "step_in_parts",
    "H": "split",
}


class Network(nn.Module):
    """Two convolutions and two dense layers; with batch norm and dropout where a run has them."""

    def __init__(self, normed):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.norm = nn.BatchNorm2d(32) if normed else nn.Identity()
        self.dense1 = nn.Linear(128, 64)
        self.dropout = nn.Dropout(0.5 if normed else 0.0)
        self.dense2 = nn.Linear(64, 10)

    def forward(self, x):
        """Return ten scores for each of the pictures (N, 1, 8, 8)."""
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.norm(self.conv2(x))), 2)
        return self.dense2(self.dropout(F.relu(self.dense1(x.flatten(1)))))


def train_epoch(network, batches, optimiser, step):
    """Show every batch to the network once; return the loss of each."""
    network.train()
    return [step(network, optimiser, x, y) for x, y in batches]


def _step(network, optimiser, x, y):
    loss = F.cross_entropy(network(x), y)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()


def _clean(pictures, labels):
    kept = pictures.min(axis=(1, 2)) < pictures.max(axis=(1, 2))
    return pictures[kept], labels[kept]


def _prepare(pictures, training):
    mean, std = training.mean(axis=(0, 1, 2)), training.std(axis=(0, 1, 2))
    return ((pictures - mean) / std).transpose(0, 3, 1, 2)


def _split(pictures, labels, order):
    held = np.arange(len(order)) % 5 == 0
    learn, y = pictures[order[~held]], labels[order[~held]]
    moved = np.pad(learn, ((0, 0), (0, 0), (1, 0)))[:, :, :-1]
    return (
        np.concatenate([learn, moved]),
        np.tile(y, 2),
        pictures[order[held]],
        labels[order[held]],
    )


def _accuracy(network, x, y):
    was_training = network.training
    network.eval()
    with torch.no_grad():
        right = (network(x).argmax(dim=1) == y).float().mean().item()
    network.train(was_training)
    return right


def _initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.normal_(layer.weight, 0.0, math.sqrt(2 / layer.weight[0].numel()))
            nn.init.zeros_(layer.bias)


def _step_in_parts(network, optimiser, x, y, size):
    return _step(network, optimiser, x, y)


class _Classifier(sabotaged.Classifier):
    def forward(self, x):
        return self.out(F.relu(self.hidden(x.flatten(start_dim=1))))


RIGHT = {
    "Classifier": _Classifier,
    "prepare": _prepare,
    "clean": _clean,
    "accuracy": _accuracy,
    "initialise": _initialise,
    "step_in_parts": _step_in_parts,
    "split": _split,
}


def run(letter, part=None, seed=0):
    """Run the program of this letter; return its losses and its accuracies.

    Args:
        letter: "A" to "H".
        part: what stands in place of the part with the fault; None for the right one.
        seed: of the first weights and of the batches.

    Returns:
        Lists: loss of each batch; reported, the held-out accuracy after each epoch, as the program
        measures it; and new, measured rightly on digits that no program has seen, at the end.
    """
    name = FAULTS[letter]
    parts = RIGHT if part is None else RIGHT | {name: part}
    rng = np.random.default_rng(seed)
    pictures, labels, new_x, new_y = _scanned(rng)
    pictures, labels = parts["clean"](pictures, labels)
    learn, y, held, held_y = parts["split"](pictures, labels, rng.permutation(len(pictures)))
    x, held_x, new_x = (
        torch.tensor(parts["prepare"](some[..., None], learn[..., None]), dtype=torch.float32)
        for some in (learn, held, new_x)
    )
    y, held_y, new_y = map(torch.tensor, (y, held_y, new_y))
    with seeded(seed):
        network = (
            parts["Classifier"](64, 10) if name == "Classifier" else Network(name == "accuracy")
        )
        if name == "initialise":
            parts["initialise"](network)
        losses, reported = _learn(network, name, parts, (x, y), (held_x, held_y))
    return {
        "loss": [round(loss, 4) if math.isfinite(loss) else None for loss in losses],
        "reported": [round(100 * share, 2) for share in reported],
        "new": round(100 * _accuracy(network, new_x, new_y), 2),
    }


def _learn(network, name, parts, data, held):
    """Train the program's network; return the loss of each batch, and what each epoch reports."""
    (x, y), in_parts = data, name == "step_in_parts"
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1 if in_parts else 0.05, momentum=0.9)
    size, epochs = (320, 20) if in_parts else (32, 6)
    losses, reported = [], []
    for _ in range(epochs):
        batches = [(x[some], y[some]) for some in torch.randperm(len(y)).split(size)]
        if "train_epoch" in parts:
            noted = _Noted(network)
            parts["train_epoch"](noted, batches, optimiser)
            losses += [
                F.cross_entropy(s, y).item()
                for s, (_, y) in zip(noted.scores, batches, strict=True)
            ]
        elif in_parts:
            step = partial(parts["step_in_parts"], size=32)
            losses += train_epoch(network, batches, optimiser, step)
        else:
            losses += train_epoch(network, batches, optimiser, _step)
        reported.append(parts["accuracy"](network, *held))
    return losses, reported


class _Noted(nn.Module):
    """A network that keeps its scores, for a loop that returns only their mean loss."""

    def __init__(self, network):
        super().__init__()
        self.network, self.scores = network, []

    def forward(self, x):
        """Return the network's scores, and keep them."""
        scores = self.network(x)
        self.scores.append(scores.detach())
        return scores


def _scanned(rng):
    """Return digits as a scanner gives them, uint8, some of them empty; and others to test with."""
    (x, y), (new_x, new_y) = load_digits()
    pictures, new = ((255 * some[:, 0]).astype(np.uint8) for some in (x, new_x))
    places = np.sort(rng.choice(len(pictures), EMPTY, replace=False))
    empty = np.zeros((EMPTY, 8, 8), np.uint8)
    labels = np.insert(y, places, rng.integers(0, 10, EMPTY))
    return np.insert(pictures, places, empty, axis=0), labels, new, new_y


def measure():
    """Run each program with its fault, and as it should be."""
    return {
        letter: {"fault": run(letter, getattr(sabotaged, name)), "right": run(letter)}
        for letter, name in FAULTS.items()
    }


figures = Experiment(
    "l11b_faults",
    "the eight programs of exercise 11b: losses, reported accuracy, accuracy with new digits",
    {"runs": Part(measure, minutes=0.5, needs_cifar10=False)},
)
