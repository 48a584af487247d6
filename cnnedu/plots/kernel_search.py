"""The search for a hidden kernel: the maps, the kernels and the error after each move."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.grids import draw_grid
from cnnedu.plots.style import BLUE, GREY, SIGNED, style


@style()
def show_kernel_search(picture, target, response, weights, kernel, errors):
    """Draw a picture with the wanted and the found map, both kernels and the errors.

    The three maps share one range of colours.

    Args:
        picture: uint8, shape (H, W).
        target, response: the wanted and the found map, shape (H − 2, W − 2).
        weights: the found kernel, shape (3, 3).
        kernel: the hidden kernel, shape (3, 3), or None while it stays hidden.
        errors: after each move, the first at the start.
    """
    limit = np.quantile(np.abs(target), 0.995) or np.abs(target).max()  # as on the page
    figure = plt.figure(figsize=(9.6, 5))
    above, below = figure.subfigures(2, 1, height_ratios=[1, 1.05])
    axes = above.subplots(1, 4)
    # Few colours, so that none is lost in the palette of the widget's PNG.
    grey, signed = plt.get_cmap("gray", 48), plt.get_cmap(SIGNED, 33)
    axes[0].imshow(picture, cmap=grey, vmin=0, vmax=255)
    for ax, values in zip(axes[1:], (target, response, response - target), strict=True):
        drawn = ax.imshow(values, cmap=signed, vmin=-limit, vmax=limit)
    above.colorbar(drawn, ax=axes[-1], shrink=0.8, pad=0.04)
    titles = ["picture x", "wanted map", "your map", "yours − wanted"]
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title)
        ax.set_axis_off()
    yours, hidden, curve = below.subplots(1, 3, width_ratios=[1, 1, 2])
    draw_grid(yours, weights.round(2), 1.5 * max(np.abs(weights).max(), 1))
    yours.set(title="your weights", xticks=[], yticks=[])
    if kernel is None:
        hidden.text(1.5, 1.5, "?", fontsize=40, color=GREY, ha="center", va="center")
        hidden.set(xlim=(0, 3), ylim=(0, 3), aspect="equal")
        hidden.spines[:].set_visible(True)
    else:
        draw_grid(hidden, kernel, 1.5 * np.abs(kernel).max())
    hidden.set(title="hidden kernel", xticks=[], yticks=[])
    curve.plot(errors, color=BLUE)
    curve.plot(len(errors) - 1, errors[-1], "o", color=BLUE)
    curve.set(xlabel="moves", ylabel="error", ylim=(0, 1.1 * max(errors) or 1))
    curve.set_xlim(-0.2, max(10, len(errors) - 1))
    return figure
