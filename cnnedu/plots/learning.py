"""The curves of a training while it runs: loss and accuracy against batches."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import style


def show_learning(curve, epochs, epoch_length, total):
    """Draw loss and accuracy of the batches, and the held-out figures after each epoch.

    Args:
        curve: shape (P, 3): number of the batch, its loss in nats, its accuracy from 0 to 1.
        epochs: by name one number per epoch; `held_out_loss` and `held_out_accuracy` are drawn.
        epoch_length: batches in an epoch.
        total: batches in all.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, axes = plt.subplots(1, 2, figsize=(8.4, 3))
        for column, (ax, name) in enumerate(zip(axes, ("loss", "accuracy"), strict=True), 1):
            scale = 100 if name == "accuracy" else 1
            ax.plot(curve[:, 0], scale * curve[:, column], linewidth=1.2, label="batches")
            held_out = np.array(epochs.get(f"held_out_{name}", []), float)
            if len(held_out):
                places = epoch_length * np.arange(1, len(held_out) + 1)
                ax.plot(places, scale * held_out, "o-", label="held out")
            ax.set(xlabel="batch", xlim=(0, total or 1))
            ax.grid(True)
        axes[0].set(title="Loss", ylabel="cross-entropy (nats)")
        axes[0].set_ylim(bottom=0)
        axes[1].set(title="Accuracy", ylabel="accuracy (%)", ylim=(0, 100))
        if len(curve):
            axes[0].legend()
    plt.close(figure)
    return figure
