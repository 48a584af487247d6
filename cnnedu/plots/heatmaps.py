"""Heat maps over pictures: where a network looked."""

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from cnnedu.plots.style import SIGNED, in_steps, style


@style()
def show_heatmaps(picture, trained, random, title, same_scale=True):
    """Draw a picture, and over it the maps of a trained and of a random network.

    Args:
        picture: uint8 (H, W, 3).
        trained, random: maps (h, w); a small one is stretched over the picture.
        title: what the maps are.
        same_scale: whether both have one range of colours, or each its own.
    """
    limits = [np.abs(heat).max() or 1 for heat in (trained, random)]
    limits = [max(limits)] * 2 if same_scale else limits
    figure, axes = plt.subplots(1, 3, figsize=(8.4, 3))
    axes[0].imshow(picture)
    axes[0].set_title("picture")
    names = ("trained network", "random weights")
    for ax, heat, limit, name in zip(axes[1:], (trained, random), limits, names, strict=True):
        drawn = draw_heat(ax, picture, in_steps(heat / limit) * limit, limit, opacity=0.6)
        ax.set_title(name)
        bar = figure.colorbar(drawn, ax=ax, shrink=0.75)
        bar.solids.set_alpha(1)
        bar.ax.tick_params(labelsize=8)
    for ax in axes:
        ax.set_axis_off()
    figure.suptitle(title, fontsize=12)
    return figure


@style()
def show_grad_cams(pictures, heats, titles):
    """Draw pictures, and below each the Grad-CAM map over its grey copy, all in one range.

    Args:
        pictures: uint8 (N, 3, H, W).
        heats: N maps (h, w), at least 0, in logits.
        titles: one above each picture.
    """
    limit = max(float(np.max(heat)) for heat in heats) or 1
    figure, axes = plt.subplots(2, len(pictures), figsize=(1.75 * len(pictures) + 0.9, 4.1))
    for column, picture, heat, title in zip(axes.T, pictures, heats, titles, strict=True):
        picture = picture.transpose(1, 2, 0)
        column[0].imshow(picture)
        column[0].set_title(title, fontsize=11)
        drawn = _draw_grad_cam(column[1], picture, heat, limit)
        for ax in column:
            ax.set_axis_off()
    _draw_bar(figure, drawn, ax=axes, shrink=0.6, pad=0.02)
    return figure


def draw_heat(ax, picture, heat, limit=None, opacity=0.55, greys=(40, 230)):
    """Lay a heat map over a grey copy of a picture; return the coloured layer.

    Args:
        ax: matplotlib `Axes`.
        picture: (H, W, 3), 0 to 255.
        heat: (h, w), stretched over the picture.
        limit: size at which the colours are full; the largest in `heat` by default.
        opacity: of the heat map, 0 to 1.
        greys: levels drawn black and white.
    """
    height, width, _ = picture.shape
    ax.imshow(picture.mean(axis=2), cmap="gray", vmin=greys[0], vmax=greys[1])
    limit = limit or np.abs(heat).max() or 1
    extent = (-0.5, width - 0.5, height - 0.5, -0.5)
    look = {"cmap": SIGNED, "vmin": -limit, "vmax": limit, "alpha": opacity}
    return ax.imshow(heat, extent=extent, **look)


def _draw_grad_cam(ax, picture, heat, limit=None):
    """Lay a Grad-CAM map, smoothly enlarged, over the picture; return the coloured layer."""
    height, width, _ = picture.shape
    heat = Image.fromarray(np.asarray(heat, np.float32)).resize((width, height), Image.BILINEAR)
    return draw_heat(ax, picture, np.asarray(heat), limit, greys=(0, 255))


def _draw_bar(figure, drawn, **place):
    """Draw the key to Grad-CAM's colours, without its unused lower half."""
    bar = figure.colorbar(drawn, **place)
    bar.ax.set_ylim(0, drawn.norm.vmax)
    bar.set_label("Grad-CAM, in logits", fontsize=10)
    bar.solids.set_alpha(1)
