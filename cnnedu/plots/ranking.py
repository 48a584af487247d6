"""What a ranking is worth: precision against recall, and ROC curves; views of faces."""

import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.style import BESIDE, BLUE, GREEN, RED, SKY, style

LINES = [("-", BLUE), ("--", RED), (":", GREEN)]


@style()
def show_precision_recall(precision, recall):
    """Draw precision against recall, and the area that is the average precision.

    Args:
        precision, recall: of the 1, 2, … surest detections, each (N,), from 0 to 1.
    """
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    figure, ax = plt.subplots(figsize=(5.4, 3.2))
    steps = np.append(0, recall), np.append(envelope[0], envelope)
    ax.fill_between(*steps, step="pre", color=SKY, alpha=0.35, label="average precision")
    ax.step(*steps, where="pre", color=BLUE, label="best precision from here on")
    ax.plot(recall, precision, "o", color=RED, label="1, 2, … detections")
    for number, point in enumerate(zip(recall, precision, strict=True), start=1):
        ax.annotate(number, point, (6, -12), textcoords="offset points", fontsize=10)
    ax.set(xlabel="recall", ylabel="precision", xlim=(0, 1.02), ylim=(0, 1.08))
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure


@style()
def show_roc(curves):
    """Draw ROC curves, and the line on which both errors are equal.

    Args:
        curves: {name: (false accept rate, true accept rate)}, from 0 to 1.
    """
    figure, ax = plt.subplots(figsize=(6.4, 3.6))
    for (name, (false, true)), (dash, colour) in zip(curves.items(), LINES, strict=False):
        ax.plot(100 * np.asarray(false), 100 * np.asarray(true), dash, c=colour, label=name)
    ax.plot([0, 100], [100, 0], color="#999999", linewidth=1, label="both errors equal")
    ax.set(xlabel="different pictures accepted (%)", ylabel="same picture accepted (%)")
    ax.set_aspect("equal")
    ax.grid(True)
    ax.legend(**BESIDE)
    return figure


@style()
def show_views(faces, rows):
    """Draw faces in the first row, views of them below.

    Args:
        faces: (N, H, W), from 0 to 1.
        rows: lists of N views each, (N, h, w).
    """
    shape = (0.95 * len(faces) + 0.6, 1.0 * (1 + len(rows)) + 0.1)
    figure, axes = plt.subplots(1 + len(rows), len(faces), figsize=shape)
    for line, pictures in zip(axes, (faces, *rows), strict=True):
        for ax, picture in zip(line, pictures, strict=True):
            ax.imshow(picture, cmap="gray", vmin=picture.min(), vmax=picture.max())
            ax.set(xticks=[], yticks=[])
    for number, line in enumerate(axes):
        line[0].set_ylabel(f"view {number}" if number else "patch")
    return figure
