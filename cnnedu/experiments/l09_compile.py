"""Lesson 09: what `torch.compile` costs at the start, and what it saves in each step.

On a CPU it needs a C++ compiler. Where there is none, PyTorch says so when this is measured; the
lesson itself reads what is stored.
"""

import os
import statistics
import tempfile
import time
from unittest import mock

import torch
from torch.nn import functional as F

from cnnedu.experiments.l09_sizes import digit_network
from cnnedu.experiments.store import Experiment, Part
from cnnedu.models.classic import classic
from cnnedu.models.small_network import small_network
from cnnedu.training.fitting import take_step

WARM_UP, TIMED = 10, 40  # steps
# What is timed: the network, a batch's shape.
NETWORKS = {
    "lesson 08's digits, batch 32": (lambda: digit_network(1), (32, 1, 8, 8)),
    "lesson 10's network, batch 128": (classic, (128, 3, 32, 32)),
    "with batch norm, batch 128": (lambda: small_network(10), (128, 3, 32, 32)),
}


def step_times(runs):
    """Return {name: median milliseconds of one training step}, the runs taking turns.

    Args:
        runs: {name: function that takes one step}.
    """
    taken = {name: [] for name in runs}
    for number in range(WARM_UP + TIMED):
        for name, step in runs.items():
            begin = time.perf_counter()
            step()
            if number >= WARM_UP:
                taken[name].append(1000 * (time.perf_counter() - begin))
    return {name: round(statistics.median(times), 3) for name, times in taken.items()}


def stepper(network, x, y):
    """Return a function that takes one step of SGD on a batch."""
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-4)
    return lambda: take_step(F.cross_entropy(network(x), y), optimiser)


def compare():
    """Time the steps of each network as it is and compiled.

    Returns:
        {name: {"start": seconds of the first compiled step, with nothing in the compiler's cache;
        "plain", "compiled": median milliseconds of a step}}.
    """
    return {name: _compared(*kind) for name, kind in NETWORKS.items()}


def _compared(build, shape):
    torch.manual_seed(0)
    x, y = torch.randn(shape), torch.randint(10, shape[:1])
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, TORCHINDUCTOR_CACHE_DIR=folder),
    ):
        torch.compiler.reset()
        network = build()
        compiled = stepper(torch.compile(build()), x, y)
        begin = time.perf_counter()
        compiled()
        start = time.perf_counter() - begin
        times = step_times({"plain": stepper(network, x, y), "compiled": compiled})
    return {"start": round(start, 1), **times}


figures = Experiment(
    "l09_compile",
    "what torch.compile costs at the start and saves in each step, on one CPU core",
    {"steps": Part(compare, minutes=3, needs_cifar10=False)},
)
