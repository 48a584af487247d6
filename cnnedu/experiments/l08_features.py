"""Lesson 08: whether a network has to learn its first filters, what it learns from, and when it
fails: first layers that learn or are frozen, edge detectors against chance, digits that moved.

The digits are drawn as in `l08_rates`. Every network is trained with Adam on one cycle, for as many
steps as the others, at a rate chosen with other seeds.
"""

import itertools

import numpy as np

from cnnedu.experiments.l08_digits import shifted
from cnnedu.experiments.l08_rates import SEEDS, TUNING_SEEDS
from cnnedu.experiments.many_networks import (
    BATCH,
    Run,
    accuracies,
    drawn_digits,
    first_weights,
    train,
)
from cnnedu.experiments.store import Experiment, Part, by_name, by_two_names
from cnnedu.models.digit_network import digit_network
from cnnedu.nn import Adam, Flatten, Linear, Sequential, evaluate, fit, one_cycle

KINDS = "learnt", "random", "by hand", "both random", "no filters"
CONDITIONS = {  # digits to learn from, epochs
    "1,437 digits, 90 steps": (1437, 2),
    "1,437 digits, 450 steps": (1437, 10),
    "128 digits, 448 steps": (128, 112),
}
FROZEN = {"learnt": 0, "random": 2, "by hand": 2, "both random": 4}  # of the six parameters
RATES = 0.003, 0.01, 0.03, 0.1, 0.3, 1.0
SMALL = 0.03  # of He's first filters: "nearly nothing"
EDGE_SEEDS, EDGE_EPOCHS, EDGE_RATE = tuple(range(40)), 6, 0.01
EDGE_KINDS = "from nearly nothing", "from He's start", "labels shuffled", "pixels shuffled"
DIRECTIONS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


def filters_by_hand():
    """Return sixteen filters that somebody might draw, (16, 1, 3, 3), as large as He's on average.

    The edge detector in eight directions, a line detector in four, a spot, its negative, the
    picture itself and its blur.
    """
    turns = [0, 1, 2, 5, 8, 7, 6, 3]  # the places around the middle, clockwise
    ring = np.array([-1, 0, 1, 1, 1, 0, -1, -1])  # the edge detector's weights along them
    line = np.array([-1, 2, -1, -1, -1, 2, -1, -1])
    bank = np.zeros((16, 9))
    for turn in range(8):
        bank[turn, turns] = np.roll(ring, turn)
    for turn in range(4):
        bank[8 + turn, turns], bank[8 + turn, 4] = np.roll(line, turn), 2
    bank[12], bank[12, 4] = -1, 8
    bank[13] = -bank[12]
    bank[14, 4], bank[15] = 1, 1
    size = np.sqrt((bank**2).sum(axis=1, keepdims=True))
    return (np.sqrt(2) * bank / size).reshape(16, 1, 3, 3).astype(np.float32)


