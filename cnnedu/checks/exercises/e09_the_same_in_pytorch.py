"""Exercise 09: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e09_the_same_in_pytorch as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import Value, checker
from cnnedu.data import photo, shrink, square

IMPORTS = (
    "numpy",
    "torch",
    "cnnedu.data",
    "cnnedu.checks.torch_data",
    "cnnedu.checks.torch_networks",
)
TOLERANCE = 1e-4  # networks compute in float32


def _weights(rng, N, size, classes):
    """Return a batch of pictures and as many numbers as the network has parameters.

    Many activations lie beyond 6.
    """
    rows = answers.classifier_shapes(size, classes)
    count = int(np.prod(np.maximum(rows, 1), axis=1).sum())
    return 8 * rng.normal(size=(N, 3, size, size)), classes, rng.normal(size=count) / 8


def _pictures(rng, *shapes):
    """Return pictures and labels; several together have more numbers than a uint8 has values."""
    return [(rng.integers(0, 256, (*s, 3), np.uint8), rng.integers(0, 9, s[0])) for s in shapes]


def _some_pictures(rng):
    cat = shrink(square(photo("cat"), top=0, left=70, size=300), 16)[None]
    return [(cat, np.array([3])), *_pictures(rng, (3, 8, 6), (2, 16, 9))]


def _clear(rng, batches_of, N, D, K, batch_size):
    """Return random inputs (N, D), labels (N,) and weights (K, D), drawn until all is clear.

    No best score has a rival that rounding could put in its place, and each way of reporting loss
    and accuracy gives other numbers where the last batch is smaller.

    Args:
        rng: generator.
        batches_of: takes the inputs; returns the first epoch's batches and the smallest lead.
        N, D, K, batch_size: sizes.
    """
    while True:
        x, y = rng.integers(-9, 10, (N, D)) / 4 + 1, rng.integers(0, K, N)
        arguments = x, y, rng.normal(size=(K, D)), batch_size
        batches, lead = batches_of(*arguments)
        ways = [answers.reported(batches, how) for how in ("pictures", *answers.REPORTS)]
        apart = [abs(np.subtract(a, b)).max() for i, a in enumerate(ways) for b in ways[:i]]
        if lead > 1e-3 and (N % batch_size == 0 or N < batch_size or min(apart) > 1e-2):
            return arguments


def _first_epoch(*arguments):
    epochs, _, lead = answers.trained(*arguments)
    return epochs[0], lead


def _to_train(rng, *sizes):
    return [_clear(rng, _first_epoch, *size) for size in sizes]


def _to_evaluate(rng, *sizes):
    return [_clear(rng, answers.evaluated, *size) for size in sizes]


CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case(
        "classifier_shapes",
        lambda rng: [(), (30, 4)],
        answers.classifier_shapes,
        lambda rng: [(19, 7)],
        whole=True,
        mistakes=answers.MISTAKES["classifier_shapes"],
        imports=IMPORTS,
    ),
    Case(
        "classifier_scores",
        lambda rng: [_weights(rng, 2, 8, 4), _weights(rng, 3, 6, 5)],
        answers.classifier_scores,
        lambda rng: [_weights(rng, *s) for s in [(1, 4, 1), (3, 11, 3)]],
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["classifier_scores"],
        imports=IMPORTS,
    ),
    Case(
        "pictures_of_data",
        _some_pictures,
        answers.pictures_of_data,
        lambda rng: _pictures(rng, (5, 4, 6), (1, 7, 2), (4, 1, 30), (5, 4, 6)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["pictures_of_data"],
        imports=IMPORTS,
    ),
    Case(
        "labels_of_data",
        _some_pictures,
        answers.labels_of_data,
        lambda rng: _pictures(rng, (5, 4, 6), (9, 6, 5)),
        mistakes=answers.MISTAKES["labels_of_data"],
        imports=IMPORTS,
    ),
    Case(
        "after_training",
        lambda rng: _to_train(rng, (10, 3, 2, 4), (12, 4, 3, 12)),
        answers.after_training,
        lambda rng: _to_train(rng, (7, 2, 3, 5), (6, 3, 10, 8)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["after_training"],
        imports=IMPORTS,
    ),
    Case(
        "after_evaluation",
        lambda rng: _to_evaluate(rng, (10, 3, 2, 4), (12, 4, 3, 12)),
        answers.after_evaluation,
        lambda rng: _to_evaluate(rng, (7, 2, 3, 3), (5, 3, 4, 1), (1, 3, 2, 4)),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["after_evaluation"],
        imports=IMPORTS,
    ),
)
check = checker(CHECKS)
