"""The backward pass of a convolution, and the error of a gradient check."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import draw_grid, frame
from cnnedu.plots.style import style


@style()
def show_backward(arrays, position, window):
    """Draw dout, x, w, dx and dw as grids.

    Args:
        arrays: dout (OH, OW), x (H, W), w (KH, KW), dx (H, W), dw (KH, KW).
        position: (i, j) of the number of dout that is marked.
        window: (row, column) in x of the window's first pixel; below 0 in the padding.
    """
    dout, x, w = arrays[:3]
    names = ("dout", "x", "w", "dx, scattered", "dw, gathered")
    # Columns and rows where each grid begins, in pixels of the pictures.
    middle = max(dout.shape[1], w.shape[1]) + 2.2
    right = middle + x.shape[1] + 1.8
    down = max(dout.shape[0], x.shape[0]) + 3.0
    places = [(0, 0), (middle, 0), (0, down), (right, 0), (middle, down)]
    columns, rows = right + x.shape[1] + 1.2, down + w.shape[0] + 2.6
    figure = plt.figure(figsize=(0.36 * columns, 0.36 * rows), layout="none")
    for name, grid, (left, top) in zip(names, arrays, places, strict=True):
        size = grid.shape[1] / columns, grid.shape[0] / rows
        corner = (left + 1) / columns, 1 - (top + 1.3) / rows - size[1]
        ax = figure.add_axes((*corner, *size))
        signed = name != "x" or grid.min() < 0
        draw_grid(ax, grid, 1.5 * (np.abs(grid).max() or 1) if signed else None)
        ax.set_title(f"{name}, {grid.shape[0]} × {grid.shape[1]}")
        if name == "dout":
            frame(ax, position, (1, 1))
        elif name in ("x", "dx, scattered"):
            frame(ax, window, w.shape)
    return figure


@style()
def show_step_sizes(steps, curves):
    """Draw the error of a gradient check against its step, both logarithmic.

    Args:
        steps: the steps h.
        curves: {name: relative errors, one for each step}.
    """
    figure, ax = plt.subplots(figsize=(7.6, 4))
    for (name, errors), marker in zip(curves.items(), "os^v", strict=False):
        ax.loglog(steps, errors, marker=marker, label=name)
    ax.set(xlabel="step h", ylabel="largest relative error of the gradient")
    ax.grid(True)
    ax.legend(loc="upper center")
    return figure
