"""Accuracy against time: the classic training and another recipe, in turns on the same machine.

    CNNEDU_DATA=… python benchmarks/time_to_accuracy.py [RECIPE] [--seeds 5] [--png PNG] [--save]

RECIPE is `fast` (the default) or `record`. With --save the runs replace those of the same recipe in
`cnnedu/training/measured.json`, which lesson 13 draws. An epoch's seconds are those of learning and
of the look at the validation pictures. Each run is a process of its own, so that its memory is
known.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from cnnedu.experiments.store import STORED, measured, save_parts
from cnnedu.plots.time_to_accuracy import show_time_to_accuracy


def run(recipe, seed, folder, *options):
    """Train in a process of its own; return its log, with `seconds` since the start and `MiB`."""
    out = Path(folder, f"{recipe}-{seed}")
    command = [Path(sys.executable).with_name("cnnedu"), "train", "--recipe", recipe]
    process = subprocess.Popen(
        [*command, "--seed", str(seed), "--out", out, *options], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{recipe}, seed {seed}, failed")
    epochs = json.loads((out / "log.json").read_text())["epochs"]
    passed = 0.0
    for row in epochs:
        row["seconds"] = passed = passed + row["seconds"]
    return {"recipe": recipe, "seed": seed, "epochs": epochs, "MiB": usage.ru_maxrss / 1024}


def time_to(accuracy, run):
    """Return the seconds after which the validation accuracy was seen to reach `accuracy`."""
    rows = (row for row in run["epochs"] if row["validation_accuracy"] >= accuracy)
    return next((row["seconds"] for row in rows), float("nan"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("recipe", nargs="?", choices=["fast", "record"], default="fast")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--png")
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    recipe, runs = wanted.recipe, []
    print(f"{'recipe':<9}{'seed':>4}{'epochs':>8}{'time':>9}{'70 %':>9}{'test':>9}{'memory':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(wanted.seeds):
            for name in ("classic", recipe):
                runs.append(run(name, seed, folder))
                last = runs[-1]["epochs"][-1]
                print(
                    f"{name:<9}{seed:>4}{last['epoch']:>8}{last['seconds']:>7.1f} s"
                    f"{time_to(0.7, runs[-1]):>7.1f} s{last['test_accuracy']:>9.2%}"
                    f"{runs[-1]['MiB']:>7.0f} MiB",
                    flush=True,
                )
    for name in ("classic", recipe):
        lasts = [run["epochs"][-1] for run in runs if run["recipe"] == name]
        tests = [last["test_accuracy"] for last in lasts]
        spread = f" ± {statistics.stdev(tests):.2%}" if len(tests) > 1 else ""
        print(
            f"{name}: test accuracy {statistics.mean(tests):.2%}{spread} after "
            f"{statistics.mean(last['seconds'] for last in lasts):.1f} s"
        )
    print(json.dumps({"benchmark": "time to accuracy", "runs": runs}))
    if wanted.png:
        show_time_to_accuracy(runs).savefig(wanted.png)
    if wanted.save:
        part = "time to accuracy"
        save_parts(STORED, {part: measured(part) | {recipe: runs}})


if __name__ == "__main__":
    main()
