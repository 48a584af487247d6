"""Small pictures that were cut from photographs, and where they come from."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch, Rectangle

from cnnedu.plots.style import BLUE, ORANGE, RED, style

FRAMES = {"validation": (BLUE, "--"), "test": (RED, "-")}


@style()
def show_regions(photographs):
    """Draw photographs with a frame around the regions for validation and for the test.

    Args:
        photographs: {name: (uint8 array (H, W, 3), {part: list of (top, bottom, left, right)})};
            what belongs to no part is darkened.
    """
    figure, axes = plt.subplots(1, len(photographs), figsize=(8.6, 2.9))
    for ax, (name, (picture, parts)) in zip(axes, photographs.items(), strict=True):
        shown = picture // 4
        for top, bottom, left, right in (box for boxes in parts.values() for box in boxes):
            inside = slice(top, bottom), slice(left, right)
            shown[inside] = picture[inside]
        ax.imshow(shown)
        for part, (colour, dashes) in FRAMES.items():
            for top, bottom, left, right in parts[part]:
                _frame(ax, (top, left), bottom - top, right - left, colour, dashes)
        ax.set(xticks=[], yticks=[], title=name)
    keys = [
        Patch(fill=False, edgecolor=colour, linestyle=dashes, linewidth=2.5, label=part)
        for part, (colour, dashes) in FRAMES.items()
    ]
    keys += [
        Patch(facecolor="w", edgecolor="#999999", label="training (no frame)"),
        Patch(facecolor="#444444", label="unused (dark)"),
    ]
    figure.legend(handles=keys, loc="outside lower center", ncols=4)
    return figure


@style()
def show_samples(pictures, labels, classes):
    """Draw the first nine small pictures of each class, five classes to a row.

    Args:
        pictures: uint8 array (N, 3, 32, 32), at least nine of each class.
        labels: array (N,), numbers of the classes.
        classes: K names.
    """
    rows = -(-len(classes) // 5)
    figure, axes = plt.subplots(rows, 5, figsize=(7.5, 1.8 * rows), squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for k, (ax, name) in enumerate(zip(axes.flat, classes, strict=False)):
        nine = pictures[labels == k][:9].reshape(3, 3, 3, 32, 32)
        square = nine.transpose(0, 3, 1, 4, 2).reshape(96, 96, 3)
        ax.imshow(square, interpolation="nearest")
        ax.set_title(name, fontsize=11)
    return figure


def surest_of_each_kind(labels, said, sure):
    """Return where the surest mistake of each kind, class and answer, is: the surest first.

    Args:
        labels, said: arrays (N,), the right classes and the answers.
        sure: array (N,), the probability of each answer.

    >>> surest_of_each_kind(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 1]), np.array([7, 9, 8, 9]))
    array([1, 2])
    """
    wrong = np.flatnonzero(said != labels)
    surest = wrong[np.argsort(-sure[wrong], kind="stable")]
    kinds = np.stack([labels, said])[:, surest]
    _, first = np.unique(kinds, axis=1, return_index=True)
    return surest[np.sort(first)]


@style()
def show_mistakes(pictures, surroundings, titles):
    """Draw small pictures in the upper row, and below each the photograph around it.

    Args:
        pictures: uint8 arrays (32, 32, 3).
        surroundings: for each (uint8 array (H, W, 3), (top, left, size) of the picture in it).
        titles: one above each.
    """
    columns = len(pictures)
    figure, axes = plt.subplots(2, columns, figsize=(1.45 * columns, 3.4), squeeze=False)
    for (above, below), picture, (around, (top, left, size)), title in zip(
        axes.T, pictures, surroundings, titles, strict=True
    ):
        above.imshow(picture, interpolation="nearest")
        above.set_title(title, fontsize=10)
        below.imshow(around)
        _frame(below, (top, left), size, size, ORANGE)
        for ax in (above, below):
            ax.set_axis_off()
    return figure


def _frame(ax, corner, height, width, colour, dashes="-"):
    """Draw a frame with a light rim, so that it is seen on any ground."""
    top, left = corner
    for ink, thick, line in (("w", 4, "-"), (colour, 2, dashes)):
        look = {"edgecolor": ink, "linewidth": thick, "linestyle": line}
        ax.add_patch(Rectangle((left - 0.5, top - 0.5), width, height, fill=False, **look))
