"""The picture and the kernel that come back throughout the course."""

import numpy as np

_SMILEY = """
..####..
.#....#.
#.#..#.#
#......#
#.#..#.#
#..##..#
.#....#.
..####..
"""


def smiley():
    """Return the 8×8 smiley: integers of shape (8, 8), 1 where there is chalk, 0 on the bare board.

    Numbers say how light a pixel is, throughout the course: the smiley is white chalk on a
    blackboard.

    >>> smiley()[2]
    array([1, 0, 1, 0, 0, 1, 0, 1])
    """
    return np.array([[int(dot == "#") for dot in row] for row in _SMILEY.split()])


def edge_kernel():
    """Return the 3×3 detector of vertical edges: integers, −1 left, 0 in the middle, +1 right.

    It answers the question "How much lighter is it on the right than on the left?"

    >>> edge_kernel()
    array([[-1,  0,  1],
           [-1,  0,  1],
           [-1,  0,  1]])
    """
    return np.array([[-1, 0, 1]] * 3)
