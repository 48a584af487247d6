"""Convolution as a matrix product, and what ways to compute it cost."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import NullLocator

from cnnedu.kernels import im2col
from cnnedu.plots.grids import CELL_INCHES, draw_grid, frame
from cnnedu.plots.style import BLUE, GREEN, style

WIDTH = 9.8  # inches


@style()
def show_columns(x, w, at=(0, 0), stride=1, pixel=None):
    """Draw a cross-correlation as a matrix product: kernel as a row, windows as columns.

    The kernel's row stands left of the outputs and the columns above them, so that each output lies
    below its column.

    Args:
        x: picture, shape (H, W) or (C, H, W).
        w: kernel, shape (KH, KW) or (C, KH, KW).
        at: (row, column) of the output whose window is framed.
        stride: pixels the window moves between two outputs.
        pixel: (channel, row, column) of a pixel that is marked together with all its copies.
    """
    x, w = (array if array.ndim == 3 else array[None] for array in map(np.asarray, (x, w)))
    (channels, height, width), size = x.shape, w.shape[1:]
    columns = im2col(x[None], size, stride)[0]
    out = w.reshape(1, -1) @ columns
    number = at[0] * ((width - size[1]) // stride + 1) + at[1]
    marked = np.zeros(x.shape)
    if pixel is not None:
        marked[tuple(pixel)] = 1
    copies = im2col(marked[None], size, stride)[0]

    # The place of each grid, in cells: columns from the left, rows down.
    left = max(channels * (width + 1) - 1, w.size)
    top = max(height, len(columns))
    right = left + 3
    all_columns, all_rows = right + out.size + 0.5, top + 5.5
    cell = min(CELL_INCHES, WIDTH / all_columns)
    largest = np.abs(x).max() or 1
    limit = 1.5 * np.abs(x).max() if x.min() < 0 else None
    grids = [(plane, limit, 1 + c * (width + 1), 1.5) for c, plane in enumerate(x)]
    grids += [
        (columns, limit, right, 1.5),
        (w.reshape(1, -1), 1.5 * np.abs(w).max() or 1, 1, top + 3.5),
        (out, 1.5 * np.abs(out).max() or 1, right, top + 3.5),
    ]
    size_of_x = f"{height} × {width}" if channels == 1 else f"{channels} × {height} × {width}"
    titles = [f"picture, {size_of_x}", *[""] * (channels - 1)]
    titles += [f"windows as columns, {len(columns)} × {out.size}"]
    titles += [f"kernel as a row, 1 × {w.size}", f"kernel · columns = output, 1 × {out.size}"]
    figure = plt.figure(figsize=(cell * all_columns, cell * all_rows), layout="none")
    with plt.rc_context({"font.size": min(11, 30 * cell)}):
        for (grid, limit, across, down), title in zip(grids, titles, strict=True):
            box = (grid.shape[1] / all_columns, grid.shape[0] / all_rows)
            ax = figure.add_axes((across / all_columns, 1 - down / all_rows - box[1], *box))
            draw_grid(ax, grid, limit, largest)
            ax.tick_params(labelsize=min(10, 28 * cell), pad=1)
            ax.set_title(title, loc="left", fontsize=11, pad=4)
    *planes, matrix, row, result = figure.axes
    for ax in planes:
        frame(ax, (at[0] * stride, at[1] * stride), size, clip_on=False)
    for edge in range(w[0].size, w.size, w[0].size):
        matrix.axhline(edge, color=BLUE, linewidth=2)
    for ax in (row, result):
        ax.set_yticks([])
    frame(matrix, (0, number), (len(columns), 1), linewidth=2.5, clip_on=False)
    frame(result, (0, number), (1, 1), linewidth=2.5, clip_on=False)
    for ax, marks in zip((*planes, matrix), (*marked, copies), strict=True):
        for place in np.argwhere(marks):
            frame(ax, place, (1, 1), GREEN, 3, clip_on=False)
    return figure


@style()
def show_ladder(rungs):
    """Draw what several ways to compute the same thing cost: time, multiplications, memory.

    Args:
        rungs: {name: (seconds, multiplications, bytes of workspace)}, the slowest first; nan where
            a cost isn't known.
    """
    columns = np.array(list(rungs.values()), dtype=float).T
    heads = ["time, ms", "multiplications, millions", "workspace, MB"]
    figure, axes = plt.subplots(
        1, 3, figsize=(10, 0.42 * len(rungs) + 1.2), sharey=True, width_ratios=[2, 1.1, 1.1]
    )
    places = np.arange(len(rungs))
    for ax, values, head, unit in zip(axes, columns, heads, [1e3, 1e-6, 1e-6], strict=True):
        shown = unit * values
        ax.scatter(shown, places, color=BLUE, s=36, zorder=3)
        for place, value in zip(places, shown, strict=True):
            known = np.isfinite(value)
            at = (value, place) if known else (0, place)
            across = ("data" if known else "axes fraction", "data")
            text = _short(value) if known else "not told"
            ax.annotate(text, at, (7, 0), across, "offset points", va="center", fontsize=10)
        ax.set_xlabel(head)
        ax.set_yticks(places, list(rungs))
        ax.grid(True, axis="y")
        ax.tick_params(axis="y", length=0)
        ax.set_axisbelow(True)
    axes[0].set_xscale("log")
    least, most = np.nanmin(1e3 * columns[0]), np.nanmax(1e3 * columns[0])
    axes[0].set_xlim(least / 2, 30 * most)  # room for the number beside the last dot
    for ax, values in zip(axes[1:], 1e-6 * columns[1:], strict=True):
        ax.set_xlim(-0.04 * np.nanmax(values), 1.45 * np.nanmax(values))
    axes[0].set_ylim(len(rungs) - 0.5, -0.5)
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
    ax.yaxis.set_major_formatter("{x:g}")
    ax.set(xlabel="side of the kernel, pixels", ylabel="time, ms")
    ax.grid(True)
    ax.legend()
    return figure


def _short(value):
    """Write a number with two or three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
