"""An atlas of units: a picture made for each, above the patches of photographs it likes best."""

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from cnnedu.plots.style import style

MADE, PATCH, GAP = 120, 59, 2  # pixels: two patches are as wide as a made picture
BETWEEN, LEFT, ABOVE, DPI = 10, 30, 24, 96
COLOURS = 32  # of a made picture or patch, so that a PNG stays small


@style()
def show_atlas(rows):
    """Draw for each unit a made picture and, below it, two patches, pixel by pixel.

    Args:
        rows: {stage: list of units}, as many for each stage; a unit has a `number`, and `made` and
            each of its `patches` are uint8 pictures (h, h, 3) of any size.
    """
    drawn = {stage: _row(units) for stage, units in rows.items()}
    height, width, _ = next(iter(drawn.values())).shape
    total = np.array([LEFT + width, len(rows) * (ABOVE + height)])
    figure = plt.figure(figsize=total / DPI, layout="none")
    for number, (stage, picture) in enumerate(drawn.items()):
        bottom = (len(rows) - 1 - number) * (ABOVE + height)
        ax = figure.add_axes([*([LEFT, bottom] / total), *([width, height] / total)])
        ax.imshow(picture, aspect="auto")
        ax.set(xticks=[], yticks=[])
        ax.set_ylabel(stage)
        ax.spines[:].set_visible(False)
        for place, unit in enumerate(rows[stage]):
            ax.text(place * (MADE + BETWEEN), -6, f"map {unit.number}", fontsize=10)
    return figure


def _row(units):
    """Return the pictures of a stage's units side by side, uint8 (height, width, 3)."""
    height, width = MADE + GAP + PATCH, len(units) * (MADE + BETWEEN) - BETWEEN
    row = np.full((height, width, 3), 255, np.uint8)
    for place, unit in enumerate(units):
        left = place * (MADE + BETWEEN)
        row[:MADE, left : left + MADE] = _fitted(unit.made, MADE)
        for number, patch in enumerate(unit.patches):
            start = left + number * (PATCH + GAP)
            row[-PATCH:, start : start + PATCH] = _fitted(patch, PATCH)
    return row


def _fitted(picture, side):
    """Return a picture of `side`×`side` pixels in few colours."""
    resized = Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS)
    few = resized.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return np.array(few.convert("RGB"))
