"""Into the layers of a network that learns: losses, updates, activations and gradients."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.legend_handler import HandlerTuple

from cnnedu.plots.style import BLACK, BLUE, DASHES, GREEN, GREY, LIGHT, ORANGE, PINK, style

ACTIVATION_TICKS = {-4: "−100", -2: "−1", 0: "0", 2: "1", 4: "100"}
GRADIENT_TICKS = {-8: "$10^{-8}$", -5: "$10^{-5}$", -2: "$10^{-2}$", 1: "10"}
# Not blue and orange, which are the two runs. Dashes tell the layers apart, too.
LAYER_COLOURS = [BLACK, PINK, GREEN, GREY]


@style()
def show_monitor(record, other, moment, names):
    """Draw a run's loss and updates, and its layers' numbers at one moment, beside another run's.

    Args:
        record, other: dicts with layers, losses, rates, steps and the arrays activations,
            gradients (S, L, 40), ratios and silent (S, L); None for a run that hasn't begun.
        moment: number of the snapshot, −1 for the last.
        names: of the two runs.
    """
    if record is None:
        figure, ax = plt.subplots(figsize=(9.2, 1.4))
        ax.set_axis_off()
        ax.text(0.5, 0.5, f"{names[0]}: not started", ha="center")
        return figure
    layers = record["layers"]
    rows = 1 + len(layers)
    figure, axes = plt.subplots(
        rows, 2, figsize=(9.2, 2.6 + 1.4 * len(layers)), height_ratios=[1.9] + [1] * len(layers)
    )
    step = record["steps"][moment]
    figure.suptitle(f"{names[0]}, step {step} of {len(record['losses'])}", fontsize=12)
    _draw_curves(axes[0], record, other, moment, names)
    columns = {
        "activations": (np.linspace(-5, 5, 41), ACTIVATION_TICKS, "activations, before the ReLU"),
        "gradients": (np.linspace(-8, 2, 41), GRADIENT_TICKS, "sizes of the weight's gradients"),
    }
    there = 0 if other is None else _snapshot_at(other, step)
    for column, (kind, (edges, ticks, title)) in enumerate(columns.items()):
        beside = other if other is not None and other["layers"] == layers else None
        shown = [record[kind][moment]] + ([] if beside is None else [beside[kind][there]])
        # Gradients of 0 fill the first bin; their share is written, and sets no scale.
        top = max(0.1, *(bins[:, kind == "gradients" :].max() for bins in shown))
        for row, (ax, layer) in enumerate(zip(axes[1:, column], layers, strict=True)):
            ax.stairs(100 * shown[0][row], edges, fill=True, color=BLUE)
            if beside is not None:
                ax.stairs(100 * shown[1][row], edges, color=ORANGE, linewidth=1.4)
            ax.set(xlim=edges[[0, -1]], ylim=(0, 105 * top))
            ax.set_xticks(list(ticks), list(ticks.values()) if row == len(layers) - 1 else [])
            ax.set_ylabel("share (%)" if column == 0 else "", fontsize=9)
            says = f"{layer}: {record['silent'][moment][row]:.0%} of the channels silent"
            if kind == "gradients":
                says = f"{layer}: update ÷ weight {record['ratios'][moment][row]:.0e}"
                if beside is not None:
                    says += f" ({names[1]} {beside['ratios'][there][row]:.0e})"
                says = f"{says}, zeros {shown[0][row][0]:.0%}".replace("-", "−")
            ax.set_title(says.replace("%", " %"), fontsize=9, loc="left", pad=3)
        axes[-1, column].set_xlabel(title)
    return figure


def _draw_curves(axes, record, other, moment, names):
    """Draw the losses of both runs, and the updates of the first, against steps or rates."""
    finder = record["rates"][-1] >= 100 * record["rates"][0]
    place = np.array(record["rates"]) if finder else np.arange(1, len(record["losses"]) + 1)
    losses = np.array(record["losses"], float)
    axes[0].plot(place, losses, color=LIGHT, linewidth=0.8, label=f"{names[0]}, each batch")
    axes[0].plot(place, _smooth(losses), color=BLUE, label=f"{names[0]}, smoothed")
    shown = [_smooth(losses)]
    if other is not None and not finder:
        shown.append(_smooth(np.array(other["losses"], float)))
        steps = np.arange(1, len(shown[1]) + 1)
        axes[0].plot(steps, shown[1], "--", color=ORANGE, label=names[1])
    highest = [values[np.isfinite(values)].max(initial=0) for values in shown]
    first = max(values[0] for values in shown)
    top = min(max(highest), 2.5 * first) if np.isfinite(first) else max(highest)
    axes[0].set(ylim=(0, 1.05 * top or 1), ylabel="loss (nats)")
    for k, layer in enumerate(record["layers"]):
        at = place[np.array(record["steps"]) - 1]
        ratios = record["ratios"][:, k].clip(1e-6, 10)
        axes[1].plot(at, ratios, color=LAYER_COLOURS[k % 4], linestyle=DASHES[k % 5], label=layer)
    axes[1].set(yscale="log", ylim=(1e-6, 10), ylabel="update ÷ weight")
    for ax in axes:
        ax.axvline(place[record["steps"][moment] - 1], color="k", linewidth=0.8)
        ax.set(xlabel="learning rate" if finder else "step", xscale="log" if finder else "linear")
        ax.set_xlim(place[0], place[-1] if len(place) > 1 else place[0] + 1)
        ax.grid(True)
        ax.legend(fontsize=8)


def _smooth(losses):
    """Return the running mean that the rate finder uses (see cnnedu.training.rate_finder)."""
    weights = 0.1 * 0.9 ** np.arange(len(losses))
    sums = np.convolve(losses, weights)[: len(losses)]
    return sums / (1 - 0.9 ** np.arange(1, len(losses) + 1))


def _snapshot_at(record, step):
    """Return the latest snapshot of a run that isn't after a step."""
    return max(0, np.searchsorted(record["steps"], step, side="right") - 1)


