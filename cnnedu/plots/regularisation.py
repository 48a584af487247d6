"""Over-fitting and its remedies: two curves that part, an ablation, one weight that shrinks."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from cnnedu.plots.style import style

COLOURS = ["#0072B2", "#D55E00", "#009E73"]


def show_parting(history, best=None):
    """Draw loss and accuracy, learnt and held out, and the gap between them.

    Args:
        history: lists with one number per epoch: loss, accuracy, held_out_loss, held_out_accuracy.
        best: epoch from 1 at which to draw a line, or None.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, axes = plt.subplots(1, 2, figsize=(9, 3.7))
        for ax, name in zip(axes, ("loss", "accuracy"), strict=True):
            scale = 100 if name == "accuracy" else 1
            learnt, held_out = (
                scale * np.array(history[part + name]) for part in ("", "held_out_")
            )
            epochs = np.arange(1, len(learnt) + 1)
            ax.fill_between(epochs, learnt, held_out, color="#dddddd", label="gap")
            ax.plot(epochs, learnt, color=COLOURS[0], label="training, during the epoch")
            ax.plot(epochs, held_out, color=COLOURS[1], label="held out, after it")
            if best:
                ax.axvline(best, color="k", linestyle=":", label=f"lowest held-out loss: {best}")
            ax.set(xlabel="epoch", xlim=(1, len(learnt)))
            ax.xaxis.set_major_locator(MaxNLocator(integer=True))
            ax.grid(True)
        axes[0].set(title="Loss", ylabel="cross-entropy (nats)")
        axes[0].set_ylim(bottom=0)
        axes[1].set(title="Accuracy", ylabel="accuracy (%)", ylim=(0, 103))
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    plt.close(figure)
    return figure


def show_ablation(groups, xlabel):
    """Draw each group's results, their mean and its standard error, against the first group.

    Args:
        groups: {name: results from 0 to 1, two or more}; the first is what the others are
            compared with and stands on top.
        xlabel: what the results are, without the unit.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(8, 0.34 * len(groups) + 1.1))
        for row, results in enumerate(groups.values()):
            results = 100 * np.array(results)
            error = results.std(ddof=1) / np.sqrt(len(results))
            if row == 0:
                ax.axvspan(results.mean() - error, results.mean() + error, color="#e4e4e4")
                ax.axvline(results.mean(), color="#888888", linewidth=1)
            ax.plot(results, np.full(len(results), row), "o", color=COLOURS[0], alpha=0.45)
            ax.errorbar(
                results.mean(), row, xerr=error, fmt="|", color="k", markersize=14, capsize=4
            )
        ax.set_yticks(range(len(groups)), groups)
        ax.set_ylim(len(groups) - 0.5, -0.5)
        ax.set(xlabel=f"{xlabel} (%)")
        ax.grid(True, axis="x")
    plt.close(figure)
    return figure


def show_shrinking(paths, ylabel):
    """Draw numbers that change from step to step.

    Args:
        paths: {name: values, the first before step 1}, three at most.
        ylabel: what the values are.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(7, 2.8))
        for (name, values), colour, dash in zip(
            paths.items(), COLOURS, ("-", "--", ":"), strict=False
        ):
            ax.plot(values, color=colour, linestyle=dash, label=name)
        ax.set(xlabel="step", ylabel=ylabel)
        ax.set_ylim(bottom=0)
        ax.grid(True)
        ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    plt.close(figure)
    return figure
