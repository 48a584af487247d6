"""Volumes: a picture's channels in, feature maps out, and a network as a row of blocks."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from cnnedu.plots.diagrams import draw_arrow, draw_box
from cnnedu.plots.grids import frame
from cnnedu.plots.style import SIGNED, style

CHANNELS = {"red": "#C1272D", "green": "#138D4A", "blue": "#0054A6"}
FACES = {"front": "#CFE3F1", "top": "#9CC5E0", "side": "#6FA8CC"}
SHEET, SHIFT = (3.0, 0.55)  # a sheet's side, and how far each lies behind the one before it


@style()
def show_stack(x, w, maps, names):
    """Draw a colour picture as three sheets, F filters, and their F feature maps as a stack.

    Args:
        x: colour picture, shape (3, H, W); 0 is dark, its largest number light.
        w: filters, shape (F, 3, KH, KW).
        maps: feature maps, shape (F, OH, OW).
        names: one name per filter.
    """
    F = len(w)
    figure, ax = plt.subplots(figsize=(9.5, 3.7))
    for k, (name, colour) in reversed(list(enumerate(CHANNELS.items()))):
        ink = LinearSegmentedColormap.from_list(name, ["#000000", colour, "#ffffff"])
        _sheet(ax, x[k], 0, k, ink, 0, x.max())
    ax.text(SHEET / 2, -0.45, f"picture\n{_times(x.shape)}", ha="center", va="top")
    step = (SHEET + SHIFT * (F - 1)) / F
    for f in range(F):
        bottom = SHEET + SHIFT * (F - 1) - (f + 1) * step
        _filter(ax, w[f], 7.2, bottom, 0.78 * step)
        ax.text(7.05, bottom + 0.4 * step, names[f], ha="right", va="center", fontsize=10)
    ax.text(8.6, -0.45, f"filters\n{_times(w.shape)}", ha="center", va="top")
    for k in reversed(range(F)):
        limit = np.percentile(np.abs(maps[k]), 99)
        _sheet(ax, maps[k], 11.5, k, SIGNED, -limit, limit)
        corner = (11.6 + SHEET + k * SHIFT, k * SHIFT + 0.22)
        ax.text(*corner, names[k], va="center", fontsize=10)
    ax.text(11.5 + SHEET / 2, -0.45, f"feature maps\n{_times(maps.shape)}", ha="center", va="top")
    for start in (4.4, 10.5):
        draw_arrow(ax, (start, 2), (start + 0.7, 2), linewidth=1, shrink=2)
    ax.set(xlim=(-0.2, 18.2), ylim=(-1.6, SHEET + SHIFT * (F - 1) + 0.3), aspect="equal")
    ax.set_axis_off()
    return figure


@style()
def show_blocks(shapes, labels):
    """Draw a network as a row of blocks: height for the picture's side, width for the channels.

    Args:
        shapes: (C, H, W) of every volume, or (D,) of a plain row of numbers.
        labels: what is between each volume and the next, one fewer than `shapes`.
    """
    tallest = max(shape[-1] for shape in shapes if len(shape) == 3)
    figure, ax = plt.subplots(figsize=(10, 3.6))
    across = 0.0
    for i, shape in enumerate(shapes):
        if len(shape) == 3:
            side, depth = 3 * shape[1] / tallest, 0.25 + shape[0] / 90
            slant, name = 0.35 * side, f"{shape[1]} × {shape[2]}\n× {shape[0]}"
        else:
            side, depth = 0.55 * np.log10(shape[0]), 0.12
            slant, name = 0.08, f"{shape[0]:,}"
        look = {"slant": (slant, slant / 2), "edgecolor": "white", "linewidth": 1}
        draw_box(ax, (across, -side / 2), (depth, side), fills=FACES, **look)
        middle = across + depth / 2
        ax.text(middle, -side / 2 - 0.2, name, ha="center", va="top", fontsize=11)
        reach = across + depth + slant
        if i < len(labels):
            ax.text(reach + 0.75, 2.35, labels[i], ha="center", va="bottom", fontsize=10)
            draw_arrow(ax, (reach + 0.2, 0), (reach + 1.3, 0), linewidth=1, shrink=2)
        across = reach + 1.5
    ax.set(xlim=(-0.7, across), ylim=(-2.6, 3.3), aspect="equal")
    ax.set_axis_off()
    return figure


def _sheet(ax, picture, across, number, colours, low, high):
    """Draw one sheet of a stack; sheet 0 lies in front, at the bottom left."""
    left, bottom = across + number * SHIFT, number * SHIFT
    extent = (left, left + SHEET, bottom, bottom + SHEET)
    ax.imshow(picture, cmap=colours, vmin=low, vmax=high, extent=extent, zorder=10 - number)
    frame(ax, (bottom, left), (SHEET, SHEET), "white", 2, zorder=10 - number)


def _filter(ax, w, across, bottom, size):
    """Draw one filter: its three slices side by side, each framed in its channel's colour."""
    limit = np.abs(w).max()
    for c, colour in enumerate(CHANNELS.values()):
        left = across + c * 1.2 * size
        extent = (left, left + size, bottom, bottom + size)
        ax.imshow(w[c], cmap=SIGNED, vmin=-limit, vmax=limit, extent=extent)
        frame(ax, (bottom, left), (size, size), colour, 2)


def _times(shape):
    return " × ".join(map(str, shape))
