"""How a network learns: scores and their gradient, and the paths of optimisers downhill."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BLUE, GREY, LIGHT, style


@style()
def show_scores(logits, p, dlogits, y):
    """Draw the scores of one picture, their softmax, and the gradient of the cross-entropy.

    Args:
        logits, p, dlogits: shape (K,) each.
        y: the right class.
    """
    heads = ["scores", "softmax: probabilities p", "gradient of the loss: dlogits"]
    signs = ["", "", "+"]
    figure, axes = plt.subplots(1, 3, figsize=(9.2, 2.6))
    for ax, values, head, sign in zip(axes, [logits, p, dlogits], heads, signs, strict=True):
        colours = [BLUE if k == y else LIGHT for k in range(len(values))]
        bars = ax.bar(range(len(values)), values, color=colours)
        ax.bar_label(bars, [f"{v:{sign}.3g}".replace("-", "−") for v in values], padding=3)
        ax.axhline(0, color=GREY, linewidth=0.8)
        ax.set_title(head, fontsize=11)
        ax.set(xlabel=f"class (the right one is {y})", xticks=range(len(values)), yticks=[])
        ax.margins(y=0.2)
        ax.spines[["left", "bottom"]].set_visible(False)
    return figure


@style()
def show_paths(steepness, paths, limits):
    """Draw the paths of several optimisers down a valley ½ · Σ steepness · w², seen from above.

    Args:
        steepness: (along the first weight, along the second).
        paths: {name: weights after each step, shape (steps + 1, 2)}.
        limits: (lowest and highest first weight, lowest and highest second weight).
    """
    first, second = np.linspace(*limits[:2], 120), np.linspace(*limits[2:], 120)
    loss = (steepness[0] * first**2 + steepness[1] * second[:, None] ** 2) / 2
    rows = -(-len(paths) // 2)
    figure, axes = plt.subplots(rows, 2, figsize=(9.2, 2.1 * rows), sharex=True, sharey=True)
    for ax, (name, path) in zip(axes.flat, paths.items(), strict=True):
        levels = loss.max() * np.geomspace(1e-3, 1, 9)
        ax.contour(first, second, loss, levels, colors=LIGHT, linewidths=0.8)
        ax.plot(*np.transpose(path), "o-", markersize=3.5, linewidth=1.2)
        ax.plot(0, 0, "k+", markersize=10)
        ax.set_title(name, fontsize=11)
        ax.set(xlim=limits[:2], ylim=limits[2:])
    for ax in axes[-1]:
        ax.set_xlabel("first weight")
    for ax in axes[:, 0]:
        ax.set_ylabel("second weight")
    return figure
