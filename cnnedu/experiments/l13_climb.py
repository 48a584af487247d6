"""Lesson 13: from lesson 10's network and loop up to the recipe `fast`, one rung at a time.

The accuracies are those of 5,000 training pictures kept aside: the test set is not for choosing.
With Adam, each rung has the learning rate that suited another seed best. All compute in float32,
since only some processors are quicker in bfloat16; so the seconds of two rungs compare anywhere.
"""

import tempfile
import time
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path

import torch
from safetensors.torch import load_file

from cnnedu.data import cifar10
from cnnedu.experiments.l13_recipes import HELD_OUT, INGREDIENTS, ONE_VIEW, PLAIN, THE_RECIPE
from cnnedu.experiments.l13_recipes import figures as recipes
from cnnedu.experiments.store import Experiment, NoFigures, Part, by_two_names
from cnnedu.models.classic import classic
from cnnedu.models.normalise import normalise
from cnnedu.models.tower import tower
from cnnedu.models.whitened import fast
from cnnedu.training.evaluate import evaluate
from cnnedu.training.loop import train
from cnnedu.training.recipes import RECIPES

TUNED_ON = 100  # a seed that judges nothing
# Each rung keeps what came before it. First the network changes (`tower`, then `fast`), then
# INGREDIENTS are taken back from PLAIN.
NETWORKS = {
    "+ padding": {},
    "+ batch norm": {"batch_norm": True},
    "+ a second convolution per block": {"convolutions": 2},
    "+ width 32, 96, 192": {"widths": (32, 96, 192)},
    "+ GELU": {"gelu": True},
    "+ global max and one dense layer": {"pooled": True},
}
SIX_VIEWS = "+ six views: fast"
# The words with which `cnnedu train` takes a rung back.
WORDS = {
    name: [f"{setting}={PLAIN[setting]}".replace(" ", "") for setting in taken_back]
    for name, taken_back in INGREDIENTS.items()
} | {"+ eight epochs, not ten": ["epochs=10"], SIX_VIEWS: ["views=1"]}
WORDS["+ bfloat16"] = ["precision=float32"]  # a rung of the older climb
# How the climb was measured: this one, and the older one.
MEASURED = """Measured with three seeds, in float32 on one core (cnnedu experiment l13_climb).
Those below Nesterov's steps use Adam, each with the rate that suited another seed best;
the others have fast's own rates, found for the end of the climb."""
OLDER = """Measured with one seed, on two cores, with fast's own rates from rung 1 on.
That rung changes many things at once, and takes 205 seconds where classic takes 142: read its
gain as what a larger network and more time brought. To measure the changes one by one:
cnnedu experiment l13_climb (it takes hours, and hasn't been done yet)."""
# What `l13_recipes` calls the recipe without a rung.
LEFT_OUT = {
    "+ flips in turns": "no flips",
    "+ shifts": "no shifts",
    "+ label smoothing": "no label smoothing",
    "+ whitened first filters": "first filters learnt, not whitened",
    "+ Muon": "Nesterov's SGD, not Muon",
    "+ average of weights": "no average of weights",
    "+ small pictures first": "all pictures of 32×32",
    SIX_VIEWS: ONE_VIEW,
}


def network_rungs():
    """Yield (name, function that builds the network, settings) of the rungs that use Adam."""
    settings = replace(RECIPES["classic"].settings, held_out=HELD_OUT)
    yield "classic", classic, settings
    settings = replace(settings, batch_size=500)
    yield "+ batches of 500", classic, settings
    shape = {"widths": (32, 64, 64)}
    for name, change in NETWORKS.items():
        shape = shape | change
        yield name, _tower(shape), settings


def recipe_rungs():
    """Yield (name, `fast`, settings) of the rungs above those."""
    settings = replace(RECIPES["fast"].settings, precision="float32", held_out=HELD_OUT)
    yield "+ Nesterov's steps, Dirac start", fast, replace(settings, **PLAIN, epochs=10)
    plain = PLAIN
    yield "+ eight epochs, not ten", fast, replace(settings, **plain)
    for name, taken_back in INGREDIENTS.items():
        plain = {key: value for key, value in plain.items() if key not in taken_back}
        yield name, fast, replace(settings, **plain)


