"""Why not dense layers: weight matrices, their cost, and how alike neighbouring pixels are."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import NullLocator

from cnnedu.plots.style import GREY, SIGNED, style


@style()
def show_matrices(matrices, titles, rows="output, row by row", columns="pixel, row by row"):
    """Draw weight matrices: one row per output, one column per input.

    Args:
        matrices: list of arrays of one shape (outputs, inputs); they share the colours.
        titles: one text above each.
        rows, columns: what the rows and columns stand for.
    """
    limit = max(np.abs(matrix).max() for matrix in matrices)
    height, width = matrices[0].shape
    inches = 9.6 / len(matrices)
    size = (9.6, inches * height / width + 1.3)
    figure, axes = plt.subplots(1, len(matrices), figsize=size, sharey=True, squeeze=False)
    for ax, matrix, title in zip(axes[0], matrices, titles, strict=True):
        drawn = ax.imshow(matrix, cmap=SIGNED, vmin=-limit, vmax=limit)
        ax.set(title=title, xlabel=columns)
    axes[0, 0].set_ylabel(rows)
    figure.colorbar(drawn, ax=axes[0], label="weight", shrink=0.75, pad=0.02)
    return figure


@style()
def show_weight_counts(sides, lines, marks=()):
    """Draw the number of weights against the side of the picture, both logarithmic.

    Args:
        sides: sides of square pictures, pixels.
        lines: {name: number of weights at each side}.
        marks: (side, weights, text) to point at.
    """
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
    return figure


@style()
def show_similarity(distances, curves):
    """Draw how alike two pixels are, against how far apart they lie.

    Args:
        distances: pixels.
        curves: {name: correlation coefficients, one for each distance}.
    """
    figure, ax = plt.subplots(figsize=(7.6, 3.6))
    for (name, values), line in zip(curves.items(), ["-", "--", "-.", ":", "-"], strict=False):
        ax.plot(distances, values, line, label=name)
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.set(xlabel="distance between two pixels in a row, pixels", xlim=(0, max(distances)))
    ax.set_ylabel("correlation coefficient")
    ax.legend()
    return figure
