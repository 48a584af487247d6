"""Measured figures: stored beside the experiments, read by lessons, measured again on request.

For each part and seed of an experiment, `figures/NAME.json` holds the command, the versions, the
processor and the result. Arrays are beside it, in `NAME.PART.npz`.
"""

import io
import json
import os
import platform
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import numpy as np

from cnnedu.data import cifar10
from cnnedu.data.whole_file import write_whole

FOLDER = Path(__file__).parent / "figures"
MOST_MINUTES = 30  # only the command measures parts that take longer


class NoFigures(ValueError):
    """Stored figures are damaged or missing; the message says in one line what to do."""


def in_full_budget(needs_cifar10=True):
    """Return whether lessons measure their figures: in the full budget, if the data is there.

    The environment variable CNNEDU_BUDGET sets the budget: "full", or "quick", the default.
    """
    full = os.environ.get("CNNEDU_BUDGET") == "full"
    return full and (not needs_cifar10 or cifar10.find() is not None)


@dataclass(frozen=True)
class Part:
    """One measurement of an experiment.

    Args:
        measure: function that returns the result: something that JSON can hold, or a dict of
            arrays. Its arguments are CIFAR-10, if it needs that, and a seed, if there are seeds.
            With `save_weights` it returns (result, trained network).
        minutes: about how long all seeds together take on two CPU cores.
        seeds: whole numbers; if there are none, `measure` takes no seed.
        arrange: function that turns the result, or the list of the seeds' results, into what
            lessons read; by default, nothing changes.
        needs_cifar10: whether it uses CIFAR-10.
        threads: for PyTorch; None for as many as there are cores.
        save_weights: function of the trained network and its result that saves the weights.
    """

    measure: Callable
    minutes: float
    seeds: tuple[int, ...] = ()
    arrange: Callable = lambda found: found
    needs_cifar10: bool = True
    threads: int | None = 1
    save_weights: Callable | None = None


def by_name(results):
    """Turn a list of dicts with the same keys into a dict of lists.

    >>> by_name([{"plain": 1, "deep": 2}, {"plain": 3, "deep": 4}])
    {'plain': [1, 3], 'deep': [2, 4]}
    """
    return {name: [result[name] for result in results] for name in results[0]}


def by_two_names(results):
    """Turn a list of dicts of dicts with the same keys into a dict of dicts of lists.

    >>> by_two_names([{"Adam": {"loss": 1}}, {"Adam": {"loss": 2}}])
    {'Adam': {'loss': [1, 2]}}
    """
    return {name: by_name(rows) for name, rows in by_name(results).items()}


def concatenated(results):
    """Turn a list of lists into one list.

    >>> concatenated([[1, 2], [3]])
    [1, 2, 3]
    """
    return list(chain.from_iterable(results))


