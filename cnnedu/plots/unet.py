"""The U of a U-Net, drawn from the network itself."""

import itertools

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle

from cnnedu.nn import evaluating
from cnnedu.plots.diagrams import draw_arrow
from cnnedu.plots.style import GREY, RED, style


@style()
def show_unet(network, x):
    """Draw the maps of a `UNet` as blocks to scale, with their shapes, and the skips between them.

    Args:
        network: `cnnedu.models.unet.UNet`.
        x: float tensor (1, 3, H, W).
    """
    down, up = _shapes(network, x)
    levels = len(down)
    figure, ax = plt.subplots(figsize=(9, 1.25 * levels + 0.8))
    ax.set(xlim=(-1.6, 2 * levels + 1.0), ylim=(1.1 - 1.6 * levels, 0.78))
    ax.set_axis_off()
    places = []
    columns = [*range(levels), *range(levels, 2 * levels - 1)]
    for column, shape in zip(columns, [*down, *up], strict=True):
        level = column if column < levels else 2 * levels - 2 - column
        places.append((1.0 * column, -1.6 * level, shape))
    _block(ax, -1.1, 0, tuple(x.shape[1:]), "picture")
    draw_arrow(ax, (-0.85, 0), (-0.25, 0))
    for start, end in itertools.pairwise(places):
        _step(ax, start, end)
    for level in range(levels - 1):
        (x1, y, _), (x2, _, _) = places[level], places[-1 - level]
        draw_arrow(ax, (x1 + 0.28, y), (x2 - 0.28, y), RED)
        ax.text((x1 + x2) / 2, y + 0.09, "skip: append", ha="center", color=RED, fontsize=9)
    for across, height, shape in places:
        _block(ax, across, height, shape)
    end = places[-1][0] + 1.2
    draw_arrow(ax, (places[-1][0] + 0.25, 0), (end - 0.25, 0))
    _block(ax, end, 0, (network.classify.out_channels, *x.shape[2:]), "logits")
    ax.text(-1.5, 1.1 - 1.6 * levels + 0.1, "↘ 2×2 max pooling", fontsize=9, va="bottom")
    ax.text(end + 0.4, 1.1 - 1.6 * levels + 0.1, "↗ 2×2 transposed convolution, stride 2",
            fontsize=9, ha="right", va="bottom")  # fmt: skip
    return figure


@torch.no_grad()
def _shapes(network, x):
    """Return the shapes (C, H, W) that the levels give on the way down, and on the way up."""
    shapes, hooks = [], []
    for part in (*network.down, *network.up):
        hooks.append(
            part.register_forward_hook(lambda part, given, out: shapes.append(tuple(out.shape[1:])))
        )
    try:
        with evaluating(network):
            network(x)
    finally:
        for hook in hooks:
            hook.remove()
    return shapes[: len(network.down)], shapes[len(network.down) :]


def _block(ax, across, height, shape, name=""):
    """Draw one block around (across, height): tall for many rows, wide for many channels."""
    channels, rows, columns = shape
    tall, wide = 0.9 * rows / 64, 0.1 + 0.4 * channels / 64
    colour = "#e3d18f" if name else "#8fc1e3"
    ax.add_patch(
        Rectangle((across - wide / 2, height - tall / 2), wide, tall, facecolor=colour,
                  edgecolor=GREY, linewidth=0.8)
    )  # fmt: skip
    text = f"{channels}×{rows}×{columns}"
    ax.text(across, height - tall / 2 - 0.06, text, ha="center", va="top", fontsize=8)
    if name:
        ax.text(across, height + tall / 2 + 0.05, name, ha="center", va="bottom", fontsize=9)


def _step(ax, start, end):
    """Draw the arrow from one block to the next: from below it down, or from beside it up."""
    (x1, y1, shape1), (x2, y2, shape2) = start, end
    below1, below2 = (0.45 * shape[1] / 64 + 0.24 for shape in (shape1, shape2))
    if y2 < y1:
        draw_arrow(ax, (x1, y1 - below1), (x2 - 0.33, y2 + 0.1))
    else:
        draw_arrow(ax, (x1 + 0.33, y1 + 0.1), (x2, y2 - below2))
