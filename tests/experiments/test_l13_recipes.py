"""The experiments of lesson 13: which runs they ask for, and how one is started and read."""

import json
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.torch import save_file

from cnnedu.data.cifar10 import CIFAR10
from cnnedu.experiments import l13_recipes as recipes
from cnnedu.models.whitened import fast

X, Y = np.zeros((30, 3, 32, 32), np.uint8), np.arange(30) % 10
DATA = CIFAR10(X, Y, X, Y)


@pytest.fixture
def runs(monkeypatch):
    """Replace `run`; return the list of what it was asked for: (recipe, changes)."""
    asked = []

    def run(recipe, seed, folder, **changes):
        asked.append((recipe, changes))
        out = Path(folder, f"{recipe}-{seed}")
        out.mkdir()
        save_file(fast().state_dict(), out / "model.safetensors")
        return {"epochs": [{}, {"validation_accuracy": 10 + len(asked)}]}

    monkeypatch.setattr(recipes, "run", run)
    return asked


def test_a_race_is_of_classic_and_one_other(runs):
    assert len(recipes.race("record", DATA, 0)) == 2
    assert runs == [("classic", {}), ("record", {})]


def test_an_ablation_changes_one_ingredient_at_a_time(runs):
    rows = recipes.ablation(DATA, 5)
    assert list(rows) == list(recipes.figures["ablation"])
    held_out = {"held_out": recipes.HELD_OUT}
    assert runs[0] == ("fast", held_out)
    assert runs[1:] == [("fast", held_out | changes) for changes in recipes.CHANGES.values()]
    accuracies = [row["validation_accuracy"] for row in rows.values()]
    assert accuracies[:-1] == [10 + number for number in range(1, len(runs) + 1)]
    assert accuracies[-1] in (0, 1 / 3, 2 / 3, 1), "evaluated again, on the three pictures held out"
    assert {row["seed"] for row in rows.values()} == {5}


def test_each_rung_of_the_climb_takes_one_ingredient_more_from_the_recipe(runs):
    rows = recipes.climb(DATA, 0)
    assert list(rows) == list(recipes.figures["climb"]) == ["classic", *recipes.RUNGS]
    (first, *_), *climbed = runs
    assert first == "classic" and {recipe for recipe, _ in climbed} == {"fast"}
    others = {"precision": "float32", "held_out": recipes.HELD_OUT}
    assert climbed[0][1] == recipes.PLAIN | others
    steps = [(below, above) for (_, below), (_, above) in pairwise(climbed)]
    added = [below.keys() - above.keys() for below, above in steps]
    *expected, sizes, views = [set(names) for names in list(recipes.RUNGS.values())[1:]]
    assert added == [*expected, sizes | views]
    assert all(below | above == below for below, above in steps)
    *_, one_view, recipe = rows.values()
    assert recipe["validation_accuracy"] == 10 + len(runs) and one_view["validation_accuracy"] <= 1


def test_a_run_does_not_outlive_the_experiment(tmp_path, monkeypatch):
    children = []

    class Child(subprocess.Popen):
        def __init__(self, _, **options):
            super().__init__([sys.executable, "-c", "import signal; signal.pause()"], **options)
            children.append(self)

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(recipes.subprocess, "Popen", Child)
    monkeypatch.setattr(recipes.os, "wait4", stopped)
    with pytest.raises(KeyboardInterrupt):
        recipes.run("fast", 3, tmp_path)
    assert children[0].returncode == -signal.SIGKILL


@pytest.mark.parametrize("status", [0, 1])
def test_a_run_is_a_process_whose_log_and_memory_are_read(status, tmp_path, monkeypatch):
    commands = []

    def start(command, **_):
        commands.append([str(word) for word in command])
        out = Path(command[command.index("--out") + 1])
        out.mkdir()
        log = {"epochs": [{"seconds": 3.0}, {"seconds": 4.5}]}
        (out / "log.json").write_text(json.dumps(log))
        return SimpleNamespace(pid=7)

    monkeypatch.setattr(recipes.subprocess, "Popen", start)
    usage = SimpleNamespace(ru_maxrss=2048)
    monkeypatch.setattr(recipes.os, "wait4", lambda pid, _: (pid, status, usage))
    if status:
        with pytest.raises(SystemExit, match="fast, seed 3, failed"):
            recipes.run("fast", 3, tmp_path)
        return
    found = recipes.run("fast", 3, tmp_path, flip="never")
    assert found["epochs"] == [{"seconds": 3.0}, {"seconds": 7.5}] and found["MiB"] == 2
    words = f"train --recipe fast --seed 3 --out {tmp_path}/fast-3 --set flip=never".split()
    assert commands[0][1:] == words and Path(commands[0][0]).name == "cnnedu"
