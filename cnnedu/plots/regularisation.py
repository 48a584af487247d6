"""Remedies for over-fitting: what each is worth, and weights that shrink."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

from cnnedu.plots.style import BESIDE, BLUE, GREY, style


@style()
def show_ablation(groups, xlabel, seen=None):
    """Draw each group's results, their mean and its standard error, and compare with the first.

    Args:
        groups: {name: results from 0 to 1, two or more}; the others are compared with
            the first, which is on top.
        xlabel: what the results are, without the unit.
        seen: points from the first row's mean on which a difference is seen (default: not shown).
    """
    figure, ax = plt.subplots(figsize=(8, 0.34 * len(groups) + 1.5))
    for row, results in enumerate(groups.values()):
        results = 100 * np.array(results)
        error = results.std(ddof=1) / np.sqrt(len(results))
        if row == 0:
            first = results.mean()
            band = ax.axvspan(first - error, first + error, color="#e4e4e4")
            ax.axvline(first, color="#888888", linewidth=1)
        (runs,) = ax.plot(results, np.full(len(results), row), "o", color=BLUE, alpha=0.45)
        bar = {"fmt": "|", "color": "k", "markersize": 14, "capsize": 4}
        mean = ax.errorbar(results.mean(), row, xerr=error, **bar)
    key = {"one result": runs, "mean ± error": mean, "that of the first row": band}
    if seen:
        for limit in (first - seen, first + seen):
            line = ax.axvline(limit, color=GREY, linewidth=1.2, linestyle=":")
        key[f"{seen:.1f} points away: seen"] = line
    figure.legend(key.values(), key, loc="outside lower center", ncols=len(key))
    ax.set_yticks(range(len(groups)), groups)
    ax.set_ylim(len(groups) - 0.5, -0.5)
    ax.set(xlabel=f"{xlabel} (%)")
    ax.grid(True, axis="x")
    return figure


@style()
def show_gains(panels, xlabel):
    """Draw paired differences: every run, their mean and its standard error.

    The mark of a mean is full where it is more than three errors from 0, else hollow. The runs lie
    a little below their mean.

    Args:
        panels: {title: {row: differences in percentage points, one for each pair of runs}}, side
            by side. The first has all rows; the others may lack some.
        xlabel: what the differences are, without the unit.
    """
    rows = list(next(iter(panels.values())))
    size = 2.8 + 2.6 * len(panels), 0.4 * len(rows) + 1.5
    figure, axes = plt.subplots(
        1, len(panels), figsize=size, sharex=True, sharey=True, squeeze=False
    )
    for ax, (title, gains) in zip(axes[0], panels.items(), strict=True):
        ax.axvline(0, color=GREY, linewidth=1)
        for name, differences in gains.items():
            row, mean = rows.index(name), np.mean(differences)
            error = np.std(differences, ddof=1) / np.sqrt(len(differences))
            below = np.full(len(differences), row + 0.27)
            ax.plot(differences, below, "o", color=BLUE, alpha=0.3, ms=4)
            look = {"markersize": 5, "capsize": 4, "color": "k"}
            look["markerfacecolor"] = "k" if abs(mean) > 3 * error else "w"
            ax.errorbar(mean, row, xerr=error, fmt="o", **look)
        ax.set(title=title, xlabel=f"{xlabel} (points)")
        ax.grid(True, axis="x")
    axes[0, 0].set_yticks(range(len(rows)), rows)
    axes[0, 0].set_ylim(len(rows) - 0.5, -0.5)
    key = {"linestyle": "", "marker": "o", "color": "k"}
    marks = [
        Line2D([], [], linestyle="", marker="o", color=BLUE, alpha=0.4, ms=4, label="one pair"),
        Line2D([], [], label="mean ± error: seen", **key),
        Line2D([], [], label="not seen", markerfacecolor="w", **key),
    ]
    figure.legend(handles=marks, loc="outside lower center", ncols=3)
    return figure


@style()
def show_samples(rows, names):
    """Draw a row of small pictures of each kind.

    Args:
        rows: {name: pictures (N, H, W), or (N, H, W, 3), from 0, black, to 1}; N the same.
        names: of the N pictures in the last row.
    """
    columns = max(map(len, rows.values()))
    figure, axes = plt.subplots(len(rows), columns, figsize=(0.82 * columns, len(rows)))
    for line, (name, pictures) in zip(axes, rows.items(), strict=True):
        line[0].set_ylabel(name)
        for ax, picture in zip(line, pictures, strict=True):
            ax.imshow(picture, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
            ax.set(xticks=[], yticks=[])
            ax.grid(False)
    for ax, name in zip(axes[-1], names, strict=True):
        ax.set_xlabel(name, fontsize=9)
    return figure


@style()
def show_shrinking(paths, ylabel):
    """Draw numbers that change from step to step.

    Args:
        paths: {name: values, the first before step 1}, three at most.
        ylabel: what the values are.
    """
    figure, ax = plt.subplots(figsize=(7, 2.8))
    for (name, values), dash in zip(paths.items(), ("-", "--", ":"), strict=False):
        ax.plot(values, linestyle=dash, label=name)
    ax.set(xlabel="step", ylabel=ylabel)
    ax.set_ylim(bottom=0)
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure
