"""Flips in turns, and well-known mistakes with them."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake


def flip_in_turns(x, first, epoch, axis=3):
    """Mirror the pictures of `first` in even epochs, the others in odd ones."""
    return _mirror(x, ~first if epoch % 2 else first, axis)


def _mirror(x, mirrored, axis=3):
    return np.where(mirrored[:, None, None, None], np.flip(x, axis), x)


def _turns(even, odd):
    """Make a version that mirrors even(first) in even epochs, odd(first) in odd ones."""
    return lambda x, first, epoch: _mirror(x, (odd if epoch % 2 else even)(first))


def along_another_axis(mirroring):
    """Return the mistakes that `mirroring` makes with another `axis` than 3."""
    return (
        Mistake(
            "Mirror left and right, axis 3; your pictures are upside down.",
            partial(mirroring, axis=2),
        ),
        Mistake(
            "You turned the pictures by half a turn; mirror axis 3 alone.",
            partial(mirroring, axis=(2, 3)),
        ),
        Mistake(
            "You exchanged the channels (axis 1); mirror left and right, axis 3.",
            partial(mirroring, axis=1),
        ),
    )


FIRST, OTHERS, ALL, NONE = np.copy, np.logical_not, np.ones_like, np.zeros_like
ALL_AT_ONCE = "You mirror all pictures in the same epochs; `first` says which half begins."

MISTAKES = (
    Mistake(
        "You mirror the same pictures in every epoch; in odd epochs it is the others' turn.",
        _turns(FIRST, FIRST),
    ),
    Mistake(
        "You have it the other way round: even epochs mirror the pictures of `first`, odd "
        "ones the others.",
        _turns(OTHERS, FIRST),
    ),
    Mistake(ALL_AT_ONCE, _turns(NONE, ALL)),
    Mistake(ALL_AT_ONCE, _turns(ALL, NONE)),
    Mistake("In odd epochs you mirror none; it is the others' turn.", _turns(FIRST, NONE)),
    Mistake(
        "Only epoch 0 counts as even in your version: ask for epoch % 2.",
        lambda x, first, epoch: _mirror(x, ~first if epoch else first),
    ),
    *along_another_axis(flip_in_turns),
    Mistake("You mirrored every picture, in every epoch.", _turns(ALL, ALL)),
    Mistake("No picture is mirrored in any epoch.", _turns(NONE, NONE)),
)
