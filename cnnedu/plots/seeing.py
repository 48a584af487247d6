"""What a network sees: first filters in colour, maps side by side, favourite pictures, probes."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

from cnnedu.plots.style import SIGNED, style

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"]
MARKS = ["o", "s", "^", "D", "v"]
LEVELS = 16  # of colour on each side of zero: the PNG stays small


def show_colour_filters(banks, columns=16):
    """Draw filters on colour pictures as colours: grey is 0, each as a share of its largest weight.

    Args:
        banks: {title: filters of shape (F, 3, KH, KW)}.
        columns: how many stand in one row.

    Returns:
        The matplotlib `Figure`.
    """
    rows = [-(-len(filters) // columns) for filters in banks.values()]
    with style():
        figure = plt.figure(figsize=(0.56 * columns, sum(0.56 * n + 0.5 for n in rows)))
        parts = figure.subfigures(len(banks), 1, height_ratios=[0.56 * n + 0.5 for n in rows])
        for part, count, (title, filters) in zip(np.ravel(parts), rows, banks.items(), strict=True):
            axes = part.subplots(count, columns, squeeze=False)
            for ax in axes.flat:
                ax.set_axis_off()
            for ax, weights in zip(axes.flat, np.asarray(filters), strict=False):
                share = weights / (np.abs(weights).max() or 1)
                ax.imshow(0.5 + 0.5 * share.transpose(1, 2, 0))
            part.suptitle(title, fontsize=11)
    plt.close(figure)
    return figure


def show_map_table(picture, table):
    """Draw maps of one picture in a table: a row per network, a column per method.

    Networks differ in scale, so each map is drawn as a share of its own largest size.

    Args:
        picture: uint8 (H, W, 3).
        table: {row: {column: map (h, w)}}, all rows with the same columns.

    Returns:
        The matplotlib `Figure`.
    """
    columns = list(next(iter(table.values())))
    with style():
        figure, axes = plt.subplots(
            len(table), 1 + len(columns), figsize=(1.75 * len(columns) + 2.4, 1.85 * len(table))
        )
        axes = axes.reshape(len(table), -1)
        for line, (name, maps) in zip(axes, table.items(), strict=True):
            line[0].imshow(picture)
            line[0].set_ylabel(name)
            for ax, column in zip(line[1:], columns, strict=True):
                heat = np.asarray(maps[column])
                steps = np.round(heat / (np.abs(heat).max() or 1) * LEVELS) / LEVELS
                drawn = ax.imshow(steps, cmap=SIGNED, vmin=-1, vmax=1)
        for ax in axes.flat:
            ax.set(xticks=[], yticks=[])
            ax.spines[:].set_visible(False)
        for ax, title in zip(axes[0], ["picture", *columns], strict=True):
            ax.set_title(title, fontsize=11)
        bar = figure.colorbar(drawn, ax=axes, shrink=0.7, pad=0.01, ticks=[-1, 0, 1])
        bar.set_label("share of the\nmap's largest", fontsize=10)
    plt.close(figure)
    return figure


def show_favourites(rows):
    """Draw, for two units of each layer, a picture made for it and the given ones it likes most.

    Args:
        rows: {layer: two times (unit, picture (3, H, W) from 0 to 1, [(picture uint8 (3, H, W),
            (row, column) of the place as shares of the picture), …])}.

    Returns:
        The matplotlib `Figure`.
    """
    shown = len(next(iter(rows.values()))[0][2])
    with style():
        figure = plt.figure(figsize=(8.4, 1.05 * len(rows) + 0.4))
        halves = figure.subfigures(1, 2)
        for number, half in enumerate(halves):
            axes = half.subplots(len(rows), 1 + shown, squeeze=False)
            for line, (layer, units) in zip(axes, rows.items(), strict=True):
                unit, made, liked = units[number]
                line[0].imshow(np.round(made.transpose(1, 2, 0) * LEVELS) / LEVELS)
                line[0].set_ylabel(f"{layer}\nmap {unit}", fontsize=8)
                for ax, (picture, (down, right)) in zip(line[1:], liked, strict=True):
                    ax.imshow(picture.transpose(1, 2, 0) // LEVELS * LEVELS)
                    size = picture.shape[1]
                    place = right * size - 0.5, down * size - 0.5
                    ax.plot(*place, "o", mfc="none", mec="w", mew=3.2, ms=9)
                    ax.plot(*place, "o", mfc="none", mec="k", mew=1.4, ms=9)
            for ax in axes.flat:
                ax.set(xticks=[], yticks=[])
                ax.spines[:].set_visible(False)
            axes[0, 0].set_title("made for it", fontsize=10)
            title = axes[0, 1].set_title("shapes that excite it most", fontsize=10, loc="left")
            title.set_in_layout(False)  # else it would push the columns apart
    plt.close(figure)
    return figure


def show_readable(layers, trained, random):
    """Draw how well factors can be read from each layer, 0 for chance and 1 for perfectly.

    Args:
        layers: names, in the order of computation.
        trained, random: {factor: one number per layer}, of a trained and of a random network.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, axes = plt.subplots(1, 2, figsize=(9.2, 3.5), sharey=True)
        sides = [("trained", trained, "-"), ("random weights", random, "--")]
        for ax, (title, curves, dash) in zip(axes, sides, strict=True):
            for number, (factor, values) in enumerate(curves.items()):
                look = {"color": COLOURS[number], "marker": MARKS[number], "linestyle": dash}
                ax.plot(range(len(layers)), np.maximum(values, -0.1), label=factor, **look)
            ax.set_xticks(range(len(layers)), layers, rotation=25, ha="right")
            ax.set_title(title)
            ax.grid(True, axis="y")
        axes[0].set(ylabel="readable (0 chance, 1 perfect)", ylim=(-0.12, 1))
        handles = [
            Line2D([], [], color=COLOURS[n], marker=MARKS[n], label=factor)
            for n, factor in enumerate(trained)
        ]
        figure.legend(handles=handles, loc="outside right upper")
    plt.close(figure)
    return figure


def show_deletion(shares, panels):
    """Draw the probability that is left when the hottest pixels are covered.

    Args:
        shares: of the pixels, P numbers from 0 to 1.
        panels: {title: {kind of map: P probabilities}}; each panel's last kind is the control.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, axes = plt.subplots(1, len(panels), figsize=(8.6, 3.8), sharey=True)
        for ax, (title, curves) in zip(np.ravel(axes), panels.items(), strict=True):
            for number, (name, values) in enumerate(curves.items()):
                look = {"color": COLOURS[number], "marker": MARKS[number]}
                if number == len(curves) - 1:
                    look = {"color": "#444444", "marker": "", "linestyle": "--"}
                ax.plot(100 * np.asarray(shares), values, label=name, **look)
            ax.set(title=title, xlabel="covered, hottest first (% of pixels)", ylim=(0, 0.9))
            ax.grid(True)
            ax.legend(fontsize=9)
        np.ravel(axes)[0].set_ylabel("probability of the class")
    plt.close(figure)
    return figure
