"""Which input a unit is connected to, how strongly, and what that costs."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from cnnedu.plots.style import SIGNED, style


def show_matrices(matrices, titles, rows="output, row by row", columns="pixel, row by row"):
    """Draw weight matrices: one row per output, one column per input.

    Args:
        matrices: list of arrays of one shape (outputs, inputs); they share the colours.
        titles: one text above each.
        rows, columns: what the rows and columns stand for.

    Returns:
        The matplotlib `Figure`.
    """
    limit = max(np.abs(matrix).max() for matrix in matrices)
    height, width = matrices[0].shape
    inches = 9.6 / len(matrices)
    with style():
        size = (9.6, inches * height / width + 1.3)
        figure, axes = plt.subplots(1, len(matrices), figsize=size, sharey=True, squeeze=False)
        for ax, matrix, title in zip(axes[0], matrices, titles, strict=True):
            drawn = ax.imshow(matrix, cmap=SIGNED, vmin=-limit, vmax=limit)
            ax.set(title=title, xlabel=columns)
        axes[0, 0].set_ylabel(rows)
        figure.colorbar(drawn, ax=axes[0], label="weight", shrink=0.75, pad=0.02)
    plt.close(figure)
    return figure


def show_weight_counts(sides, lines, marks=()):
    """Draw how many weights layers need against the side of the picture, both logarithmic.

    Args:
        sides: sides of square pictures, pixels.
        lines: {name: number of weights at each side}.
        marks: (side, weights, text) to point at.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(7.6, 3.8))
        for name, counts in lines.items():
            ax.loglog(sides, counts, label=name)
        for side, count, text in marks:
            ax.plot(side, count, "o", color="#222222")
            ax.annotate(text, (side, count), (-8, 6), textcoords="offset points", ha="right")
        ax.set_xticks(sides, [str(side) for side in sides])
        ax.xaxis.set_minor_locator(NullLocator())
        ax.set(xlabel="side of the square colour picture, pixels", ylabel="weights in the layer")
        ax.grid(True)
        ax.legend()
    plt.close(figure)
    return figure


def show_similarity(distances, curves):
    """Draw how alike two pixels are, against how far apart they lie.

    Args:
        distances: pixels.
        curves: {name: correlation coefficients, one for each distance}.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, ax = plt.subplots(figsize=(7.6, 3.6))
        for (name, values), line in zip(curves.items(), ["-", "--", "-.", ":", "-"], strict=False):
            ax.plot(distances, values, line, label=name)
        ax.axhline(0, color="#555555", linewidth=0.8)
        ax.set(
            xlabel="distance of two pixels in a row, pixels",
            ylabel="correlation coefficient",
            xlim=(0, max(distances)),
        )
        ax.legend()
    plt.close(figure)
    return figure


def show_effective_fields(maps, titles, inner):
    """Draw how much each pixel of a receptive field counts, and frame its middle.

    Args:
        maps: list of square arrays, not negative; each is drawn as a share of its largest value.
        titles: one text above each.
        inner: side of the framed square in the middle, pixels.

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, axes = plt.subplots(1, len(maps), figsize=(9.2, 3.7), squeeze=False)
        for ax, values, title in zip(axes[0], maps, titles, strict=True):
            drawn = ax.imshow(values / values.max(), cmap="magma", vmin=0, vmax=1)
            start = (len(values) - inner) / 2 - 0.5
            box = Rectangle((start, start), inner, inner, fill=False, edgecolor="w", linewidth=2)
            ax.add_patch(box)
            ticks = range(0, len(values), 5)
            ax.set(
                title=title, xlabel="pixel column", ylabel="pixel row", xticks=ticks, yticks=ticks
            )
        figure.colorbar(drawn, ax=axes[0], label="share of the largest", shrink=0.85)
    plt.close(figure)
    return figure
