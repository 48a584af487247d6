"""The nine numbers of exercise 01 and the slips of a pencil."""

import numpy as np

from cnnedu import kernels
from cnnedu.data import edge_kernel

_RIGHT = np.array([[0, -3, 0], [1, -2, -1], [1, -1, -1]])
_PICTURE = np.array([[0, 1, 0, 0, 0]] * 3 + [[0, 1, 1, 1, 0], [0, 0, 0, 0, 0]])
_MIDDLE_ROWS = kernels.correlate2d(_PICTURE[1:-1], edge_kernel()[:1])

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        (
            -_RIGHT,
            "every sign is the wrong way round: it is right minus left, not left minus right",
        ),
        (_RIGHT.T, "rows and columns are swapped: the first index is the row"),
        (abs(_RIGHT), "more light on the left than on the right makes a negative number"),
        (_RIGHT / 3, "add the three rows up; don't take their mean"),
        (_RIGHT / 9, "add the nine products up; don't take their mean"),
        (
            kernels.correlate2d(_PICTURE, edge_kernel().T),
            "you took the bottom row minus the top row; this kernel is the right column minus the "
            "left one",
        ),
        (
            _MIDDLE_ROWS,
            "you used the middle row of each window only; add up all three",
        ),
    ),
}
