"""The style of the course's figures: one style sheet, its colours, and those of signed values."""

from contextlib import contextmanager
from functools import partial
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from cnnedu.plots.alternative_text import alternative_text

STYLE = Path(__file__).with_name("cnnedu.mplstyle")

# The style sheet's colours, by name. Matplotlib's own names for them, "C0" to "C6", are looked up
# when a figure is saved, and by then another style may be in force.
COLOURS = matplotlib.rc_params_from_file(STYLE)["axes.prop_cycle"].by_key()["color"]
BLUE, RED, GREEN, PINK, ORANGE, SKY, BLACK = COLOURS
GREY, LIGHT = "#555555", "#bbbbbb"
# Told apart without colour, too.
DASHES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (6, 2))]
MARKS = "os^Dv"
BESIDE = {"loc": "upper left", "bbox_to_anchor": (1, 1)}  # a legend to the right of its axes

# Blue is negative, white is zero, orange-red is positive: safe for colour-blind readers.
SIGNED = "RdBu_r"


@contextmanager
def style():
    """Draw in the course's style; decorates a function or opens a `with` block.

    Matplotlib's pyplot doesn't keep the figures made here: a notebook would show them twice, and
    their memory would never be freed. A notebook stores with each picture what it shows in words.

    >>> with style():
    ...     figure = plt.figure()
    >>> figure.get_dpi(), plt.get_fignums()
    (96.0, [])
    """
    others = plt.get_fignums()
    try:
        with plt.style.context(STYLE):
            yield
    finally:
        for number in set(plt.get_fignums()).difference(others):
            figure = plt.figure(number)
            figure._repr_mimebundle_ = partial(_in_words, figure)
            plt.close(number)


def _in_words(figure, **_):
    """Return what IPython adds to a figure's picture: no other format, and a text in its place."""
    return {}, {"image/png": {"alt": alternative_text(figure)}}


def in_steps(share, steps=16):
    """Round numbers from −1 to 1 to `steps` levels on each side of 0, so that a PNG stays small.

    >>> in_steps(0.3, steps=4)
    np.float64(0.25)
    """
    return np.round(share * steps) / steps
