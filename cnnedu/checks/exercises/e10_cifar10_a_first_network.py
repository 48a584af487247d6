"""Well-known wrong answers of exercise 10, and its references."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import softmax


def confusion(y, said, classes):
    """Count the pictures of each class (row) by what was said of them (column)."""
    return np.bincount(y * classes + said, minlength=classes**2).reshape(classes, classes)


def _only_present(y, said, classes):
    present = max(y.max(), said.max()) + 1
    return confusion(y, said, present) if present < classes else None


def _shares(y, said, classes):
    counts = confusion(y, said, classes)
    with np.errstate(invalid="ignore"):
        return counts / counts.sum(axis=1, keepdims=True)


def precision_recall(matrix):
    """Return precision and recall of each class, shape (2, K); 0 where there is nothing."""
    said, there = np.maximum(matrix.sum(axis=0), 1), np.maximum(matrix.sum(axis=1), 1)
    return np.stack([np.diag(matrix) / said, np.diag(matrix) / there])


def _with_nan(matrix):
    with np.errstate(invalid="ignore"):
        right = np.diag(matrix)
        return np.stack([right / matrix.sum(axis=0), right / matrix.sum(axis=1)])


def _of_all(matrix):
    return np.stack([np.diag(matrix) / matrix.sum()] * 2)


def confident_mistakes(logits, y, count):
    """Return the places of the wrong answers with the highest probability, the highest first."""
    p = softmax(logits, dim=1)
    return _first_wrong(p, y, count, -p.max(axis=1))


def _first_wrong(logits, y, count, order):
    places = np.argsort(order, kind="stable")
    return places[logits.argmax(axis=1)[places] != y[places]][:count]


def _right_ones_too(logits, y, count):
    return np.argsort(-softmax(logits, dim=1).max(axis=1), kind="stable")[:count]


def _least_sure(logits, y, count):
    return _first_wrong(logits, y, count, softmax(logits, dim=1).max(axis=1))


def _by_score(logits, y, count):
    return _first_wrong(logits, y, count, -logits.max(axis=1))


def _by_loss(logits, y, count):
    return _first_wrong(logits, y, count, softmax(logits, dim=1)[np.arange(len(y)), y])


def _among_wrong(logits, y, count):
    p, wrong = softmax(logits, dim=1), logits.argmax(axis=1) != y
    return np.argsort(-p[wrong].max(axis=1), kind="stable")[:count]


def paired_difference(right_a, right_b):
    """Return by how much a is better than b on the same pictures, and the standard error."""
    d = right_a.astype(float) - right_b
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])


def _unpaired(right_a, right_b):
    a, b = right_a.mean(), right_b.mean()
    return a - b, np.sqrt((a * (1 - a) + b * (1 - b)) / len(right_a))


def _binomial(right_a, right_b):
    d = paired_difference(right_a, right_b)[0]
    with np.errstate(invalid="ignore"):
        return d, np.sqrt(d * (1 - d) / len(right_a))


def _not_divided(right_a, right_b):
    d = right_a.astype(float) - right_b
    return d.mean(), d.std()


def _variance(right_a, right_b):
    d = right_a.astype(float) - right_b
    return d.mean(), d.var() / len(d)


def _one_less(right_a, right_b):
    d = right_a.astype(float) - right_b
    return (d.mean(), d.std(ddof=1) / np.sqrt(len(d))) if len(d) > 1 else None


def _other_way(right_a, right_b):
    return paired_difference(right_b, right_a)


def choose(right, validation, test):
    """Return which network is best on the validation pictures, and its test accuracy."""
    best = int(right[:, validation].mean(axis=1).argmax())
    return np.array([best, right[best, test].mean()])


def _by_test(right, validation, test):
    return choose(right, test, test)


def _by_both(right, validation, test):
    return choose(right, np.concatenate([validation, test]), test)


def _validation_accuracy(right, validation, test):
    return choose(right, validation, validation)


def _last_of_equals(right, validation, test):
    last = len(right) - 1 - choose(right[::-1], validation, test)[0]
    return last, right[int(last), test].mean()


def _best_of_test(right, validation, test):
    return choose(right, validation, test)[0], right[:, test].mean(axis=1).max()


CONFUSION = (
    Mistake(
        "Rows and columns are exchanged: a row holds the pictures of one class, a column what was "
        "said.",
        lambda y, said, classes: confusion(said, y, classes),
    ),
    Mistake(
        "Each pair was counted only once: matrix[y, said] += 1 adds 1 to a place however often it "
        "is listed. np.add.at counts every time; so does a loop.",
        lambda y, said, classes: (confusion(y, said, classes) > 0).astype(int),
    ),
    Mistake(
        "A class that doesn't occur needs its row and column, too: the matrix is (classes, "
        "classes).",
        _only_present,
    ),
    Mistake("These are shares of the row; counts are asked for.", _shares),
)

PRECISION_RECALL = (
    Mistake(
        "Precision and recall are exchanged: precision divides by the column's sum, by how often "
        "the class was *said*.",
        lambda matrix: precision_recall(matrix)[::-1],
    ),
    Mistake(
        "A class that was never said, or is never there, divides 0 by 0: give 0 for it.", _with_nan
    ),
    Mistake(
        "You divided by the number of all pictures: divide by the column's and by the row's sum.",
        _of_all,
    ),
    Mistake(
        "Both are recall: for precision divide by the column's sum, axis=0.",
        lambda matrix: precision_recall(matrix)[[1, 1]],
    ),
    Mistake(
        "Both are precision: for recall divide by the row's sum, axis=1.",
        lambda matrix: precision_recall(matrix)[[0, 0]],
    ),
)

CONFIDENT_MISTAKES = (
    Mistake("Right answers are among them: only mistakes are asked for.", _right_ones_too),
    Mistake("The order is turned round: the most confident comes first.", _least_sure),
    Mistake(
        "Scores are not probabilities: a row may have a high score and a higher one beside it. "
        "Take the softmax first.",
        _by_score,
    ),
    Mistake(
        "You sorted by the probability of the right class. Confidence is that of what was *said*.",
        _by_loss,
    ),
    Mistake(
        "You counted places among the mistakes only; give the places among all pictures.",
        _among_wrong,
    ),
)

PAIRED_DIFFERENCE = (
    Mistake("That is b − a: the difference is positive where a is better.", _other_way),
    Mistake("The standard error is that of a mean: divide the deviation by √N.", _not_divided),
    Mistake("That is the square of the standard error: take the root.", _variance),
    Mistake(
        "You treated the two as if they had seen different pictures. Take the difference picture "
        "by picture first.",
        _unpaired,
    ),
    Mistake(
        "√(p(1 − p)/N) is for numbers that are 0 or 1; a difference can be −1, too.", _binomial
    ),
    Mistake("Divide by N, as in the equation, not by N − 1.", _one_less),
)

CHOOSE = (
    Mistake("You chose on the test pictures: choose on the validation pictures.", _by_test),
    Mistake("The test pictures took part in the choice; leave them out of it.", _by_both),
    Mistake(
        "That is the accuracy on the validation pictures, by which it was chosen: report the "
        "test's.",
        _validation_accuracy,
    ),
    Mistake("Of several that are equally good take the first.", _last_of_equals),
    Mistake("That is the best of all on the test pictures, not the chosen one's.", _best_of_test),
)

# Part 1: accuracy, its standard error, precision and recall of cats, recall of dogs.
BY_HAND = [0.8, 0.04, 0.75, 0.6, 0.8]
ON_PAPER = (
    ([0.8, 0.04, 0.6, 0.75, 0.8], "precision looks down the column, recall along the row"),
    ([0.8, 0.04, 0.75, 0.6, 24 / 38], "the last is the precision of dogs; recall is asked for"),
    ([0.8, 0.0016, 0.75, 0.6, 0.8], "the second is the square of the standard error"),
    ([0.8, 0.4, 0.75, 0.6, 0.8], "the second is the deviation of one answer: divide it by √100"),
)
