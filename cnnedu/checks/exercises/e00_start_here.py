"""Exercise 00: the reference, the right answer by hand and the well-known mistakes."""

from cnnedu.checks.case import Mistake
from cnnedu.data import smiley


def negative(x):
    """Swap ink and paper."""
    return 1 - x


_RIGHT = int(smiley().sum())

BY_HAND = {"ink": _RIGHT}
BY_HAND_MISTAKES = {
    "ink": (
        (64, "that is the number of all pixels; count those with ink, whose value is 1"),
        (64 - _RIGHT, "that is the number of pixels without ink"),
        (_RIGHT / 64, "that is the share of pixels with ink; give their number"),
    ),
}


MISTAKES = {
    "negative": (
        Mistake("You changed the sign: 1 became −1. Think of 1 minus the pixel.", lambda x: -x),
        Mistake("The picture came back unchanged.", lambda x: x),
        Mistake("You took x − 1; it is the other way round.", lambda x: x - 1),
    ),
}
