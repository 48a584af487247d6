"""Pictures small enough for every pixel to show its number."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import TwoSlopeNorm
from matplotlib.patches import Rectangle

from cnnedu.kernels import correlate2d
from cnnedu.plots.style import LIGHT, ORANGE, SIGNED, style

CELL_INCHES = 0.42
WINDOW = ORANGE
HATCH = "////"  # marks padding


@style()
def show_grids(grids, titles, signed=(), limit=None):
    """Draw small pictures side by side, all pixels equally large, each with its number.

    Args:
        grids: list of arrays of shape (H, W).
        titles: one line above each.
        signed: indices of the grids whose sign matters: blue below zero, red above. The
            others are drawn as light: 0 is black, the largest number white.
        limit: the size at which the signed colours are full (default: the largest in any of the
            signed grids, so that they can be compared).
    """
    grids = [np.atleast_2d(g) for g in grids]
    figure, axes = _row_of_axes([g.shape for g in grids])
    limit = limit or max([np.abs(grids[i]).max() for i in signed], default=1) or 1
    for i, (ax, grid, title) in enumerate(zip(axes, grids, titles, strict=True)):
        draw_grid(ax, grid, limit if i in signed else None)
        ax.set_title(title)
    return figure


@style()
def show_correlation(x, w, at=(0, 0)):
    """Draw the picture, the kernel and all outputs of `correlate2d`, one window marked.

    Args:
        x: picture, shape (H, W).
        w: kernel, shape (KH, KW).
        at: (row, column) of the output whose window is marked.
    """
    out = correlate2d(x, w)
    figure, axes = _row_of_axes([x.shape, w.shape, out.shape])
    limit = np.abs(out).max() or 1
    draw_grid(axes[0], x)
    draw_grid(axes[1], w, limit)
    draw_grid(axes[2], out, limit)
    frame(axes[0], at, w.shape)
    frame(axes[2], at, (1, 1))
    shapes = [" × ".join(map(str, a.shape)) for a in (x, w, out)]
    names = ["picture x", "kernel w", "output"]
    for ax, name, shape in zip(axes, names, shapes, strict=True):
        ax.set_title(f"{name}\n{shape}")
    for ax, sign in zip(axes[:2], "⋆=", strict=True):
        _write_beside(ax, sign)
    return figure


def draw_grid(ax, grid, limit=None, largest=None):
    """Draw one picture on `ax`, each pixel a square with its number in it.

    Args:
        ax: matplotlib `Axes`.
        grid: array of shape (H, W); a nan is drawn as an empty square.
        limit: if given, the grid is signed and its colours are full at ±limit.
        largest: the number that is drawn white (default: the grid's largest, 1 or more).
    """
    height, width = grid.shape
    if limit is None:
        largest = max(grid.max(), 1) if largest is None else largest
        norm, colours = plt.Normalize(min(grid.min(), 0), largest), plt.get_cmap("gray")
    else:
        norm, colours = TwoSlopeNorm(0, -limit, limit), SIGNED
    drawn = ax.pcolormesh(grid, cmap=colours, norm=norm, edgecolors=LIGHT, linewidth=0.6)
    drawn.set_clip_on(False)  # the outermost lines lie half outside
    for (i, j), value in np.ndenumerate(grid):
        if np.isnan(value):
            continue
        red, green, blue, _ = drawn.cmap(norm(value))
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        label = f"{value:.3g}".replace("-", "−")
        ax.text(j + 0.5, i + 0.5, label, ha="center", va="center", color="w" if dark else "k")
    ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal")
    ax.set_xticks(np.arange(width) + 0.5, np.arange(width))
    ax.set_yticks(np.arange(height) + 0.5, np.arange(height))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def mark_padding(ax, shape, padding):
    """Hatch the `padding` rings of a drawn grid of `shape`; number the rows and columns inside."""
    height, width = shape
    for i, j in np.ndindex(shape):
        if min(i, j, height - 1 - i, width - 1 - j) < padding:
            ax.add_patch(
                Rectangle((j, i), 1, 1, fill=False, edgecolor="#777777", hatch=HATCH, linewidth=0)
            )
    for count, set_ticks in ((width, ax.set_xticks), (height, ax.set_yticks)):
        inside = np.arange(count - 2 * padding)
        set_ticks(inside + padding + 0.5, inside)


def frame(ax, at, shape, colour=WINDOW, linewidth=3.5, **look):
    """Frame the rectangle of `shape` (height, width) that begins `at` (row, column)."""
    (row, column), (height, width) = at, shape
    look |= {"edgecolor": colour, "linewidth": linewidth}
    ax.add_patch(Rectangle((column, row), width, height, fill=False, **look))


def _write_beside(ax, sign):
    """Write the sign of an operation to the right of `ax`, at half its height."""
    look = {"fontsize": 22, "ha": "center", "va": "center"}
    ax.annotate(sign, (1, 0.5), (22, 0), "axes fraction", "offset points", **look)


def _row_of_axes(shapes):
    """Return a figure and axes in one row, sized so that pixels are equally large in all."""
    widths = [width + 1.2 for _, width in shapes]
    height = max(height for height, _ in shapes)
    size = (CELL_INCHES * (sum(widths) + 0.6), CELL_INCHES * (height + 2.4))
    figure, axes = plt.subplots(1, len(shapes), figsize=size, width_ratios=widths, squeeze=False)
    return figure, axes[0]
