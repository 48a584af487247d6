"""A recipe, ingredient by ingredient: accuracy against time, and what each one gained."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BLUE, GREY, LIGHT, ORANGE, style

SEEN = 3  # errors


@style()
def show_recipe_race(rungs, gains, error, height, title):
    """Draw a climb up to one of its rungs, numbered from 0: in time, and gain by gain.

    Args:
        rungs: dicts with "name", "accuracies" in percent, one per seed, and "seconds".
        gains: points, for each rung but the first.
        error: of each gain; NaN if there is one seed.
        height: number of the last rung to show.
        title: one line.
    """
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(10.4, 0.3 * len(rungs) + 1.9), width_ratios=[1.25, 1]
    )
    figure.suptitle(title, fontsize=12)
    shown = rungs[: height + 1]
    seconds = [rung["seconds"] for rung in shown]
    means = [np.mean(rung["accuracies"]) for rung in shown]
    left.plot(seconds, means, color=LIGHT, linewidth=1.2)
    everything = [value for rung in rungs for value in rung["accuracies"]]
    latest, lowest, highest = max(r["seconds"] for r in rungs), min(everything), max(everything)
    size = 1.08 * latest / 380, (highest - lowest + 2) / (20 * len(rungs) + 90)  # of one point
    offsets = _beside(np.column_stack([seconds, means]) / size)
    for number, (rung, mean) in enumerate(zip(shown, means, strict=True)):
        runs = rung["accuracies"]
        left.plot([rung["seconds"]] * len(runs), runs, "o", color=BLUE, alpha=0.4, ms=4)
        spread = np.std(runs, ddof=1) / len(runs) ** 0.5 if len(runs) > 1 else None
        left.errorbar(rung["seconds"], mean, yerr=spread, fmt="o", color="k", ms=3.5, capsize=3)
        offset = offsets[number] * (1.2 if number > 9 else 1)
        look = {"fontsize": 9, "color": GREY, "ha": "center", "va": "center"}
        at = rung["seconds"], mean
        left.annotate(str(number), at, offset, textcoords="offset points", **look)
    left.plot(seconds[-1], means[-1], "o", color=ORANGE, mec="k", ms=8)
    left.set(
        xlabel="seconds for one run",
        ylabel="validation accuracy (%)",
        xlim=(0, 1.08 * latest),
        ylim=(lowest - 1, highest + 1),
    )
    rows = np.arange(1, height + 1)
    right.axvline(0, color=GREY, linewidth=1)
    for row, gain in zip(rows, gains, strict=False):
        fill = "k" if abs(gain) >= SEEN * error else "w"
        bar = None if np.isnan(error) else error
        right.errorbar(gain, row, xerr=bar, fmt="o", color="k", mfc=fill, ms=5, capsize=3)
    names = [f"{k}  {rung['name']}" for k, rung in enumerate(rungs)]
    right.set_yticks(range(len(rungs)), names)
    right.tick_params(axis="y", labelright=True, labelleft=False, length=0)
    key = "" if np.isnan(error) else "; full: seen"
    right.set(xlabel=f"gain over the rung below (points){key}", ylim=(-0.6, len(rungs) - 0.4))
    right.set_xlim(min(-1, *gains) - 0.5, max(1, *gains) + 0.5)
    for ax in (left, right):
        ax.grid(True)
    return figure


def _beside(dots):
    """Return, for each dot (x, y), in points, where its number hides no dot and no other number."""
    offsets, taken = [], list(dots)  # first all dots, then the numbers placed so far
    turns = np.pi / 4 * np.array([0, 4, 2, 6, 1, 3, 5, 7])  # right, left, above, below, corners
    directions = 10 * np.column_stack([np.cos(turns), np.sin(turns)])
    for number, dot in enumerate(dots):
        others = taken[:number] + taken[number + 1 :]
        room = [min((np.hypot(*(dot + way - o)) for o in others), default=99) for way in directions]
        best = next((k for k, free in enumerate(room) if free > 12), int(np.argmax(room)))
        offsets.append(directions[best])
        taken.append(dot + directions[best])
    return offsets
