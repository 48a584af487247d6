"""The flip of a kernel, and the mistakes that are made with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def flip(w):
    """Flip a kernel in both axes."""
    return np.rot90(w, 2)


def _overwritten(w):
    """Turn the weights in one array, reading what was written there before."""
    w, (height, width) = np.array(w), w.shape
    for u, v in np.ndindex(height, width):
        w[u, v] = w[height - 1 - u, width - 1 - v]
    return w


MISTAKES = (
    Mistake("Only the rows changed places; flip the columns as well.", lambda w: w[::-1]),
    Mistake("Only the columns changed places; flip the rows as well.", lambda w: w[:, ::-1]),
    Mistake(
        "That is the transpose: it mirrors the kernel along its diagonal. Flip rows and columns.",
        lambda w: w.T,
    ),
    Mistake("You changed the signs; flip the positions of the weights instead.", lambda w: -w),
    Mistake("The kernel came back unchanged.", lambda w: w),
    Mistake("That is a quarter turn; make it a half turn.", lambda w: np.rot90(w)),
    Mistake("That is a quarter turn; make it a half turn.", lambda w: np.rot90(w, -1)),
    Mistake(
        "That mirrors the kernel along its other diagonal; flip rows and columns.",
        lambda w: np.rot90(w, 2).T,
    ),
    Mistake(
        "The order is right, but all weights are in one row: keep the kernel's shape.",
        lambda w: w.ravel()[::-1],
    ),
    Mistake(
        "The positions are right; the signs should stay as they are.",
        lambda w: -np.rot90(w, 2),
    ),
    Mistake(
        "`-u` is one place off, since place −0 is the first: take KH − 1 − u, and KW − 1 − v.",
        lambda w: np.roll(np.rot90(w, 2), 1, axis=(0, 1)),
    ),
    Mistake(
        "Weights were overwritten before they had moved: write into a new array.",
        _overwritten,
    ),
    Mistake(
        "You sorted the weights; change their places without looking at their values.",
        lambda w: np.sort(w, axis=None)[::-1].reshape(w.shape),
    ),
)
