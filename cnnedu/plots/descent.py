"""How a network learns: scores and their gradient, paths downhill, curves over several decades."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import LogLocator, NullFormatter

from cnnedu.plots.lines import DASHES
from cnnedu.plots.style import style


def show_scores(logits, p, dlogits, y):
    """Draw the scores of one picture, their softmax, and the gradient of the cross-entropy.

    Args:
        logits, p, dlogits: shape (K,) each.
        y: the right class.

    Returns:
        The matplotlib `Figure`.
    """
    heads = ["scores", "softmax: probabilities p", "gradient of the loss by the scores"]
    signs = ["", "", "+"]
    with style():
        figure, axes = plt.subplots(1, 3, figsize=(9.2, 2.6))
        for ax, values, head, sign in zip(axes, [logits, p, dlogits], heads, signs, strict=True):
            colours = ["#0072B2" if k == y else "#bbbbbb" for k in range(len(values))]
            bars = ax.bar(range(len(values)), values, color=colours)
            ax.bar_label(bars, [f"{v:{sign}.3g}".replace("-", "−") for v in values], padding=3)
            ax.axhline(0, color="#555555", linewidth=0.8)
            ax.set_title(head, fontsize=11)
            ax.set(xlabel=f"class (the right one is {y})", xticks=range(len(values)), yticks=[])
            ax.margins(y=0.2)
            ax.spines[["left", "bottom"]].set_visible(False)
    plt.close(figure)
    return figure


def show_paths(steepness, paths, limits):
    """Draw the ways of several optimisers down a valley ½ · Σ steepness · w², seen from above.

    Args:
        steepness: (along the first weight, along the second).
        paths: {name: weights after each step, shape (steps + 1, 2)}.
        limits: (lowest and highest first weight, lowest and highest second weight).

    Returns:
        The matplotlib `Figure`.
    """
    first, second = np.linspace(*limits[:2], 120), np.linspace(*limits[2:], 120)
    loss = (steepness[0] * first**2 + steepness[1] * second[:, None] ** 2) / 2
    rows = -(-len(paths) // 2)
    with style():
        figure, axes = plt.subplots(rows, 2, figsize=(9.2, 2.1 * rows), sharex=True, sharey=True)
        for ax, (name, path) in zip(axes.flat, paths.items(), strict=True):
            levels = loss.max() * np.geomspace(1e-3, 1, 9)
            ax.contour(first, second, loss, levels, colors="#bbbbbb", linewidths=0.8)
            ax.plot(*np.transpose(path), "o-", markersize=3.5, linewidth=1.2)
            ax.plot(0, 0, "k+", markersize=10)
            ax.set_title(name, fontsize=11)
            ax.set(xlim=limits[:2], ylim=limits[2:])
        for ax in axes[-1]:
            ax.set_xlabel("first weight")
        for ax in axes[:, 0]:
            ax.set_ylabel("second weight")
    plt.close(figure)
    return figure


def show_decades(x, curves, xlabel, ylabel, title="", marker="", ylim=None, logx=False):
    """Draw several curves whose values span powers of ten.

    Args:
        x: positions, shape (P,).
        curves: {name: P values above 0; others leave a gap}.
        xlabel, ylabel: what the axes hold, with units.
        title: one line above.
        marker: matplotlib's sign for the single points, "" for none.
        ylim: (lowest, highest) value shown; by default what the curves need.
        logx: whether the positions, too, span powers of ten.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(8.4, 3.4))
        for number, (name, values) in enumerate(curves.items()):
            dash = DASHES[number % len(DASHES)]
            ax.plot(x, values, linestyle=dash, marker=marker, markersize=5, label=name)
        ax.set(xlabel=xlabel, ylabel=ylabel, title=title, yscale="log", ylim=ylim)
        _plain_ticks(ax.yaxis, ax.get_ylim())
        if logx:
            ax.set_xscale("log")
            _plain_ticks(ax.xaxis, ax.get_xlim())
        ax.grid(True)
        ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    plt.close(figure)
    return figure


def _plain_ticks(axis, limits):
    """Write 0.2 and 1000 along a logarithmic axis; 1, 2 and 5 of each decade if they are few."""
    few = limits[1] / limits[0] < 500
    axis.set_major_formatter(lambda value, _: f"{value:g}")
    axis.set_minor_locator(LogLocator(subs=(2, 5) if few else range(2, 10)))
    axis.set_minor_formatter((lambda value, _: f"{value:g}") if few else NullFormatter())
