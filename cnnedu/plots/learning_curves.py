"""Loss and accuracy during a training, batch by batch and epoch by epoch."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator, PercentFormatter

from cnnedu.plots.style import BLUE, RED, style


@style()
def show_history(history):
    """Draw loss and accuracy on training and validation pictures, epoch by epoch.

    Args:
        history: list of dicts, one per epoch, with the keys `epoch`, `train_loss`,
            `train_accuracy`, `validation_loss`, `validation_accuracy`; the last may also have
            `test_loss` and `test_accuracy`. Losses in nats, accuracies from 0 to 1.

    Raises:
        ValueError: `history` is empty.
    """
    if not history:
        raise ValueError("show_history: history is empty; train for at least one epoch first")
    figure, axes = _loss_and_accuracy((9, 3.6), "epoch")
    epochs, last = [row["epoch"] for row in history], history[-1]
    parts = {
        "train": ("o-", "training, during the epoch"),
        "validation": ("s--", "validation, after it"),
    }
    for ax, quantity in zip(axes, ("loss", "accuracy"), strict=True):
        for part, (look, label) in parts.items():
            ax.plot(epochs, [row[f"{part}_{quantity}"] for row in history], look, label=label)
        if f"test_{quantity}" in last:
            ax.plot(last["epoch"], last[f"test_{quantity}"], "kD", label="test, read once")
        ax.set_xlim(epochs[0] - 0.5, epochs[-1] + 0.5)
        ax.xaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10], integer=True, min_n_ticks=1))
    axes[1].yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=""))
    axes[0].legend()
    return figure


@style()
def show_learning(curve, epochs, epoch_length, total):
    """Draw the loss and accuracy of each batch, and of the held-out pictures after each epoch.

    Args:
        curve: shape (P, 3): number of the batch, its loss in nats, its accuracy from 0 to 1.
        epochs: {name: one number per epoch}; `held_out_loss` and `held_out_accuracy` are drawn.
        epoch_length: batches in an epoch.
        total: batches in all.
    """
    figure, axes = _loss_and_accuracy((8.4, 3), "batch")
    for column, (ax, name) in enumerate(zip(axes, ("loss", "accuracy"), strict=True), 1):
        scale = 100 if name == "accuracy" else 1
        ax.plot(curve[:, 0], scale * curve[:, column], linewidth=1.2, label="batches")
        held_out = np.array(epochs.get(f"held_out_{name}", []), float)
        if len(held_out):
            places = epoch_length * np.arange(1, len(held_out) + 1)
            ax.plot(places, scale * held_out, "o-", label="held out", clip_on=False)
        ax.set_xlim(0, total or 1)
    axes[0].set_ylim(bottom=0)
    axes[1].set_ylim(0, 100)
    if len(curve):
        axes[0].legend()
    return figure


@style()
def show_overfitting(history, best=None, gap=True):
    """Draw loss and accuracy on training and held-out pictures, and the gap between them.

    Args:
        history: {name: one number per epoch}, the names being loss, accuracy, held_out_loss and
            held_out_accuracy.
        best: epoch from 1 at which to draw a line, or None.
        gap: whether to fill it; False where the two aren't measured alike.
    """
    figure, axes = _loss_and_accuracy((9, 3.7), "epoch")
    for ax, name in zip(axes, ("loss", "accuracy"), strict=True):
        scale = 100 if name == "accuracy" else 1
        learnt, held_out = (scale * np.array(history[part + name]) for part in ("", "held_out_"))
        epochs = np.arange(1, len(learnt) + 1)
        if gap:
            ax.fill_between(epochs, learnt, held_out, color="#dddddd", label="gap")
        ax.plot(epochs, learnt, color=BLUE, label="training, during the epoch")
        ax.plot(epochs, held_out, "--", color=RED, label="held out, after it")
        if best:
            ax.axvline(best, color="k", linestyle=":", label=f"lowest held-out loss: {best}")
        ax.set_xlim(1, len(learnt))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes[0].set_ylim(bottom=0)
    axes[1].set_ylim(0, 103)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return figure


def _loss_and_accuracy(size, xlabel):
    """Return a figure of `size` inches, and its two empty axes."""
    figure, axes = plt.subplots(1, 2, figsize=size)
    axes[0].set(title="Loss", ylabel="cross-entropy (nats)", xlabel=xlabel)
    axes[1].set(title="Accuracy", ylabel="accuracy (%)", xlabel=xlabel)
    for ax in axes:
        ax.grid(True)
    return figure, axes