@style()
def show_faults(runs):
    """Draw the losses and the reported accuracies of programs with a fault, and without.

    Args:
        runs: {letter: {"fault": run, "right": run}}; a run has the lists loss, with a number or
            None for each batch, and reported, in percent after each epoch, and the number new.
    """
    columns = min(4, len(runs))
    rows = -(-len(runs) // columns)
    figure, axes = plt.subplots(
        2 * rows, columns, figsize=(2.3 * columns + 0.4, 3.7 * rows), squeeze=False
    )
    looks = {"right": (ORANGE, "--", "s"), "fault": (BLUE, "-", "o")}
    for k, (letter, pair) in enumerate(runs.items()):
        upper, lower = axes[2 * (k // columns) : 2 * (k // columns) + 2, k % columns]
        first = [run["loss"][0] for run in pair.values()]
        for kind, (colour, dashes, mark) in looks.items():
            run = pair[kind]
            losses = np.array(run["loss"], float)
            upper.plot(_smooth(losses), dashes, color=colour)
            epochs = np.arange(1, len(run["reported"]) + 1)
            lower.plot(epochs, run["reported"], dashes, color=colour, marker=mark, markersize=4)
            lower.plot(epochs[-1] + 0.04 * len(epochs), run["new"], "x", color=colour, mew=2)
        upper.set_title(f"run {letter}", fontsize=11)
        upper.set(ylim=(0, 1.5 * min(max(first), 4)), xlim=(0, len(losses)), xlabel="step")
        lower.set(ylim=(0, 103), xlabel="epoch")
        if k % columns == 0:
            upper.set_ylabel("loss (nats)")
            lower.set_ylabel("accuracy (%)")
        upper.grid(True)
        lower.grid(True)
    handles = [
        plt.Line2D([], [], color=colour, linestyle=dashes, marker=mark)
        for colour, dashes, mark in looks.values()
    ]
    crosses = [
        plt.Line2D([], [], color=colour, linestyle="", marker="x", mew=2)
        for colour, _, _ in looks.values()
    ]
    handles.append(tuple(crosses))
    labels = ["repaired", "as it was", "with new digits, at the end"]
    figure.legend(
        handles,
        labels,
        loc="outside lower center",
        ncols=min(3, columns),
        handler_map={tuple: HandlerTuple(ndivide=None)},
    )
    return figure
