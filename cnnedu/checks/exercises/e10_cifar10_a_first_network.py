"""Exercise 10: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import softmax


def confusion_matrix(y, said, classes):
    """Count the pictures of each class (row) by the network's answer (column)."""
    return np.bincount(y * classes + said, minlength=classes**2).reshape(classes, classes)


def precision_recall(matrix):
    """Return precision and recall of each class, shape (2, K); 0 where there is nothing."""
    said, there = np.maximum(matrix.sum(axis=0), 1), np.maximum(matrix.sum(axis=1), 1)
    return np.stack([np.diag(matrix) / said, np.diag(matrix) / there])


def confident_mistakes(logits, y, count):
    """Return the places of the wrong answers with the highest probability, the highest first."""
    p = softmax(logits, dim=1)
    return _first_mistakes(p, y, count, -p.max(axis=1))


def _first_mistakes(logits, y, count, order):
    places = np.argsort(order, kind="stable")
    return places[logits.argmax(axis=1)[places] != y[places]][:count]


def paired_difference(right_a, right_b):
    """Return how much better a is than b on the same pictures, and the standard error."""
    d = right_a.astype(float) - right_b
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])


def choose(right, validation, test):
    """Return which network is best on the validation pictures, and its test accuracy."""
    best = int(right[:, validation].mean(axis=1).argmax())
    return np.array([best, right[best, test].mean()])


BY_HAND = {"by_hand": [0.8, 0.04, 0.75, 0.6, 0.8]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([0.8, 0.04, 0.6, 0.75, 0.8], "precision looks down the column, recall along the row"),
        ([0.8, 0.04, 0.75, 0.6, 24 / 38], "the last is the precision of dogs; give their recall"),
        ([0.8, 0.0016, 0.75, 0.6, 0.8], "the second is the square of the standard error"),
        ([0.8, 0.4, 0.75, 0.6, 0.8], "the second is one answer's deviation: divide it by √100"),
    ),
}


def _only_classes_that_occur(y, said, classes):
    present = max(y.max(), said.max()) + 1
    return confusion_matrix(y, said, present) if present < classes else None


def _shares_of_rows(y, said, classes):
    counts = confusion_matrix(y, said, classes)
    with np.errstate(invalid="ignore"):
        return counts / counts.sum(axis=1, keepdims=True)


def _nan_where_empty(matrix):
    with np.errstate(invalid="ignore"):
        right = np.diag(matrix)
        return np.stack([right / matrix.sum(axis=0), right / matrix.sum(axis=1)])


def _right_answers_too(logits, y, count):
    return np.argsort(-softmax(logits, dim=1).max(axis=1), kind="stable")[:count]


def _least_confident_first(logits, y, count):
    return _first_mistakes(logits, y, count, softmax(logits, dim=1).max(axis=1))


def _by_probability_of_right_class(logits, y, count):
    return _first_mistakes(logits, y, count, softmax(logits, dim=1)[np.arange(len(y)), y])


def _places_among_mistakes(logits, y, count):
    p, wrong = softmax(logits, dim=1), logits.argmax(axis=1) != y
    return np.argsort(-p[wrong].max(axis=1), kind="stable")[:count]


def _unpaired(right_a, right_b):
    a, b = right_a.mean(), right_b.mean()
    return a - b, np.sqrt((a * (1 - a) + b * (1 - b)) / len(right_a))


def _binomial(right_a, right_b):
    d = paired_difference(right_a, right_b)[0]
    with np.errstate(invalid="ignore"):
        return d, np.sqrt(d * (1 - d) / len(right_a))


def _deviation_of_one(right_a, right_b):
    d = right_a.astype(float) - right_b
    return d.mean(), d.std()


def _square_of_error(right_a, right_b):
    d = right_a.astype(float) - right_b
    return d.mean(), d.var() / len(d)


def _divided_by_one_less(right_a, right_b):
    d = right_a.astype(float) - right_b
    return (d.mean(), d.std(ddof=1) / np.sqrt(len(d))) if len(d) > 1 else None


