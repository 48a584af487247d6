"""How a network learns: scores and their gradient, and the paths of optimisers downhill."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, BLUE, DASHES, GREY, LIGHT, MARKS, style


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
    shape = {"figsize": (8.8, 2.1 * rows), "sharex": True, "sharey": True, "squeeze": False}
    figure, axes = plt.subplots(rows, 2, **shape)
    for ax, (name, path) in zip(axes.flat, paths.items(), strict=True):
        levels = loss.max() * np.geomspace(1e-3, 1, 7)
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


@style()
def show_rates(rates, runs, least, ylabel):
    """Draw what came out at each learning rate, and below it where the means reach `least`.

    Args:
        rates: increasing, shape (R,).
        runs: {name: results of several runs, shape (runs, R)}; a band shows their standard
            deviation.
        least: the result to reach.
        ylabel: what the results are.
    """
    figure, (above, below) = plt.subplots(
        2, 1, figsize=(8.4, 4.2), sharex=True, height_ratios=[3, 1]
    )
    fine = np.geomspace(rates[0], rates[-1], 2001)
    looks = zip(runs.items(), DASHES, MARKS, strict=False)
    for row, ((name, results), dash, mark) in enumerate(looks):
        mean, spread = np.mean(results, axis=0), np.std(results, axis=0, ddof=1)
        (line,) = above.plot(rates, mean, linestyle=dash, marker=mark, markersize=5, label=name)
        look = {"color": line.get_color(), "linewidth": 0}
        above.fill_between(rates, mean - spread, mean + spread, alpha=0.15, **look)
        good = fine[np.interp(np.log(fine), np.log(rates), mean) >= least]
        below.plot([good[0], good[-1]], [row, row], color=line.get_color(), linewidth=6)
    above.axhline(least, color=GREY, linewidth=0.8)
    above.set(ylabel=ylabel, ylim=(0, 100))
    above.legend(**BESIDE)
    below.set(xscale="log", xlabel="learning rate", ylim=(len(runs) - 0.5, -0.5))
    below.set_yticks(range(len(runs)), runs)
    below.set_title(f"where the mean is {least} % or more", fontsize=11)
    for ax in (above, below):
        ax.grid(True, axis="x")
    return figure
