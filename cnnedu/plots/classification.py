"""Photographs, what a network says about them, and which pixels its answer depends on."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import frame
from cnnedu.plots.heatmaps import draw_heat
from cnnedu.plots.style import BESIDE, BLUE, DASHES, LIGHT, style


@style()
def show_answers(rows, most=5, least=0.01):
    """Draw what networks get of a photograph, what they say, and what speaks for it.

    Args:
        rows: {name of the network: (what it gets, uint8 (h, w, 3); the names of its K classes; K
            probabilities; the picture with red where evidence for the answer lies)}.
        most: how many classes to show, the likeliest first.
        least: probability that a class must have to be shown.
    """
    size = 9, 2.65 * len(rows)
    figure, axes = plt.subplots(len(rows), 3, figsize=size, width_ratios=[1, 0.9, 1])
    for line, (name, (picture, classes, probabilities, red)) in zip(
        axes.reshape(-1, 3), rows.items(), strict=True
    ):
        order = np.argsort(probabilities)[::-1][:most]
        order = order[probabilities[order] >= least]
        line[0].imshow(picture, interpolation="nearest")
        line[0].set_title(f"{name} gets\n{picture.shape[0]} × {picture.shape[1]} pixels")
        colours = [BLUE] + [LIGHT] * (len(order) - 1)
        bars = line[1].barh([classes[i] for i in order], 100 * probabilities[order], color=colours)
        line[1].bar_label(bars, fmt="%.0f %%", padding=3, fontsize=10)
        line[1].set(title=f"what it says,\nof {len(classes):,} classes", xlim=(0, 100))
        line[1].invert_yaxis()
        line[1].spines[:].set_visible(False)
        line[1].tick_params(length=0, labelbottom=False)
        line[2].imshow(red)
        line[2].set_title(f"red: what speaks\nfor “{classes[order[0]]}”")
        for ax in line[[0, 2]]:
            ax.set_axis_off()
    return figure


@style()
def show_slide(lefts, probabilities, classes, picture, size, name, most=4):
    """Draw how the answer changes while a square slides over a photograph.

    Args:
        lefts: left edge of the square at each position, pixels.
        probabilities: (positions, K), numbers from 0 to 1.
        classes: names of the K classes.
        picture: the photograph, uint8 (H, W, 3).
        size: the square's height and width, pixels.
        name: the network's name.
        most: how many classes are drawn, those with the highest peaks, the leftmost peak first.
    """
    order = np.argsort(probabilities.max(axis=0))[::-1][:most]
    order = order[np.argsort(probabilities[:, order].argmax(axis=0))]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), width_ratios=[1, 1.4])
    left.imshow(picture, interpolation="antialiased")
    left.set(title="the square's first and last place", ylabel="pixels", xlabel="pixels")
    for edge, place, colour, line in [
        (lefts[0], "first", "white", "-"),
        (lefts[-1], "last", "black", "--"),
    ]:
        rim = "black" if colour == "white" else "white"  # so that it is seen on any ground
        frame(left, (0, edge), (size - 1, size), rim, 5)
        frame(left, (0, edge), (size - 1, size), colour, 3, linestyle=line)
        _label(left, place, (edge + 12, 12), colour)
    for k, dash in zip(order, DASHES, strict=False):
        right.plot(lefts, 100 * probabilities[:, k], label=classes[k], linestyle=dash)
    right.set(
        title=f"what {name} says",
        xlabel="left edge of the square, pixels",
        ylabel="probability, %",
        ylim=(0, 100),
    )
    right.legend(**BESIDE)
    return figure


@style()
def show_patches(picture, heat, places, changes, size):
    """Draw an occlusion map, and the picture with a grey patch of `size` × `size` at some places.

    Args:
        picture: uint8 (H, W, 3).
        heat: occlusion map (H, W): the probability lost where the picture is covered.
        places: by its name, the (row, column) of each patch's upper left pixel.
        changes: percentage points that the class gains with each patch.
        size: height and width of each patch, pixels.
    """
    figure, axes = plt.subplots(1, 1 + len(places), figsize=(10, 2.9), sharey=True)
    drawn = draw_heat(axes[0], picture, 100 * np.asarray(heat))
    axes[0].set(title="the map", xlabel="column", ylabel="row")
    for ax, (name, (row, column)), change in zip(axes[1:], places.items(), changes, strict=True):
        covered = picture.copy()
        covered[row : row + size, column : column + size] = 128
        ax.imshow(covered)
        frame(ax, (row - 0.5, column - 0.5), (size, size), "white", 1.5)
        ax.set(title=f"{name}:\n{change:+.0f} points".replace("-", "−"), xlabel="column")
    bar = figure.colorbar(drawn, ax=axes, shrink=0.75, pad=0.01)
    bar.set_label("probability lost when\ncovered, % points", fontsize=10)
    bar.solids.set_alpha(1)
    return figure


def _label(ax, text, at, colour):
    """Write `text` in the corner of a frame of this colour, on a ground that sets it off."""
    ground = "black" if colour == "white" else "white"
    look = {"facecolor": ground, "edgecolor": "none", "alpha": 0.75, "pad": 1.5}
    ax.text(*at, text, color=colour, fontsize=9, ha="left", va="top", bbox=look)
