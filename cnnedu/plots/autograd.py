"""What autograd records in the forward pass, and what it makes of it in the backward pass."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.diagrams import draw_arrow
from cnnedu.plots.grids import CELL_INCHES, draw_grid
from cnnedu.plots.style import RED, style

ARROW = {"linewidth": 1.5, "shrink": 2}
GAP = 2.4  # between two grids, in cells


@style()
def show_chain(values, gradients, operations):
    """Draw a chain of operations: the values above, and below them the gradients of the loss.

    Args:
        values: {name: number or (H, W) array}, from the first input to the loss.
        gradients: one array for each of the values, of the same shape.
        operations: what leads from each value to the next, one fewer than there are values.
    """
    rows = [
        [np.atleast_2d(np.asarray(grid)) + 0.0 for grid in grids]  # no −0
        for grids in (values.values(), gradients)
    ]
    sizes = np.array([grid.shape for grid in rows[0]])
    tall, lefts = sizes[:, 0].max(), np.cumsum([0, *(sizes[:-1, 1] + GAP)]) + 0.4
    columns, lines = lefts[-1] + sizes[-1, 1] + 0.4, 2 * tall + 4.2
    limit = 1.6 * max(np.abs(grid).max() for row in rows for grid in row)
    figure = plt.figure(figsize=(CELL_INCHES * columns, CELL_INCHES * lines), layout="none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, columns), ylim=(lines, 0))
    ax.set_axis_off()
    middles = 1.3 + tall / 2, 3.4 + 1.5 * tall
    for row, middle in zip(rows, middles, strict=True):
        for grid, left in zip(row, lefts, strict=True):
            height, width = grid.shape
            bottom = 1 - (middle + height / 2) / lines
            place = left / columns, bottom, width / columns, height / lines
            small = figure.add_axes(place)
            draw_grid(small, grid, limit)
            small.set(xticks=[], yticks=[])
    for name, left, (height, width) in zip(values, lefts, sizes, strict=True):
        for middle, mark in zip(middles, ("", "d"), strict=True):
            above = middle - height / 2 - 0.25
            ax.text(left + width / 2, above, mark + name, ha="center", va="bottom")
    for number, operation in enumerate(operations):
        start, end = lefts[number] + sizes[number, 1] + 0.15, lefts[number + 1] - 0.15
        draw_arrow(ax, (start, middles[0]), (end, middles[0]), **ARROW)
        draw_arrow(ax, (end, middles[1]), (start, middles[1]), RED, **ARROW)
        ax.text((start + end) / 2, middles[0] - 0.25, operation, ha="center", va="bottom")
    return figure
