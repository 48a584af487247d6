"""Pictures and feature maps too large for numbers: grey, colour or signed, in one range."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import draw_grid, frame
from cnnedu.plots.style import SIGNED, in_steps, style

LEVELS = 32  # steps of grey or of signed colour: enough for the eye, and the PNG stays small


@style()
def show_maps(maps, titles, signed=(), columns=4, limit=None, white=None, size=2.1):
    """Draw pictures and feature maps in rows, each with its size below it.

    Args:
        maps: arrays of shape (H, W), or (H, W, 3) in uint8 for colour.
        titles: one above each.
        signed: indices of the maps whose sign matters: blue below zero, red above.
        columns: how many to a row.
        limit: size at which the signed colours are full (default: what 99 % of the numbers in the
            signed maps stay below, so that they can be compared).
        white: value drawn white in the others, 0 being black (default: the largest number in
            any of them).
        size: width of one picture, inches.
    """
    maps = [np.asarray(m) for m in maps]
    limit = limit or _usual_size([maps[i] for i in signed])
    grey = [m.max() for i, m in enumerate(maps) if i not in signed and m.ndim == 2]
    white = white or max(grey, default=1)
    rows = -(-len(maps) // columns)
    shape = (size * min(columns, len(maps)) + 0.8 * bool(signed), (size + 0.6) * rows)
    figure, axes = plt.subplots(rows, min(columns, len(maps)), figsize=shape, squeeze=False)
    drawn = None
    for i, (ax, picture, title) in enumerate(zip(axes.flat, maps, titles, strict=False)):
        if i in signed:
            drawn = draw_map(ax, picture, -limit, limit, SIGNED)
        else:
            draw_map(ax, picture, 0, white, "gray")
        ax.set_title(title, fontsize=11)
    for ax in axes.flat[len(maps) :]:
        ax.set_visible(False)
    if drawn:
        bar = figure.colorbar(drawn, ax=axes, shrink=0.8 / rows**0.5, pad=0.02)
        bar.set_label("answer", fontsize=10)
        bar.ax.tick_params(labelsize=9)
    return figure


@style()
def show_bank(picture, bank, maps):
    """Draw a photograph, and under it every kernel with the map it makes.

    Maps of kernels whose weights add up to zero are signed; the others are drawn in the range of
    the photograph.

    Args:
        picture: shape (H, W), values 0 to 255.
        bank: {name: kernel of shape (KH, KW)}.
        maps: one map per kernel.
    """
    zero = [bool(np.isclose(np.sum(kernel), 0)) for kernel in bank.values()]
    limit = _usual_size([m for m, is_zero in zip(maps, zero, strict=True) if is_zero])
    figure = plt.figure(figsize=(1.62 * len(bank), 3.1))
    axes = figure.subplots(2, len(bank), height_ratios=[1, 1.5])
    columns = zip(axes.T, bank.items(), maps, zero, strict=True)
    for (above, below), (name, kernel), output, is_zero in columns:
        kernel = np.asarray(kernel)
        draw_grid(above, kernel.round(2), 1.5 * np.abs(kernel).max())
        plt.setp(above.texts, fontsize=9)
        above.set(title=name, xticks=[], yticks=[])
        if is_zero:
            draw_map(below, output, -limit, limit, SIGNED)
        else:
            draw_map(below, output, 0, picture.max(), "gray")
    return figure


@style()
def show_stages(stages, titles, window=None):
    """Draw one picture on its way through a network: stage after stage, its size below it.

    Args:
        stages: arrays of shape (H, W), in the order of computation: the first in grey, the others
            in the colours of signed values.
        titles: one above each.
        window: (top, left, size) of a square in the first stage to mark and to show enlarged in
            all stages, in a second row; None for none.
    """
    stages = [np.asarray(s) for s in stages]
    limit = _usual_size(stages[1:])
    rows = 2 if window else 1
    shape = (2 * len(stages), 2.45 * rows)
    figure, axes = plt.subplots(rows, len(stages), figsize=shape, squeeze=False)
    for i, (stage, title) in enumerate(zip(stages, titles, strict=True)):
        low, high, colours = (0, stage.max(), "gray") if i == 0 else (-limit, limit, SIGNED)
        draw_map(axes[0, i], stage, low, high, colours)
        axes[0, i].set_title(title, fontsize=11)
        if window:
            scale = stage.shape[0] / stages[0].shape[0]
            top, left, size = (round(v * scale) for v in window)
            draw_map(axes[1, i], stage[top : top + size, left : left + size], low, high, colours)
            frame(axes[0, i], (top, left), (size, size), linewidth=2)
    if window:
        axes[1, 0].set_ylabel("the square, enlarged")
    return figure


def draw_map(ax, picture, low, high, colours):
    """Draw one picture or map on `ax`, with its size in pixels below it."""
    if picture.ndim == 2:
        share = np.clip((picture - low) / (high - low or 1), 0, 1)
        picture = low + in_steps(share, LEVELS) * (high - low)
    drawn = ax.imshow(picture, cmap=colours, vmin=low, vmax=high, interpolation="auto")
    ax.set(xticks=[], yticks=[], xlabel=f"{picture.shape[0]} × {picture.shape[1]}")
    ax.spines[:].set_visible(False)
    return drawn


def _usual_size(maps):
    """Return the size that 99 % of the numbers stay below, 1 if there are none."""
    sizes = np.concatenate([np.abs(m).ravel() for m in maps]) if maps else np.zeros(1)
    return float(np.percentile(sizes, 99)) or float(sizes.max()) or 1.0
