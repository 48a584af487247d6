"""Volumes: a picture's channels in, feature maps out, and a network as a row of blocks."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from cnnedu.plots.diagrams import draw_arrow, draw_box
from cnnedu.plots.feature_maps import draw_map
from cnnedu.plots.style import SIGNED, style

CHANNELS = {"red": "#C1272D", "green": "#138D4A", "blue": "#0054A6"}
FACES = {"front": "#CFE3F1", "top": "#9CC5E0", "side": "#6FA8CC"}


@style()
def show_stack(x, w, maps, names):
    """Draw a colour picture as three sheets and, below, F filters, each above the map it makes.

    Args:
        x: colour picture, shape (3, H, W); 0 is dark, its largest number light.
        w: filters, shape (F, 3, KH, KW).
        maps: feature maps, shape (F, OH, OW). Their ranges differ, so each has its own colours,
            full at what 99 % of its numbers stay below; that size stands below the map.
        names: one name per filter.
    """
    F = len(w)
    figure = plt.figure(figsize=(1.9 * F, 5.6))
    above, middle, below = figure.subfigures(3, 1, height_ratios=[2.1, 0.9, 2.8])
    above.suptitle(f"picture, {_times(x.shape)}", fontsize=11)
    for ax, sheet, (name, colour) in zip(above.subplots(1, 3), x, CHANNELS.items(), strict=True):
        shades = LinearSegmentedColormap.from_list(name, ["#000000", colour, "#ffffff"])
        draw_map(ax, sheet, 0, x.max(), shades)
        ax.set_xlabel(name)
    middle.suptitle(f"filters, {_times(w.shape)}", fontsize=11)
    columns = middle.subfigures(1, F, squeeze=False, wspace=0.15)[0]
    for column, filters in zip(columns, w, strict=True):
        limit = np.abs(filters).max()
        axes = column.subplots(1, 3)
        for ax, weights, colour in zip(axes, filters, CHANNELS.values(), strict=True):
            ax.imshow(weights, cmap=SIGNED, vmin=-limit, vmax=limit)
            ax.set(xticks=[], yticks=[])
            ax.spines[:].set(visible=True, color=colour, linewidth=2)
    below.suptitle(f"feature maps, {_times(maps.shape)}", fontsize=11)
    axes = below.subplots(1, F, squeeze=False)[0]
    for ax, feature_map, name in zip(axes, maps, names, strict=True):
        limit = np.percentile(np.abs(feature_map), 99)
        draw_map(ax, feature_map, -limit, limit, SIGNED)
        ax.set_title(name, fontsize=11)
        ax.set_xlabel(f"colours full at ±{limit:.1f}", fontsize=10)
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


def _times(shape):
    return " × ".join(map(str, shape))
