"""The training loop, short enough to read in a minute."""

import time
from typing import Any, NamedTuple

import numpy as np

from cnnedu.kernels import cross_entropy, cross_entropy_backward
from cnnedu.kernels.validation import check_shape, whole
from cnnedu.nn.modes import evaluating


class Batch(NamedTuple):
    """What a training loop tells `progress` about the batch it has just trained on."""

    x: Any  # inputs (N, …), as they are in the data
    y: Any  # labels (N,)
    logits: Any  # scores (N, K), before the step
    loss: float  # mean cross-entropy, before the step
    learning_rate: float  # of the step


def progress_bar(done, total, history, batch):
    """Draw a bar of the batches done, followed by the last epoch's figures or the batch's loss.

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
    """Train a network to classify, by gradient descent on the cross-entropy.

    Args:
        model: the network, a `Layer` that returns logits (N, K).
        data: pair (x, y): inputs (N, …) and whole-number labels (N,).
        optimiser: an `Optimiser` with the parameters of `model`.
        epochs: number of passes over the data.
        batch_size: examples per step.
        schedule: function from the step's number to its learning rate; None for a fixed rate.
        held_out: pair (x, y) to evaluate after every epoch, never trained on, or None.
        rng: the `numpy.random.Generator` that shuffles; None for a new one.
        progress: called as progress(batches done, total batches, history, batch) after every
            batch, and once more at the end; `batch` is a `Batch`. It may wait, which pauses the
            training, or raise, which ends it.

    Returns:
        The history: lists with one entry per epoch, named loss and accuracy (of the batches, each
        before its step), seconds, held_out_loss and held_out_accuracy. The network is left in
        evaluation mode.

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
    model.eval()
    progress(step, step, history, seen)
    return history


def train_step(model, x, y, optimiser):
    """Train on one batch: forward, backward, one step of the optimiser.

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
    """Return a network's mean cross-entropy and accuracy.

    Args:
        model: the network, which is left as it was.
        x, y: inputs (N, …) and whole-number labels (N,).
        batch_size: examples per forward pass.

    >>> from cnnedu.nn import Flatten
    >>> evaluate(Flatten(), np.array([[0.0, 100.0]]), np.array([1]))
    (0.0, 1.0)
    """
    with evaluating(model):
        logits = np.concatenate(
            [model(x[start : start + batch_size]) for start in range(0, len(x), batch_size)]
        )
    return float(cross_entropy(logits, y)), float((logits.argmax(axis=1) == y).mean())


def _record(history, **figures):
    """Append each figure to the list of its name."""
    for name, value in figures.items():
        history.setdefault(name, []).append(float(value))
