"""Train a network on CIFAR-10, one checkpoint per epoch."""

import json
import os
import time
import zlib
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import torch
from filelock import FileLock, Timeout
from safetensors.torch import save
from torch.nn.functional import cross_entropy
from tqdm.auto import tqdm

from cnnedu.data.cifar10 import CLASSES, MEAN, STD
from cnnedu.models.normalise import normalise
from cnnedu.nn import Batch
from cnnedu.plots.curves import curves_png
from cnnedu.training.checkpoint import load_checkpoint, save_checkpoint
from cnnedu.training.evaluate import evaluate
from cnnedu.training.files import write_whole
from cnnedu.training.log import as_csv, as_line
from cnnedu.training.settings import TrainingError

CHECKPOINT = "checkpoint.safetensors"
LOCK = ".lock"


def train(build, data, settings, out, resume=False, progress=None):
    """Train the network that `build()` returns, and keep everything about it in the folder `out`.

    The last tenth of the training pictures is kept aside for validation. After each epoch `out`
    holds `checkpoint.safetensors`, `log.csv` and `curves.png`; after the last, the test set is
    read, once, and `model.safetensors` holds the weights. Nothing was chosen by the test set, nor
    by the validation pictures: the weights are those after the last epoch.

    Killed at any moment, a run goes on from its last whole epoch with `resume`, and on the same
    CPU ends with exactly the weights of a run that was never stopped.

    Args:
        build: function without arguments that returns the network, such as `classic`.
        data: `cnnedu.data.cifar10.CIFAR10`, pixels uint8.
        settings: `Settings`.
        out: folder to write; new or empty, except to resume.
        resume: go on with the run in `out`, which had the same network, data and settings.
        progress: called after every batch, and once more at the end, as `cnnedu.nn.fit` calls
            it; None draws a bar. It may wait, which pauses the run, and raise, which ends it as
            if it were killed: the finished epochs are kept.

    Returns:
        The history: one dict per epoch, with the keys `cnnedu.training.log.COLUMNS`.

    Raises:
        TrainingError: `out` can't be used, the settings differ, or the loss is no longer finite.
    """
    out = Path(out)
    record = {"network": build.__name__, "data": _checksum(data), **asdict(settings)}
    with _folder(out, resume), torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        # Channels last in memory: the same numbers, and convolutions on a CPU take less time.
        network = build().to(memory_format=torch.channels_last)
        optimizer = torch.optim.Adam(network.parameters(), lr=settings.learning_rate)
        history = []
        if resume:
            history = load_checkpoint(out / CHECKPOINT, network, optimizer, record)
        _write(out, network, optimizer, history, record)
        _epochs(network, optimizer, history, data, settings, out, record, progress)
    return history


