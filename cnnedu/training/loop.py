"""Train a network on CIFAR-10, with one checkpoint per epoch."""

import json
import os
import time
import zlib
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import torch
from filelock import FileLock, Timeout
from tqdm.auto import tqdm

from cnnedu.training import processes
from cnnedu.training.log import as_line
from cnnedu.training.memory import memory_kept
from cnnedu.training.run import CHECKPOINT, Run
from cnnedu.training.settings import TrainingError

LOCK = ".lock"


def train(build, data, settings, out, resume=False, progress=None):
    """Train the network that `build()` returns and keep everything about it in the folder `out`.

    The last training pictures are kept aside for validation. After each epoch `out` holds
    `checkpoint.safetensors`, `log.csv`, `log.json` and `curves.png`. After the last epoch the test
    set is read, once, and `model.safetensors` holds the weights. Neither the test set nor the
    validation pictures choose anything: the weights are those after the last epoch, averaged over
    the last steps if the settings say so.

    A run that was killed, at any moment, continues from its last whole epoch with `resume`. On the
    same CPU it ends with exactly the weights of a run that was never stopped.

    Under torchrun all processes train together (see `cnnedu.training.processes`); the first one
    writes, and all of them must see `out`.

    Args:
        build: function without arguments that returns the network, such as `classic`.
        data: `cnnedu.data.cifar10.CIFAR10`, pixels uint8.
        settings: `Settings`.
        out: folder to write, new or empty unless `resume` is set.
        resume: continue the run in `out`, which must have the same network, data and settings.
        progress: called after every batch and once more at the end, as `cnnedu.nn.fit` calls it;
            None draws a bar. It may wait, which pauses the run, or raise, which ends the run as a
            kill would: finished epochs are kept.

    Returns:
        The history: one dict per epoch, with the keys `cnnedu.training.log.COLUMNS`.

    Raises:
        TrainingError: `out` can't be used, the settings differ, the loss is no longer finite, or
            memory is too small for the batches.
    """
    out = Path(out)
    record = {"network": build.__name__, "data": _checksum(data), **asdict(settings)}
    record = json.loads(json.dumps(record))  # as a checkpoint gives it back
    with processes.joined(), _folder(out, resume), torch.random.fork_rng(devices=[]):
        run = Run(build, data, settings, record)
        if resume:
            run.resume(out / CHECKPOINT)
        processes.wait()
        _write(run, out)
        with memory_kept():
            _epochs(run, out, progress)
    return run.history


def holds_run(out):
    """Return whether the folder `out` holds a run that `train` can resume."""
    return (Path(out) / CHECKPOINT).exists()


def _epochs(run, out, progress):
    """Run the epochs that the history doesn't have yet."""
    settings, history = run.settings, run.history
    done, total, seen = len(history) * run.steps, settings.epochs * run.steps, None
    silent = progress or not processes.is_first()
    with tqdm(
        total=total,
        initial=done,
        unit="step",
        disable=True if silent else None,  # None: no bar where the output goes to a file
    ) as bar:

        def report(batch):
            nonlocal done, seen
            bar.update()
            done, seen = done + 1, batch
            if progress:
                progress(done, total, _columns(history), batch)

        if not silent and run.computed_in != settings.precision:
            bar.write(f"Computing in {run.computed_in}: {settings.precision} is no faster here.")
        for epoch in range(len(history) + 1, settings.epochs + 1):
            bar.set_description(f"epoch {epoch} of {settings.epochs}")
            start = time.perf_counter()
            row = {"epoch": epoch} | run.learn(epoch, report)
            is_last = epoch == settings.epochs
            views = settings.views if is_last else 1
            seen_last = 1 if is_last else (epoch - 0.5) / settings.epochs
            row |= run.measure("validation", seen_last, views)
            row["seconds"] = round(time.perf_counter() - start, 1)
            if is_last:
                row |= run.measure("test", 1, views)
            history.append(row)
            _write(run, out)
            if not silent:
                bar.write(as_line(row))
    if progress and seen:
        progress(total, total, _columns(history), seen)


def _columns(history):
    """Return the history as `cnnedu.nn.fit` does: lists by name, with one entry per epoch."""
    names = {
        "loss": "train_loss",
        "accuracy": "train_accuracy",
        "seconds": "seconds",
        "held_out_loss": "validation_loss",
        "held_out_accuracy": "validation_accuracy",
    }
    return {name: [row[column] for row in history] for name, column in names.items()}


def _checksum(data):
    """Return eight hexadecimal digits that tell one data set from another."""
    crc = 0
    for array in data:
        crc = zlib.crc32(array, crc)
    return f"{crc:08x}"


@contextmanager
def _folder(out, resume):
    """Create `out`, check that it can be used, and lock it for this run."""
    if not processes.is_first():
        yield
        return
    lock = FileLock(out / LOCK, timeout=0)
    try:
        with _writing(out):
            out.mkdir(parents=True, exist_ok=True)
            _acquire(lock, out)
            _must_be_usable(out, resume)
        yield
    finally:
        lock.release()


def _acquire(lock, out):
    try:
        lock.acquire()
    except Timeout as problem:
        raise TrainingError(
            f"another process is training in {out}: choose another --out"
        ) from problem


def _must_be_usable(out, resume):
    """Raise an error unless `out` holds a run to resume, or nothing if a new run starts."""
    if resume and not holds_run(out):
        raise TrainingError(f"{out} holds no run to resume: leave out --resume")
    if not resume and holds_run(out):
        raise TrainingError(
            f"{out} holds a run already: add --resume to continue it, or choose another --out"
        )
    # What a run that was killed before its first checkpoint leaves behind.
    rest = {LOCK, CHECKPOINT + ".tmp"}
    if not resume and set(os.listdir(out)) - rest:
        raise TrainingError(f"{out} is not empty: choose another --out")


def _write(run, out):
    """Write what the run has got so far."""
    with _writing(out):
        run.write(out)


@contextmanager
def _writing(out):
    """Turn disk errors into one-line messages."""
    try:
        yield
    except OSError as problem:
        raise TrainingError(
            f"cannot write in {out} ({problem.strerror}): make room, or choose another --out; "
            "finished epochs are kept"
        ) from problem
