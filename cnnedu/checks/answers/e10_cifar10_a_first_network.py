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
    return _mean_and_error(right_a.astype(float) - right_b)


def _mean_and_error(d):
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])


def choose(right, validation, test):
    """Return which network is best on the validation pictures, and its test accuracy."""
    best = int(right[:, validation].mean(axis=1).argmax())
    return np.array([best, right[best, test].mean()])


BY_HAND = {"by_hand": [0.8, 0.04, 0.75, 0.6, 0.8]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([0.8, 0.04, 0.6, 0.75, 0.8], "precision looks down the column, recall along the row"),
        ([0.8, 0.04, 0.6, 0.75, 24 / 38], "precision looks down the column, recall along the row"),
        ([0.8, 0.04, 0.75, 0.6, 24 / 38], "the last is the precision of dogs; give their recall"),
        ([0.8, 0.0016, 0.75, 0.6, 0.8], "the second is the square of the standard error"),
        ([0.8, 0.4, 0.75, 0.6, 0.8], "the second is one answer's deviation: divide it by √100"),
        ([0.8, 0.004, 0.75, 0.6, 0.8], "for the second, divide the deviation by √100, not by 100"),
        (
            [0.2, 0.04, 0.75, 0.6, 0.8],
            "the first is the share of wrong answers; give the right ones",
        ),
        ([80, 4, 75, 60, 80], "give numbers from 0 to 1, not percentages"),
    ),
}


def _only_classes_that_occur(y, said, classes):
    present = max(y.max(), said.max()) + 1
    return confusion_matrix(y, said, present) if present < classes else None


def _only_rows_that_occur(y, said, classes):
    present = np.union1d(y, said)
    return confusion_matrix(y, said, classes)[np.ix_(present, present)]


def _shares(y, said, classes, axis, empty=np.nan):
    counts = confusion_matrix(y, said, classes)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(counts / counts.sum(axis=axis, keepdims=True), nan=empty)


