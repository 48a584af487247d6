"""An atlas of units: pictures drawn for them, and the patches of photographs they like best."""

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from cnnedu.plots.style import ORANGE, style

MADE, PATCH, GAP = 120, 59, 2  # pixels: two patches are as wide as a drawing
BETWEEN, LEFT, ABOVE, DPI = 10, 30, 24, 96
COLOURS = 20  # of a drawing or patch, so that a PNG stays small
WIDTH, THUMB, LARGE, NAME = 760, 52, 100, 56  # pixels: of an atlas, its pictures, and stages' names


@style()
def show_atlas(rows):
    """Draw for each unit the first of its drawings and, below it, two patches, pixel by pixel.

    Args:
        rows: {stage: list of units}, as many for each stage; a unit has a `number`, and its
            `drawings` and `patches` are uint8 pictures (h, h, 3) of any size.
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


@style()
def show_chosen_unit(rows, stage, chosen, network):
    """Draw the first drawing of all units, small, and beside them all pictures of one unit.

    Args:
        rows: {stage: list of units}, units as in `show_atlas`, with a `gain`.
        stage, chosen: the unit that is shown large.
        network: its name, for the title.
    """
    step, top, left = THUMB + 4, 24, WIDTH - 3 * (LARGE + 6)
    height = max(top + len(rows) * step, 2 * (top + LARGE) + 20)
    figure = plt.figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, layout="none")
    figure.text(0, 1 - 4 / height, network, va="top", fontsize=11, weight="bold")
    for i, (name, units) in enumerate(rows.items()):
        figure.text(0, 1 - (top + i * step + THUMB / 2) / height, name, va="center", fontsize=10)
        for j, unit in enumerate(units):
            ax = _place(figure, NAME + j * step, top + i * step, unit.drawings[0], THUMB)
            ax.spines[:].set_visible(unit is chosen)
            ax.spines[:].set(color=ORANGE, linewidth=3)
    titles = {
        f"{stage}, map {chosen.number}: drawn for it": chosen.drawings,
        f"in photographs (drawings: {chosen.gain:.1f} × as exciting)": chosen.patches,
    }
    for k, (title, pictures) in enumerate(titles.items()):
        above = top + k * (LARGE + top)
        figure.text(left / WIDTH, 1 - (above - 5) / height, title, va="bottom", fontsize=10)
        for j, picture in enumerate(pictures):
            _place(figure, left + j * (LARGE + 6), above, picture, LARGE).set_frame_on(False)
    return figure


def _place(figure, left, top, picture, side):
    """Draw a picture in a figure, pixel by pixel; return its axes."""
    width, height = figure.get_size_inches() * DPI
    box = left / width, 1 - (top + side) / height, side / width, side / height
    ax = figure.add_axes(box, xticks=[], yticks=[])
    ax.imshow(_fitted(picture, side), interpolation="nearest")
    return ax


def _row(units):
    """Return the pictures of a stage's units side by side, uint8 (height, width, 3)."""
    height, width = MADE + GAP + PATCH, len(units) * (MADE + BETWEEN) - BETWEEN
    row = np.full((height, width, 3), 255, np.uint8)
    for place, unit in enumerate(units):
        left = place * (MADE + BETWEEN)
        row[:MADE, left : left + MADE] = _fitted(unit.drawings[0], MADE)
        for number, patch in enumerate(unit.patches):
            start = left + number * (PATCH + GAP)
            row[-PATCH:, start : start + PATCH] = _fitted(patch, PATCH)
    return row


def _fitted(picture, side):
    """Return a picture of `side`×`side` pixels in few colours."""
    resized = Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS)
    few = resized.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return np.array(few.convert("RGB"))
