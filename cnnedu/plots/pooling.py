"""Pooling, each window in a colour of its own."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import draw_grid
from cnnedu.plots.style import GREY, style

WINDOWS = ("#F7C9A9", "#BBDDF0", "#C5E5C9", "#EBD3E4")  # neighbours never get the same one


@style()
def show_pooling(x, pooled, titles, size=2):
    """Draw numbers and what pooling makes of them; a window and its result share a colour.

    Args:
        x: shape (H, W).
        pooled: list of arrays (H // size, W // size), one per way of pooling, or (1, 1) for global
            pooling, which shares no window's colour.
        titles: one above `x` and each of `pooled`.
        size: height and width of the windows, which is also their stride.
    """
    grids = [np.asarray(x), *map(np.asarray, pooled)]
    widths = [grid.shape[1] + 1.2 for grid in grids]
    figsize = 0.45 * sum(widths), 0.45 * (len(x) + 2)
    figure, axes = plt.subplots(1, len(grids), figsize=figsize, width_ratios=widths)
    for ax, grid, title, window in zip(
        axes, grids, titles, [size] + [1] * len(pooled), strict=True
    ):
        draw_grid(ax, grid, limit=2 * np.abs(x).max())
        rows, columns = np.indices(grid.shape) // window
        colours = np.array(WINDOWS)[(rows % 2) * 2 + columns % 2]
        one = grid.size == 1  # of all windows together
        ax.collections[0].set(array=None, facecolor="w" if one else colours.ravel())
        ax.set_title(title)
        for edge in range(0, grid.shape[0] + 1, window):
            ax.axhline(edge, color=GREY, linewidth=2, clip_on=False)
        for edge in range(0, grid.shape[1] + 1, window):
            ax.axvline(edge, color=GREY, linewidth=2, clip_on=False)
        plt.setp(ax.texts, color="k")
    return figure
