"""What famous networks are built of and what they cost; what depth does to them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from cnnedu.plots.diagrams import draw_arrow
from cnnedu.plots.style import COLOURS, DASHES, GREY, RED, style

FILLS = {"conv": "#8fc1e3", "norm": "#e4e6eb", "ReLU": "#8fd3ba", "+": "#f3d29b"}
SIDES = {"left": (-8, "right"), "right": (8, "left")}


@style()
def show_costs(costs, left=()):
    """Draw networks by what they cost, both axes logarithmic.

    Args:
        costs: {name: (multiply-adds, parameters)}, for one picture.
        left: names to write to the left of their marks.
    """
    figure, ax = plt.subplots(figsize=(8.2, 4.2))
    for number, (name, (adds, parameters)) in enumerate(costs.items()):
        ax.loglog(adds, parameters, "osD^v"[number % 5], color=COLOURS[number % 7], markersize=8)
        shift, side = SIDES["left" if name in left else "right"]
        ax.annotate(
            name, (adds, parameters), (shift, 0), textcoords="offset points", ha=side, va="center"
        )
    ax.set(xlabel="multiply-adds for one picture", ylabel="parameters")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(_in_words))
        axis.set_minor_locator(NullLocator())
    ax.set_xlim(min(a for a, _ in costs.values()) / 2, 6 * max(a for a, _ in costs.values()))
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
def show_gradients(by_depth, by_layer, depth):
    """Draw how large the gradient is at the first layer, by depth, and at all layers of one depth.

    Args:
        by_depth: {name: {depth: norm}}.
        by_layer: {name: list of norms, one per convolution}, the same names.
        depth: of the networks of `by_layer`.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.9), sharey=True)
    for number, (name, norms) in enumerate(by_depth.items()):
        dash, colour = DASHES[number], COLOURS[number]
        left.plot(list(norms), list(norms.values()), dash, marker="o", color=colour)
        numbers = range(1, len(by_layer[name]) + 1)
        right.plot(numbers, by_layer[name], dash, color=colour, label=name)
    left.set(yscale="log", xlabel="layers with weights", title="first convolution")
    left.set(ylabel="norm of the gradient", xticks=list(norms))
    right.set(xlabel="convolution, first to last", title=f"every convolution, {depth} layers")
    for ax in (left, right):
        ax.grid(True)
    figure.legend(loc="outside lower center", ncols=4)
    return figure


@style()
def show_runs(results):
    """Draw the loss of networks of several depths, plain and with skips: means and ranges.

    Args:
        results: {"every": steps that each loss is the mean of, "runs": list of dicts with `depth`,
            `shortcuts` (bool) and `loss` (a list)}; bands reach from the lowest to the highest.
    """
    runs, every = results["runs"], results["every"]
    depths = sorted({run["depth"] for run in runs})
    figure, axes = plt.subplots(1, 2, figsize=(9.6, 3.6), sharey=True)
    for ax, shortcuts in zip(axes, (False, True), strict=True):
        for number, depth in enumerate(depths):
            chosen = [
                run["loss"]
                for run in runs
                if (run["depth"], run["shortcuts"]) == (depth, shortcuts)
            ]
            steps = every * (np.arange(len(chosen[0])) + 0.5)
            ax.fill_between(steps, np.min(chosen, 0), np.max(chosen, 0), alpha=0.25, linewidth=0)
            dash = DASHES[number]
            ax.plot(steps, np.mean(chosen, axis=0), dash, label=f"{depth} layers")
        ax.set(xlabel="step", title="with skips" if shortcuts else "plain", yscale="log")
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 1.5, 2, 3, 4, 6)))
        ax.yaxis.set_major_formatter("{x:g}")
        ax.yaxis.set_minor_locator(NullLocator())
        ax.grid(True)
    axes[0].set(ylabel="training loss (nats)")
    axes[1].legend()
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
