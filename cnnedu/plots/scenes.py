"""Boxes and masks over pictures."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

from cnnedu.data.shapes import CLASSES
from cnnedu.plots.grids import frame
from cnnedu.plots.style import LIGHT, ORANGE, SKY, style

# Paul Tol's "muted" scheme, safe for colour-blind readers; the ground is black.
INKS = (
    *("#000000", "#CC6677", "#332288", "#DDCC77", "#117733", "#88CCEE"),
    *("#882255", "#44AA99", "#999933", "#AA4499", "#DDDDDD"),
)
TRUE, SAID = "#FFFFFF", ORANGE


@style()
def show_boxes(pictures, boxes, labels=None, titles=None, truth=None, size=2.4, cell=None):
    """Draw boxes over pictures.

    Args:
        pictures: uint8 (N, 3, H, W), or bools or numbers (N, H, W).
        boxes: N arrays (objects, 4): left, top, right, bottom, in pixels.
        labels: N lists with a text for each box, or None.
        titles: one above each picture, or None.
        truth: N arrays of boxes drawn in white, dashed, below the others; or None.
        size: width of one picture, inches.
        cell: pixels along each side of a grid's cells, or None for no grid; their borders are the
            axes' ticks.
    """
    shape = (size * len(pictures), size + 0.35)
    figure, axes = plt.subplots(1, len(pictures), figsize=shape, squeeze=False)
    for number, (ax, picture) in enumerate(zip(axes[0], pictures, strict=True)):
        _picture(ax, picture)
        side = picture.shape[-1]
        lines = np.arange(0, side + 1, cell) if cell else ()
        ax.set(xticks=lines, yticks=lines)
        for line in lines:
            grid = {"color": "white" if picture.ndim == 3 else LIGHT, "linewidth": 0.6}
            ax.axhline(line, clip_on=False, **grid)
            ax.axvline(line, clip_on=False, **grid)
        for box in truth[number] if truth is not None else ():
            _frame(ax, box, TRUE, "--")
        texts = labels[number] if labels else [""] * len(boxes[number])
        for box, text in zip(boxes[number], texts, strict=True):
            _frame(ax, box, SAID, "-")
            _label(ax, box, text, side, letter=0.07 / size * side)
        ax.set_title(titles[number] if titles else "")
    return figure


@style()
def show_masks(pictures, masks, said=None, size=2.0):
    """Draw pictures, below them their masks in the classes' colours, below those the answers.

    Args:
        pictures: uint8 (N, 3, H, W).
        masks: int (N, H, W): 0 for the ground, 1 + class for a shape.
        said: {name: int (N, H, W)}, or None.
    """
    rows = {"right": masks} | (said or {})
    colours = ListedColormap(INKS)
    shape = (size * len(pictures) + 1.5, (size + 0.05) * (1 + len(rows)))
    figure, axes = plt.subplots(1 + len(rows), len(pictures), figsize=shape, squeeze=False)
    for ax, picture in zip(axes[0], pictures, strict=True):
        _picture(ax, picture)
    for line, (name, maps) in zip(axes[1:], rows.items(), strict=True):
        line[0].set_ylabel(name)
        for ax, labels in zip(line, maps, strict=True):
            ax.imshow(labels, cmap=colours, vmin=0, vmax=len(INKS) - 1, interpolation="nearest")
    for ax in axes.flat:
        ax.set(xticks=[], yticks=[])
    axes[0, 0].set_ylabel("picture")
    there = np.unique(np.concatenate([np.ravel(maps) for maps in rows.values()]))
    names = ("ground", *CLASSES)
    patches = [Patch(color=INKS[k], label=names[k]) for k in there]
    figure.legend(handles=patches, loc="outside right center")
    return figure


def show_candidates(picture, stages, size=2.4):
    """Draw the same picture several times, with the boxes of one stage after another.

    Args:
        picture: uint8 (3, H, W).
        stages: {title: boxes (n, 4)}.
        size: width of one picture, inches.
    """
    pictures = np.repeat(picture[None], len(stages), axis=0)
    return show_boxes(pictures, list(stages.values()), titles=list(stages), size=size)


@style()
def show_outlines(picture, answers, size=2.9):
    """Draw a grey photograph several times, with the outline of a mask and boxes over it.

    Args:
        picture: uint8 (H, W).
        answers: {title: (mask, bool (H, W), or None; boxes (n, 4))}.
        size: width of one picture, inches.
    """
    height, width = picture.shape
    picture = picture // 20 * 20  # so that the PNG stays small
    shape = size * len(answers), size * height / width + 0.35
    figure, axes = plt.subplots(1, len(answers), figsize=shape, squeeze=False)
    for ax, (title, (mask, boxes)) in zip(axes[0], answers.items(), strict=True):
        _picture(ax, picture)
        if mask is not None:
            around = np.pad(mask, 1)  # a region at the border has an outline there, too
            middles = np.arange(-1, width + 1) + 0.5, np.arange(-1, height + 1) + 0.5
            ax.contour(*middles, around, levels=[0.5], colors=SKY, linewidths=1.2)
            ax.set(xlim=(0, width), ylim=(height, 0))
        for box in boxes:
            _frame(ax, box, SAID, "-")
        ax.set_title(title)
    return figure


def _picture(ax, picture):
    """Draw a picture so that pixel (0, 0) reaches from 0 to 1 both ways."""
    height, width = picture.shape[-2:]
    colour = picture.ndim == 3
    shown = picture.transpose(1, 2, 0) if colour else picture
    ax.imshow(shown, cmap=None if colour else "gray", extent=(0, width, height, 0))
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def _frame(ax, box, colour, line):
    left, top, right, bottom = box
    for ink, width in (("black", 2.6), (colour, 1.5)):
        size = bottom - top, right - left
        frame(ax, (top, left), size, ink, width, linestyle=line, clip_on=False)


def _label(ax, box, text, side, letter):
    """Write a text above a box, or below it where there is no room above.

    `side` is the width of the picture, `letter` that of a letter, in pixels of the picture.
    """
    left, top, _, bottom = box
    above = top > 0.09 * side
    ax.text(
        max(0, min(left, side - letter * len(text))),
        top - 0.01 * side if above else bottom + 0.01 * side,
        text,
        ha="left",
        va="bottom" if above else "top",
        fontsize=8,
        color="black",
        bbox={"facecolor": SAID, "edgecolor": "none", "pad": 0.8} if text else None,
    )
