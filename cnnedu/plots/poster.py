"""The course in one picture, for the README."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.kernels import correlate2d
from cnnedu.plots.grids import draw_grid, frame
from cnnedu.plots.photographs import draw_heat
from cnnedu.plots.style import style


def show_course(x, w, filters, photograph, small, heat, at=(3, 0)):
    """Draw three stages: a kernel by hand, kernels a network learnt, and where it looked.

    Args:
        x: picture, shape (H, W).
        w: kernel designed by hand, shape (KH, KW).
        filters: kernels of a first layer, shape (F, 3, KH, KW), F a multiple of 4.
        photograph: uint8 (H', W', 3).
        small: the photograph as the network gets it, uint8 (h, w, 3).
        heat: (h, w), the loss of probability where the picture is covered.
        at: (row, column) of the output whose window is marked.

    Returns:
        The matplotlib `Figure`.
    """
    out = correlate2d(x, w)
    with style():
        figure = plt.figure(figsize=(12, 3.1))
        hand, learnt, looked = figure.subfigures(1, 3, width_ratios=[2.45, 0.75, 1.8], wspace=0.02)
        axes = hand.subplots(1, 3, width_ratios=[8, 3, 6])
        draw_grid(axes[0], x)
        draw_grid(axes[1], w, np.abs(out).max())
        draw_grid(axes[2], out, np.abs(out).max())
        frame(axes[0], at, w.shape)
        frame(axes[2], at, (1, 1))
        hand.suptitle("one kernel, laid on a picture by hand …")
        _draw_filters(learnt.subplots(), filters)
        learnt.suptitle("… 32 learnt …")
        seen, where = looked.subplots(1, 2)
        seen.imshow(photograph, interpolation="antialiased")
        draw_heat(where, small, heat)
        looked.suptitle("… and where the network looked")
        for ax in [*axes, seen, where]:
            ax.set_axis_off()
    plt.close(figure)
    return figure


def _draw_filters(ax, filters, columns=4, gap=1):
    """Lay the filters out in a table, each as a small colour picture between its extremes."""
    low, high = filters.min((1, 2, 3), keepdims=True), filters.max((1, 2, 3), keepdims=True)
    pictures = ((filters - low) / (high - low)).transpose(0, 2, 3, 1)
    pictures = np.pad(pictures, [(0, 0), (0, gap), (0, gap), (0, 0)], constant_values=1)
    count, height, width, colours = pictures.shape
    table = pictures.reshape(count // columns, columns, height, width, colours)
    table = table.transpose(0, 2, 1, 3, 4).reshape(-1, columns * width, colours)
    ax.imshow(table[:-gap, :-gap])
    ax.set_axis_off()
