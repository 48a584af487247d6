"""Exercise 17, boxes of an odd convention: the reference and the well-known mistakes."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake


def _columns(*rows):
    return np.stack(rows, axis=1)


# From (left, top, right, bottom) to the four numbers of each convention, and back.
ENCODED = {
    "a": lambda x: _columns(x[:, 0], x[:, 1], x[:, 2] - x[:, 0], x[:, 3] - x[:, 1]),
    "b": lambda x: _columns(
        (x[:, 0] + x[:, 2]) / 2, (x[:, 1] + x[:, 3]) / 2, x[:, 2] - x[:, 0], x[:, 3] - x[:, 1]
    ),
    "c": lambda x: x - np.array([0, 0, 1, 1]),
    "d": lambda x: x[:, [1, 0, 3, 2]],
}
READ = {
    "a": lambda t: _columns(t[:, 0], t[:, 1], t[:, 0] + t[:, 2], t[:, 1] + t[:, 3]),
    "b": lambda t: _columns(
        t[:, 0] - t[:, 2] / 2, t[:, 1] - t[:, 3] / 2, t[:, 0] + t[:, 2] / 2, t[:, 1] + t[:, 3] / 2
    ),
    "c": lambda t: t + np.array([0, 0, 1, 1]),
    "d": lambda t: t[:, [1, 0, 3, 2]],
}


def decoded(theirs, known, read=READ, judges=None):
    """Return boxes as left, top, right, bottom, read in the convention that fits the known ones.

    Args:
        theirs: (M, 4).
        known: (N, 4), the first N boxes.
        read: {convention: function from theirs to boxes}.
        judges: by how many of the known boxes to judge; None for all.

    >>> decoded(np.array([[2, 3, 5, 4], [0, 1, 2, 2]]), np.array([[2, 3, 7, 7]]))
    array([[2, 3, 7, 7],
           [0, 1, 2, 3]])
    """
    for name, reading in READ.items():
        fits = np.allclose(reading(theirs)[: len(known)][:judges], known[:judges])
        if fits:
            return read[name](theirs)
    raise ValueError("decoded: no convention fits the known boxes")


def _partly(**wrong):
    """Return `decoded` with some conventions read in another way."""
    return partial(decoded, read=READ | wrong)


MISTAKES = (
    Mistake("You returned the boxes as they came.", lambda theirs, known: theirs),
    Mistake(
        "You returned only the boxes that were known; read all of the file.",
        lambda theirs, known: known,
    ),
    *(
        Mistake(
            f"You read every file as convention {name}; find each file's own by the known boxes.",
            lambda theirs, known, read=read: read(theirs),
        )
        for name, read in READ.items()
    ),
    Mistake(
        "You judged by the first known box alone; it may agree with two conventions. Take all.",
        partial(decoded, judges=1),
    ),
    Mistake(
        "In c the pixels at right and bottom belong to the box: the end outside is one further.",
        _partly(c=lambda t: t),
    ),
    Mistake(
        "In c right and bottom are the box's last pixels: add 1, don't take it away.",
        _partly(c=lambda t: t - np.array([0, 0, 1, 1])),
    ),
    Mistake(
        "In b the box reaches half its width and height to each side of the centre.",
        _partly(b=lambda t: _columns(*(t[:, :2] - t[:, 2:]).T, *(t[:, :2] + t[:, 2:]).T)),
    ),
    Mistake("In b the first two numbers are the centre, not a corner.", _partly(b=READ["a"])),
    Mistake(
        "In d the order is top, left, bottom, right: exchange both pairs.",
        _partly(d=lambda t: t[:, [1, 0, 2, 3]]),
    ),
)