def _chosen_by_test(right, validation, test):
    return choose(right, test, test)


def _chosen_by_all(right, validation, test):
    return choose(right, np.concatenate([validation, test]), test)


def _last_of_equals(right, validation, test):
    last = len(right) - 1 - choose(right[::-1], validation, test)[0]
    return last, right[int(last), test].mean()


def _best_test_accuracy(right, validation, test):
    return choose(right, validation, test)[0], right[:, test].mean(axis=1).max()


MISTAKES = {
    "confusion_matrix": (
        Mistake(
            "Rows and columns are swapped: a row holds the pictures of one class, a column those "
            "with one answer.",
            lambda y, said, classes: confusion_matrix(said, y, classes),
        ),
        Mistake(
            "You counted each pair only once: matrix[y, said] += 1 adds 1 to a place however "
            "often it is listed. np.add.at counts every time; so does a loop.",
            lambda y, said, classes: (confusion_matrix(y, said, classes) > 0).astype(int),
        ),
        Mistake(
            "A class that doesn't occur still needs its row and its column: the shape is "
            "(classes, classes).",
            _only_classes_that_occur,
        ),
        Mistake("These are shares of each row; give counts.", _shares_of_rows),
    ),
    "precision_recall": (
        Mistake(
            "Precision and recall are swapped: precision divides by the column's sum, that is, by "
            "how often the class was *said*.",
            lambda matrix: precision_recall(matrix)[::-1],
        ),
        Mistake(
            "For a class that was never said, or never occurs, you divide 0 by 0: give 0 for it.",
            _nan_where_empty,
        ),
        Mistake(
            "You divided by the number of all pictures: divide by the sum of the column or of the "
            "row.",
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
    ),
    "confident_mistakes": (
        Mistake("Your list contains right answers: give only mistakes.", _right_answers_too),
        Mistake(
            "The order is reversed: the most confident mistake comes first.", _least_confident_first
        ),
        Mistake(
            "Scores are not probabilities: a row may have a high score and a higher one beside "
            "it. Take the softmax first.",
            lambda logits, y, count: _first_mistakes(logits, y, count, -logits.max(axis=1)),
        ),
        Mistake(
            "You sorted by the probability of the right class. Confidence is that of the class "
            "that was *said*.",
            _by_probability_of_right_class,
        ),
        Mistake(
            "You counted the places among the mistakes; give the places among all pictures.",
            _places_among_mistakes,
        ),
    ),
    "paired_difference": (
        Mistake(
            "That is b − a: the difference is positive where a is better.",
            lambda right_a, right_b: paired_difference(right_b, right_a),
        ),
        Mistake(
            "The standard error is that of a mean: divide the deviation by √N.", _deviation_of_one
        ),
        Mistake(
            "That is the square of the standard error: take the square root.", _square_of_error
        ),
        Mistake(
            "You treated the two as if they had seen different pictures. Take the difference "
            "picture by picture first.",
            _unpaired,
        ),
        Mistake(
            "√(p(1 − p)/N) is for numbers that are 0 or 1; a difference can be −1, too.", _binomial
        ),
        Mistake("Divide by N, as in the equation, not by N − 1.", _divided_by_one_less),
    ),
    "choose": (
        Mistake(
            "You chose on the test pictures: choose on the validation pictures.", _chosen_by_test
        ),
        Mistake(
            "You let the test pictures take part in the choice; leave them out of it.",
            _chosen_by_all,
        ),
        Mistake(
            "That is the accuracy on the validation pictures, by which you chose: report the "
            "accuracy on the test pictures.",
            lambda right, validation, test: choose(right, validation, validation),
        ),
        Mistake("If several are equally good, take the first.", _last_of_equals),
        Mistake(
            "That is the best test accuracy of all, not that of the network you chose.",
            _best_test_accuracy,
        ),
    ),
}
