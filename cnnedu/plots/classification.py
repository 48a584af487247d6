"""Photographs, what a network says about them, and where it looked."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import frame
from cnnedu.plots.heatmaps import draw_heat
from cnnedu.plots.style import BESIDE, BLUE, LIGHT, RED, SKY, style


@style()
def show_answer(picture, small, classes, probabilities, heat, most=5):
    """Draw a photograph, what the network gets of it, its answer, and where it looked.

    Args:
        picture: photograph, uint8 (H, W, 3).
        small: what the network receives, uint8 (h, w, 3).
        classes: names of the K classes.
        probabilities: K numbers from 0 to 1.
        heat: (h, w), the loss of probability where the picture is covered.
        most: how many classes to show, the likeliest first.
    """
    order = np.argsort(probabilities)[::-1][:most]
    figure, axes = plt.subplots(1, 4, figsize=(10, 3), width_ratios=[1, 1, 0.8, 1.02])
    axes[0].imshow(picture, interpolation="antialiased")
    axes[0].set_title(f"the photograph:\n{picture.shape[0]} × {picture.shape[1]} pixels")
    axes[1].imshow(small)
    axes[1].set_title(f"what the network gets:\n{small.shape[0]} × {small.shape[1]} pixels")
    colours = [BLUE] + [LIGHT] * (most - 1)
    bars = axes[2].barh([classes[i] for i in order], 100 * probabilities[order], color=colours)
    axes[2].bar_label(bars, fmt="%.0f %%", padding=3, fontsize=10)
    axes[2].set(title="what it says:\nprobability", xlim=(0, 130))
    axes[2].invert_yaxis()
    axes[2].spines[:].set_visible(False)
    axes[2].tick_params(length=0, labelbottom=False)
    drawn = draw_heat(axes[3], small, 100 * np.asarray(heat))
    axes[3].set_title(f"where it looked\nto say “{classes[order[0]]}”")
    bar = figure.colorbar(drawn, ax=axes[3], shrink=0.8)
    bar.set_label("probability lost when\ncovered, % points", fontsize=10)
    bar.solids.set_alpha(1)
    for ax in axes[[0, 1, 3]]:
        ax.set_axis_off()
    return figure


@style()
def show_slide(lefts, probabilities, classes, picture, size, most=4):
    """Draw how the answer changes while a square slides over a photograph.

    Args:
        lefts: left edge of the square at each position, pixels.
        probabilities: (positions, K), numbers from 0 to 1.
        classes: names of the K classes.
        picture: the photograph, uint8 (H, W, 3).
        size: the square's height and width, pixels.
        most: how many classes are drawn, those with the highest peaks.
    """
    order = np.argsort(probabilities.max(axis=0))[::-1][:most]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), width_ratios=[1, 1.4])
    left.imshow(picture, interpolation="antialiased")
    left.set(title="the square's first and last place", ylabel="pixels", xlabel="pixels")
    for edge, colour in [(lefts[0], SKY), (lefts[-1], RED)]:
        frame(left, (0, edge), (size - 1, size), colour, 3)
    for k in order:
        right.plot(lefts, 100 * probabilities[:, k], label=classes[k])
    right.set(
        title="what the network says",
        xlabel="left edge of the square, pixels",
        ylabel="probability, %",
        ylim=(0, 100),
    )
    right.legend(**BESIDE)
    return figure
