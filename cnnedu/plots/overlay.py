"""A Grad-CAM map over the picture it explains."""

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from cnnedu.plots.style import SIGNED, style


def show_overlay(picture, heat, said):
    """Draw a picture, and beside it a Grad-CAM map over its grey copy.

    Args:
        picture: uint8 (H, W, 3).
        heat: (h, w), at least 0, in units of the logit; smaller than the picture as a rule.
        said: what the network said, such as "cat 81 %".

    Returns:
        The matplotlib `Figure`.
    """
    with style():
        figure, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.5))
        left.imshow(picture)
        left.set_title("what the network gets,\nbefore it is made small")
        drawn = draw_overlay(right, picture, heat)
        right.set_title(f"where it looked\nto say: {said}")
        bar = figure.colorbar(drawn, ax=(left, right), shrink=0.8)
        bar.ax.set_ylim(0, drawn.norm.vmax)
        bar.set_label("Grad-CAM, in logits", fontsize=10)
        bar.solids.set_alpha(1)
        for ax in (left, right):
            ax.set_axis_off()
    plt.close(figure)
    return figure


def draw_overlay(ax, picture, heat, limit=None):
    """Lay a map, smoothly enlarged, over a grey copy of the picture; return the coloured layer.

    Args:
        ax: matplotlib `Axes`.
        picture, heat: as for `show_overlay`.
        limit: value at which the colour is full; the largest of `heat` by default.
    """
    height, width, _ = picture.shape
    heat = Image.fromarray(np.asarray(heat, np.float32)).resize((width, height), Image.BILINEAR)
    heat = np.asarray(heat)
    limit = limit or heat.max() or 1
    ax.imshow(picture.mean(axis=2), cmap="gray", vmin=0, vmax=255)
    return ax.imshow(heat, cmap=SIGNED, vmin=-limit, vmax=limit, alpha=0.55)
