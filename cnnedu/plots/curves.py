"""The two curves of a training run: loss and accuracy against epochs."""

import io

import matplotlib.pyplot as plt
from matplotlib.ticker import MaxNLocator, PercentFormatter

from cnnedu.plots.style import style


@style()
def show_history(history):
    """Draw loss and accuracy, on training and validation pictures, epoch by epoch.

    Args:
        history: list of dicts, one per epoch, with the keys `epoch`, `train_loss`,
            `train_accuracy`, `validation_loss`, `validation_accuracy`; in the last, where the
            test set was read, also `test_loss` and `test_accuracy`. Losses in nats, accuracies
            0 to 1.

    Returns:
        The matplotlib `Figure`, with two axes.

    Raises:
        ValueError: `history` is empty.
    """
    if not history:
        raise ValueError("show_history: history is empty; train for at least one epoch first")
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6))
    _draw(left, history, "loss")
    left.set(title="Loss", ylabel="cross-entropy (nats)")
    _draw(right, history, "accuracy")
    right.set(title="Accuracy", ylabel="accuracy (%)")
    right.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=""))
    left.legend()
    plt.close(figure)  # a notebook shows what is returned, once
    return figure


@style()
def curves_png(history):
    """Return the picture of `show_history` as the bytes of a PNG file."""
    file = io.BytesIO()
    show_history(history).savefig(file, format="png")
    return file.getvalue()


def _draw(axes, history, quantity):
    """Draw one quantity of both parts of the data, and the test set's where it was read."""
    epochs = [row["epoch"] for row in history]
    for part, label in (
        ("train", "training, during the epoch"),
        ("validation", "validation, after it"),
    ):
        axes.plot(epochs, [row[f"{part}_{quantity}"] for row in history], "o-", label=label)
    last = history[-1]
    if f"test_{quantity}" in last:
        axes.plot(last["epoch"], last[f"test_{quantity}"], "kD", label="test, read once")
    axes.set(xlabel="epoch", xlim=(epochs[0] - 0.5, epochs[-1] + 0.5))
    axes.xaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10], integer=True, min_n_ticks=1))
    axes.grid(True)
