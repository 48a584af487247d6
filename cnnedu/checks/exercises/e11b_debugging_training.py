"""Exercise 11b: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e11b_debugging_training as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import Value, checker

IMPORTS = ("numpy", "torch", "cnnedu.checks.torch_repairs")
TOLERANCE = 1e-4  # networks compute in float32


def _examples(rng, N, D, K):
    """Return inputs whose columns don't have mean 0, labels with every class, and weights."""
    return rng.normal(size=(N, D)) + 1, rng.permutation(np.arange(N) % K), rng.normal(size=(K, D))


def _epochs(rng, *sizes):
    return [(*_examples(rng, N, D, K), size) for N, D, K, size in sizes]


def _classified(rng, *sizes):
    """Return inputs, labels and all parameters of a classifier with 32 hidden units, in one row."""
    found = []
    for N, D, K in sizes:
        x, y, _ = _examples(rng, N, D, K)
        found.append((x, y, rng.normal(size=32 * (D + 1) + 33 * K) / 2))
    return found


def _photographs(rng, *shapes):
    """Return pictures and training pictures (N, H, W, 3), uint8, of different light and colour.

    Each colour has its own range, and the first column of pixels is darker.
    """
    found = []
    for N, M, H, W in shapes:
        low, high = rng.permutation([20, 60, 100]), rng.permutation([150, 200, 250])
        pictures = rng.integers(low, high, (N, H, W, 3))
        training = rng.integers(low // 2, high, (M, H, W, 3))
        pictures[:, :, 0] //= 2
        training[:, :, 0] //= 2
        found.append((pictures.astype(np.uint8), training.astype(np.uint8)))
    return found


def _some_empty(rng, *rows):
    """Return pictures and labels; those at the places `empty` are of one value each."""
    found = []
    for N, empty in rows:
        pictures = rng.integers(0, 9, (N, 4, 3)).astype(np.uint8)
        pictures[:, 0, 0], pictures[:, 1, 1] = 9, 0
        for k, place in enumerate(empty):
            pictures[place] = (0, 7, 255)[k % 3]
        found.append((pictures, rng.permutation(N) + 1))
    return found


def _clear(rng, *rows):
    """Return inputs, labels, weights and a mode; no best score has a close rival."""
    found = []
    for N, D, K, training in rows:
        while True:
            x, y, w = _examples(rng, N, D, K)
            best = np.sort(x @ w.T, axis=1)
            right = answers.measured(x, y, w, training)
            if (best[:, -1] - best[:, -2]).min() > 1e-3 and 0 < right < 1:
                break
        found.append((x, y, w, training))
    return found


def _ordered(rng, *sizes):
    """Return pictures that all differ, labels, and an order; more than five of each."""
    found = []
    for N in sizes:
        pictures = rng.integers(1, 200, (N, 3, 4)).astype(np.uint8)
        found.append((pictures, rng.integers(0, 9, N), _shuffled(rng, N)))
    return found


def _shuffled(rng, N):
    """Return an order in which other pictures are held out by any of the usual mistakes."""
    while True:
        order = rng.permutation(N)
        first = -(-N // 5)
        chosen = [set(order[::5]), set(order[:first]), set(range(0, N, 5))]
        if all(a != b for k, a in enumerate(chosen) for b in chosen[:k]):
            return order


def _networks(*rows):
    return lambda rng: list(rows)


CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=1e-3,
        atol=1e-5,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case(
        "after_epochs",
        lambda rng: _epochs(rng, (7, 2, 3, 3), (9, 3, 2, 4)),
        answers.after_epochs,
        lambda rng: _epochs(rng, (8, 3, 4, 3), (11, 4, 3, 2), (8, 3, 4, 3)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["after_epochs"],
        imports=IMPORTS,
    ),
    Case(
        "losses",
        lambda rng: _classified(rng, (4, 3, 3), (5, 2, 4)),
        answers.losses,
        lambda rng: _classified(rng, (6, 5, 2), (3, 4, 10), (1, 4, 3)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["losses"],
        imports=IMPORTS,
    ),
    Case(
        "shares",
        lambda rng: _classified(rng, (4, 3, 3), (5, 2, 4)),
        answers.shares,
        lambda rng: _classified(rng, (6, 5, 2), (3, 4, 10), (1, 4, 3)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["shares"],
        imports=IMPORTS,
    ),
    Case(
        "prepare",
        lambda rng: _photographs(rng, (3, 5, 4, 6), (2, 4, 5, 3)),
        answers.prepare,
        lambda rng: _photographs(rng, (1, 6, 3, 4), (4, 3, 6, 6), (5, 8, 2, 7)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["prepare"],
        imports=IMPORTS,
    ),
    Case(
        "pictures_kept",
        lambda rng: _some_empty(rng, (5, [1]), (8, [2, 4, 5])),
        answers.pictures_kept,
        lambda rng: _some_empty(rng, (6, [0, 3, 5]), (7, []), (9, [1, 2, 7, 8])),
        mistakes=answers.MISTAKES["pictures_kept"],
        imports=IMPORTS,
    ),
    Case(
        "labels_kept",
        lambda rng: _some_empty(rng, (5, [1]), (8, [2, 4, 5])),
        answers.labels_kept,
        lambda rng: _some_empty(rng, (6, [0, 3, 5]), (7, []), (9, [1, 2, 7, 8])),
        mistakes=answers.MISTAKES["labels_kept"],
        imports=IMPORTS,
    ),
    Case(
        "measured",
        lambda rng: _clear(rng, (12, 3, 4, 1), (9, 2, 3, 0)),
        answers.measured,
        lambda rng: _clear(rng, (250, 4, 3, 1), (15, 3, 5, 0), (101, 2, 3, 1)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["measured"],
        imports=IMPORTS,
    ),
    Case(
        "first_weights",
        _networks((64, 128, 3, 700, 100), (8, 900, 3, 300, 200)),
        answers.first_weights,
        _networks((30, 100, 5, 900, 80), (3, 800, 5, 128, 500), (100, 200, 2, 250, 300)),
        rtol=0.1,
        atol=0.05,
        mistakes=answers.MISTAKES["first_weights"],
        imports=IMPORTS,
    ),
    Case(
        "after_steps",
        lambda rng: _epochs(rng, (7, 2, 3, 3), (9, 3, 2, 4)),
        answers.after_steps,
        lambda rng: _epochs(rng, (8, 3, 4, 3), (11, 4, 3, 2), (5, 3, 4, 2), (6, 2, 3, 4)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["after_steps"],
        imports=IMPORTS,
    ),
    Case(
        "to_learn",
        lambda rng: _ordered(rng, 10, 13),
        answers.to_learn,
        lambda rng: _ordered(rng, 11, 16, 25),
        mistakes=answers.MISTAKES["to_learn"],
        imports=IMPORTS,
    ),
    Case(
        "to_hold",
        lambda rng: _ordered(rng, 10, 13),
        answers.to_hold,
        lambda rng: _ordered(rng, 11, 16, 25),
        mistakes=answers.MISTAKES["to_hold"],
        imports=IMPORTS,
    ),
)
check = checker(CHECKS)
