"""Precision and recall, and well-known mistakes with them."""

import numpy as np

from cnnedu.checks.case import Mistake


def precision_recall(matrix):
    """Return precision and recall of each class, shape (2, K); 0 where there is nothing."""
    return np.diag(matrix) / np.maximum(_sums(matrix), 1)


def _sums(matrix):
    """Return how often each class was said, and how often it was there."""
    return np.stack([matrix.sum(axis=0), matrix.sum(axis=1)])


def _with_empty(empty):
    """Make a mistake about what to give where 0 is divided by 0."""
    return lambda matrix: _divided(np.diag(matrix), _sums(matrix), empty)


def _right_to_wrong(matrix):
    right = np.diag(matrix)
    return _divided(right, _sums(matrix) - right, 0)


def _divided(above, below, empty):
    """Divide two arrays; give `empty` where 0 is divided by 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where((above == 0) & (below == 0), empty, above / below)


MISTAKES = (
    Mistake(
        "Precision and recall are swapped: precision divides by the column's sum, that is, by how "
        "often the class was *said*.",
        lambda matrix: precision_recall(matrix)[::-1],
    ),
    Mistake(
        "For a class that was never said, or never occurs, you divide 0 by 0: give 0 for it.",
        _with_empty(np.nan),
    ),
    Mistake(
        "For a class that was never said, or never occurs, you give 1; give 0 for it.",
        _with_empty(1),
    ),
    Mistake(
        "You divided by the number of all pictures: divide by the sum of the column or of the row.",
        lambda matrix: np.stack([np.diag(matrix) / matrix.sum()] * 2),
    ),
    Mistake(
        "Both are recall: for precision divide by the column's sum, axis=0.",
        lambda matrix: precision_recall(matrix)[[1, 1]],
    ),
    Mistake(
        "Both are precision: for recall divide by the row's sum, axis=1.",
        lambda matrix: precision_recall(matrix)[[0, 0]],
    ),
    Mistake(
        "You divided by the wrong ones of a column or row; divide by its whole sum, the diagonal "
        "included.",
        _right_to_wrong,
    ),
    Mistake(
        "Your shares are cut to whole numbers: divide with `/`, and store them as floats.",
        lambda matrix: np.floor(precision_recall(matrix)),
    ),
    Mistake(
        "Give two rows, all precisions and then all recalls, not one row for each class.",
        lambda matrix: precision_recall(matrix).T,
    ),
)
