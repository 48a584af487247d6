"""Lesson 10: the classic network on Ten Photos, what it is fed, and features made by hand.

Whatever is chosen, is chosen by the validation pictures, with seeds that aren't used again.
"""

from functools import cache

import numpy as np
import torch
from torch import nn
from torch.nn.functional import avg_pool2d

from cnnedu.data import ten_photos
from cnnedu.experiments.store import Experiment, Part, by_name, by_two_names
from cnnedu.models.classic import classic
from cnnedu.models.normalise import normalise
from cnnedu.tasks.edge_histograms import edge_histograms
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import fit, seeded

SEEDS, OTHER_SEEDS = (0, 1, 2), (100,)
EPOCHS = 10
SHOWN, SHORT = 1_000, 3  # pictures and epochs to compare inputs with
# To compare features with: training pictures, and steps. Not all methods have learnt their training
# pictures by then: `features` stores how many.
STEPS = {100: 150, 500: 300, 2_000: 500}
FEATURE_RATES = (3e-4, 1e-3, 3e-3)

OPTIMISERS = {
    "SGD": lambda parameters, rate: torch.optim.SGD(parameters, rate, momentum=0.9),
    "Adam": lambda parameters, rate: torch.optim.Adam(parameters, rate),
}


@cache
def parts():
    """Return (x, y) of the training, the validation and the test pictures, as tensors."""
    return [(torch.from_numpy(part.x), torch.from_numpy(part.y)) for part in ten_photos.load()]


def normalised(x):
    """Return uint8 pictures as the network is fed with them."""
    return normalise(x, ten_photos.MEAN, ten_photos.STD)


def _scaled(x):
    """Divide by each colour's standard deviation; leave all numbers positive."""
    return normalise(x, (0, 0, 0), ten_photos.STD)


INPUTS = {
    "0 to 255": lambda x: x.float(),
    "0 to 1": lambda x: x / 255,
    "deviation 1": _scaled,
    "deviation 1, centred": normalised,
}


def run(seed):
    """Train the classic network.

    Returns:
        {"history": a list of rows as `cnnedu.plots.show_history` draws them; "said", "sure": the
        answers to the test pictures and their probabilities}.
    """
    train, kept, test = parts()
    network, history = _trained(train, seed, held_out=(normalised(kept[0]), kept[1]))
    with torch.no_grad():
        sure, said = torch.softmax(network(normalised(test[0])), dim=1).max(dim=1)
    names = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
    rows = zip(*history.values(), strict=True)
    return {
        "history": [
            {"epoch": epoch, **{n: round(v, 5) for n, v in zip(names, row, strict=True)}}
            for epoch, row in enumerate(rows, 1)
        ],
        "said": said.tolist(),
        "sure": [round(float(p), 4) for p in sure],
    }


def split(seed):
    """Test the same network on pictures from regions that it has and hasn't seen.

    It learns from 2,400 of the training pictures, drawn at random. The other 600 come from the same
    regions, so they overlap with what it has learnt from.

    Returns:
        {"same regions": accuracy on the 600; "other regions": on the validation pictures}.
    """
    (x, y), kept, _ = parts()
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    network, _ = _trained((x[order[600:]], y[order[600:]]), seed)
    tested = {"same regions": (x[order[:600]], y[order[:600]]), "other regions": kept}
    return {name: _accuracy(network, some) for name, some in tested.items()}


def rates_around(way, name):
    """Return learning rates to try, each the last one times the root of 10."""
    if way == "Adam":
        first, count = -4, 6
    else:
        first, count = (-4, 5) if name == "0 to 255" else (-2, 5)
    return [float(f"{10 ** (first + k / 2):.2g}") for k in range(count)]


def sgd_rates(seed):
    """Try every input with SGD and several rates: {name: {"0.001": validation accuracy, …}}."""
    return _tried("SGD", seed)


def adam_rates(seed):
    """Try every input with Adam, likewise."""
    return _tried("Adam", seed)


def _tried(way, seed):
    return {
        name: {f"{rate:g}": fed_with(name, way, rate, seed) for rate in rates_around(way, name)}
        for name in INPUTS
    }


def best_rates():
    """Return {"SGD": {"0 to 255": the rate with the best accuracy, …}, "Adam": …}."""
    tried = {"SGD": figures["sgd_rates"], "Adam": figures["adam_rates"]}
    return {way: {name: best(rows[name]) for name in INPUTS} for way, rows in tried.items()}


def best(row):
    """Return the rate with the best mean: of {"0.001": accuracies, …}."""
    return float(max(row, key=lambda rate: np.mean(row[rate])))


def inputs(seed):
    """Compare the inputs, each with its best rate: {"SGD": {name: validation accuracy, …}, …}."""
    return {
        way: {name: fed_with(name, way, rate, seed) for name, rate in rows.items()}
        for way, rows in best_rates().items()
    }


