"""What lesson 10 says of CIFAR-10 and the classic network, measured.

`figures` returns what is stored in `first_network.json`, or, in the full budget, measures it anew.
Everything but `confusion`, `confident` and the test accuracies was measured on the last tenth of
the training pictures, and nothing was chosen by any of it.
"""

import csv
import json
import os
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn.functional import cross_entropy

from cnnedu.data import cifar10
from cnnedu.models.classic import classic
from cnnedu.models.normalise import normalise
from cnnedu.tasks.edge_histograms import edge_histograms
from cnnedu.training.evaluate import PICTURES_AT_ONCE
from cnnedu.training.loop import train
from cnnedu.training.settings import Settings

STORED = files("cnnedu.experiments") / "figures" / "first_network.json"
SEEDS = 5
LONG = 20  # epochs
SMALL = {500: 20, 2_000: 10, 8_000: 5}  # training pictures: epochs
KEPT = 5_000  # for validation
NEAR = 0.93  # two pictures with a larger correlation are, to the eye, nearly always the same one


def figures(runs="runs/first_network"):
    """Return the figures of lesson 10 as a dict; measure them with CNNEDU_BUDGET=full.

    Args:
        runs: folder of the training runs, in the full budget; finished ones are used again.

    >>> len(figures()["log"])                                                # epochs
    10
    """
    if os.environ.get("CNNEDU_BUDGET") == "full" and cifar10.find():
        data = cifar10.load()
        return {name: part(data, Path(runs)) for name, part in PARTS.items()}
    return json.loads(STORED.read_text(encoding="utf-8"))


def the_data(data, runs):
    """Count the classes, take mean and standard deviation, and look for duplicates."""
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

    It is looked for among pictures reduced to 8×8 pixels; the correlation is that of all 3,072
    numbers, so neither brightness nor contrast counts.
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


def inputs(data, runs):
    """Measure the network fed with raw pixels, with pixels / 255, and normalised.

    Returns:
        {optimiser: {input: validation accuracy after 3 epochs with 5,000 pictures, per seed}}.
    """
    fed = {
        "0 to 255": lambda x: x.float(),
        "0 to 1": lambda x: x / 255,
        "normalised": lambda x: normalise(x, cifar10.MEAN, cifar10.STD),
    }
    ways = {
        "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.01, momentum=0.9),
        "Adam": lambda parameters: torch.optim.Adam(parameters, lr=0.001),
    }
    (x, y), validation = _parts(data)
    return {
        way: {
            name: [
                _taught((x[:5_000], y[:5_000]), validation, 3, seed, feed, optimiser)
                for seed in range(3)
            ]
            for name, feed in fed.items()
        }
        for way, optimiser in ways.items()
    }


def features(data, runs):
    """Measure a linear classifier on pixels, on edge histograms, and the network on pixels.

    Returns:
        {name: {training pictures: validation accuracy of three random choices of them}}; the
        network's with all 45,000 pictures are those of the runs of ten epochs.
    """
    (x, y), (kept_x, kept_y) = _parts(data)
    found = {"pixels, linear": {}, "edge histograms, linear": {}, "network": {}}
    makers = {
        "pixels, linear": lambda a: normalise(a, cifar10.MEAN, cifar10.STD).flatten(1),
        "edge histograms, linear": edge_histograms,
    }
    whole = {name: (make(x), make(kept_x)) for name, make in makers.items()}
    for count in (*SMALL, len(y)):
        for seed in range(3):
            some = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))[:count]
            for name, (known, held_out) in whole.items():
                accuracy = _linear((known[some], y[some]), (held_out, kept_y), seed)
                found[name].setdefault(str(count), []).append(accuracy)
            if count in SMALL:
                accuracy = _taught((x[some], y[some]), (kept_x, kept_y), SMALL[count], seed)
                found["network"].setdefault(str(count), []).append(accuracy)
    logs = [_run(data, runs, f"seed-{seed}", seed)[-1] for seed in range(3)]
    found["network"][str(len(y))] = [row["validation_accuracy"] for row in logs]
    return found


def log(data, runs):
    """Return the log of the pretrained network's own run."""
    return _run(data, runs, "seed-0", 0)


