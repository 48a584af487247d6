"""The style of the course's figures: one style sheet, and the colours of signed values."""

from pathlib import Path

import matplotlib.pyplot as plt

STYLE = Path(__file__).with_name("cnnedu.mplstyle")

# Blue is negative, white is zero, orange-red is positive: safe for colour-blind readers.
SIGNED = "RdBu_r"


def style():
    """Return the context in which every figure of the course is drawn.

    >>> with style():
    ...     plt.rcParams["figure.constrained_layout.use"]
    True
    """
    return plt.style.context(STYLE)
