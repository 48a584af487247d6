"""Ways to transfer a network, by pictures per class; a probe's line among features."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, BLUE, DASHES, GREEN, GREY, MARKS, RED, style


@style()
def show_transfer(ways, chance, title=""):
    """Draw accuracy against pictures per class: the mean of the seeds, and their range.

    Args:
        ways: {name: {pictures per class: accuracies from 0 to 1, one per seed}}, four at most.
        chance: accuracy of guessing, 0 to 1.
        title: one line above.
    """
    figure, ax = plt.subplots(figsize=(8, 3.6))
    looks = zip((BLUE, GREEN, RED, GREY), MARKS, DASHES, (0.94, 0.98, 1.02, 1.06), strict=False)
    for (name, found), (colour, mark, dash, aside) in zip(ways.items(), looks, strict=False):
        shots = [int(number) for number in found]
        runs = 100 * np.array(list(found.values()))
        mean = runs.mean(axis=1)
        error = np.abs(np.stack([runs.min(axis=1), runs.max(axis=1)]) - mean)
        look = {"marker": mark, "linestyle": dash, "color": colour, "capsize": 4, "label": name}
        ax.errorbar(aside * np.array(shots), mean, error, **look)  # apart, so that bars are seen
    ax.axhline(100 * chance, color="k", linestyle=":", label="guessing")
    ax.set_xscale("log")
    ax.set_xticks(shots, shots)
    ax.minorticks_off()
    ax.set(xlabel="pictures per class", ylabel="test accuracy, %", title=title, ylim=(0, 100))
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure


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
