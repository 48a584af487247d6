"""What famous networks are built of and what that costs; what depth does to them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cnnedu.plots.diagrams import draw_arrow
from cnnedu.plots.style import BLUE, DASHES, GREY, LIGHT, MARKS, RED, style

FILLS = {"conv": "#8fc1e3", "norm": "#e4e6eb", "ReLU": "#8fd3ba", "+": "#f3d29b"}


@style()
def show_blocks(accuracies, costs):
    """Draw networks as rows: the accuracy of each, and three of its prices.

    Args:
        accuracies: {name: accuracies in percent, one per seed}; the best goes to the top.
        costs: {name: (multiply-adds, bytes that training keeps, parameters)}, for one picture.
    """
    names = sorted(accuracies, key=lambda name: np.mean(accuracies[name]))
    figure, axes = plt.subplots(
        1, 4, figsize=(9.6, 0.34 * len(names) + 1.1), sharey=True, width_ratios=[1.6, 1, 1, 1]
    )
    for row, name in enumerate(names):
        runs = np.asarray(accuracies[name])
        axes[0].plot(runs, np.full(len(runs), row), "|", color=GREY, markersize=7)
        axes[0].errorbar(
            runs.mean(), row, xerr=runs.std(ddof=1) / np.sqrt(len(runs)), fmt="o", color=BLUE
        )
        for ax, cost, mark in zip(axes[1:], costs[name], "sD^", strict=True):
            ax.hlines(row, 0, cost, color=LIGHT, linewidth=3)
            ax.plot(cost, row, mark, color=RED)
    axes[0].set(xlabel="pictures classified correctly, %", yticks=range(len(names)))
    axes[0].set_yticklabels(names)
    titles = "multiply-adds", "bytes kept", "parameters"
    for ax, title in zip(axes[1:], titles, strict=True):
        ax.set(xlabel=title, xlim=(0, None))
        ax.xaxis.set_major_formatter(FuncFormatter(_in_words))
        ax.xaxis.set_major_locator(MaxNLocator(3))
    for ax in axes:
        ax.grid(True)
    return figure


@style()
def show_layer_chains(paths):
    """Draw blocks side by side: a chain of layers from top to bottom, and the skip around it.

    Args:
        paths: {title: (layers, first, last)}: names of the layers, and after how many of them
            the skip leaves and joins; both None where there is none. It joins at a layer "+".
    """
    rows = max(len(layers) for layers, _, _ in paths.values())
    figure, ax = plt.subplots(figsize=(3.1 * len(paths), 0.62 * (rows + 2)))
    ax.set(xlim=(-1.5, 3.4 * len(paths) - 1.3), ylim=(rows + 0.2, -1.9))
    ax.set_axis_off()
    for number, (title, (layers, leaves, joins)) in enumerate(paths.items()):
        _draw_block(ax, 3.4 * number, title, layers, leaves, joins)
    return figure


@style()
def show_signals(signals):
    """Draw what flows through the convolutions of several networks, first to last.

    Args:
        signals: {network: {signal: numbers, one per convolution}}, with the signals "forward",
            "backward" and "weights".
    """
    figure, axes = plt.subplots(1, 3, figsize=(9.6, 4.2), sharey=True)
    titles = "forward: size of the input", "backward: gradient of the output", "weight gradient"
    for ax, signal, title in zip(axes, ("forward", "backward", "weights"), titles, strict=True):
        for number, (name, found) in enumerate(signals.items()):
            values = found[signal]
            ax.plot(
                range(1, len(values) + 1), values, linestyle=DASHES[number], label=name,
                marker=MARKS[number], markevery=(2 * number, 12), markersize=5,
            )  # fmt: skip
        ax.set(yscale="log", xlabel="convolution, first to last", title=title)
        ax.grid(True)
    axes[0].set(ylabel="size, on a logarithmic axis")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


@style()
def show_runs(runs, every):
    """Draw the training loss of networks of several depths: means, and bands of one error.

    Args:
        runs: {kind: {layers: array (seeds, numbers)}}; each kind has a panel of its own.
        every: steps that each number is the mean of.
    """
    figure, axes = plt.subplots(1, len(runs), figsize=(9.6, 3.6), sharey=True)
    for ax, (kind, by_depth) in zip(axes, runs.items(), strict=True):
        for number, (layers, losses) in enumerate(by_depth.items()):
            losses = np.asarray(losses)
            steps = every * (np.arange(losses.shape[1]) + 0.5)
            mean, error = losses.mean(axis=0), losses.std(axis=0, ddof=1) / np.sqrt(len(losses))
            ax.fill_between(steps, mean - error, mean + error, alpha=0.25, linewidth=0)
            look = {"linestyle": DASHES[number], "marker": MARKS[number], "markevery": 4}
            ax.plot(steps, mean, label=f"{layers} layers", markersize=5, **look)
        ax.axhline(np.log(10), color=GREY, linewidth=0.8)
        ax.set(xlabel="step", title=kind)
        ax.grid(True)
    axes[0].set(ylabel="training loss (nats)")
    axes[-1].annotate("guessing", (steps[-1], np.log(10)), (0, 3), textcoords="offset points",
                      ha="right", color=GREY)  # fmt: skip
    axes[-1].legend(loc="lower left")
    return figure


def _draw_block(ax, x, title, layers, leaves, joins):
    """Draw one chain around the vertical line `x`."""
    ax.text(x, -1.65, title, ha="center", va="center", fontsize=12)
    ax.text(x, -1.1, "x", ha="center", va="center", style="italic")
    for row, layer in enumerate(layers):
        draw_arrow(ax, (x, row - (0.74 if row else 0.92)), (x, row - 0.26))
        width = 0.3 if layer == "+" else 1.0
        kind = next((key for key in FILLS if key in layer), "conv")
        box = FancyBboxPatch(
            (x - width, row - 0.26), 2 * width, 0.52, boxstyle="round,pad=0,rounding_size=0.12",
            facecolor=FILLS[kind], edgecolor=GREY, linewidth=0.8,
        )  # fmt: skip
        ax.add_patch(box)
        ax.text(x, row, layer, ha="center", va="center", fontsize=10)
    draw_arrow(ax, (x, len(layers) - 0.74), (x, len(layers) - 0.25))
    ax.text(x, len(layers) - 0.05, "out", ha="center", va="center", style="italic")
    if leaves is not None:
        top, bottom, right = leaves - 0.65, joins, x + 1.45
        corners = [(x, top), (right, top), (right, bottom), (x + 0.32, bottom)]
        line = Path(corners, [Path.MOVETO] + [Path.LINETO] * 3)
        ax.add_patch(PathPatch(line, facecolor="none", edgecolor=RED, linewidth=2))
        draw_arrow(ax, (x + 0.6, bottom), (x + 0.3, bottom), RED)


def _in_words(value, position):
    """Write 2e6 as "2 M"."""
    for scale, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= scale:
            return f"{value / scale:g}{unit}"
    return f"{value:g}"