def fed_with(name, way, rate, seed):
    """Return the validation accuracy after a short training on some pictures."""
    train, kept, _ = parts()
    known = _some(train, SHOWN, seed)
    with seeded(seed):
        network = _network()
        optimiser = OPTIMISERS[way](network.parameters(), rate)
        fit(network, known, optimiser, SHORT, feed=INPUTS[name])
    return round(evaluate(network, *kept, INPUTS[name])[1], 4)


def edges_and_colours(x):
    """Return edge histograms, and the mean colour of each cell of 4×4 pixels."""
    return torch.cat([edge_histograms(x), avg_pool2d(normalised(x), 4).flatten(1)], dim=1)


FEATURES = {
    "pixels, linear": lambda x: normalised(x).flatten(1),
    "edges, linear": edge_histograms,
    "edges and colours, linear": edges_and_colours,
    "network": normalised,
}


def feature_rates(seed):
    """Try every learning rate: {"network, 100": {"0.001": validation accuracy, …}, …}."""
    return {
        f"{name}, {count}": {
            f"{rate:g}": learnt(name, count, rate, seed, steps)[1] for rate in FEATURE_RATES
        }
        for name in FEATURES
        for count, steps in STEPS.items()
    }


def features(seed):
    """Compare features, each with the rate that suits it.

    Returns:
        {"network, 100": [accuracy in training, on validation, on the test pictures], …}.
    """
    tried = figures["feature_rates"]
    return {
        f"{name}, {count}": learnt(name, count, best(tried[f"{name}, {count}"]), seed, steps)
        for name in FEATURES
        for count, steps in STEPS.items()
    }


def baseline(seed):
    """Train as exercise 10's baseline does, on 40 new pictures of each class.

    Returns:
        {"validation", "test": accuracy on 40 new pictures of each class from that part's regions}.
    """
    known, *others = (
        (torch.from_numpy(some.x), torch.from_numpy(some.y))
        for some in (ten_photos.draw(part, 40, seed) for part in ("train", "validation", "test"))
    )
    network, _ = _trained(known, seed)
    return {
        part: _accuracy(network, some)
        for part, some in zip(("validation", "test"), others, strict=True)
    }


def learnt(name, count, rate, seed, steps):
    """Train on features of so many pictures; return the accuracies in training and on new ones."""
    train, *others = parts()
    featured = [(FEATURES[name](x), y) for x, y in (_some(train, count, seed), *others)]
    known = featured[0][0]
    with seeded(seed):
        if name == "network":
            network = _network()
        else:
            mean, deviation = known.mean(dim=0), known.std(dim=0) + 1e-3
            featured = [((x - mean) / deviation, y) for x, y in featured]
            network = nn.Linear(known.shape[1], len(ten_photos.CLASSES))
        optimiser = torch.optim.Adam(network.parameters(), rate)
        epochs = round(steps / -(-count // 32))
        fit(network, featured[0], optimiser, epochs)
    return [round(evaluate(network, *part)[1], 4) for part in featured]


def _network():
    """Return a classic network whose weights lie in memory so that it computes faster."""
    return classic().to(memory_format=torch.channels_last)


def _some(pictures, count, seed):
    """Return `count` pictures drawn at random, equally many of each class."""
    x, y = pictures
    order = torch.randperm(len(y), generator=torch.Generator().manual_seed(seed))
    each = count // len(ten_photos.CLASSES)
    chosen = torch.cat([order[y[order] == k][:each] for k in range(len(ten_photos.CLASSES))])
    return x[chosen], y[chosen]


def _trained(known, seed, held_out=None):
    """Return a classic network trained with Adam, and its history."""
    with seeded(seed):
        network = _network()
        optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
        history = fit(network, known, optimiser, EPOCHS, feed=normalised, held_out=held_out)
    return network, history


def _accuracy(network, pictures):
    return round(evaluate(network, *pictures, normalised)[1], 4)


figures = Experiment(
    "l10_photos",
    "Ten Photos: the classic network, the scale of its inputs, features made by hand",
    {
        "runs": Part(run, minutes=2, seeds=SEEDS, needs_cifar10=False),
        "split": Part(split, minutes=1, seeds=SEEDS, arrange=by_name, needs_cifar10=False),
        "sgd_rates": Part(sgd_rates, 1, OTHER_SEEDS, by_two_names, needs_cifar10=False),
        "adam_rates": Part(adam_rates, 1, OTHER_SEEDS, by_two_names, needs_cifar10=False),
        "inputs": Part(inputs, 2, SEEDS, by_two_names, needs_cifar10=False),
        "feature_rates": Part(feature_rates, 2, OTHER_SEEDS, by_two_names, needs_cifar10=False),
        "features": Part(features, 2, SEEDS, by_name, needs_cifar10=False),
        "baseline": Part(baseline, 1, tuple(range(5)), needs_cifar10=False),
    },
)  # fmt: skip
