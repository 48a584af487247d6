"""The course in one moving picture, for the README: `cnnedu.authoring.poster` joins the moments."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.kernels import conv2d, correlate2d
from cnnedu.plots.grids import WINDOW, draw_grid, frame
from cnnedu.plots.heatmaps import draw_heat
from cnnedu.plots.style import LIGHT, SIGNED, style

WIDTH, HEIGHT, CELL, TILE = 800, 506, 26, 182  # pixels


@style()
def show_course(x, w, photograph, filters, small, heat, outputs=36, marked=None):
    """Draw one moment of the course: a kernel at work by hand, and in a trained network.

    Args:
        x: picture, shape (8, 8).
        w: kernel designed by hand, shape (3, 3).
        photograph: uint8 (H, H, 3).
        filters: 16 kernels of a first layer, shape (16, 3, KH, KW).
        small: the photograph as the network gets it, uint8 (h, h, 3).
        heat: (h, h), the loss of probability where the picture is covered.
        outputs: number of outputs that have been computed, from 1 to 36; the last is explained.
        marked: place of the picture in the lower half that is framed, from 0 to 3, or None.

    Returns:
        The matplotlib `Figure`.
    """
    tiles = [
        ("a photograph", lambda ax: ax.imshow(photograph, interpolation="antialiased")),
        ("the same kernel, laid on it", lambda ax: _draw_edges(ax, photograph, w)),
        ("kernels a network has learnt", lambda ax: _draw_filters(ax, filters)),
        ("red: what “cat” depends on", lambda ax: draw_heat(ax, small, heat)),
    ]
    figure = plt.figure(figsize=(WIDTH / 100, HEIGHT / 100), layout="none")
    _write(figure, 14, 24, "By hand: lay the kernel on, multiply, add", weight="bold")
    _draw_by_hand(figure, x, w, outputs)
    title = "The same arithmetic on a photograph, and in a trained network"
    _write(figure, 14, 288, title, weight="bold")
    for place, (caption, draw) in enumerate(tiles):
        left = 14 + place * (TILE + 15)
        ax = _axes(figure, left, 317, TILE, TILE)
        _write(figure, left, 310, caption, size=9.5)
        draw(ax)
        if place == marked:
            edge = {"transform": ax.transAxes, "edgecolor": WINDOW, "linewidth": 5}
            ax.add_patch(plt.Rectangle((0, 0), 1, 1, fill=False, clip_on=False, **edge))
    return figure


def _draw_by_hand(figure, x, w, outputs):
    """Draw picture, kernel and the first outputs, with the arithmetic of the last one."""
    out = correlate2d(x, w)
    limit, (row, column) = np.abs(out).max(), divmod(outputs - 1, out.shape[1])
    picture, kernel, result = (
        _axes(figure, left, 150 - CELL * size // 2, CELL * size, CELL * size)
        for left, size in [(16, len(x)), (264, len(w)), (382, len(out))]
    )
    draw_grid(picture, x)
    draw_grid(kernel, w, limit)
    draw_grid(result, out, limit)
    for number in range(outputs, out.size):
        i, j = divmod(number, out.shape[1])
        empty = {"facecolor": "white", "edgecolor": LIGHT, "linewidth": 0.6}
        result.add_patch(plt.Rectangle((j, i), 1, 1, zorder=4, **empty))
    frame(picture, (row, column), w.shape)
    frame(result, (row, column), (1, 1))
    for left, sign in [(244, "⋆"), (361, "=")]:
        _write(figure, left, 156, sign, ha="center", size=16)
    window = x[row:, column:][: len(w), : len(w)]
    for (i, j), value in np.ndenumerate(window):
        product = f"{value} · {w[i, j]}".replace("-", "−")
        _write(figure, 612 + 68 * j, 120 + CELL * i, product, ha="center")
    total = f"sum = {out[row, column]}".replace("-", "−")
    box = {"facecolor": "none", "edgecolor": WINDOW, "linewidth": 2.5, "boxstyle": "square"}
    _write(figure, 680, 216, total, ha="center", size=12, weight="bold", bbox=box)


def _axes(figure, left, top, width, height):
    """Add axes at a place given in pixels from the top left corner."""
    place = left / WIDTH, 1 - (top + height) / HEIGHT, width / WIDTH, height / HEIGHT
    ax = figure.add_axes(place)
    ax.set_axis_off()
    return ax


def _write(figure, left, bottom, text, **options):
    """Write text on a baseline whose place is given in pixels from the top left corner."""
    figure.text(left / WIDTH, 1 - bottom / HEIGHT, text, **options)


def _draw_edges(ax, photograph, w):
    """Draw the outputs of a kernel on the grey photograph: blue below zero, red above."""
    out = conv2d(photograph.mean(axis=2)[None, None], w[None, None])[0, 0]
    limit = np.quantile(np.abs(out), 0.99)
    ax.imshow(out, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="antialiased")


def _draw_filters(ax, filters, gap=1):
    """Lay 16 filters out in a square, each as a small colour picture between its extremes."""
    low, high = filters.min((1, 2, 3), keepdims=True), filters.max((1, 2, 3), keepdims=True)
    pictures = ((filters - low) / (high - low)).transpose(0, 2, 3, 1)
    pictures = np.pad(pictures, [(0, 0), (0, gap), (0, gap), (0, 0)], constant_values=1)
    table = np.vstack([np.hstack(row) for row in pictures.reshape(4, 4, *pictures.shape[1:])])
    ax.imshow(table[:-gap, :-gap])
