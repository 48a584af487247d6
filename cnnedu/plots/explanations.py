"""What a network sees: maps side by side, favourite pictures, what can be read from a layer."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import COLOURS, MARKS, SIGNED, in_steps, style


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
def show_favourites(rows):
    """Draw, for two units of each layer, a picture made for it and those that excite it most.

    Args:
        rows: {layer: two times (unit, picture (3, H, W) from 0 to 1, [(picture uint8 (3, H, W),
            (row, column) of the place as shares of the picture), …])}.
    """
    shown = len(next(iter(rows.values()))[0][2])
    figure = plt.figure(figsize=(8.4, 1.05 * len(rows) + 0.4))
    halves = figure.subfigures(1, 2)
    for number, half in enumerate(halves):
        axes = half.subplots(len(rows), 1 + shown, squeeze=False)
        for line, (layer, units) in zip(axes, rows.items(), strict=True):
            unit, made, liked = units[number]
            line[0].imshow(in_steps(made.transpose(1, 2, 0)))
            line[0].set_ylabel(f"{layer}\nmap {unit}", fontsize=8)
            for ax, (picture, (down, right)) in zip(line[1:], liked, strict=True):
                ax.imshow(picture.transpose(1, 2, 0) // 16 * 16)
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
    return figure


@style()
def show_readable(layers, trained, random):
    """Draw how well factors can be read from each layer, 0 for chance and 1 for perfectly.

    Args:
        layers: names, in the order of computation.
        trained, random: {factor: one number per layer}, of a trained and of a random network.
    """
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
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside right upper")
    return figure


@style()
def show_deletion(shares, panels):
    """Draw the probability left when the hottest pixels are covered.

    Args:
        shares: of the pixels, P numbers from 0 to 1.
        panels: {title: {kind of map: P probabilities}}; each panel's last kind is the control.
    """
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
    return figure
