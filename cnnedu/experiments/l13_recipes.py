"""Lesson 13: what the recipes of `cnnedu train` reach on CIFAR-10, how fast, and why.

Each run is a process of its own, so that its memory is known. What is compared in `ablation` and
`climb` are accuracies on a tenth of the training pictures, which is not learnt from: the test set
is not for choosing.
"""

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import torch
from safetensors.torch import load_file

from cnnedu.data import cifar10
from cnnedu.experiments.published import train_published
from cnnedu.experiments.store import Experiment, Part, by_name, one_after_another
from cnnedu.models.normalise import normalise
from cnnedu.models.whitened import fast
from cnnedu.training.evaluate import evaluate

HELD_OUT = 0.1
ONE_VIEW = "one view in the test"  # needs no run of its own
NESTEROV = {"optimizer": "nesterov", "learning_rate": 0.73, "momentum": 0.85}
THE_RECIPE = "the recipe"
# What is changed of `fast`.
CHANGES = {
    THE_RECIPE: {},
    "first filters learnt, not whitened": {"whitened": False},
    "Nesterov's SGD, not Muon": NESTEROV,
    "no label smoothing": {"label_smoothing": 0.0},
    "flips at random, not in turns": {"flip": "random"},
    "no flips": {"flip": "never"},
    "no shifts": {"shift": 0},
    "all pictures of 32×32": {"sizes": ((32, 1),)},
    "no average of weights": {"average": 0.0},
    "float32": {"precision": "float32"},
    "with cut-out": {"cutout": 8},
    "with warm-up": {"warm_up": 0.2},
    "a third left out, 12 epochs": {"left_out": 0.3334, "epochs": 12},  # as many steps
}
PLAIN = {
    "precision": "float32",
    "flip": "never",
    "shift": 0,
    "label_smoothing": 0.0,
    "whitened": False,
    **NESTEROV,
    "average": 0.0,
    "sizes": ((32, 1),),
    "views": 1,
}
FIRST = "classic"
# What each rung no longer changes: from there on the recipe's own value holds.
RUNGS = {
    "fast's network and batches, plain": [],
    "+ bfloat16": ["precision"],
    "+ flips in turns": ["flip"],
    "+ shifts": ["shift"],
    "+ label smoothing": ["label_smoothing"],
    "+ whitened first filters": ["whitened"],
    "+ Muon": ["optimizer", "learning_rate", "momentum"],
    "+ average of weights": ["average"],
    "+ small pictures first": ["sizes"],
    "+ six views: the recipe": ["views"],
}


def race(recipe, data, seed):
    """Train `classic` and then another recipe; return both runs, as `run` does."""
    with tempfile.TemporaryDirectory() as folder:
        return [run(name, seed, folder) for name in (FIRST, recipe)]


def run(recipe, seed, folder, **changes):
    """Train in a process of its own.

    Args:
        recipe: its name.
        seed: whole number.
        folder: where the run's own folder is made.
        changes: settings and their values.

    Returns:
        {"recipe", "seed", "epochs": the rows of the log, whose `seconds` count from the start of
        the run, "MiB": the most memory it used}.
    """
    out = Path(folder, f"{recipe}-{seed}")
    command = [Path(sys.executable).with_name("cnnedu"), "train", "--recipe", recipe]
    words = [word for name, value in changes.items() for word in ("--set", f"{name}={value}")]
    process = subprocess.Popen(
        [*command, "--seed", str(seed), "--out", out, *words], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{recipe}, seed {seed}, failed")
    epochs = json.loads((out / "log.json").read_text(encoding="utf-8"))["epochs"]
    passed = 0.0
    for row in epochs:
        row["seconds"] = passed = passed + row["seconds"]
    return {"recipe": recipe, "seed": seed, "epochs": epochs, "MiB": usage.ru_maxrss / 1024}


def ablation(data, seed):
    """Train `fast` with one ingredient left out, or another put in.

    Returns:
        {change: the last row of the run's log}; ONE_VIEW is the recipe's own run, which looks at
        each validation picture once.
    """
    rows = {}
    for name, changes in CHANGES.items():
        with tempfile.TemporaryDirectory() as folder:
            rows[name] = _last_row("fast", seed, folder, changes)
            if name == THE_RECIPE:
                rows[ONE_VIEW] = rows[name] | {"validation_accuracy": _one_view(data, seed, folder)}
    return {name: rows[name] for name in (*CHANGES, ONE_VIEW)}


def climb(data, seed):
    """Train `classic`, then `fast` without its ingredients, then with one more at a time.

    Returns:
        {rung: the last row of the run's log}.
    """
    rows, left = {}, dict(PLAIN)
    for rung, added in ((FIRST, ()), *RUNGS.items()):
        left = {name: value for name, value in left.items() if name not in added}
        with tempfile.TemporaryDirectory() as folder:
            if rung == FIRST:
                rows[rung] = _last_row(FIRST, seed, folder, {})
            elif left:
                # Without the views it is the recipe's own run, which looks at each picture once.
                changes = {} if left.keys() == {"views"} else left
                rows[rung] = _last_row("fast", seed, folder, changes)
                if not changes:
                    rows[list(RUNGS)[-1]] = rows[rung]
                    rows[rung] = rows[rung] | {"validation_accuracy": _one_view(data, seed, folder)}
    return {rung: rows[rung] for rung in (FIRST, *RUNGS)}


def _last_row(recipe, seed, folder, changes):
    """Train with a tenth of the pictures held out; return the last row of the log, and the seed."""
    return {"seed": seed} | run(recipe, seed, folder, held_out=HELD_OUT, **changes)["epochs"][-1]


def _one_view(data, seed, folder):
    """Return the validation accuracy of a run of `fast` that looks at each picture once."""
    network = fast()
    network.load_state_dict(load_file(Path(folder, f"fast-{seed}", "model.safetensors")))
    kept = int(len(data.y_train) * HELD_OUT)
    x, y = (torch.from_numpy(part[-kept:]) for part in (data.x_train, data.y_train))
    return evaluate(network, x, y, lambda x: normalise(x, cifar10.MEAN, cifar10.STD))[1]


figures = Experiment(
    "l13_recipes",
    "the recipes' accuracy against time, what each ingredient gives, what JPEG costs",
    {
        "fast": Part(
            partial(race, "fast"),
            minutes=50,
            seeds=(0, 1, 2, 3, 4),
            arrange=one_after_another,
            threads=None,
        ),
        "record": Part(
            partial(race, "record"),
            minutes=60,
            seeds=(0,),
            arrange=one_after_another,
            threads=None,
        ),
        "climb": Part(climb, minutes=25, seeds=(0,), arrange=by_name, threads=None),
        "ablation": Part(ablation, minutes=90, seeds=(0, 1, 2), arrange=by_name, threads=None),
        "published": Part(train_published, minutes=80, seeds=(0, 1), threads=None),
    },
)
