"""Convolution as a matrix product, and what ways to compute it cost."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import NullLocator

from cnnedu.kernels import correlate2d, im2col
from cnnedu.plots.grids import INK, draw_grid, frame
from cnnedu.plots.style import SIGNED, SKY, style


@style()
def show_columns(x, w, at=(0, 0)):
    """Draw a cross-correlation as a matrix product: kernel as a row, windows as columns.

    Args:
        x: picture, shape (H, W).
        w: kernel, shape (KH, KW).
        at: (row, column) of the output whose window is marked.
    """
    out = correlate2d(x, w)
    columns = im2col(x[None, None], w.shape)[0]
    number, limit = at[0] * out.shape[1] + at[1], np.abs(out).max()
    layout = [["picture", "kernel"], ["picture", "columns"], ["picture", "out"]]
    figure, axes = plt.subplot_mosaic(
        layout, figsize=(9.8, 4.4), width_ratios=[1, 1.75], height_ratios=[1, 9, 1.4]
    )
    draw_grid(axes["picture"], x)
    frame(axes["picture"], at, w.shape)
    axes["picture"].set_title("picture, one window marked")
    _draw_matrix(axes["kernel"], w.reshape(1, -1), SIGNED, (-limit, limit))
    axes["kernel"].set_title(f"kernel as a row, 1 × {w.size}", fontsize=11)
    _draw_matrix(axes["columns"], columns, INK, (0, 1))
    axes["columns"].set_title(f"windows as columns, {w.size} × {out.size}", fontsize=11)
    axes["columns"].set_ylabel("place in the window")
    _draw_matrix(axes["out"], out.reshape(1, -1), SIGNED, (-limit, limit))
    axes["out"].set_title(f"kernel · columns = output, 1 × {out.size}", fontsize=11)
    axes["out"].set_xlabel("window, row by row")
    frame(axes["columns"], (-0.5, number - 0.5), (w.size, 1))
    frame(axes["out"], (-0.5, number - 0.5), (1, 1))
    return figure


@style()
def show_ladder(rungs):
    """Draw what several ways to compute the same thing cost: time, multiplications, memory.

    Args:
        rungs: {name: (seconds, multiplications, bytes of workspace)}, the slowest first.
    """
    names = list(rungs)
    columns = np.array(list(rungs.values()), dtype=float).T
    heads = ["time, ms", "multiplications, millions", "workspace, MB"]
    figure, axes = plt.subplots(
        1, 3, figsize=(10, 0.46 * len(names) + 1.2), sharey=True, width_ratios=[2, 1, 1]
    )
    for ax, values, head, unit in zip(axes, columns, heads, [1e3, 1e-6, 1e-6], strict=True):
        shown = unit * values
        bars = ax.barh(names, shown, color=SKY)
        ax.bar_label(bars, [_short(value) for value in shown], padding=3, fontsize=10)
        ax.set_xlabel(head)
        ax.margins(x=0.4)
    axes[0].set_xscale("log")
    axes[0].set_xlim(right=2e4 * columns[0].max())
    axes[0].invert_yaxis()
    return figure


@style()
def show_kernel_sizes(sizes, milliseconds):
    """Draw the time of several methods against the size of the kernel, both logarithmic.

    Args:
        sizes: side of the square kernels, pixels.
        milliseconds: {method: one time for each size}.
    """
    figure, ax = plt.subplots(figsize=(7.2, 3.6))
    for (name, values), marker in zip(milliseconds.items(), "osv^", strict=False):
        ax.loglog(sizes, values, marker=marker, label=name)
    ax.set_xticks(sizes, [str(size) for size in sizes])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set(xlabel="side of the kernel, pixels", ylabel="time, ms")
    ax.grid(True)
    ax.legend()
    return figure


def _draw_matrix(ax, matrix, colours, limits):
    """Draw a matrix as coloured squares without numbers."""
    ax.imshow(matrix, cmap=colours, vmin=limits[0], vmax=limits[1])
    ax.set_xticks(range(0, matrix.shape[1], 6))
    ax.set_yticks(range(0, matrix.shape[0], 4))


def _short(value):
    """Write a number with two or three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
