"""Chalk drawings made by code, to tell two kinds apart: happy or sad smileys, X or O."""

import numpy as np

from cnnedu.data.smiley import smiley

BOARD = 12  # rows and columns of every picture
MOUTH = slice(4, 6)  # rows of the smiley that hold its mouth


def make_smileys(count, seed=0, noise=0.1):
    """Draw happy and sad smileys of 8×8 pixels on a blackboard.

    The happy one is the smiley of lesson 01. In the sad one, rows 4 and 5 are exchanged inside the
    outline, which turns the mouth upside down. Kind, place, pressure (0.6 to 1 for the whole
    picture), the share of each pixel's chalk that has stuck (0.5 to 1) and noise are all random and
    independent.

    Args:
        count: how many.
        seed: whole number; the same seed gives the same pictures.
        noise: standard deviation of what is added to each pixel; then all are clipped to 0 … 1.

    Returns:
        (x, y): light from 0 (bare board) to 1 (chalk), floats of shape (N, 12, 12), and whole
        numbers of shape (N,), 1 for happy and 0 for sad.

    Raises:
        ValueError: `count` or `noise` is negative.

    >>> x, y = make_smileys(4, noise=0)
    >>> x.shape, (x > 0).sum(axis=(1, 2)), y
    ((4, 12, 12), array([26, 26, 26, 26]), array([1, 1, 1, 0]))
    """
    happy = smiley()
    sad = happy.copy()
    sad[MOUTH, 1:-1] = happy[MOUTH, 1:-1][::-1]
    return _draw("make_smileys", count, seed, noise, [[sad], [happy]])


def make_x_and_o(count, seed=0, noise=0.1):
    """Draw the letters X and O, 5, 7 or 9 pixels high and wide, on a blackboard.

    The size is random, too. Everything else as for `make_smileys`; `y` is 1 for X and 0 for O.

    >>> x, y = make_x_and_o(4, noise=0)
    >>> x.shape, (x > 0).sum(axis=(1, 2)), y
    ((4, 12, 12), array([ 9,  9, 17, 12]), array([1, 1, 1, 0]))
    """
    sizes = (5, 7, 9)
    crosses = [np.eye(size) + np.eye(size)[::-1] > 0 for size in sizes]
    rings = [np.pad(np.zeros((size - 2, size - 2)), 1, constant_values=1) for size in sizes]
    for ring in rings:
        ring[[0, 0, -1, -1], [0, -1, 0, -1]] = 0
    return _draw("make_x_and_o", count, seed, noise, [rings, crosses])


def _draw(caller, count, seed, noise, kinds):
    """Draw `count` pictures; `kinds` holds the patterns of kind 0 and those of kind 1."""
    if count < 0 or noise < 0:
        raise ValueError(
            f"{caller}: count and noise must be 0 or more, but are {count} and {noise}"
        )
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, count)
    x = np.zeros((count, BOARD, BOARD))
    for board, kind in zip(x, y, strict=True):
        pattern = kinds[kind][rng.integers(len(kinds[kind]))]
        size = len(pattern)
        top, left = rng.integers(0, BOARD - size + 1, 2)
        pressed, stuck = rng.uniform(0.6, 1), rng.uniform(0.5, 1, (size, size))
        board[top : top + size, left : left + size] = pressed * stuck * pattern
    return np.clip(x + rng.normal(0, noise, x.shape), 0, 1), y