class Experiment(Mapping):
    """The figures of one lesson, by part: stored or, in the full budget, measured when read.

    Args:
        name: of the module, and of its files in the folder `figures`.
        about: what it measures, in one line.
        parts: {name: `Part`}.

    Raises:
        NoFigures: when a part is read: what is stored of it is damaged or incomplete.
    """

    def __init__(self, name, about, parts):
        self.name, self.about, self.parts = name, about, parts
        self._measured = {}

    def __iter__(self):
        return iter(self.parts)

    def __len__(self):
        return len(self.parts)

    def __getitem__(self, part):
        return self.parts[part].arrange(self.results(part))

    def results(self, part):
        """Return the result of a part, or a list of the seeds' results, not yet arranged."""
        known = self.parts[part]
        if known.minutes <= MOST_MINUTES and in_full_budget(known.needs_cifar10):
            if part not in self._measured:
                seeds = known.seeds or (None,)
                self._measured[part] = [self.measure(part, seed)[0] for seed in seeds]
            results = self._measured[part]
        else:
            results = [self._result(measurement) for measurement in self._complete(part)]
        return results if known.seeds else results[0]

    def measure(self, part, seed=None):
        """Measure a part, with one seed if it has seeds.

        Returns:
            (result, trained network); None in place of the network if the part saves none.

        Raises:
            DataError: the part needs CIFAR-10, and it isn't there.
        """
        known = self.parts[part]
        arguments = [cifar10.load()] if known.needs_cifar10 else []
        with _threads(known.threads):
            result = known.measure(*arguments, *([seed] if known.seeds else []))
        return result if known.save_weights else (result, None)

    def check_store(self):
        """Make sure, before hours of measuring, that `save` will be able to store the result.

        Raises:
            NoFigures: the stored figures are damaged.
            OSError: the folder can't be written.
        """
        _ = self._stored
        with tempfile.TemporaryFile(dir=FOLDER):
            pass

    def save(self, part, seed, result, trained=None):
        """Store what `measure` returned, in place of any earlier result of this part and seed."""
        measurement = {
            "seed": seed,
            "command": f"cnnedu experiment {self.name} {part} --save",
            "versions": {name: version(name) for name in ("numpy", "torch")},
            "processor": processor(),
        }
        if _has_arrays(result):
            measurement["arrays"] = f"{self.name}.{part}.npz"
            content = io.BytesIO()
            np.savez_compressed(content, **result)
            write_whole(FOLDER / measurement["arrays"], content.getvalue())
        else:
            measurement["result"] = result
        self.__dict__.pop("_stored", None)  # another command may have stored a part meanwhile
        others = [old for old in self._stored.get(part, []) if old["seed"] != seed]
        self._stored[part] = sorted([*others, measurement], key=lambda m: m["seed"] or 0)
        _write(self.path, {name: self._stored[name] for name in self.parts if name in self._stored})
        save_weights = self.parts[part].save_weights
        if save_weights:
            save_weights(trained, result)

    @property
    def path(self):
        """The file that holds the figures."""
        return FOLDER / f"{self.name}.json"

    @cached_property
    def _stored(self):
        try:
            return json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as problem:
            raise NoFigures(self._lost(self.path)) from problem

    def _complete(self, part):
        """Return the stored measurements of a part, with every one of its seeds among them."""
        found = self._stored.get(part, [])
        stored = {measurement["seed"] for measurement in found}
        for seed in self.parts[part].seeds or (None,):
            if seed not in stored:
                one = "" if seed is None else f" --seeds {seed}"
                raise NoFigures(
                    f"{self.path} lacks figures of {part}: measure them with "
                    f"`cnnedu experiment {self.name} {part}{one} --save`"
                )
        return found

    def _result(self, measurement):
        if "arrays" not in measurement:
            return measurement["result"]
        path = FOLDER / measurement["arrays"]
        try:
            with np.load(path) as arrays:
                return dict(arrays)
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as problem:
            raise NoFigures(self._lost(path)) from problem

    def _lost(self, path):
        return (
            f"{path} is damaged or missing: restore it with git, or delete it and measure again "
            f"with `cnnedu experiment {self.name} --save`"
        )


def results_of(name, part):
    """Return the results of an experiment's part, in the quick budget without importing PyTorch.

    That takes seconds, and a lesson's first picture needn't wait for it.

    Args:
        name: of the experiment.
        part: of the experiment.

    Returns:
        What `Experiment.results` returns.

    Raises:
        NoFigures: what is stored is damaged or missing.

    >>> len(results_of("l10_photos", "runs"))
    3
    """
    if in_full_budget(needs_cifar10=False):
        return import_module(f"cnnedu.experiments.{name}").figures.results(part)
    experiment = Experiment(name, "", {})
    seeds = [measurement["seed"] for measurement in experiment._stored.get(part, [])]
    experiment.parts[part] = Part(None, 0, tuple(seed for seed in seeds if seed is not None))
    return experiment.results(part)


def processor():
    """Return the processor's name and number of cores."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores"


@contextmanager
def _threads(count):
    """Let PyTorch use this many threads in the block, or as many as before."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _has_arrays(result):
    values = result.values() if isinstance(result, dict) else ()
    return any(isinstance(value, np.ndarray) for value in values)


def _write(path, stored):
    """Write the parts, one measurement to a line."""
    lines = [
        f"{json.dumps(part)}: [\n" + ",\n".join(map(json.dumps, measurements)) + "\n]"
        for part, measurements in stored.items()
    ]
    write_whole(path, ("{\n" + ",\n".join(lines) + "\n}\n").encode())
