"""What a shift of a photograph does to a feature map, to its pooled map, and to the answer."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BLUE, GREEN, GREY, RED, style

LINES = {"map": (BLUE, "-"), "pooled": (RED, "--"), "answer": (GREEN, "-")}


@style()
def show_shift(window, maps, shifts, curves, at):
    """Draw what a network sees, two maps of it, and curves against the shift.

    Args:
        window: uint8, shape (H, W, 3).
        maps: two maps by name; they share one range, from 0.
        shifts: pixels to the right.
        curves: {title: {"map", "pooled" or "answer": percentages at all shifts}}, three titles.
        at: the shift that is marked.
    """
    figure, axes = plt.subplots(2, 3, figsize=(10, 6), height_ratios=[1.25, 1])
    axes[0, 0].imshow(window)
    axes[0, 0].set_title("what the network sees")
    limit = np.quantile(next(iter(maps.values())), 0.995) or 1  # as on the page
    for ax, (title, values) in zip(axes[0, 1:], maps.items(), strict=True):
        ax.imshow(values, cmap="gray", vmin=0, vmax=limit)
        ax.set_title(title)
    for ax in axes[0]:
        ax.set_axis_off()
    for ax, (title, lines) in zip(axes[1], curves.items(), strict=True):
        for name, values in lines.items():
            colour, dashes = LINES[name]
            ax.plot(shifts, values, dashes, color=colour, marker=".", clip_on=False)
        ax.axvline(at, color=GREY, linewidth=1, zorder=0)
        ax.set_title(title, fontsize="medium")
        ax.set(xlabel="moved right, pixels", ylim=(0, None))
    top = max(ax.get_ylim()[1] for ax in axes[1, :2])
    plt.setp(axes[1, :2], ylim=(0, top))
    axes[1, 2].set_ylim(0, 100)
    opaque = {"frameon": True, "framealpha": 1, "edgecolor": "none"}
    names = ["feature map", "pooled map"]
    axes[1, 1].legend(axes[1, 1].lines[:2], names, loc="upper right", **opaque)
    return figure
