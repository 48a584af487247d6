"""Filters: as weights with their numbers, beside one made by hand, or as colours."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import draw_grid
from cnnedu.plots.style import ORANGE, SIGNED, style


@style()
def show_kernels(kernels, titles, captions, columns=6):
    """Draw kernels in rows, each weight with its number, all in one range of colours.

    Args:
        kernels: arrays of shape (KH, KW).
        titles: a line above each.
        captions: a line below each.
        columns: how many to a row.
    """
    rows = -(-len(kernels) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(1.6 * columns, 2.1 * rows), squeeze=False)
    limit = 1.3 * max(np.abs(kernel).max() for kernel in kernels)  # the darkest would hide numbers
    panels = zip(axes.flat, kernels, titles, captions, strict=False)
    for ax, kernel, title, caption in panels:
        draw_grid(ax, np.round(kernel, 1) + 0.0, limit)  # no "−0"
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=11)
        ax.set_xlabel(caption, fontsize=10)
    for ax in axes.flat[len(kernels) :]:
        ax.set_visible(False)
    return figure


@style()
def show_filters(kernel, filters, captions, name="by hand", mark=None):
    """Draw a kernel made by hand and, beside it, the filters of a layer, in rows of eight.

    Filters differ in size, so each is drawn as a share of its own largest weight.

    Args:
        kernel: shape (KH, KW).
        filters: shape (F, KH, KW).
        captions: a line below each filter.
        name: the line below the kernel.
        mark: number of the filter to frame, or None.
    """
    rows = -(-len(filters) // 8)
    figure = plt.figure(figsize=(10, 1.2 * rows + 0.3))
    left, right = figure.subfigures(1, 2, width_ratios=[1, 5.2])
    drawn = _draw(left.subplots(), kernel, name)
    axes = right.subplots(rows, 8, squeeze=False)
    for number, (ax, weights, caption) in enumerate(
        zip(axes.flat, filters, captions, strict=False)
    ):
        _draw(ax, weights, caption)
        if number == mark:
            ax.spines[:].set(visible=True, color=ORANGE, linewidth=3.5)
    for ax in axes.flat[len(filters) :]:
        ax.set_visible(False)
    bar = right.colorbar(drawn, ax=axes, shrink=0.9, pad=0.01, ticks=[-1, 0, 1])
    bar.set_label("weight, share of\nthe largest", fontsize=10)
    return figure


@style()
def show_colour_filters(banks, columns=16):
    """Draw filters on colour pictures as colours: grey is 0, each as a share of its largest weight.

    Args:
        banks: {title: filters of shape (F, 3, KH, KW)}.
        columns: how many to a row.
    """
    rows = [-(-len(filters) // columns) for filters in banks.values()]
    figure = plt.figure(figsize=(0.56 * columns, sum(0.56 * n + 0.5 for n in rows)))
    parts = figure.subfigures(len(banks), 1, height_ratios=[0.56 * n + 0.5 for n in rows])
    for part, count, (title, filters) in zip(np.ravel(parts), rows, banks.items(), strict=True):
        axes = part.subplots(count, columns, squeeze=False)
        for ax in axes.flat:
            ax.set_axis_off()
        for ax, weights in zip(axes.flat, np.asarray(filters), strict=False):
            share = weights / (np.abs(weights).max() or 1)
            ax.imshow(0.5 + 0.5 * share.transpose(1, 2, 0))
        part.suptitle(title, fontsize=11)
    return figure


def _draw(ax, weights, caption):
    """Draw one filter as a share of its largest weight."""
    share = np.asarray(weights) / (np.abs(weights).max() or 1)
    drawn = ax.imshow(share, cmap=SIGNED, vmin=-1, vmax=1)
    ax.set(xticks=[], yticks=[])
    ax.set_xlabel(caption, fontsize=10)
    ax.spines[:].set_visible(False)
    return drawn
