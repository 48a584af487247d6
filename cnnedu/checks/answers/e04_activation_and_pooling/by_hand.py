"""Exercise 04: the right predictions by hand and the well-known mistakes."""

import numpy as np

# A row of eight pixels at home, moved by 1 and moved by 2, max-pooled in pairs.
_POOLED = np.array([[3, 4, 0, 0], [0, 4, 0, 0], [0, 3, 4, 0]])
# For both moves: the change, and what the best placed old map leaves over.
_LEFT = np.array([[0.6, 0.6], [np.sqrt(26) / 5, 0]])

BY_HAND = {"pooled": _POOLED, "left": _LEFT}
BY_HAND_MISTAKES = {
    "pooled": (
        (
            [[3, 4, 0, 0], [0, 3, 4, 0], [0, 0, 3, 4]],
            "you moved the pooled map; move the pixels, then pool them",
        ),
        ([[3, 4, 0, 0]] * 3, "you took pooling for invariant; move the pixels, then pool them"),
        (
            [[3, 4, 0, 0], [4, 0, 0, 0], [4, 0, 0, 3]],
            "you moved the row to the left; the move goes to the right",
        ),
        (
            [[3, 4, 0, 0], [4, 0, 0, 0], [4, 0, 0, 0]],
            "you moved the row to the left; the move goes to the right",
        ),
        (
            [[1.5, 2, 0, 0], [0, 3.5, 0, 0], [0, 1.5, 2, 0]],
            "those are the means of the pairs; take the larger number",
        ),
        (
            [[3, 4, 0, 0], [0, 7, 0, 0], [0, 3, 4, 0]],
            "those are the sums of the pairs; take the larger number",
        ),
    ),
    "left": (
        (_LEFT**2, "take the root of the sums of squares"),
        (5 * _LEFT, "divide by the length of the map at home"),
        (100 * _LEFT, "write shares, not per cent"),
        (np.round(100 * _LEFT), "write shares, not per cent"),
        (_LEFT[:, ::-1], "in each row the change comes first, and what is left over second"),
        (
            [[3 / 7, 3 / 7], [8 / 7, 0]],
            "those are shares of sums; a length is the root of the sum of squares",
        ),
        (
            _LEFT[:, [0, 0]],
            "for what is left over, move the map from home along to where it fits best",
        ),
        (
            [[3 / 4, 3 / 4], [np.sqrt(26) / 5, 0]],
            "divide by the length of the map at home, not of the other one",
        ),
    ),
}
