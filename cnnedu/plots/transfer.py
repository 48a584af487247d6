"""Ways to transfer a network, by pictures per class; a probe's line among features."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, BLUE, DASHES, GREEN, GREY, MARKS, RED, style

LOOKS = tuple(zip((BLUE, GREEN, RED, GREY), MARKS, DASHES, strict=False))


@style()
def show_transfer(tasks, chance):
    """Draw accuracy against pictures per class, a panel for each task.

    A mark is the mean of the seeds; its bar reaches from the lowest to the highest.

    Args:
        tasks: {title of a panel: {way to learn: {pictures per class: accuracies from 0 to 1, one
            per seed}}}; the same ways in each panel, four at most.
        chance: accuracy of guessing, 0 to 1.
    """
    width = 8 if len(tasks) == 1 else 2.2 + 2.9 * len(tasks)
    figure, axes = plt.subplots(1, len(tasks), figsize=(width, 3.6), sharey=True, squeeze=False)
    for ax, (title, ways) in zip(axes[0], tasks.items(), strict=True):
        _draw_ways(ax, ways)
        ax.axhline(100 * chance, color="k", linestyle=":", label="guessing")
        ax.set(xlabel="pictures per class", title=title, ylim=(0, 102))
        ax.grid(True)
    axes[0, 0].set_ylabel("test accuracy, %")
    axes[0, -1].legend(*axes[0, 0].get_legend_handles_labels(), **BESIDE)
    return figure


def _draw_ways(ax, ways):
    for number, ((name, found), (colour, mark, dash)) in enumerate(
        zip(ways.items(), LOOKS, strict=False)
    ):
        shots = [int(count) for count in found]
        runs = 100 * np.array(list(found.values()))
        mean = runs.mean(axis=1)
        error = np.abs(np.stack([runs.min(axis=1), runs.max(axis=1)]) - mean)
        look = {"marker": mark, "linestyle": dash, "color": colour, "capsize": 4, "label": name}
        aside = 0.94 + 0.04 * number  # apart, so that bars are seen
        ax.errorbar(aside * np.array(shots), mean, error, **look)
    ax.set_xscale("log")
    ax.set_xticks(shots, shots)
    ax.minorticks_off()


@style()
def show_probe(f, y, names, w, b, marked=None):
    """Draw pictures as points in the plane of two features, and the line where the score is 0.

    Args:
        f: features (N, 2).
        y: labels (N,), 0 or 1.
        names: N names, written beside the points.
        w, b: score = w[0] f[0] + w[1] f[1] + b.
        marked: (features, name) of one more picture without a label, or None.
    """
    f, y = np.asarray(f, float), np.asarray(y)
    figure, ax = plt.subplots(figsize=(4.6, 3.8))
    for label, colour, mark in ((1, BLUE, "o"), (0, RED, "s")):
        ax.plot(*f[y == label].T, mark, color=colour, markersize=9, label=f"label {label}")
    points = list(zip(f, names, strict=True))
    if marked:
        ax.plot(*marked[0], "*k", markersize=13, label="no label")
        points.append(marked)
    for (across, up), name in points:
        ax.annotate(name, (across, up), (9, -4), textcoords="offset points")
    edge = np.array([-0.5, 4.5])
    ax.plot(edge, -(w[0] * edge + b) / w[1], "k--", label="score 0")
    ax.set(xlim=(-0.4, 4.4), ylim=(-0.4, 4.4), aspect="equal")
    ax.set(xlabel="feature 1: vertical edges", ylabel="feature 2: horizontal edges")
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure
