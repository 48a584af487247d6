"""Lesson 13: what the recipes of `cnnedu train` reach on CIFAR-10, how fast, and why.

Each run is a process of its own, so that its memory can be measured. `ablation` and `climb` compare
accuracies on a tenth of the training pictures, kept aside: the test set is not for choosing.
"""

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from cnnedu.data import cifar10
from cnnedu.experiments import published
from cnnedu.experiments.store import Experiment, Part, by_name, concatenated

HELD_OUT = 0.1
ONE_VIEW = "one view in the test"  # the recipe's own run, evaluated again
NESTEROV = {"optimizer": "nesterov", "learning_rate": 0.73, "momentum": 0.85}
THE_RECIPE = "the recipe"
# What each ablation changes in `fast`.
CHANGES = {
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
    "flip": "never",
    "shift": 0,
    "label_smoothing": 0.0,
    "whitened": False,
    **NESTEROV,
    "average": 0.0,
    "sizes": ((32, 1),),
    "views": 1,
}
# Settings that each rung takes back from PLAIN, so that the recipe's own values hold from there on.
INGREDIENTS = {
    "+ flips in turns": ["flip"],
    "+ shifts": ["shift"],
    "+ label smoothing": ["label_smoothing"],
    "+ whitened first filters": ["whitened"],
    "+ Muon": ["optimizer", "learning_rate", "momentum"],
    "+ average of weights": ["average"],
    "+ small pictures first": ["sizes"],
}
RUNGS = {
    "fast's network and batches, plain": [],
    "+ bfloat16": ["precision"],
    **INGREDIENTS,
    "+ six views: the recipe": ["views"],
}


def race(recipe, data, seed):
    """Train `classic` and then another recipe, which read `data`; return both, as `run` does."""
    with tempfile.TemporaryDirectory() as folder:
        return [run(name, seed, folder) for name in ("classic", recipe)]


def run(recipe, seed, folder, **changes):
    """Train a recipe in a process of its own.

    Args:
        recipe: its name.
        seed: whole number.
        folder: where to create the run's own folder.
        changes: settings and their new values.

    Returns:
        {"recipe", "seed", "epochs": the rows of the log, with `seconds` counted from the start of
        the run, "MiB": the most memory used at any time}.
    """
    out = Path(folder, f"{recipe}-{seed}")
    command = [Path(sys.executable).with_name("cnnedu"), "train", "--recipe", recipe]
    words = [word for name, value in changes.items() for word in ("--set", f"{name}={value}")]
    process = subprocess.Popen(
        [*command, "--seed", str(seed), "--out", out, *words],
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C stops us alone: nobody can resume a run in `folder`
    )
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if status:
        raise SystemExit(f"{recipe}, seed {seed}, failed")
    epochs = json.loads((out / "log.json").read_text(encoding="utf-8"))["epochs"]
    passed = 0.0
    for row in epochs:
        row["seconds"] = passed = passed + row["seconds"]
    return {"recipe": recipe, "seed": seed, "epochs": epochs, "MiB": usage.ru_maxrss / 1024}


def ablation(data, seed):
    """Train `fast`, then `fast` with one ingredient left out or another put in.

    Returns:
        {change: the last row of the run's log}; ONE_VIEW is the recipe's own run with one view of
        each validation picture.
    """
    recipe, one_view = _recipe_with_all_views_and_one(data, seed)
    changed = {name: _last_row("fast", seed, changes) for name, changes in CHANGES.items()}
    return {THE_RECIPE: recipe, **changed, ONE_VIEW: one_view}


def climb(data, seed):
    """Train `classic`, then `fast` without its ingredients, then with one more at a time.

    Returns:
        {rung: the last row of the run's log}.
    """
    rows = {"classic": _last_row("classic", seed, {})}
    plain = {"precision": "float32"} | PLAIN
    *lower, last_but_one, last = RUNGS
    for rung in lower:
        plain = {name: value for name, value in plain.items() if name not in RUNGS[rung]}
        rows[rung] = _last_row("fast", seed, plain)
    recipe, one_view = _recipe_with_all_views_and_one(data, seed)
    return {**rows, last_but_one: one_view, last: recipe}


def _last_row(recipe, seed, changes):
    """Train with a tenth of the pictures held out; return the seed and the last row of the log."""
    with tempfile.TemporaryDirectory() as folder:
        epochs = run(recipe, seed, folder, held_out=HELD_OUT, **changes)["epochs"]
    return {"seed": seed} | epochs[-1]


def _recipe_with_all_views_and_one(data, seed):
    """Train `fast` unchanged; return its `_last_row`, and that with one view of each picture."""
    import torch
    from safetensors.torch import load_file

    from cnnedu.models.normalise import normalise
    from cnnedu.models.whitened import fast
    from cnnedu.training.evaluate import evaluate

    network = fast()
    with tempfile.TemporaryDirectory() as folder:
        epochs = run("fast", seed, folder, held_out=HELD_OUT)["epochs"]
        network.load_state_dict(load_file(Path(folder, f"fast-{seed}", "model.safetensors")))
    row = {"seed": seed} | epochs[-1]
    kept = int(len(data.y_train) * HELD_OUT)
    x, y = (torch.from_numpy(part[-kept:]) for part in (data.x_train, data.y_train))
    accuracy = evaluate(network, x, y, lambda x: normalise(x, cifar10.MEAN, cifar10.STD))[1]
    return row, row | {"validation_accuracy": accuracy}


figures = Experiment(
    "l13_recipes",
    "the recipes' accuracy against time, what each ingredient adds, and what JPEG costs",
    {
        "fast": Part(
            partial(race, "fast"),
            minutes=50,
            seeds=(0, 1, 2, 3, 4),
            arrange=concatenated,
            threads=None,
        ),
        "record": Part(
            partial(race, "record"),
            minutes=60,
            seeds=(0,),
            arrange=concatenated,
            threads=None,
        ),
        "climb": Part(climb, minutes=25, seeds=(0,), arrange=by_name, threads=None),
        "ablation": Part(ablation, minutes=90, seeds=(0, 1, 2), arrange=by_name, threads=None),
        "published": Part(
            lambda data, seed: published.train_published(data, seed),
            minutes=80,
            seeds=(0, 1),
            threads=None,
        ),
    },
)