def _divided(above, below, empty):
    """Divide two arrays; give `empty` where 0 is divided by 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        out = above / below
    return np.where((above == 0) & (below == 0), empty, out)


def _with_empty(matrix, empty):
    sums = np.stack([matrix.sum(axis=0), matrix.sum(axis=1)])
    return _divided(np.diag(matrix), sums, empty)


def _right_to_wrong(matrix):
    right = np.diag(matrix)
    wrong = np.stack([matrix.sum(axis=0), matrix.sum(axis=1)]) - right
    return _divided(right, wrong, 0)


def _confidence(logits):
    return softmax(logits, dim=1).max(axis=1)


def _right_answers_too(logits, y, count):
    return np.argsort(-_confidence(logits), kind="stable")[:count]


def _least_confident_first(logits, y, count):
    return _first_mistakes(logits, y, count, _confidence(logits))


def _by_probability_of_right_class(logits, y, count):
    return _first_mistakes(logits, y, count, softmax(logits, dim=1)[np.arange(len(y)), y])


def _by_lead(logits, y, count):
    ordered = np.sort(softmax(logits, dim=1), axis=1)
    return _first_mistakes(logits, y, count, ordered[:, -2] - ordered[:, -1])


def _places_among_mistakes(logits, y, count):
    wrong = logits.argmax(axis=1) != y
    return np.argsort(-_confidence(logits[wrong]), kind="stable")[:count]


def _cut_before_mistakes(logits, y, count):
    places = _right_answers_too(logits, y, count)
    return places[logits.argmax(axis=1)[places] != y[places]]


def _right_answers_only(logits, y, count):
    places = np.argsort(-_confidence(logits), kind="stable")
    return places[logits.argmax(axis=1)[places] == y[places]][:count]


def _equals_turned_round(logits, y, count):
    return _last_mistakes(logits, y, count, _confidence(logits))


def _last_mistakes(logits, y, count, order):
    """Sort upwards, and read the list from its end."""
    places = np.argsort(order, kind="stable")[::-1]
    return places[logits.argmax(axis=1)[places] != y[places]][:count]


def _equals_in_any_order(logits, y, count):
    places = np.argsort(-_confidence(logits))
    return places[logits.argmax(axis=1)[places] != y[places]][:count]


def _equal_mistakes_in_any_order(logits, y, count):
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-_confidence(logits[wrong]))][:count]


def _powers(logits, subtracted, axis=1):
    """Return the largest share of each row, after something was subtracted from the scores."""
    with np.errstate(all="ignore"):
        powers = np.exp(np.asarray(logits, float) - subtracted)
        return (powers / powers.sum(axis=axis, keepdims=True)).max(axis=1)


def _confidences(logits, y, count):
    return _confidence(logits)[confident_mistakes(logits, y, count)]


OVERFLOWS = (
    "The softmax overflows or becomes 0/0: first subtract the largest score of each row from that "
    "row."
)
ANY_ORDER = (
    '`np.argsort` may put equally confident ones in any order; with kind="stable" they keep the '
    "order of the pictures."
)


def _unpaired(right_a, right_b):
    a, b = right_a.mean(), right_b.mean()
    return a - b, np.sqrt((a * (1 - a) + b * (1 - b)) / len(right_a))


def _binomial(right_a, right_b):
    d = paired_difference(right_a, right_b)[0]
    with np.errstate(invalid="ignore"):
        return d, np.sqrt(d * (1 - d) / len(right_a))


def _other_error(error):
    """Return a mistake in the standard error alone; `error` takes the differences d."""

    def wrong(right_a, right_b):
        d = right_a.astype(float) - right_b
        return d.mean(), error(d)

    return wrong


def _divided_by_one_less(right_a, right_b):
    d = right_a.astype(float) - right_b
    return (d.mean(), d.std(ddof=1) / np.sqrt(len(d))) if len(d) > 1 else None


def _chosen_by_test(right, validation, test):
    return choose(right, test, test)


def _chosen_by_all(right, validation, test):
    return choose(right, np.concatenate([validation, test]), test)


def _chosen_by_every_picture(right, validation, test):
    return choose(right, np.arange(right.shape[1]), test)


def _last_of_equals(right, validation, test):
    last = len(right) - 1 - choose(right[::-1], validation, test)[0]
    return last, right[int(last), test].mean()


def _best_of_equals(right, validation, test):
    kept = right[:, validation].mean(axis=1)
    tested = right[:, test].mean(axis=1)
    best = np.where(kept == kept.max(), tested, -1).argmax()
    return best, tested[best]


def _best_test_accuracy(right, validation, test):
    return choose(right, validation, test)[0], right[:, test].mean(axis=1).max()


def _worst(right, validation, test):
    best = int(choose(~right, validation, test)[0])
    return best, right[best, test].mean()


def _number_of_test_pictures(right, validation, test):
    best, accuracy = choose(right, validation, test)
    return best, accuracy * len(test)


def _accuracy_on_every_picture(right, validation, test):
    best = int(choose(right, validation, test)[0])
    return best, right[best].mean()


ALL_CLASSES = (
    "A class that doesn't occur still needs its row and its column: the shape is (classes, "
    "classes)."
)
TAKES_PART = "You let the test pictures take part in the choice; leave them out of it."

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
        Mistake(ALL_CLASSES, _only_classes_that_occur),
        Mistake(ALL_CLASSES, _only_rows_that_occur),
        Mistake("These are shares of each row; give counts.", lambda *given: _shares(*given, 1)),
        Mistake("These are shares of each row; give counts.", lambda *given: _shares(*given, 1, 0)),
        Mistake("These are shares of each column; give counts.", lambda *given: _shares(*given, 0)),
        Mistake(
            "These are shares of each column; give counts.", lambda *given: _shares(*given, 0, 0)
        ),
        Mistake(
            "These are shares of all pictures; give counts.",
            lambda y, said, classes: confusion_matrix(y, said, classes) / len(y),
        ),
        Mistake(
            "You counted the right answers alone, on the diagonal; the wrong ones belong beside "
            "it.",
            lambda *given: np.diag(np.diag(confusion_matrix(*given))),
        ),
        Mistake(
            "You counted the wrong answers alone; the right ones belong on the diagonal.",
            lambda *given: confusion_matrix(*given) * (1 - np.eye(given[-1], dtype=int)),
        ),
    ),
    "precision_recall": (
        Mistake(
            "Precision and recall are swapped: precision divides by the column's sum, that is, by "
            "how often the class was *said*.",
            lambda matrix: precision_recall(matrix)[::-1],
        ),
        Mistake(
            "For a class that was never said, or never occurs, you divide 0 by 0: give 0 for it.",
            lambda matrix: _with_empty(matrix, np.nan),
        ),
        Mistake(
            "For a class that was never said, or never occurs, you give 1; give 0 for it.",
            lambda matrix: _with_empty(matrix, 1),
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
        Mistake(
            "You divided by the wrong ones of a column or row; divide by its whole sum, the "
            "diagonal included.",
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
    ),
    "confident_mistakes": (
        Mistake("Your list contains right answers: give only mistakes.", _right_answers_too),
        Mistake(
            "These are the right answers; give the mistakes, where the answer is not y.",
            _right_answers_only,
        ),
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
            "You sorted by the lead over the second class; confidence is the largest probability "
            "itself.",
            _by_lead,
        ),
        Mistake(
            "You counted the places among the mistakes; give the places among all pictures.",
            _places_among_mistakes,
        ),
        Mistake(
            "You took the `count` most confident answers and then the mistakes among them. Leave "
            "the right answers out first.",
            _cut_before_mistakes,
        ),
        Mistake(
            "You gave all mistakes; give no more than `count`.",
            lambda logits, y, count: confident_mistakes(logits, y, len(y)),
        ),
        Mistake(
            "These are the confidences; give the places of the pictures.",
            _confidences,
        ),
        Mistake(OVERFLOWS, lambda a, y, count: _first_mistakes(a, y, count, -_powers(a, 0))),
        Mistake(OVERFLOWS, lambda a, y, count: _last_mistakes(a, y, count, _powers(a, 0))),
        Mistake(OVERFLOWS, lambda a, y, count: _first_mistakes(a, y, count, -_powers(a, a.max()))),
        Mistake(
            "The shares of each *row* add up to 1, for each row is one picture: sum along axis 1.",
            lambda a, y, count: _first_mistakes(
                a, y, count, -_powers(a, a.max(axis=1, keepdims=True), axis=0)
            ),
        ),
        Mistake(
            "The shares of each *row* add up to 1, for each row is one picture: sum along axis 1.",
            lambda a, y, count: _first_mistakes(a, y, count, -softmax(a, dim=0).max(axis=1)),
        ),
        Mistake(
            "Turning a sorted list round turns equally confident ones round, too; the one with "
            "the lowest place comes first.",
            _equals_turned_round,
        ),
        Mistake(ANY_ORDER, _equals_in_any_order),
        Mistake(ANY_ORDER, _equal_mistakes_in_any_order),
    ),
    "paired_difference": (
        Mistake(
            "That is b − a: the difference is positive where a is better.",
            lambda right_a, right_b: paired_difference(right_b, right_a),
        ),
        Mistake(
            "The standard error is that of a mean: divide the deviation by √N.",
            _other_error(np.std),
        ),
        Mistake(
            "That is the square of the standard error: take the square root.",
            _other_error(lambda d: np.var(d) / len(d)),
        ),
        Mistake(
            "You divided the deviation by N; divide it by √N.",
            _other_error(lambda d: np.std(d) / len(d)),
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
        Mistake(
            "Take the mean off each d before you square it.",
            _other_error(lambda d: np.sqrt(np.mean(d**2) / len(d))),
        ),
        Mistake(
            "Square the distances from the mean; you took them without their signs.",
            _other_error(lambda d: np.mean(abs(d - d.mean())) / np.sqrt(len(d))),
        ),
        Mistake(
            "d is −1 where only b is right, but `^` and `abs` give 1 there. Make numbers of the "
            "bools, with `.astype(float)`, and subtract them.",
            lambda right_a, right_b: _mean_and_error(right_a ^ right_b),
        ),
        Mistake(
            "You left out the pictures where only b is right: d is −1 there.",
            lambda right_a, right_b: _mean_and_error(right_a & ~right_b),
        ),
        Mistake(
            "An unsigned dtype has no −1: 0 − 1 is 255 there. Take floats.",
            lambda right_a, right_b: _mean_and_error(right_a.astype(np.uint8) - right_b),
        ),
        Mistake(
            "The order is (difference, standard error).",
            lambda right_a, right_b: paired_difference(right_a, right_b)[::-1],
        ),
    ),
    "choose": (
        Mistake(
            "You chose on the test pictures: choose on the validation pictures.", _chosen_by_test
        ),
        Mistake(TAKES_PART, _chosen_by_all),
        Mistake(TAKES_PART, _chosen_by_every_picture),
        Mistake(
            "That is the accuracy on the validation pictures, by which you chose: report the "
            "accuracy on the test pictures.",
            lambda right, validation, test: choose(right, validation, validation),
        ),
        Mistake("If several are equally good, take the first.", _last_of_equals),
        Mistake(
            "Of several that are equally good you took the one that is best on the test pictures. "
            "Take the first: the test has no part in the choice.",
            _best_of_equals,
        ),
        Mistake(
            "That is the best test accuracy of all, not that of the network you chose.",
            _best_test_accuracy,
        ),
        Mistake("You chose the worst network; take the best.", _worst),
        Mistake(
            "You counted the right answers; divide by the number of test pictures.",
            _number_of_test_pictures,
        ),
        Mistake(
            "That is the accuracy on all pictures: report the one on the test pictures.",
            _accuracy_on_every_picture,
        ),
        Mistake(
            "Count the networks from 0.",
            lambda *given: choose(*given) + np.array([1, 0]),
        ),
        Mistake(
            "The order is (network, accuracy).",
            lambda *given: choose(*given)[::-1],
        ),
    ),
}