def _epochs(network, optimizer, history, data, settings, out, record, progress):
    """Run the epochs that `history` does not have yet."""
    (x, y), validation = _split(data)
    steps = -(-len(y) // settings.batch_size)
    done, total, seen = len(history) * steps, settings.epochs * steps, None
    with tqdm(
        total=total,
        initial=done,
        unit="step",
        disable=True if progress else None,  # with None, no bar in a log file
    ) as bar:

        def report(batch):
            nonlocal done, seen
            bar.update()
            done, seen = done + 1, batch
            if progress:
                progress(done, total, _by_name(history), batch)

        for epoch in range(len(history) + 1, settings.epochs + 1):
            bar.set_description(f"epoch {epoch} of {settings.epochs}")
            start = time.perf_counter()
            row = {"epoch": epoch} | _learn(network, optimizer, x, y, epoch, settings, report)
            row |= _measure("validation", network, *validation)
            row["seconds"] = round(time.perf_counter() - start, 1)
            if epoch == settings.epochs:
                test = torch.from_numpy(data.x_test), torch.from_numpy(data.y_test)
                row |= _measure("test", network, *test)
            history.append(row)
            _write(out, network, optimizer, history, record)
            if not progress:
                bar.write(as_line(row))
    if progress and seen:
        progress(total, total, _by_name(history), seen)


def _learn(network, optimizer, x, y, epoch, settings, report):
    """Show every picture to the network once, in a new random order."""
    batches = torch.randperm(len(y)).split(settings.batch_size)
    loss_sum, right = 0.0, 0
    for i, batch in enumerate(batches):
        done = (epoch - 1 + i / len(batches)) / settings.epochs
        optimizer.param_groups[0]["lr"] = settings.learning_rate * (1 - done)
        some_x = normalise(x[batch], MEAN, STD).contiguous(memory_format=torch.channels_last)
        logits = network(some_x)
        loss = cross_entropy(logits, y[batch])
        if not torch.isfinite(loss):
            raise TrainingError(
                f"the loss became {loss.item()} in epoch {epoch}, step {i + 1}: start again with "
                f"a smaller learning rate than {settings.learning_rate:g}"
            )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss_sum += loss.item() * len(batch)
        right += (logits.argmax(dim=1) == y[batch]).sum().item()
        rate = optimizer.param_groups[0]["lr"]
        report(Batch(x[batch], y[batch], logits.detach(), loss.item(), rate))
    return {
        "learning_rate": rate,
        "train_loss": loss_sum / len(y),
        "train_accuracy": right / len(y),
    }


def _measure(name, network, x, y):
    """Evaluate on one part of the data, as two entries of a row of the log."""
    loss, accuracy = evaluate(network, x, y, MEAN, STD)
    return {f"{name}_loss": loss, f"{name}_accuracy": accuracy}


def _by_name(history):
    """Return the history as `cnnedu.nn.fit` gives it: a list for each name, an entry per epoch."""
    names = {
        "loss": "train_loss",
        "accuracy": "train_accuracy",
        "seconds": "seconds",
        "held_out_loss": "validation_loss",
        "held_out_accuracy": "validation_accuracy",
    }
    return {name: [row[ours] for row in history] for name, ours in names.items()}


def _split(data):
    """Return (x, y) to learn from and (x, y) to validate on: the last tenth of the training set."""
    kept = len(data.y_train) // 10
    x, y = torch.from_numpy(data.x_train), torch.from_numpy(data.y_train)
    return (x[:-kept], y[:-kept]), (x[-kept:], y[-kept:])


def _write(out, network, optimizer, history, record):
    """Write the checkpoint, and then what follows from it: a kill in between loses nothing."""
    save_checkpoint(out / CHECKPOINT, network, optimizer, history, record)
    write_whole(out / "log.csv", as_csv(history).encode())
    if history:
        write_whole(out / "curves.png", curves_png(history))
    if history and "test_accuracy" in history[-1]:
        measured = {key: history[-1][key] for key in ("validation_accuracy", "test_accuracy")}
        about = {"classes": CLASSES, "mean": MEAN, "std": STD, **record, **measured}
        weights = {name: value.contiguous() for name, value in network.state_dict().items()}
        # One entry of metadata: safetensors writes several in no fixed order.
        write_whole(out / "model.safetensors", save(weights, {"about": json.dumps(about)}))


def _checksum(data):
    """Return eight hexadecimal digits that tell one copy of the data from another."""
    crc = 0
    for array in data:
        crc = zlib.crc32(array, crc)
    return f"{crc:08x}"


@contextmanager
def _folder(out, resume):
    """Make `out`, hold it for this run alone, and turn errors of the disk into one line."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        # What a run leaves that was killed before its first checkpoint.
        rest = {LOCK, CHECKPOINT + ".tmp"}
        with FileLock(out / LOCK, timeout=0):
            if resume and not (out / CHECKPOINT).exists():
                raise TrainingError(f"{out} holds no run to resume: leave --resume out")
            if not resume and (out / CHECKPOINT).exists():
                raise TrainingError(
                    f"{out} holds a run already: add --resume to go on with it, or choose "
                    "another --out"
                )
            if not resume and set(os.listdir(out)) - rest:
                raise TrainingError(f"{out} is not empty: choose another --out")
            yield
    except Timeout as problem:
        raise TrainingError(f"another process is training in {out}: choose another --out") from (
            problem
        )
    except OSError as problem:
        raise TrainingError(
            f"cannot write in {out} ({problem.strerror}): make room, or choose another --out; "
            "an epoch that was saved is kept"
        ) from problem
