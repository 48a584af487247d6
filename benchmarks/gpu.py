"""Time `fast` beside a published program, on a GPU if there is one: accuracy, and seconds to train.

    python benchmarks/gpu.py [--seeds 10] [--pictures N]

- The two take turns, seed by seed, after one run of each that doesn't count: it compiles.
- The data lies on the device. The time is that of the training steps; for the published program,
  airbench94, it includes the whitening of its first filters, as its author counts it.
- Both read the test pictures once, with six views of each.
- It needs CIFAR-10 (`cnnedu download`). Without a GPU, or with --pictures, it trains for two epochs
  on a few pictures of noise instead, only to see that the script works.
"""

import argparse
import contextlib
import json
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from cnnedu.data import cifar10
from cnnedu.experiments import published
from cnnedu.training import processes
from cnnedu.training.optimisers import make_optimisers
from cnnedu.training.recipes import RECIPES
from cnnedu.training.run import Run


def now():
    """Return the time at which everything asked of the device so far is done."""
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter()


class Clock:
    """A stand-in for `torch.cuda.Event` that adds up what the published program measures."""

    passed = 0.0  # seconds

    def __init__(self, **_):
        self.at = None

    def record(self):
        """Note the time."""
        self.at = now()

    def elapsed_time(self, end):
        """Return the milliseconds until another clock's note."""
        Clock.passed += end.at - self.at
        return 1000 * (end.at - self.at)


class Fast:
    """Our recipe; one compiled network serves all seeds."""

    name = "fast"

    def __init__(self, data, small):
        build, settings = RECIPES["fast"]
        if small:
            settings = replace(settings, epochs=2, batch_size=small)
        self.make = lambda seed: Run(build, data, replace(settings, seed=seed), {})
        self.run = self.make(0)

    def __call__(self, seed):
        """Train; return (accuracy, seconds)."""
        run, fresh = self.run, self.make(seed)
        run.network.load_state_dict(fresh.network.state_dict())
        run.settings, run.generator, run.losses = fresh.settings, fresh.generator, fresh.losses
        run.optimizers = make_optimisers(run.network, run.settings)
        averaging = get_ema_multi_avg_fn(run.settings.average)
        run.average = AveragedModel(run.network, multi_avg_fn=averaging, use_buffers=True)
        began = now()
        for epoch in range(1, run.settings.epochs + 1):
            run.learn(epoch, lambda batch: None)
        seconds = now() - began
        return run.measure("test", 1, run.settings.views)["test_accuracy"], seconds


class Published:
    """K. Jordan's program airbench94, as its package has it."""

    name = "airbench94"

    def __init__(self, data, small):
        self.airbench = published.load_program()
        torch.cuda.Event = Clock
        Path(published.FOLDER).mkdir()
        published.write_part("train", data.x_train, data.y_train)
        published.write_part("test", data.x_test, data.y_test)
        self.options = {"epochs": 2} if small else {}
        self.batch_size = small or 1024

    def __call__(self, seed):
        """Train; return (accuracy, seconds)."""
        load, folder = self.airbench.CifarLoader, published.FOLDER
        torch.manual_seed(seed)
        augmentation = {"flip": True, "translate": 2}
        train = load(folder, batch_size=self.batch_size, aug=augmentation, altflip=True)
        Clock.passed = 0.0
        network = self.airbench.train94(train, verbose=False, **self.options)
        seconds = Clock.passed
        test = load(folder, train=False, batch_size=2000)
        return self.airbench.evaluate(network, test, tta_level=2), seconds


def made_up(count):
    """Return as many training and test pictures of noise."""
    random = np.random.default_rng(0)
    x = random.integers(0, 256, (count, 3, 32, 32), np.uint8)
    y = np.arange(count) % 10
    return cifar10.CIFAR10(x, y, x, y)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10, help="runs of each (default: 10)")
    parser.add_argument("--pictures", type=int, help="of noise (default: 64 without a GPU)")
    options = parser.parse_args()
    device = processes.device()
    pictures = options.pictures or (64 if device.type == "cpu" else 0)
    data = made_up(pictures) if pictures else cifar10.load()
    small = pictures // 2  # in a batch
    name = torch.cuda.get_device_name() if device.type == "cuda" else "CPU"
    rows = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        programs = [Fast(data, small), Published(data, small)]
        runs = [[program(seed) for program in programs] for seed in range(options.seeds + 1)]
    print(f"{name + ', ' + str(options.seeds) + ' seeds':<24}{'test accuracy':>16}{'seconds':>10}")
    for program, found in zip(programs, zip(*runs[1:], strict=True), strict=True):
        accuracies, seconds = np.transpose(found)
        error = np.std(accuracies, ddof=1) / len(accuracies) ** 0.5
        rows.append(
            {
                "program": program.name,
                "accuracy": round(float(accuracies.mean()), 4),
                "error": round(float(error), 5),
                "seconds": round(float(seconds.mean()), 3),
                "accuracies": accuracies.round(4).tolist(),
            }
        )
        told = f"{100 * accuracies.mean():.2f} ± {100 * error:.2f} %"
        print(f"{program.name:<24}{told:>16}{seconds.mean():>10.2f}")
    about = {"device": name, "data": "noise" if pictures else "CIFAR-10"}
    print(json.dumps({"benchmark": "gpu", "cores": os.cpu_count(), **about, "rows": rows}))


if __name__ == "__main__":
    main()
