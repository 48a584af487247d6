"""Heat maps over a picture, of a trained network and of a random one."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import SIGNED, style

LEVELS = 16  # of colour on each side of zero: the PNG stays small


def show_heatmaps(picture, trained, random, title, same_scale=True):
    """Draw a picture, and over it the maps of a trained and of a random network.

    Args:
        picture: uint8 (H, W, 3).
        trained, random: maps (h, w); a small one is stretched over the picture.
        title: what the maps are.
        same_scale: whether both have one range of colours, or each its own.

    Returns:
        The matplotlib `Figure`.
    """
    limits = [np.abs(heat).max() or 1 for heat in (trained, random)]
    limits = [max(limits)] * 2 if same_scale else limits
    height, width, _ = picture.shape
    with style():
        figure, axes = plt.subplots(1, 3, figsize=(8.4, 3))
        axes[0].imshow(picture)
        axes[0].set_title("picture")
        names = ("trained network", "random weights")
        for ax, heat, limit, name in zip(axes[1:], (trained, random), limits, names, strict=True):
            ax.imshow(picture.mean(axis=2), cmap="gray", vmin=40, vmax=230)
            steps = np.round(heat / limit * LEVELS) / LEVELS * limit
            drawn = ax.imshow(
                steps,
                cmap=SIGNED,
                vmin=-limit,
                vmax=limit,
                alpha=0.6,
                extent=(-0.5, width - 0.5, height - 0.5, -0.5),
            )
            ax.set_title(name)
            bar = figure.colorbar(drawn, ax=ax, shrink=0.75)
            bar.solids.set_alpha(1)
            bar.ax.tick_params(labelsize=8)
        for ax in axes:
            ax.set_axis_off()
        figure.suptitle(title, fontsize=12)
    plt.close(figure)
    return figure
