"""Exercise 00: the reference, the right answer by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.data import smiley


def negative(x):
    """Swap light and dark."""
    return 1 - x


_RIGHT = int(smiley().sum())

BY_HAND = {"chalk": _RIGHT}
BY_HAND_MISTAKES = {
    "chalk": (
        (64, "that is the number of all pixels; count those with chalk, whose value is 1"),
        (64 - _RIGHT, "that is the number of pixels without chalk"),
        (_RIGHT / 64, "that is the share of pixels with chalk; give their number"),
        (8, "that is the number of rows; count the pixels with chalk in all of them"),
        (smiley().sum(axis=0), "that is the chalk in each column; add the columns up"),
        (smiley().sum(axis=1), "that is the chalk in each row; add the rows up"),
    ),
}


MISTAKES = {
    "negative": (
        Mistake("You changed the sign: 1 became −1. Think of 1 minus the pixel.", lambda x: -x),
        Mistake("The picture came back unchanged.", lambda x: x),
        Mistake("You took x − 1; it is the other way round.", lambda x: x - 1),
        Mistake(
            "For whole numbers `~` is −1 − x: it turns 0 into −1. Think of 1 minus the pixel.",
            lambda x: ~x,
        ),
        Mistake(
            "That is the negative of a photograph, whose white is 255; here it is 1.",
            lambda x: 255 - x,
        ),
        Mistake(
            "You turned the picture over; leave each pixel where it is and change its value.",
            lambda x: np.flip(x),
        ),
        Mistake("Only the first row of the negative came back.", lambda x: 1 - x[0]),
        Mistake(
            "Chalk became board, but board stayed board: every pixel is 0 now.", lambda x: 0 * x
        ),
        Mistake(
            "Board became chalk, but chalk stayed chalk: every pixel is 1 now.", lambda x: 0 * x + 1
        ),
    ),
}
