"""Lesson 10: CIFAR-10 and the classic network; and 64 networks to choose among.

`confusion`, `confident` and the test accuracies are measured on the test pictures, everything else
about the network on the last tenth of the training pictures. Nothing was chosen by any of it.
"""

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from cnnedu.data import cifar10
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments.store import Experiment, Part
from cnnedu.models.classic import classic
from cnnedu.models.normalise import normalise
from cnnedu.training.evaluate import AT_ONCE
from cnnedu.training.fitting import fit
from cnnedu.training.loop import holds_run, train
from cnnedu.training.settings import Settings

RUNS = Path("runs/l10_first_network")  # of the training runs; finished ones are used again
SEEDS = range(5)
LONG = 20  # epochs
NEAR = 0.93  # pictures that correlate more than this nearly always look the same to the eye
CANDIDATES, KNOWN, FRESH, SIZE = 64, 2_000, 6_000, 16


def describe(data):
    """Count the pictures per class, measure mean and deviation, and look for duplicates."""
    pixels = data.x_train.transpose(1, 0, 2, 3).reshape(3, -1)
    twin, alike = nearest(data.x_test, data.x_train)
    twins = np.flatnonzero(alike > NEAR)
    return {
        "train": np.bincount(data.y_train).tolist(),
        "test": np.bincount(data.y_test).tolist(),
        "mean": [round(float(c.mean(dtype=np.float64)) / 255, 4) for c in pixels],
        "std": [round(float(c.std(dtype=np.float64)) / 255, 4) for c in pixels],
        "twins": len(twins),
        "pairs": [[int(i), int(twin[i])] for i in twins[:10]],
    }


def nearest(x, others):
    """Return, for each picture, the other one most like it, and their correlation from −1 to 1.

    The search compares pictures reduced to 8×8 pixels. The correlation is that of all 3,072
    numbers, so brightness and contrast don't count.
    """

    def unit(pictures, cell):
        cells = nn.functional.avg_pool2d(torch.from_numpy(pictures).float(), cell).flatten(1)
        cells = cells - cells.mean(dim=1, keepdim=True)
        return cells / cells.norm(dim=1, keepdim=True).clamp(min=1e-6)

    known = torch.cat([unit(some, 4) for some in np.array_split(others, 20)])
    twins, alike = [], []
    for some in np.array_split(x, 20):
        twin = (unit(some, 4) @ known.T).argmax(dim=1).numpy()
        twins.append(twin)
        alike.append((unit(some, 1) * unit(others[twin], 1)).sum(dim=1).numpy())
    return np.concatenate(twins), np.concatenate(alike)


def log(data):
    """Return the log of the run that the pretrained network comes from."""
    return _run(data, "seed-0", 0)


def long(data):
    """Return the log of a run with twice as many epochs."""
    return _run(data, "long", 0, LONG)


def last_epoch(data, seed):
    """Return the last row of a run's log; the runs differ only in their seed."""
    return _run(data, f"seed-{seed}", seed)[-1]


def confusion(data):
    """Return the confusion matrix on the test pictures: row true class, column answer."""
    said = _answers(data).argmax(axis=1)
    return np.bincount(10 * data.y_test + said, minlength=100).reshape(10, 10).tolist()


def confident(data):
    """Return the twelve most confident mistakes, and how confident all answers are.

    Returns:
        {"wrong": a list [picture's number, class, answer, probability] for each of the twelve;
        "median_wrong", "median_right": median probabilities of the answers; "sure", "sure_wrong":
        how many answers, and how many wrong ones, have a probability of at least 0.9}.
    """
    p = _answers(data)
    said, sure = p.argmax(axis=1), p.max(axis=1)
    right = said == data.y_test
    wrong = np.flatnonzero(~right)
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:12]
    return {
        "wrong": [
            [int(i), int(data.y_test[i]), int(said[i]), round(float(sure[i]), 4)] for i in worst
        ],
        "median_wrong": round(float(np.median(sure[~right])), 3),
        "median_right": round(float(np.median(sure[right])), 3),
        "sure": int((sure >= 0.9).sum()),
        "sure_wrong": int((sure[~right] >= 0.9).sum()),
    }


def candidates():
    """Train 64 candidates with random settings, and test them on pictures they haven't seen.

    All learn from the same 2,000 shapes of 16×16 pixels. Each has its own initial weights, order
    of pictures, width, learning rate, batch size and number of epochs. Shapes can be generated in
    any number, so their true accuracy is known well.

    Returns:
        {"right": bool (64, 6000), which answers of each candidate are right}.
    """
    known, fresh = make_shapes(KNOWN, size=SIZE), make_shapes(FRESH, size=SIZE, first=KNOWN)
    x, y = torch.from_numpy(known.x) / 128 - 1, torch.from_numpy(known.y)
    new_x, right = torch.from_numpy(fresh.x) / 128 - 1, []
    for number in range(CANDIDATES):
        network = candidate(x, y, number)
        with torch.no_grad():
            said = torch.cat([network(some).argmax(1) for some in new_x.split(AT_ONCE)])
        right.append(said.numpy() == fresh.y)
    return {"right": np.array(right)}


def candidate(x, y, number):
    """Return a network trained with random settings."""
    rng = np.random.default_rng(number)
    width, size = rng.choice([8, 12, 16]), int(rng.choice([16, 32, 64]))
    rate, epochs = 0.002 * 2 ** rng.uniform(-1, 1), rng.integers(6, 11)
    torch.manual_seed(number)
    network = nn.Sequential(
        nn.Conv2d(3, width, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(width, 2 * width, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(2 * width * (SIZE // 4) ** 2, 10),
    )  # fmt: skip
    fit(network, (x, y), torch.optim.Adam(network.parameters(), lr=rate), epochs, size, None)
    return network


def _normalised(x):
    return normalise(x, cifar10.MEAN, cifar10.STD)


def _run(data, name, seed, epochs=10):
    """Return the log of a run, and train what is missing of it.

    Raises:
        TrainingError: the run that is there had other data or settings, or is damaged.
    """
    out = RUNS / name
    rows = train(classic, data, Settings(epochs=epochs, seed=seed), out, holds_run(out))
    return [
        {key: round(float(value), 5) for key, value in row.items() if key != "seconds"}
        for row in rows
    ]


def _answers(data):
    """Return the probabilities (N, 10) of the test pictures, from the run with seed 0."""
    _run(data, "seed-0", 0)
    network = classic()
    network.load_state_dict(load_file(RUNS / "seed-0" / "model.safetensors"))
    x = torch.from_numpy(data.x_test).split(AT_ONCE)
    with torch.no_grad():
        logits = torch.cat([network(_normalised(some)) for some in x])
    return torch.softmax(logits, dim=1).numpy()


figures = Experiment(
    "l10_first_network",
    "CIFAR-10, the classic network on it, and what choosing among 64 networks costs",
    {
        "data": Part(describe, minutes=1, threads=None),
        "log": Part(log, minutes=5, threads=None),
        "long": Part(long, minutes=10, threads=None),
        "seeds": Part(last_epoch, minutes=25, seeds=tuple(SEEDS), threads=None),
        "confusion": Part(confusion, minutes=5, threads=None),
        "confident": Part(confident, minutes=5, threads=None),
        "candidates": Part(candidates, minutes=4, needs_cifar10=False),
    },
)