def results(seed, condition, kinds, rates):
    """Train networks of several kinds on the same digits, with Adam on one cycle.

    Args:
        seed: of the digits, the first weights and the batches.
        condition: one of `CONDITIONS`.
        kinds: of `KINDS`.
        rates: the highest rate for each.

    Returns:
        % of the 360 other digits that each reads correctly.
    """
    count, epochs = CONDITIONS[condition]
    rng = np.random.default_rng(seed)
    data, judges = drawn_digits(rng, count)
    weights = first_weights(rng)
    by_hand = [filters_by_hand(), *weights[1:]]
    schedules = [one_cycle(lr, epochs * -(-count // BATCH)) for lr in rates]
    runs = [
        Run(by_hand if kind == "by hand" else weights, schedule, frozen=FROZEN[kind])
        for kind, schedule in zip(kinds, schedules, strict=True)
        if kind in FROZEN
    ]
    with_filters = iter(accuracies(train(runs, data, epochs, rng), *judges))
    return [
        next(with_filters)
        if kind in FROZEN
        else without_filters(data, judges, epochs, schedule, seed)
        for kind, schedule in zip(kinds, schedules, strict=True)
    ]


def without_filters(data, judges, epochs, schedule, seed):
    """Train one dense layer on the pixels; return % of the judges read correctly."""
    rng = np.random.default_rng(seed)
    network = Sequential(Flatten(), Linear(64, 10, rng=rng))
    optimiser = Adam(network.parameters())
    fit(network, data, optimiser, epochs, BATCH, schedule, rng=rng, progress=lambda *_: None)
    return round(100 * evaluate(network, *judges)[1], 2)


def tune():
    """Return {condition: {kind: rate}}: the best of `RATES` over the tuning seeds."""
    kinds, rates = zip(*itertools.product(KINDS, RATES), strict=True)
    found = {}
    for condition in CONDITIONS:
        tried = [results(seed, condition, kinds, rates) for seed in TUNING_SEEDS]
        best = np.mean(tried, axis=0).reshape(len(KINDS), len(RATES)).argmax(axis=1)
        found[condition] = {kind: RATES[number] for kind, number in zip(KINDS, best, strict=True)}
    return found


def first_layers(seed):
    """Train each kind at its rate; return {condition: {kind: % right}}."""
    return {
        condition: dict(
            zip(rates, results(seed, condition, rates.keys(), rates.values()), strict=True)
        )
        for condition, rates in figures["rates"].items()
    }


def edges():
    """Train from first filters of 3 % of He's size, and three controls, with `EDGE_SEEDS` each.

    Returns:
        {kind: first filters after training, (seeds, 16, 3, 3)}, and {kind + " accuracy": %}.
    """
    found = {}
    for kind in EDGE_KINDS:
        runs = [_edge_run(kind, seed) for seed in EDGE_SEEDS]
        found[kind] = np.array([filters for filters, _ in runs], np.float16)
        found[f"{kind} accuracy"] = np.array([right for _, right in runs], np.float32)
    return found


def _edge_run(kind, seed):
    rng = np.random.default_rng(seed)
    (x, y), (held_x, held_y) = drawn_digits(rng)
    if kind == "labels shuffled":
        y = rng.permutation(y)
    if kind == "pixels shuffled":
        places = rng.permutation(64)
        x, held_x = (some.reshape(-1, 64)[:, places].reshape(some.shape) for some in (x, held_x))
    network = digit_network(rng)
    w = network.layers[0].w.value
    if kind != "from He's start":
        w *= np.float32(SMALL)
    schedule = one_cycle(EDGE_RATE, EDGE_EPOCHS * -(-len(y) // BATCH))
    optimiser = Adam(network.parameters())
    fit(network, (x, y), optimiser, EDGE_EPOCHS, BATCH, schedule, rng=rng, progress=lambda *_: None)
    return w[:, 0], 100 * evaluate(network, held_x, held_y)[1]


def blanked(x, down, right):
    """Set to 0 the row or column that a shift by one pixel would push out of the picture."""
    return shifted(shifted(x, down, right), -down, -right)


def moves(seed):
    """Train a network on digits in place and move the others by a pixel.

    Moving pushes a row or a column out of the picture. The control loses it and doesn't move.

    Returns:
        {"in place" | "moved up" | "cut above" ...: % right}.
    """
    rng = np.random.default_rng(seed)
    data, (x, y) = drawn_digits(rng)
    lr = figures["rates"]["1,437 digits, 450 steps"]["learnt"]
    run = Run(first_weights(rng), one_cycle(lr, 450))
    network = train([run], data, 10, rng)
    found = {"in place": x}
    for name, by in DIRECTIONS.items():
        found |= {f"moved {name}": shifted(x, *by), f"cut {name}": blanked(x, *by)}
    return {name: accuracies(network, pictures, y)[0] for name, pictures in found.items()}


figures = Experiment(
    "l08_features",
    "first layers learnt, random and by hand; edge detectors against chance; digits that moved",
    {
        "rates": Part(tune, minutes=1, needs_cifar10=False),
        "first_layers": Part(
            first_layers, minutes=1, seeds=SEEDS, arrange=by_two_names, needs_cifar10=False
        ),
        "edges": Part(edges, minutes=2, needs_cifar10=False),
        "moves": Part(moves, minutes=1, seeds=SEEDS, arrange=by_name, needs_cifar10=False),
    },
)
