"""How networks fail: accuracy against what was done to the pictures, and which cue is followed."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, BLUE, COLOURS, GREEN, MARKS, RED, style

UNITS = {
    "attack": "ε, grey levels",
    "rotation": "degrees",
    "scale": "factor",
    "shift": "pixels to the right",
    "noise": "deviation, grey levels",
    "JPEG": "quality",
    "blur": "deviation, pixels",
}
ANSWERS = "answer stays the same", "largest probability"
ATTACKS, CUES = ["#999999", GREEN, RED, BLUE], [BLUE, RED, "#cccccc"]
DASHES = ["-", "--", ":", "-."]


@style()
def show_robustness(panels, guessing=10, pictures=None):
    """Draw accuracy against what was done to the pictures, one panel for each kind.

    Args:
        panels: {kind: (amounts (P,), {name: accuracies from 0 to 1, (P,) or (runs, P)})}. Several
            runs are drawn as their mean, with bars from the lowest to the highest.
        guessing: accuracy of guessing, percent.
        pictures: how many each point of a single run rests on: its standard error is drawn.
    """
    columns = 2 if len(panels) in (2, 4) else 3
    rows = -(-(len(panels) + len(panels) % 2 * (columns == 3)) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(9.4, 2.9 * rows), squeeze=False)
    labels = {}
    for ax, (kind, (amounts, curves)) in zip(axes.flat, panels.items(), strict=False):
        colours = ATTACKS if kind == "attack" else COLOURS
        for number, (name, accuracies) in enumerate(curves.items()):
            look = {"color": colours[number], "marker": MARKS[number]}
            look |= {"linestyle": DASHES[number % 3], "markersize": 4, "capsize": 2}
            mean, error = _mean_and_error(accuracies, pictures)
            labels[name] = ax.errorbar(amounts, mean, error, **look)
        drawn = ax.axhline(guessing, color="k", linewidth=1, linestyle=(0, (1, 2)))
        ax.set(title=kind, xlabel=UNITS[kind], ylim=(0, 103))
        if kind == "rotation":
            ax.set_xticks(range(-180, 181, 90))
            ax.set_xticks(range(-180, 181, 30), minor=True)
        ax.grid(True)
    labels["guessing"] = drawn
    for ax in axes[:, 0]:
        ax.set_ylabel("accuracy, %")
    for ax in axes.flat[len(panels) :]:
        ax.set_axis_off()
    if len(panels) < axes.size:
        axes.flat[-1].legend(labels.values(), labels, loc="center left")
    else:
        figure.legend(labels.values(), labels, loc="outside lower center", ncols=4)
    return figure


@style()
def show_attacks(epsilons, curves, pictures=None, unit="grey levels of 255"):
    """Draw accuracy against the size of a push: for each kind of push, or for each network.

    Args:
        epsilons: (P,), sizes of the push.
        curves: {name: accuracies from 0 to 1, (P,) or (runs, P)}, four at most. Several runs are
            drawn as their mean, with bars from the lowest to the highest.
        pictures: how many each point of a single run rests on: its standard error is drawn.
        unit: of the sizes.
    """
    figure, ax = plt.subplots(figsize=(8, 3.2))
    for number, (name, accuracies) in enumerate(curves.items()):
        mean, error = _mean_and_error(accuracies, pictures)
        look = {"marker": MARKS[number], "linestyle": DASHES[number], "color": ATTACKS[number]}
        ax.errorbar(epsilons, mean, error, capsize=2, label=name, **look)
    ax.set(xlabel=f"ε, {unit}", ylabel="accuracy, %", ylim=(0, 103))
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure


@style()
def show_answers(amounts, found):
    """Draw how often answers stay the same, and the largest probability, one panel for each kind.

    Args:
        amounts: {kind: (P,)}; the first one changes nothing, or least.
        found: {kind: {"same", "confidence": from 0 to 1, (groups, P)}}. The curves are means of
            the groups, and the bars are standard errors.
    """
    figure, axes = plt.subplots(1, len(found), figsize=(9.6, 2.9), sharey=True)
    for ax, (kind, rows) in zip(axes, found.items(), strict=True):
        for number, (name, row) in enumerate(zip(ANSWERS, rows.values(), strict=True)):
            row = 100 * np.asarray(row)
            error = row.std(axis=0, ddof=1) / len(row) ** 0.5
            look = {"color": COLOURS[number], "marker": MARKS[number], "linestyle": DASHES[number]}
            ax.errorbar(amounts[kind], row.mean(axis=0), error, capsize=2, label=name, **look)
        ax.set(title=kind, xlabel=UNITS[kind], ylim=(0, 103))
        if kind == "JPEG":
            ax.invert_xaxis()  # the best quality first
        ax.grid(True)
    axes[0].set_ylabel("%")
    figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


@style()
def show_cues(shares):
    """Draw which cue networks follow where two disagree, one bar for each network.

    Args:
        shares: {network: {cue: share of the answers from 0 to 1}}, the same three cues each.
    """
    figure, ax = plt.subplots(figsize=(8, 0.55 * len(shares) + 1.3))
    left = np.zeros(len(shares))
    for number, cue in enumerate(next(iter(shares.values()))):
        width = 100 * np.array([by_cue[cue] for by_cue in shares.values()])
        bars = ax.barh(list(shares), width, 0.6, left, color=CUES[number], label=cue)
        dark = number < 2
        texts = [f"{w:.0f} %" if w > 6 else "" for w in width]
        ax.bar_label(bars, texts, label_type="center", color="w" if dark else "k")
        left += width
    ax.invert_yaxis()
    ax.set(xlabel="answers, %", xlim=(0, 100))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3)
    return figure


def _mean_and_error(accuracies, pictures):
    """Return percent and error bars: the range of several runs, or one run's standard error."""
    accuracies = np.asarray(accuracies, float)
    if accuracies.ndim == 2:
        mean = accuracies.mean(axis=0)
        reach = mean - accuracies.min(axis=0), accuracies.max(axis=0) - mean
        return 100 * mean, 100 * np.array(reach)
    spread = np.sqrt(accuracies * (1 - accuracies) / pictures)
    return 100 * accuracies, 100 * spread
