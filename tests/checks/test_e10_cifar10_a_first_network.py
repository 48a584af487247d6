"""Exercise 10: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from cnnedu.checks.exercises import e10_cifar10_a_first_network as e10


def counted(y, said, classes):
    matrix = np.zeros((classes, classes))
    for pair in zip(y, said, strict=True):
        matrix[pair] += 1
    return matrix


def counted_once(y, said, classes):
    matrix = np.zeros((classes, classes))
    matrix[y, said] += 1
    return matrix


CONFUSION = Case(
    "confusion_matrix",
    lambda rng: [(np.array([0, 0, 1, 1, 1]), np.array([0, 1, 1, 1, 0]), 3)],
    counted,
    mistakes=e10.MISTAKES["confusion_matrix"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda y, said, classes: counted(y, said, classes).T + 0, "Rows and columns are swapped"),
        (counted_once, "only once"),
        (lambda y, said, classes: counted(y, said, 2), "doesn't occur"),
        (lambda y, said, classes: counted(y, said, 3) / [[2], [3], [np.nan]], "shares of each row"),
    ],
)
def test_mistakes_of_the_confusion_matrix_are_named(wrong, says):
    case = CONFUSION
    if says == "Rows and columns are swapped":  # the matrix above is symmetric but for one place
        case = Case(
            case.function,
            lambda rng: [(np.array([0, 0, 1]), np.array([1, 1, 2]), 3)],
            case.reference,
            mistakes=case.mistakes,
        )
    assert says in message(wrong, case)


def shares(matrix, above, below):
    """Divide the diagonal by the sums along two axes; 0 by 0 is 0."""
    sums = np.stack([matrix.sum(axis=above), matrix.sum(axis=below)])
    return np.divide(np.diag(matrix), sums, out=np.zeros(sums.shape), where=sums > 0)


def with_nan(matrix):
    with np.errstate(all="ignore"):
        return np.diag(matrix) / np.stack([matrix.sum(axis=0), matrix.sum(axis=1)])


PRECISION_RECALL = Case(
    "precision_recall",
    lambda rng: [(np.array([[5, 0, 1], [3, 0, 0], [2, 0, 7]]),)],
    lambda matrix: shares(matrix, 0, 1),
    mistakes=e10.MISTAKES["precision_recall"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda matrix: shares(matrix, 1, 0), "Precision and recall are swapped"),
        (with_nan, "give 0 for it"),
        (lambda matrix: [np.diag(matrix) / matrix.sum()] * 2, "number of all pictures"),
        (lambda matrix: shares(matrix, 1, 1), "Both are recall"),
        (lambda matrix: shares(matrix, 0, 0), "Both are precision"),
    ],
)
def test_mistakes_of_precision_and_recall_are_named(wrong, says):
    assert says in message(wrong, PRECISION_RECALL)


LOGITS = np.array([[0.0, 2, 0], [5, 4, 4.5], [3, 0, 0], [9, 8.2, 0], [0, 0, 0.3], [6, 0, 0]])
LABELS = np.array([0, 1, 0, 1, 1, 2])
P = np.exp(LOGITS) / np.exp(LOGITS).sum(axis=1, keepdims=True)
WRONG = np.flatnonzero(LOGITS.argmax(axis=1) != LABELS)
CONFIDENT = Case(
    "confident_mistakes",
    lambda rng: [(LOGITS, LABELS, 3)],
    lambda logits, y, count: [5, 0, 3],
    mistakes=e10.MISTAKES["confident_mistakes"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (np.argsort(-P.max(axis=1))[:3], "contains right answers"),
        (WRONG[np.argsort(P[WRONG].max(axis=1))][:3], "The order is reversed"),
        (WRONG[np.argsort(-LOGITS[WRONG].max(axis=1))][:3], "Take the softmax first"),
        (WRONG[np.argsort(P[WRONG, LABELS[WRONG]])][:3], "probability of the right class"),
        (np.argsort(-P[WRONG].max(axis=1))[:3], "places among the mistakes"),
    ],
)
def test_mistakes_about_confidence_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, CONFIDENT)
    assert list(e10.confident_mistakes(LOGITS, LABELS, 3)) == [5, 0, 3]


A = np.array([1, 1, 1, 0, 0, 1, 1, 0], dtype=bool)
B = np.array([1, 0, 0, 1, 0, 1, 1, 0], dtype=bool)
PAIRED = Case(
    "paired_difference",
    lambda rng: [(A, B)],
    lambda a, b: [1 / 8, np.sqrt(3 / 8 - 1 / 64) / np.sqrt(8)],
    mistakes=e10.MISTAKES["paired_difference"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([-1 / 8, np.sqrt(23 / 64 / 8)], "b − a"),
        ([1 / 8, np.sqrt(23 / 64)], "divide the deviation by √N"),
        ([1 / 8, 23 / 64 / 8], "take the square root"),
        ([1 / 8, np.sqrt((5 / 8 * 3 / 8 + 4 / 8 * 4 / 8) / 8)], "different pictures"),
        ([1 / 8, np.sqrt(1 / 8 * 7 / 8 / 8)], "can be −1"),
        ([1 / 8, np.sqrt(23 / 64 / 7)], "not by N − 1"),
    ],
)
def test_mistakes_of_the_paired_difference_are_named(wrong, says):
    assert says in message(lambda a, b: wrong, PAIRED)


RIGHT = np.array(
    [
        [1, 1, 0, 0, 0, 1, 0, 0],
        [0, 0, 1, 1, 0, 1, 1, 1],
        [1, 0, 1, 0, 0, 0, 1, 0],
        [1, 1, 1, 0, 0, 0, 1, 0],
        [1, 1, 1, 0, 0, 1, 0, 1],
    ],
    dtype=bool,
)
VALIDATION, TEST = np.array([0, 1, 2, 3]), np.array([4, 5, 6, 7])
CHOOSE = Case(
    "choose",
    lambda rng: [(RIGHT, VALIDATION, TEST)],
    lambda right, validation, test: [3, 0.25],
    mistakes=e10.MISTAKES["choose"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([1, 0.75], "chose on the test pictures"),
        ([3, 0.75], "on the validation pictures, by which you chose"),
        ([4, 0.5], "take the first"),
    ],
)
def test_mistakes_of_the_choice_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, CHOOSE)


def test_a_choice_by_all_pictures_and_the_best_of_all_are_named():
    right = RIGHT[1:]
    both = Case(
        "choose",
        lambda rng: [(right[1:], VALIDATION, TEST)],
        lambda *arguments: [1, 0.25],
        mistakes=e10.MISTAKES["choose"][1:],
    )
    assert "take part in the choice" in message(lambda *arguments: [2, 0.5], both)
    few = np.array([[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], dtype=bool)
    best = Case(
        "choose",
        lambda rng: [(few, np.array([0, 1]), np.array([2, 3]))],
        lambda *arguments: [0, 0.0],
        mistakes=e10.MISTAKES["choose"],
    )
    assert "best test accuracy of all" in message(lambda *arguments: [0, 1.0], best)
