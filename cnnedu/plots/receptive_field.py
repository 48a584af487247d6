"""The receptive field of one unit: what it sees of a picture, and what it uses."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from cnnedu.plots.grids import WINDOW, frame
from cnnedu.plots.style import BESIDE, BLUE, GREY, LIGHT, style


@style()
def show_fields(picture, seen, effective, output, unit, name):
    """Draw a picture with a unit's fields on it, and beside it the output it belongs to.

    Args:
        picture: grey, shape (H, W), 0 to 255.
        seen: ((top, bottom), (left, right)), the theoretical field; may reach beyond the picture.
        effective: effective field in that box, 0 to 255, or None.
        output: (OH, OW).
        unit: (i, j) of the unit.
        name: what the output is called.
    """
    (top, bottom), (left, right) = seen
    height, width = picture.shape
    figure, axes = plt.subplots(1, 2, figsize=(7.6, 3.7))
    # Paler than it is, so that the tint and the frame stand out.
    axes[0].imshow(picture, cmap="gray", vmin=-255, vmax=255)
    if effective is not None:
        tint = np.zeros((*effective.shape, 4))
        tint[..., :3] = (0.85, 0.25, 0)
        tint[..., 3] = np.sqrt(effective / 255) * 0.9
        axes[0].imshow(tint, extent=(left - 0.5, right + 0.5, bottom + 0.5, top - 0.5))
    size = bottom - top + 1, right - left + 1
    frame(axes[0], (top - 0.5, left - 0.5), size, linewidth=3, clip_on=False)
    # Room for a frame that reaches beyond the picture.
    axes[0].set_xlim(min(0, left) - 0.5, max(width, right + 1) - 0.5)
    axes[0].set_ylim(max(height, bottom + 1) - 0.5, min(0, top) - 0.5)
    axes[0].set_title(f"picture, {height} × {width}; the unit sees {size[0]} × {size[1]}")
    axes[1].pcolormesh(np.zeros(output), cmap="Greys", edgecolors=LIGHT, linewidth=0.5)
    axes[1].add_patch(Rectangle((unit[1], unit[0]), 1, 1, fc=WINDOW, ec="#1b1d22"))
    axes[1].set(xlim=(0, output[1]), ylim=(output[0], 0), aspect="equal")
    axes[1].set_title(f"{name}, {output[0]} × {output[1]}: unit {unit}")
    for ax in axes:
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    return figure


@style()
def show_effective_fields(maps, titles, inner):
    """Draw how much each pixel of a receptive field counts, and frame its middle.

    Args:
        maps: list of square arrays, not negative; each is drawn as a share of its largest value.
        titles: one text above each.
        inner: side of the framed square in the middle, pixels.
    """
    size = (9.2, 8 / len(maps) + 0.9)
    figure, axes = plt.subplots(1, len(maps), figsize=size, sharey=True, squeeze=False)
    for ax, values, title in zip(axes[0], maps, titles, strict=True):
        drawn = ax.imshow(values / values.max(), cmap="magma", vmin=0, vmax=1)
        start = (len(values) - inner) / 2 - 0.5
        frame(ax, (start, start), (inner, inner), "w", 2)
        ticks = range(0, len(values), 5)
        ax.set(title=title, xlabel="pixel column", xticks=ticks, yticks=ticks)
    axes[0, 0].set_ylabel("pixel row")
    figure.colorbar(drawn, ax=axes[0], label="share of the largest", shrink=0.75)
    return figure


@style()
def show_field_widths(depths, measured, curves):
    """Draw how wide a unit's field is against the number of layers, both logarithmic.

    Args:
        depths: numbers of layers.
        measured: (runs, depths) widths in pixels; drawn as mean and standard error.
        curves: {name: width at each depth} to compare with.
    """
    figure, ax = plt.subplots(figsize=(8, 3.6))
    for (name, values), dash in zip(curves.items(), ("-", "--", ":"), strict=False):
        ax.loglog(depths, values, dash, color=GREY, label=name)
    error = np.std(measured, axis=0, ddof=1) / np.sqrt(len(measured))
    look = {"fmt": "o", "color": BLUE, "capsize": 4, "label": "measured, with standard error"}
    ax.errorbar(depths, np.mean(measured, axis=0), yerr=error, **look)
    ax.set_xticks(depths, [str(depth) for depth in depths])
    ticks = [1, 2, 5, 10, 20]
    ax.set_yticks(ticks, [str(tick) for tick in ticks])
    ax.minorticks_off()
    ax.set(xlabel="layers of 3 × 3", ylabel="width along one axis, pixels")
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure
