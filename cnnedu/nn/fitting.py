"""The training loop, short enough to read in one minute."""

import time
from typing import Any, NamedTuple

import numpy as np

from cnnedu.kernels import cross_entropy, cross_entropy_backward
from cnnedu.kernels.validation import check_shape, whole


class Batch(NamedTuple):
    """What a training loop tells `progress` about the batch it has just learnt from."""

    x: Any  # inputs (N, …), as they lie in the data
    y: Any  # labels (N,)
    logits: Any  # scores (N, K), before the step
    loss: float  # mean cross-entropy, before the step
    learning_rate: float  # of the step


def progress_bar(done, total, history, batch):
    """Draw a bar of the batches done; beside it the last epoch's figures, or the batch's loss.

    >>> progress_bar(1, 2, {"loss": [0.5]}, Batch(None, None, None, 0.7, 0.1))
    <BLANKLINE>
    [##########··········] 50 %  loss 0.500
    """
    if done < total and done * 100 // total == (done - 1) * 100 // total:
        return
    bar = "#" * (20 * done // total)
    shown = history or {"loss": [batch.loss]}
    figures = "".join(f"  {name} {values[-1]:.3f}" for name, values in shown.items())
    line = f"\r[{bar:·<20}] {done * 100 // total} %{figures}"
    print(line, end="" if done < total else "\n", flush=True)


def fit(
    model,
    data,
    optimiser,
    epochs,
    batch_size=32,
    schedule=None,
    held_out=None,
    rng=None,
    progress=progress_bar,
):
    """Teach a network to classify, by gradient descent on the cross-entropy.

    Args:
        model: the network, a `Layer` with scores (N, K) as output.
        data: pair (x, y): inputs (N, …) and whole-number labels (N,).
        optimiser: holds the parameters of `model`.
        epochs: how many times each example is seen.
        batch_size: examples per step.
        schedule: function from the step's number to its learning rate, or None to keep it.
        held_out: pair (x, y) that is never learnt from, measured after every epoch, or None.
        rng: the `numpy.random.Generator` that shuffles; None for a fresh one.
        progress: called as progress(batches done, batches in all, history, batch) after every
            batch, and once more at the end; `batch` is a `Batch`. It may wait, which pauses the
            training, and raise, which ends it.

    Returns:
        The history: lists with one entry per epoch, by the names loss and accuracy (of the
        batches while they were learnt), seconds, held_out_loss and held_out_accuracy.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), algorithm 8.1.

    >>> from cnnedu.nn import SGD, Linear
    >>> model, x = Linear(1, 2), np.array([[-1.0], [1.0]], np.float32)
    >>> history = fit(model, (x, np.array([0, 1])), SGD(model.parameters(), lr=1.0), epochs=50,
    ...               progress=lambda *_: None)
    >>> history["accuracy"][-1]
    1.0
    """
    x, y = data
    check_shape("fit", "y", y, x.shape[:1], "one label per example")
    epochs = whole("fit", "epochs", epochs, least=1)
    starts = range(0, len(x), whole("fit", "batch_size", batch_size, least=1))
    rng = np.random.default_rng() if rng is None else rng
    history, step = {}, 0
    for _ in range(epochs):
        begin, results, order = time.perf_counter(), [], rng.permutation(len(x))
        for start in starts:
            batch = order[start : start + batch_size]
            optimiser.lr = schedule(step) if schedule else optimiser.lr
            loss, logits = train_step(model, x[batch], y[batch], optimiser)
            results.append((loss, (logits.argmax(axis=1) == y[batch]).sum()))
            step += 1
            seen = Batch(x[batch], y[batch], logits, loss / len(batch), optimiser.lr)
            progress(step, epochs * len(starts), history, seen)
        loss, accuracy = np.sum(results, axis=0) / len(x)
        _record(history, loss=loss, accuracy=accuracy, seconds=time.perf_counter() - begin)
        if held_out:
            loss, accuracy = evaluate(model, *held_out)
            _record(history, held_out_loss=loss, held_out_accuracy=accuracy)
    progress(step, step, history, seen)
    return history


def train_step(model, x, y, optimiser):
    """Learn from one batch: forward, backward, one step of the optimiser.

    Returns:
        The sum of the cross-entropies and the logits (N, K), both before the step.

    >>> from cnnedu.nn import SGD, Linear
    >>> model, x, y = Linear(1, 2), np.ones((4, 1)), np.zeros(4, int)
    >>> _, logits = train_step(model, x, y, SGD(model.parameters(), lr=0.1))
    >>> logits.shape
    (4, 2)
    """
    logits = model.train()(x)
    model.backward(cross_entropy_backward(1.0, logits, y))
    optimiser.step()
    return float(cross_entropy(logits, y, reduction="sum")), logits


def evaluate(model, x, y, batch_size=256):
    """Return the mean cross-entropy and the share of right answers of a network.

    Args:
        model: the network; it is switched to evaluation.
        x, y: inputs (N, …) and whole-number labels (N,).
        batch_size: examples that are computed at a time.

    >>> from cnnedu.nn import Flatten
    >>> evaluate(Flatten(), np.array([[0.0, 100.0]]), np.array([1]))
    (0.0, 1.0)
    """
    model.eval()
    logits = np.concatenate(
        [model(x[start : start + batch_size]) for start in range(0, len(x), batch_size)]
    )
    return float(cross_entropy(logits, y)), float((logits.argmax(axis=1) == y).mean())


def _record(history, **figures):
    """Append the figures to the lists of their names."""
    for name, value in figures.items():
        history.setdefault(name, []).append(float(value))
