"""Exercise 11: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e11_regularisation as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import CheckFailed, NotNumbers, as_numbers, require
from cnnedu.checks.drafts import shown_by_examples
from cnnedu.checks.drawn import fractions, wholes
from cnnedu.checks.dropouts import draft_a, draft_b, draft_c, draft_d
from cnnedu.checks.value import Value, checker

CHANCES = 0.5, np.array([0.6, 0.1, 0.4, 0.5])


def _chances(rng, shape, p):
    """Draw random numbers from 0 to 1 for dropout: evenly spread, with 0 and p itself among them.

    Where there is but one, it is p.
    """
    count = int(np.prod(shape))
    u = (np.arange(count) + 0.4) / count
    u[::3] = p
    u[-1] = 0 if count > 1 else p
    return rng.permutation(u).reshape(shape)


def _layer(rng, shape, p, training, draw=fractions):
    """Draw what a layer of dropout gets; none of its numbers is 0."""
    x = draw(rng, shape)
    return np.where(x == 0, 50, x), p, _chances(rng, shape, p), training


def _twice(rng, shape, p):
    """Draw what a layer gets, and then other numbers of the same shape: another mask as well."""
    first = _layer(rng, shape, p, True)
    return first, (fractions(rng, shape), p, np.roll(first[2], 1), True)


def _layers(rng):
    return [
        (np.full(4, 10.0), *CHANCES, True),
        (np.full(4, 10.0), *CHANCES, False),
        _layer(rng, (3, 7), 0.2, True),
        _layer(rng, (3, 3), 0.7, True, wholes),
        _layer(rng, (3, 3), 0.3, False),
    ]


def _more_layers(rng):
    return [
        *_twice(rng, (5, 3), 0.25),
        _layer(rng, (2, 1, 4, 5), 0.7, True, wholes),
        _layer(rng, (4, 6), 0.9, True),
        _layer(rng, (11,), 0.35, True, wholes),
        _layer(rng, (2, 3), 0.0, True),
        _layer(rng, (1, 1), 0.6, True),
        _layer(rng, (4, 5), 0.7, False),
        _layer(rng, (4,), 0.1, False, wholes),
    ]


def _batch(rng, shape, mirrored, down, right, draw=fractions):
    return draw(rng, shape), np.array(mirrored, bool), np.array(down), np.array(right)


def _batches(rng):
    return [
        (np.array([[[[1, 2], [3, 4]]]]), np.array([True]), np.array([1]), np.array([1])),
        _batch(rng, (3, 2, 4, 3), [1, 0, 1], [1, 0, -2], [-1, 2, 1], wholes),
        _batch(rng, (4, 3, 4, 5), [0, 1, 1, 0], [-1, 2, 0, 1], [2, -1, -2, 0]),
    ]


def _more_batches(rng):
    return [
        _batch(rng, (1, 1, 4, 9), [0], [-2], [5]),
        _batch(rng, (1, 1, 4, 9), [1], [3], [-7]),
        _batch(rng, (5, 3, 6, 5), [1, 0, 1, 0, 0], [0, 5, -3, 1, -6], [4, 0, -1, -5, 2]),
        _batch(rng, (4, 2, 1, 7), [0, 0, 1, 1], [0, 0, 0, -1], [-3, 6, 1, 0]),
        _batch(rng, (3, 4, 5, 5), [1, 0, 1], [-2, 4, 1], [1, -2, -4], wholes),
        _batch(rng, (3, 4, 5, 5), [0, 1, 1], [2, 0, -1], [0, 3, 2], wholes),
        _batch(rng, (2, 2, 3, 4), [0, 1], [3, -3], [-4, 4]),
        _batch(rng, (2, 1, 5, 1), [1, 0], [-2, 3], [0, 0]),
        _batch(rng, (3, 1, 2, 3), [0, 0, 0], [0, 0, 0], [0, 0, 0]),
    ]


def _parameters(rng):
    return [
        (np.array([[1.0, -2.0]]), 0.1),
        (np.array([5.0]), 0.1),
        (fractions(rng, (2, 1, 3, 3)), 0.7),
        (fractions(rng, (6,)), 0.3),
        (wholes(rng, (2, 3)), 0.6),
    ]


def _more_parameters(rng):
    shapes = [(9, 2), (4,), (9, 2), (4,), (3, 4, 1, 2), (12,), (1,), (1, 1), (1, 6), (6, 1)]
    return [
        *((fractions(rng, shape), 0.3) for shape in shapes),
        (fractions(rng, (1, 1, 1, 1)), 3),
        (wholes(rng, (5,)), 0.25),
        (wholes(rng, (3, 3)), 0.25),
        (wholes(rng, (2, 2, 1, 3)), 0.01),
    ]


# Where a gain is close to `least`, both are multiples of 1/64: the difference is then exact however
# it is computed.


def _course(losses, patience, least):
    return np.array(losses), patience, least


def _some_courses(rng):
    return [
        _course([0.9, 0.6, 0.58, 0.57, 0.56, 0.3], 2, 0.05),
        _course([0.9, 0.7, 0.6, 0.62, 0.58, 0.61, 0.65, 0.7], 2, 0.0),
        _course([0.8, 0.9, 0.7, 0.8, 0.75, 0.6, 0.65, 0.5], 3, 0.0),
        _course([0.5, 0.5, 0.5, 0.4], 3, 0.0),
        _course([1.0, 0.75, 0.5, 0.25, 0.125, 0.0625], 3, 0.25),
        _course([0.8, 0.9, 0.85, 0.95, 0.7], 3, 0.0),
        _course([0.9, 0.8, 0.88, 0.86], 4, 0.15),
    ]


def _falling(rng, epochs):
    """Draw losses that fall and then rise, with a rest of 1/64 to 8/64 on each."""
    fall = np.abs(np.arange(epochs) - 0.6 * epochs) // 1
    return (3 * fall + rng.integers(1, 9, epochs)) / 64


def _more_courses(rng):
    drawn = [(30, k, least / 64) for k in (1, 2, 3, 5) for least in (0, 2, 6)]
    return [
        *((_falling(rng, epochs), *rest) for epochs, *rest in drawn),
        _course([0.25, 0.5, 0.75, 1.0], 2, 0.0),
        _course([1.0, 0.75, 0.5, 0.5, 0.5, 0.125], 2, 0.0),
        _course([1.0, 0.75, 0.5, 0.25, 0.125], 3, 0.25),
        _course([1.0, 0.5, 0.75, 0.25], 2, 0.0),
        _course([1.0, 0.875, 0.75, 0.625, 0.5, 0.375], 6, 0.25),
        _course([0.5, 0.75, 0.625, 0.5625, 0.25], 3, 0.0),
        _course([8.0, 7.0, 7.5, 6.5, 6.75, 6.0, 6.5, 6.25, 5.0], 2, 0.0),
        _course([2.0**50, 2.0**49, 2.0**49, 2.0**48], 2, 0.0),
        _course([3, 2, 2, 1, 1, 1, 0], 3, 0),
        _course([0.75, 0.5], 5, 0.0),
        _course([0.5], 1, 0.0),
    ]


DRAFTS = {"A": draft_a, "B": draft_b, "C": draft_c, "D": draft_d}
MOST = 12  # numbers in an example


def _example(name, value):
    """Return (x, p, u, training) that a student wrote, or say what is wrong with them."""
    parts = value if isinstance(value, (tuple, list)) else ()
    require(len(parts) == 4, f"{name}: write x, p, u, training, with commas between them")
    *numbers, training = parts
    try:
        x, p, u = map(as_numbers, numbers)
    except NotNumbers as reason:
        raise CheckFailed(f"{name}: {reason}") from None
    require(x.ndim == 2, f"{name}: x should have two axes, (N, D), but has {x.ndim}")
    require(1 <= x.size <= MOST, f"{name}: x should hold 1 to {MOST} numbers, but holds {x.size}")
    require(
        bool(np.all(abs(x.astype(float)) <= 1000)),
        f"{name}: the numbers of x should lie between −1,000 and 1,000",
    )
    require(p.ndim == 0 and 0 <= p < 1, f"{name}: p should be one number, at least 0 and below 1")
    require(u.shape == x.shape, f"{name}: u has shape {u.shape}, and x has {x.shape}")
    require(
        bool(np.all((u >= 0) & (u < 1))), f"{name}: the numbers of u should be from 0 to below 1"
    )
    # NumPy's own True comes out of the grader's sandbox as an array without axes.
    is_bool = np.ndim(training) == 0 and np.asarray(training).dtype == bool
    require(is_bool, f"{name}: training should be True or False")
    return x, float(p), u, bool(training)


CHECKS = (
    Value("by_hand", answers.BY_HAND["by_hand"], mistakes=answers.BY_HAND_MISTAKES["by_hand"]),
    *shown_by_examples(DRAFTS, _example, answers.dropout),
    Case(
        "dropout_backward",
        _layers,
        answers.dropout_backward,
        _more_layers,
        mistakes=answers.MISTAKES["dropout_backward"],
    ),
    Case(
        "augment",
        _batches,
        answers.augment,
        _more_batches,
        mistakes=answers.MISTAKES["augment"],
    ),
    Case(
        "l2_gradient",
        _parameters,
        answers.l2_gradient,
        _more_parameters,
        mistakes=answers.MISTAKES["l2_gradient"],
    ),
    Case(
        "early_stop",
        _some_courses,
        answers.early_stop,
        _more_courses,
        mistakes=answers.MISTAKES["early_stop"],
    ),
    Value("remedies", answers.BY_HAND["remedies"], mistakes=answers.BY_HAND_MISTAKES["remedies"]),
)
check = checker(CHECKS)
