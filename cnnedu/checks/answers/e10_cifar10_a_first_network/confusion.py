"""The confusion matrix, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def confusion_matrix(y, said, classes):
    """Count the pictures of each class (row) by the network's answer (column)."""
    return np.bincount(y * classes + said, minlength=classes**2).reshape(classes, classes)


def _only_classes_up_to_the_last(y, said, classes):
    present = max(y.max(), said.max()) + 1
    return confusion_matrix(y, said, present) if present < classes else None


def _only_classes_that_occur(y, said, classes):
    present = np.union1d(y, said)
    return confusion_matrix(y, said, classes)[np.ix_(present, present)]


def _shares(axis, empty):
    """Make a matrix of shares along an axis, with `empty` where there is nothing to share."""

    def wrong(*given):
        counts = confusion_matrix(*given)
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(counts / counts.sum(axis=axis, keepdims=True), nan=empty)

    return wrong


MISTAKES = (
    Mistake(
        "Rows and columns are swapped: a row holds the pictures of one class, a column those with "
        "one answer.",
        lambda *given: confusion_matrix(*given).T,
    ),
    Mistake(
        "You counted each pair only once: matrix[y, said] += 1 adds 1 to a place however often it "
        "is listed. np.add.at counts every time; so does a loop.",
        lambda *given: (confusion_matrix(*given) > 0).astype(int),
    ),
    *(
        Mistake(
            "A class that doesn't occur still needs its row and its column: the shape is "
            "(classes, classes).",
            wrong,
        )
        for wrong in (_only_classes_up_to_the_last, _only_classes_that_occur)
    ),
    *(
        Mistake(f"These are shares of {whole}; give counts.", _shares(axis, empty))
        for whole, axis, empty in (
            ("each row", 1, np.nan),
            ("each row", 1, 0),
            ("each column", 0, np.nan),
            ("each column", 0, 0),
            ("all pictures", None, 0),
        )
    ),
    Mistake(
        "You counted the right answers alone, on the diagonal; the wrong ones belong beside it.",
        lambda *given: np.diag(np.diag(confusion_matrix(*given))),
    ),
    Mistake(
        "You counted the wrong answers alone; the right ones belong on the diagonal.",
        lambda *given: confusion_matrix(*given) * (1 - np.eye(given[-1], dtype=int)),
    ),
)
