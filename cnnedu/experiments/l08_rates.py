"""Lesson 08: optimisers, first weights and schedules, each at the learning rate that suits it.

All networks are `digit_network`, trained on batches of 32. Each seed draws 1,437 of the 1,797
digits to learn from, the first weights and the batches, the same for all that is compared; the
other 360 digits judge. Rates are chosen with `TUNING_SEEDS`.
"""

import itertools

import numpy as np

from cnnedu.experiments.many_networks import (
    BATCH,
    DIRECTIONS,
    Run,
    accuracies,
    drawn_digits,
    first_weights,
    train,
)
from cnnedu.experiments.store import Experiment, Part, by_name, by_two_names
from cnnedu.nn import cosine, one_cycle

SEEDS, TUNING_SEEDS = tuple(range(12)), tuple(range(1000, 1003))
OPTIMISERS = tuple(DIRECTIONS)
RATES = [digit * 10.0**power for power in range(-4, 1) for digit in (1, 2, 5)][:-1]
EPOCHS = 3  # of the sweep over RATES and of the first weights
STARTS = {"zeros": 0, "a tenth of He's": 0.1, "He's": 1, "ten times He's": 10}
START_RATES = [10.0 ** (half / 2) for half in range(-10, 3)]
SCHEDULES = {
    "constant": lambda lr, steps: lambda step: lr,
    "cosine": cosine,
    "one-cycle": one_cycle,
}
SCHEDULED = {
    "SGD, one-cycle": ("SGD", 1, "one-cycle"),
    "momentum, one-cycle": ("momentum", 1, "one-cycle"),
    "Adam, one-cycle": ("Adam", 1, "one-cycle"),
    "Adam, cosine": ("Adam", 1, "cosine"),
    "Adam, constant": ("Adam", 1, "constant"),
}
SCHEDULE_RATES = RATES[4:]
SCHEDULE_EPOCHS = 10


def results(seed, settings, epochs):
    """Train networks from the same first weights on the same batches.

    Args:
        seed: of the digits, the first weights and the batches.
        settings: list of (optimiser, rate, factor of the first weights, schedule), the same
            optimisers beside each other; a schedule is one of `SCHEDULES`.
        epochs: passes over the digits.

    Returns:
        % of the 360 digits that each reads correctly.
    """
    rng = np.random.default_rng(seed)
    data, judges = drawn_digits(rng)
    weights = first_weights(rng)
    steps = epochs * -(-len(data[1]) // BATCH)
    runs = [
        Run(
            [np.float32(first) * w for w in weights],
            SCHEDULES[schedule](lr, steps),
            optimiser,
        )
        for optimiser, lr, first, schedule in settings
    ]
    return accuracies(train(runs, data, epochs, rng), *judges)


def best_rates(kinds, rates, epochs):
    """Return for each kind the rate with the best mean over the tuning seeds.

    Args:
        kinds: list of (optimiser, factor of the first weights, schedule).
        rates: to choose from.
        epochs: passes over the digits.
    """
    settings = [
        (optimiser, lr, first, schedule) for optimiser, first, schedule in kinds for lr in rates
    ]
    found = np.mean([results(seed, settings, epochs) for seed in TUNING_SEEDS], axis=0)
    return [rates[best] for best in found.reshape(len(kinds), len(rates)).argmax(axis=1)]


def sweep(seed):
    """Train with each optimiser at each of `RATES`; return {optimiser: [% right]}."""
    settings = [(name, lr, 1, "constant") for name in OPTIMISERS for lr in RATES]
    found = np.reshape(results(seed, settings, EPOCHS), (-1, len(RATES)))
    return dict(zip(OPTIMISERS, found.tolist(), strict=True))


def widths(accuracy, least):
    """Return over how many powers of ten of the rate a curve is at `least` or above.

    Between two rates the curve is straight, over the logarithm of the rate.

    Args:
        accuracy: one curve or several, (..., len(RATES)), %.
        least: %.

    >>> round(widths([0, 100] + [0] * 12, 50), 2)  # half of log 2 on the left, of log 2.5 right
    np.float64(0.35)
    """
    low, high = np.log10(RATES[0]), np.log10(RATES[-1])
    fine = np.linspace(low, high, 20001)
    curves = np.reshape(accuracy, (-1, len(RATES)))
    shares = [(np.interp(fine, np.log10(RATES), curve) >= least).mean() for curve in curves]
    return (high - low) * np.reshape(shares, np.shape(accuracy)[:-1])[()]


STARTED = list(itertools.product(("SGD", "Adam"), STARTS))


def tune_starts():
    """Return {optimiser: {start: rate}}."""
    kinds = [(optimiser, STARTS[start], "constant") for optimiser, start in STARTED]
    return _nested(best_rates(kinds, START_RATES, EPOCHS))


def starts(seed):
    """Train from each start at the rate that suits it; return {optimiser: {start: % right}}."""
    rates = figures["start_rates"]
    settings = [
        (optimiser, rates[optimiser][start], STARTS[start], "constant")
        for optimiser, start in STARTED
    ]
    return _nested(results(seed, settings, EPOCHS))


def _nested(values):
    found = {}
    for (optimiser, start), value in zip(STARTED, values, strict=True):
        found.setdefault(optimiser, {})[start] = value
    return found


def tune_schedules():
    """Return {optimiser and schedule: highest rate}."""
    rates = best_rates(list(SCHEDULED.values()), SCHEDULE_RATES, SCHEDULE_EPOCHS)
    return dict(zip(SCHEDULED, rates, strict=True))


def schedules(seed):
    """Train on each schedule at the rate that suits it; return {optimiser and schedule: %}."""
    settings = [
        (optimiser, figures["schedule_rates"][name], first, schedule)
        for name, (optimiser, first, schedule) in SCHEDULED.items()
    ]
    return dict(zip(SCHEDULED, results(seed, settings, SCHEDULE_EPOCHS), strict=True))


def _part(measure, minutes, seeds=(), arrange=lambda found: found):
    return Part(measure, minutes=minutes, seeds=seeds, arrange=arrange, needs_cifar10=False)


figures = Experiment(
    "l08_rates",
    "optimisers, first weights and schedules on digits, each at the rate that suits it",
    {
        "tuning": _part(sweep, 1, TUNING_SEEDS, by_name),
        "sweep": _part(sweep, 2, SEEDS, by_name),
        "start_rates": _part(tune_starts, 1),
        "starts": _part(starts, 1, SEEDS, by_two_names),
        "schedule_rates": _part(tune_schedules, 1),
        "schedules": _part(schedules, 1, SEEDS, by_name),
    },
)