def long(data, runs):
    """Return the log of a run with twice as many epochs."""
    return _run(data, runs, "long", 0, LONG)


def seeds(data, runs):
    """Return the last row of the log of runs that differ in their seed alone."""
    return [_run(data, runs, f"seed-{seed}", seed)[-1] for seed in range(SEEDS)]


def confusion(data, runs):
    """Count the test pictures of each class (row) that the network calls so (column)."""
    said = _answers(data, runs).argmax(axis=1)
    return np.bincount(10 * data.y_test + said, minlength=100).reshape(10, 10).tolist()


def confident(data, runs):
    """Return the twelve wrong answers given with the highest probability, and all in all.

    Returns:
        {"wrong": [picture's number, class, what was said, probability] of each, "median_wrong",
        "median_right": the median probability, "sure": answers with at least 0.9, "sure_wrong"}.
    """
    p = _answers(data, runs)
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


PARTS = {
    "data": the_data,
    "log": log,
    "long": long,
    "seeds": seeds,
    "confusion": confusion,
    "confident": confident,
    "inputs": inputs,
    "features": features,
}


def _parts(data):
    """Return (x, y) to learn from and (x, y) to validate on, as `train` cuts them."""
    x, y = torch.from_numpy(data.x_train), torch.from_numpy(data.y_train)
    return (x[:-KEPT], y[:-KEPT]), (x[-KEPT:], y[-KEPT:])


def _run(data, runs, name, seed, epochs=10):
    """Return the log of a run, which is trained unless it lies there finished."""
    out = runs / name
    if not (out / "model.safetensors").exists():
        resume = (out / "checkpoint.safetensors").exists()
        train(classic, data, Settings(epochs=epochs, seed=seed), out, resume)
    with open(out / "log.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        {key: round(float(value), 5) for key, value in row.items() if value and key != "seconds"}
        for row in rows
    ]


@torch.no_grad()
def _answers(data, runs):
    """Return the probabilities (N, 10) that the run with seed 0 gives the test pictures."""
    network = classic()
    network.load_state_dict(load_file(runs / "seed-0" / "model.safetensors"))
    x = torch.from_numpy(data.x_test).split(PICTURES_AT_ONCE)
    logits = [network(normalise(some, cifar10.MEAN, cifar10.STD)) for some in x]
    return torch.softmax(torch.cat(logits), dim=1).numpy()


def _taught(known, held_out, epochs, seed, feed=None, optimiser=None):
    """Return the held-out accuracy of a new classic network after some epochs."""
    feed = feed or (lambda x: normalise(x, cifar10.MEAN, cifar10.STD))
    torch.manual_seed(seed)
    network = classic()
    optimiser = (optimiser or torch.optim.Adam)(network.parameters())
    _descend(network, optimiser, known, epochs, 32, feed)
    return _accuracy(network, held_out, feed)


def _linear(known, held_out, seed):
    """Return the held-out accuracy of a linear classifier (multinomial logistic regression)."""
    torch.manual_seed(seed)
    mean, std = known[0].mean(0), known[0].std(0) + 1e-3
    network = nn.Linear(known[0].shape[1], 10)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3, weight_decay=1e-2)
    epochs = max(5, 100_000 // len(known[1]))
    _descend(network, optimiser, known, epochs, 64, lambda x: (x - mean) / std)
    return _accuracy(network, held_out, lambda x: (x - mean) / std)


def _descend(network, optimiser, known, epochs, size, feed):
    """Show all pictures so many times; the learning rate falls in a straight line to 0."""
    x, y = known
    steps = epochs * -(-len(y) // size)
    fall = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, steps)
    for _ in range(epochs):
        for batch in torch.randperm(len(y)).split(size):
            loss = cross_entropy(network(feed(x[batch])), y[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            fall.step()


@torch.no_grad()
def _accuracy(network, held_out, feed):
    """Return the share of right answers, rounded to 4 digits."""
    x, y = held_out
    said = torch.cat([network(feed(some)).argmax(1) for some in x.split(PICTURES_AT_ONCE)])
    return round((said == y).float().mean().item(), 4)
