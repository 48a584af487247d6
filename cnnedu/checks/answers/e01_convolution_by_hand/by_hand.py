"""The nine numbers of exercise 01 and the slips of a pencil."""

import numpy as np

from cnnedu import kernels
from cnnedu.checks.by_hand import Question, matrix, usual
from cnnedu.checks.value import Value
from cnnedu.data import edge_kernel

_LETTER = ((0, 1, 0, 0, 0),) * 3 + ((0, 1, 1, 1, 0), (0, 0, 0, 0, 0))
_LIGHT = 6  # pixels
_PRODUCTS = 14  # of a light pixel and a weight that isn't 0, in all windows of the letter
# In how many of the nine windows each of the 25 pixels meets a weight that isn't 0.
_MET = kernels.correlate2d(np.pad(np.ones((3, 3), int), 2), abs(edge_kernel())).ravel()
_MOST_ZEROS = 2  # among the nine numbers


def _draw(draw):
    """Draw a picture with as many light pixels, and as many products to add up."""
    while True:
        light = draw.some_of(range(25), _LIGHT)
        if _MET[light].sum() != _PRODUCTS:
            continue
        picture = np.isin(np.arange(25), light).astype(int).reshape(5, 5)
        if np.sum(kernels.correlate2d(picture, edge_kernel()) == 0) <= _MOST_ZEROS:
            return (tuple(map(tuple, picture.tolist())),)


def _values(rows):
    picture = np.array(rows)
    right = kernels.correlate2d(picture, edge_kernel())
    mistakes = (
        (-right, "every sign is the wrong way round: it is right minus left, not left minus right"),
        (right.T, "rows and columns are swapped: the first index is the row"),
        (abs(right), "more light on the left than on the right makes a negative number"),
        (right / 3, "add the three rows up; don't take their mean"),
        (right / 9, "add the nine products up; don't take their mean"),
        (
            kernels.correlate2d(picture, edge_kernel().T),
            "you took the bottom row minus the top row; this kernel is the right column minus the "
            "left one",
        ),
        (
            kernels.correlate2d(picture[1:-1], edge_kernel()[:1]),
            "you used the middle row of each window only; add up all three",
        ),
    )
    return (Value("by_hand", right, mistakes=mistakes),)


def _shown(rows):
    left, _, right = np.array(rows)[:3, :3].sum(axis=0).tolist()
    if rows == _LETTER:
        picture, light = (
            "Here is a letter L in a 5×5 picture",
            "no light in its left column and none",
        )
    else:
        picture = "Here is a 5×5 picture with six light pixels"
        light = f"a sum of {left} in its left column and of {right}"
    return (
        picture,
        matrix(rows),
        f"window at row 0, column 0 has {light} in its right column",
        f"out[0, 0] = {right} − {left} = {right - left}".replace("= -", "= −"),
    )


PICTURE = Question((_LETTER,), _draw, _values, _shown)
BY_HAND, BY_HAND_MISTAKES = usual(PICTURE)
