"""What a network sees: maps side by side, their controls, what can be read from a layer."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BLUE, LIGHT, ORANGE, SIGNED, in_steps, style


@style()
def show_map_table(picture, table):
    """Draw maps of one picture in a table: a row per network, a column per method.

    Networks differ in scale, so each map is drawn as a share of its own largest value.

    Args:
        picture: uint8 (H, W, 3).
        table: {row: {column: map (h, w)}}, all rows with the same columns.
    """
    columns = list(next(iter(table.values())))
    figure, axes = plt.subplots(
        len(table), 1 + len(columns), figsize=(1.75 * len(columns) + 2.4, 1.85 * len(table))
    )
    axes = axes.reshape(len(table), -1)
    for line, (name, maps) in zip(axes, table.items(), strict=True):
        line[0].imshow(picture)
        line[0].set_ylabel(name)
        for ax, column in zip(line[1:], columns, strict=True):
            heat = np.asarray(maps[column])
            steps = in_steps(heat / (np.abs(heat).max() or 1))
            drawn = ax.imshow(steps, cmap=SIGNED, vmin=-1, vmax=1)
    for ax in axes.flat:
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    for ax, title in zip(axes[0], ["picture", *columns], strict=True):
        ax.set_title(title, fontsize=11)
    bar = figure.colorbar(drawn, ax=axes, shrink=0.7, pad=0.01, ticks=[-1, 0, 1])
    bar.set_label("share of the\nmap's largest", fontsize=10)
    return figure


@style()
def show_readable(layers, trained, random):
    """Draw how well factors can be read from each layer, 0 for chance and 1 for perfectly.

    Args:
        layers: names, in the order of computation.
        trained, random: {factor: (seeds, layers)}, of a trained and of random networks; the marks
            are means, the bars their standard errors.
    """
    figure, axes = plt.subplots(1, len(trained), figsize=(2.05 * len(trained), 3.1), sharey=True)
    for ax, factor in zip(axes, trained, strict=True):
        for name, curves, look in [
            ("trained", trained, {"color": BLUE, "marker": "o", "linestyle": "-"}),
            ("random weights", random, {"color": ORANGE, "marker": "s", "linestyle": "--"}),
        ]:
            runs = np.asarray(curves[factor])
            ax.errorbar(range(len(layers)), runs.mean(axis=0), _error(runs), label=name, **look)
        ax.set_xticks(range(len(layers)), layers, rotation=60, ha="right", fontsize=9)
        ax.set_title(factor, fontsize=12)
        ax.grid(True, axis="y")
    axes[0].set(ylabel="readable\n(0 chance, 1 perfect)", ylim=(-0.06, 1))
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper right", ncols=2)
    return figure


@style()
def show_controls(panels, names, xlabel):
    """Draw a measure of each kind of map beside the same measure of its control.

    Args:
        panels: {title: {kind of map: (runs, runs of the control)}}, the runs (seeds,); the marks
            are means, the bars their standard errors.
        names: of the measure and of its control, for the key.
        xlabel: what is measured.
    """
    counts = [len(rows) for rows in panels.values()]
    figure, axes = plt.subplots(
        len(panels),
        1,
        figsize=(7.4, sum(0.36 * n + 0.45 for n in counts) + 0.7),
        height_ratios=counts,
        sharex=True,
        squeeze=False,
    )
    looks = [{"marker": "o", "color": BLUE}, {"marker": "o", "color": ORANGE, "mfc": "w"}]
    for ax, (title, rows) in zip(axes.flat, panels.items(), strict=True):
        places = np.arange(len(rows))
        both = [np.array([row[number] for row in rows.values()]).T for number in (0, 1)]
        ax.hlines(places, both[0].mean(axis=0), both[1].mean(axis=0), color=LIGHT, zorder=0)
        for runs, name, look in zip(both, names, looks, strict=True):
            ax.errorbar(runs.mean(axis=0), places, xerr=_error(runs), ls="", label=name, **look)
        ax.set_yticks(places, rows)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        ax.set_title(title, fontsize=12, loc="left")
        ax.grid(True, axis="x")
    ax.set_xlabel(xlabel)
    figure.legend(*ax.get_legend_handles_labels(), loc="outside upper right", ncols=2)
    return figure


def _error(runs):
    """Return the standard error of the mean of (seeds, …)."""
    return runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