def rates(data):
    """Double or halve Adam's rate, from the best of the rung below, until both are worse.

    Returns:
        {rung: {learning rate: validation accuracy}}.
    """
    best, found = 1e-3, {}
    for name, build, settings in network_rungs():
        tried = found[name] = {}
        start = None
        while best != start:
            start = best
            for rate in (best / 2, best, 2 * best):
                if rate not in tried:
                    changed = replace(settings, learning_rate=rate)
                    tried[rate] = _trained(build, data, changed, TUNED_ON)[1]
            best = max(tried, key=tried.get)
    return {name: {str(rate): right for rate, right in row.items()} for name, row in found.items()}


def network(data, seed):
    """Train the rungs that use Adam, each on one core, with its best rate.

    Returns:
        {rung: {"validation_accuracy", "seconds" of the core's own time}}.
    """
    return {
        name: _timed(build, data, _tuned(name, settings), seed)[1]
        for name, build, settings in network_rungs()
    }


def recipe(data, seed):
    """Train the rungs above those, each on one core.

    Returns:
        As `network`; the last rung is the last but one, asked for six views.
    """
    found = {}
    for name, build, settings in recipe_rungs():
        trained, found[name] = _timed(build, data, settings, seed)
    kept = int(len(data.y_train) * HELD_OUT)
    x, y = (torch.from_numpy(part[-kept:]) for part in (data.x_train, data.y_train))
    feed = partial(normalise, mean=cifar10.MEAN, std=cifar10.STD)
    accuracy = evaluate(trained, x, y, feed, views=6)[1]
    return found | {SIX_VIEWS: found[name] | {"validation_accuracy": accuracy}}


def climbed():
    """Return the climb, lowest rung first, as `recipe` does, and in words how it was measured.

    Until all its figures are stored, the older climb of `l13_recipes` stands in for them.
    """
    try:
        return figures["network"] | figures["recipe"], MEASURED
    except NoFigures:
        keys = "validation_accuracy", "seconds"
        older = {
            SIX_VIEWS if "six views" in name else name: {k: [row[k] for row in rows] for k in keys}
            for name, rows in recipes["climb"].items()
        }
        return older, OLDER


def race():
    """Return the arguments of `cnnedu.widgets.RecipeRace`: the climb, and each rung left out."""
    (climb, how), ablation = climbed(), recipes["ablation"]
    precision = " --set precision=float32" if how == MEASURED else ""

    def accuracies(name):
        return [row["validation_accuracy"] for row in ablation[name]]

    return {
        "climb": climb,
        "without": {rung: accuracies(name) for rung, name in LEFT_OUT.items()},
        "whole": accuracies(THE_RECIPE),
        "words": {rung: " ".join(words) for rung, words in WORDS.items() if rung in climb},
        "command": "cnnedu train --recipe fast --out runs/mine "
        f"--set held_out={HELD_OUT}{precision}",
    }


def _timed(build, data, settings, seed):
    """Train; return the network and {"validation_accuracy", "seconds"}."""
    began = time.process_time()
    trained, accuracy = _trained(build, data, settings, seed)
    seconds = round(time.process_time() - began, 1)
    return trained, {"validation_accuracy": accuracy, "seconds": seconds}


def _tuned(name, settings):
    """Return a rung's settings with the learning rate that suited another seed best."""
    tried = figures["rates"][name]
    return replace(settings, learning_rate=float(max(tried, key=tried.get)))


def _trained(build, data, settings, seed):
    """Train; return the network with its averaged weights, and its validation accuracy."""
    with tempfile.TemporaryDirectory() as folder:
        history = train(build, data, replace(settings, seed=seed), folder, progress=_silent)
        network = build()
        weights = load_file(Path(folder, "model.safetensors"))
    network.load_state_dict(weights)
    return network, history[-1]["validation_accuracy"]


def _silent(*_):
    """Show no progress."""


def _tower(changes):
    """Return a function without arguments that builds a tower, as `train` wants it."""
    return wraps(tower)(lambda: tower(**changes))


figures = Experiment(
    "l13_climb",
    "from lesson 10's network and loop up to the recipe `fast`, one rung at a time",
    {
        "rates": Part(rates, minutes=60),
        "network": Part(network, minutes=60, seeds=(0, 1, 2), arrange=by_two_names),
        "recipe": Part(recipe, minutes=90, seeds=(0, 1, 2), arrange=by_two_names),
    },
)
