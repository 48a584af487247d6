"""Exercise 10: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks import photo_contest
from cnnedu.checks.answers import e10_cifar10_a_first_network as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import Design, Value, checker

LEARNS_WITH = ("numpy", "torch")


def _shuffled(rng, *lists):
    """Return the lists as arrays, all in the same drawn order."""
    order = rng.permutation(len(lists[0]))
    return tuple(np.array(items)[order] for items in lists)


def _pictures(rng, counts):
    """Return classes and answers, in any order, whose confusion matrix is `counts`."""
    right, said = np.indices(np.shape(counts))
    times = np.ravel(counts)
    return (*_shuffled(rng, np.repeat(right, times), np.repeat(said, times)), len(counts))


def _different_counts(rng, classes):
    return rng.permutation(classes**2).reshape(classes, classes)


def _few_pictures(rng):
    return [
        (np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), 3),
        _pictures(rng, [[4, 1, 0, 2], [3, 5, 0, 0], [0, 0, 0, 0], [6, 2, 0, 7]]),
        _pictures(rng, _different_counts(rng, 3)),
    ]


def _more_pictures(rng):
    absent = np.zeros((10, 10), int)
    absent[2:8:2, 1:5] = rng.permutation(12).reshape(3, 4)
    return [
        _pictures(rng, _different_counts(rng, 4)),
        _pictures(rng, _different_counts(rng, 4)),
        _pictures(rng, absent),
        _pictures(rng, absent.T),
        _pictures(rng, [[300, 2], [1, 0]]),  # more than a byte can count
        _pictures(rng, [[5]]),
        _pictures(rng, [[0, 0], [1, 0]]),
        (np.array([3]), np.array([0]), 5),
    ]


def _without(rng, classes, row=None, column=None):
    """Draw a confusion matrix in which one class is never there, or one is never said."""
    matrix = _different_counts(rng, classes) + 1
    matrix[[] if row is None else row] = 0
    matrix[:, [] if column is None else column] = 0
    return (matrix,)


def _matrices(rng):
    return [
        (np.array([[3, 1], [2, 4]]),),
        (np.array([[5, 0, 1], [0, 0, 0], [2, 0, 7]]),),
        _without(rng, 4, column=2),
    ]


def _more_matrices(rng):
    return [
        _without(rng, 3, row=0),
        _without(rng, 3, column=0),
        _without(rng, 5, row=4, column=1),
        _without(rng, 7),
        (_without(rng, 7)[0] * 100_000,),
        (np.eye(4, dtype=int)[[0, 2, 1, 3]],),
        (np.zeros((2, 2), int),),
        (np.array([[5]]),),
    ]


# One row a confidence: of rows with the same confidence all numbers are the same, so that they
# stay equal however the softmax is computed.
TABLE = np.array(
    [
        [1.0, 4.0, 1.0],
        [7.0, 5.375, -1.0],
        [0.0, 2.5, 0.5],
        [9.0, 8.5, 8.0],
        [-3.0, -6.0, -2.0],
        [3.0, 3.5, -4.0],
        [0.0, -1.0, 6.0],
    ]
)
FAR = np.array([[-1.0, 0.5], [1500.0, -1500.0], [1500.0, -1500.0], [-3.0, 0.0]])
LARGE = np.array([[3.0, 0.0], [-1000.0, -1001.0], [1000.0, 998.0], [1.5, 0.0]])


def _equals(rng, times, rows):
    """Return wrong answers of a few confidences, each many times, and some right answers."""
    logits = np.repeat(rows, times, axis=0)
    said = logits.argmax(axis=1)
    wrong = np.arange(len(said)) % 6 > 0
    return _shuffled(rng, logits, np.where(wrong, 1 - said, said))


def _sure(rng, N, K):
    """Return logits and labels: confidences that lie apart, every third answer right."""
    rank = np.arange(N)
    p = 0.52 + 0.45 * (rank + 1) / N
    p = np.column_stack([p, *[(1 - p) / (K - 1)] * (K - 1)])
    if K > 2:  # every other row has all but its first two classes far behind
        p[::2, 1] += 0.98 * p[::2, 2:].sum(axis=1)
        p[::2, 2:] *= 0.02
    turned = (np.arange(K) + rng.integers(0, K, (N, 1))) % K
    logits = np.log(np.take_along_axis(p, turned, axis=1))
    logits += 7.0 * rng.permutation(N)[:, None] - 3.0 * N
    said = logits.argmax(axis=1)
    wrong = (said + 1 + rank % (K - 1)) % K
    return _shuffled(rng, logits, np.where(rank % 3 == 0, said, wrong))


def _scores(rng):
    return [
        (np.array([[0.0, 2.0], [5.0, 4.0], [3.0, 0.0]]), np.array([0, 1, 0]), 2),
        (TABLE, np.array([1, 2, 0, 1, 0, 0, 0]), 4),
        (LARGE, np.array([1, 1, 1, 1]), 4),
        (*_equals(rng, 30, [[0.0, 2.0], [4.0, 3.0]]), 40),
    ]


def _more_scores(rng):
    return [
        (*_sure(rng, 18, 3), 8),
        (*_sure(rng, 18, 3), 8),
        (*_sure(rng, 12, 10), 1),
        (*_sure(rng, 9, 2), 50),
        (LARGE[[2, 0, 1, 3]], np.array([1, 0, 1, 1]), 3),
        (FAR, np.array([0, 1, 1, 0]), 4),
        (*_equals(rng, 14, [[5, 3], [-9, -6], [700, 699]]), 32),
        (*_equals(rng, 20, [[0.5, 3.0, -2000.0], [2.0, 1.0, -2000.0]]), 90),
        (*_equals(rng, 30, [[2, 0]]), 20),
        (np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0, 1]), 5),
        (np.array([[3, -3, 0]]), np.array([2]), 1),
    ]


def _two_networks(rng, both, only_a, only_b, neither):
    """Return where each of two networks is right, with these numbers of pictures."""
    times = both, only_a, only_b, neither
    right_a, right_b = [True, True, False, False], [True, False, True, False]
    return _shuffled(rng, np.repeat(right_a, times), np.repeat(right_b, times))


def _pairs(rng):
    return [
        (np.array([True, True, True, False]), np.array([True, False, True, False])),
        _two_networks(rng, 5, 3, 1, 3),
        _two_networks(rng, 3, 1, 4, 2),
    ]


def _more_pairs(rng):
    times = [
        (2, 3, 1, 1),
        (1, 1, 5, 0),
        (200, 40, 15, 745),
        (0, 3, 3, 0),
        (4, 0, 0, 3),
        (0, 5, 0, 0),
        (0, 0, 1, 0),
    ]
    return [_two_networks(rng, *numbers) for numbers in times]


def _networks(rng, kept, tested, other, numbers):
    """Return networks with these numbers of right answers, and the places of the pictures.

    `numbers` holds, for each network, how many of the pictures kept for validation, of those for
    the test and of the others it has right.
    """
    sizes = kept, tested, other
    places = np.split(rng.permutation(sum(sizes)), np.cumsum(sizes)[:-1])
    right = np.zeros((len(numbers), sum(sizes)), bool)
    for group, counts in zip(places, np.transpose(numbers), strict=True):
        order = rng.permuted(np.tile(np.arange(len(group)), (len(numbers), 1)), axis=1)
        right[:, group] = order < counts[:, None]
    return right, places[0], places[1]


def _equally_good(rng, networks, best):
    """Return many networks, `best` of them equally good at the validation pictures.

    The first 8 are worse: then a sort that isn't stable puts the first of the best ones neither at
    its end nor at its start.
    """
    kept = np.append([5] * 8, rng.permutation([6] * best + [5] * (networks - best - 8)))
    tested = rng.permutation(networks) + 1
    return _networks(
        rng, 7, networks + 2, 1, [(*numbers, 0) for numbers in zip(kept, tested, strict=True)]
    )


SEVERAL = [(3, 2, 0), (4, 1, 1), (2, 4, 0), (4, 3, 0), (1, 6, 0), (3, 5, 2), (4, 2, 0), (0, 0, 0)]


def _choices(rng):
    example = np.array([[1, 0, 1, 0], [1, 1, 0, 1]], bool)
    equal = np.array([[0, 1, 1, 0, 0], [1, 0, 1, 1, 0], [0, 0, 1, 1, 1]], bool)
    return [
        (example, np.array([0, 1]), np.array([2, 3])),
        (equal, np.array([0, 1]), np.array([2, 3, 4])),
        _networks(rng, 5, 7, 3, SEVERAL),
    ]


def _more_choices(rng):
    last_are_best = [(2, 4, 1), (1, 5, 0), (0, 3, 3), (3, 2, 2), (5, 1, 0)]
    right, kept, tested = _networks(rng, 6, 6, 0, [(1, 6, 0), (5, 2, 0), (3, 4, 0)])
    return [
        _networks(rng, 5, 6, 4, last_are_best),
        _networks(rng, 5, 6, 4, last_are_best[::-1]),
        (np.hstack([right[:, tested], right[:, kept]]), np.arange(6, 12), np.arange(6)),
        *(_equally_good(rng, networks, best) for networks, best in ((40, 25), (60, 40))),
        _networks(rng, 3, 9, 2, [(2, 4, 1)]),
    ]


CHECKS = (
    Value("by_hand", answers.BY_HAND["by_hand"], mistakes=answers.BY_HAND_MISTAKES["by_hand"]),
    Case(
        "confusion_matrix",
        _few_pictures,
        answers.confusion_matrix,
        _more_pictures,
        mistakes=answers.MISTAKES["confusion_matrix"],
    ),
    Case(
        "precision_recall",
        _matrices,
        answers.precision_recall,
        _more_matrices,
        mistakes=answers.MISTAKES["precision_recall"],
    ),
    Case(
        "confident_mistakes",
        _scores,
        answers.confident_mistakes,
        _more_scores,
        mistakes=answers.MISTAKES["confident_mistakes"],
    ),
    Case(
        "paired_difference",
        _pairs,
        answers.paired_difference,
        _more_pairs,
        mistakes=answers.MISTAKES["paired_difference"],
    ),
    Case(
        "choose",
        _choices,
        answers.choose,
        _more_choices,
        mistakes=answers.MISTAKES["choose"],
    ),
    Design(
        "learn",
        photo_contest.judge,
        photo_contest.judge_on_fresh_pictures,
        imports=LEARNS_WITH,
    ),
)
check = checker(CHECKS)
