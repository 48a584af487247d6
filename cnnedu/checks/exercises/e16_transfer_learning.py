"""Exercise 16: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e16_transfer_learning as answers
from cnnedu.checks.case import Case
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.picture_folders import GOOD, GREY, HIDDEN, NOTHING
from cnnedu.checks.value import Value, checker


def _layer(rng, N, C, H, W, F, KH, KW, x=fractions, w=fractions):
    """Return pictures, filters and statistics; the last feature is always below 0."""
    mean, var = fractions(rng, F), rng.permutation(F) + 0.0005
    mean[-1] = 1e5
    return x(rng, (N, C, H, W)), w(rng, (F, C, KH, KW)), mean, var


def _layers(rng):
    low = np.array([[[[1.0, 2.0, 0.5], [2.0, 1.0, 3.0]]]]), -np.array([[[[1.0, 0.25]]]])
    return [
        (np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3)), np.array([5.0]), np.array([4.0])),
        _layer(rng, 3, 2, 6, 5, 4, 3, 2),
        (*low, np.array([-20.0]), np.array([0.01])),
        (
            np.array([[[[1, 2], [3, 0]]]]),
            np.array([[[[0.5, -1.25]]]]),
            np.array([-4]),
            np.array([2]),
        ),
    ]


def _more_layers(rng):
    low = np.array([[[[1, 2, 3], [2, 1, 3]]]]), -np.array([[[[1, 2]]]])
    return [
        _layer(rng, 1, 1, 4, 7, 1, 2, 3),
        _layer(rng, 5, 3, 5, 4, 2, 1, 1),
        _layer(rng, 2, 2, 3, 8, 3, 3, 1),
        _layer(rng, 2, 2, 3, 8, 3, 3, 1),
        _layer(rng, 2, 1, 4, 5, 3, 4, 5),
        _layer(rng, 2, 3, 5, 4, 3, 2, 3, x=wholes),
        _layer(rng, 2, 3, 5, 4, 3, 2, 3, w=wholes),
        (*low, np.array([-20]), np.array([3])),
        (*low, np.array([-20.0]), np.array([0.0])),
    ]


def _labelled(rng, N, D, classes, rate, steps, labels=None):
    """Return features, and labels of all classes but the last, or these."""
    y = rng.permutation(np.arange(N) % max(classes - 1, 1)) if labels is None else labels
    return fractions(rng, (N, D)), np.array(y), classes, rate, steps


def _features(rng):
    f, y = np.array([[3.0, 0], [2, 1], [0, 3], [1, 2]]), np.array([1, 1, 0, 0])
    return [
        (f, y, 2, 1.0, 1),
        _labelled(rng, 6, 2, 4, 0.3, 3),
        (f.astype(int), y, 3, 0.5, 4),
        (f * 400, np.array([0, 1, 0, 2]), 3, 2.0, 3),
        (600 * np.eye(2), np.array([0, 1]), 2, 1.0, 2),
    ]


def _more_features(rng):
    # No row has two scores that are nearly the same, for small differences would grow.
    far = rng.uniform(1, 2) * np.array([[700, -300], [100, 900], [-500, 400], [-200, -800]])
    return [
        (far, np.array([0, 1, 1, 0]), 3, 50.0, 2),
        _labelled(rng, 1, 1, 2, 0.5, 1),
        _labelled(rng, 9, 4, 3, 0.1, 5),
        _labelled(rng, 5, 3, 5, 0.7, 2, [4, 4, 0, 4, 2]),
        _labelled(rng, 9, 4, 3, 0.1, 5),
        _labelled(rng, 4, 2, 3, 0.2, 3, [0, 0, 0, 0]),
        (wholes(rng, (5, 2)), np.array([0, 2, 2, 1, 0]), 3, 0.4, 3),
        _labelled(rng, 3, 5, 1, 0.2, 2),
    ]


def _every_kind(rng, label, others, empty):
    """Return a class with a file of each kind, others with a picture, and empty ones.

    The pictures 9.png and 10.png are there, too: as strings their order is the other one.
    """
    one = [(label, 11 + number, kind) for kind, number in enumerate(rng.permutation(NOTHING))]
    one += [(label, 9, GOOD), (label, 10, GREY)]
    one += [(other, 1, GOOD) for other in others] + [(other, 1, NOTHING) for other in empty]
    files = rng.permutation(one)  # so that the order of writing isn't that of the names
    return np.column_stack([files, rng.integers(5, 13, (len(files), 2))])


def _folders(rng):
    return [
        (np.array([[0, 2, GOOD, 6, 9], [0, 1, GREY, 8, 8], [1, 1, GOOD, 7, 5]]), 4),
        (_every_kind(rng, 0, [1, 3], [2]), 4),
    ]


def _more_folders(rng):
    return [
        (_every_kind(rng, 3, [0], [2, 1]), 5),
        (np.array([[2, 4, HIDDEN, 3, 20], [2, 5, GREY, 20, 3]]), 1),
    ]


def _grouped(rng, names, sizes):
    """Return groups that first appear in the order of `names`, and then in any order."""
    rest = np.repeat(names, np.array(sizes) - 1)
    return np.concatenate([names, rng.permutation(rest)])


def _groups(rng):
    return [
        (np.array([1, 1, 2, 3, 3, 3]), 2),
        (np.repeat([1, 2, 3, 4], [2, 5, 2, 2]), 2),
        (_grouped(rng, [8, 5, 7, 1, 3, 2, 6, 4], [5, 2, 4, 3, 4, 1, 2, 1]), 3),
    ]


def _more_groups(rng):
    names = 7 + 3 * np.arange(40)
    return [
        (_grouped(rng, names[::-1], 1 + np.arange(40) % 2), 3),
        (_grouped(rng, names[::-1], 1 + np.arange(40) // 20), 5),
        (rng.permutation(100), 4),
        (np.arange(100)[::-1].copy(), 3),
        (_grouped(rng, names[::-2], 2 + np.arange(20) % 3), 4),
        (_grouped(rng, [50, 3, 8, 1, 9], [2, 2, 6, 1, 2]), 2),
        (_grouped(rng, [50, 3, 8, 1, 9], [1, 4, 2, 2, 3]), 2),
        (np.array([4, 4, 0, 4, 0, 9]), 5),
        (np.array([6, 6, 2, 2]), 1),
        (np.array([3]), 1),
    ]


CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=0,
        atol=0.001,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case(
        "frozen_features",
        _layers,
        answers.frozen_features,
        _more_layers,
        mistakes=answers.MISTAKES["frozen_features"],
    ),
    Case(
        "fit_probe",
        _features,
        answers.fit_probe,
        _more_features,
        mistakes=answers.MISTAKES["fit_probe"],
    ),
    Case(
        "folder_as_numbers",
        _folders,
        answers.folder_as_numbers,
        _more_folders,
        rtol=0,
        atol=0,
        mistakes=answers.MISTAKES["folder_as_numbers"],
        imports=("numpy", "PIL", "cnnedu.checks.picture_folders"),
    ),
    Case(
        "group_folds",
        _groups,
        answers.group_folds,
        _more_groups,
        rtol=0,
        atol=0,
        mistakes=answers.MISTAKES["group_folds"],
    ),
)
check = checker(CHECKS)
