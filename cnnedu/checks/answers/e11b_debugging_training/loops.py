"""Runs A and G: gradients that pile up, and a step computed in parts."""

import numpy as np

from cnnedu.checks.case import Mistake

RATE, MOMENTUM = 0.2, 0.9


def _softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _loss(w, x, y):
    """Return the mean cross-entropy of the scores x wᵀ."""
    return -np.log(_softmax(x @ w.T)[np.arange(len(y)), y]).mean()


def _gradient(w, x, y):
    """Return the gradient of the mean cross-entropy by w."""
    error = _softmax(x @ w.T)
    error[np.arange(len(y)), y] -= 1
    return error.T @ x / len(y)


def _old_gradient(w, x):
    """Return the gradient that the network comes with: of the sum of all scores."""
    return np.tile(x.sum(axis=0), (len(w), 1))


def _batches(x, y, size):
    return [(x[k : k + size], y[k : k + size]) for k in range(0, len(y), size)]


def after_epochs(x, y, w, batch_size, zero="before", add=False, mean="examples"):
    """Return the losses of two epochs, and the weights.

    `zero` says when old gradients are cleared: before each backward pass, after each step, once an
    epoch, never, or between backward pass and step. `add` goes backward from a batch's sum, and
    `mean` says what the loss is averaged over.
    """
    w, velocity, held = np.array(w, float), 0.0, _old_gradient(w, x)
    losses = []
    for _ in range(2):
        found = []
        held = 0.0 if zero == "once" else held
        for some_x, some_y in _batches(x, y, batch_size):
            found.append((_loss(w, some_x, some_y), len(some_y)))
            held = 0.0 if zero == "before" else held
            held = held + _gradient(w, some_x, some_y) * (len(some_y) if add else 1)
            if zero != "between":
                velocity = MOMENTUM * velocity + held
                w = w - RATE * velocity
            held = 0.0 if zero == "after" else held
        values, sizes = np.transpose(found)
        losses.append(values.mean() if mean == "batches" else values @ sizes / sizes.sum())
    return np.concatenate([losses, w.ravel()])


def after_steps(x, y, w, size, weight="share", zero=True, mean="examples"):
    """Return the loss before each of two steps for the whole batch, and the weights.

    `weight` says what each part's mean loss is multiplied by: its share of the batch, 1, the
    inverse of the number of parts or of their size, or the number of its examples; `zero`, whether
    old gradients are cleared first, and `mean`, what the loss is averaged over.
    """
    w, velocity, losses = np.array(w, float), 0.0, []
    held = _old_gradient(w, x)
    parts = _batches(x, y, size)
    for _ in range(2):
        held = 0.0 if zero else held
        found = []
        for part_x, part_y in parts:
            times = {
                "share": len(part_y) / len(y),
                "one": 1,
                "parts": 1 / len(parts),
                "size": 1 / size,
                "examples": len(part_y),
            }[weight]
            held = held + times * _gradient(w, part_x, part_y)
            found.append((_loss(w, part_x, part_y), len(part_y)))
        velocity = MOMENTUM * velocity + held
        w = w - RATE * velocity
        values, sizes = np.transpose(found)
        losses.append(values.mean() if mean == "parts" else values @ sizes / sizes.sum())
    return np.concatenate([losses, w.ravel()])


def _epochs(says, **changed):
    return Mistake(says, lambda *arguments: after_epochs(*arguments, **changed))


def _steps(says, **changed):
    return Mistake(says, lambda *arguments: after_steps(*arguments, **changed))


EPOCHS_MISTAKES = (
    _epochs(
        "The gradients of an epoch's batches still pile up: each step should use the gradient of "
        "its own batch alone.",
        zero="once",
    ),
    _epochs("The gradients of all batches pile up, and the old ones, too.", zero="never"),
    _epochs(
        "The gradients of the batches no longer pile up, but the network may come with old ones, "
        "and the first step uses them.",
        zero="after",
    ),
    _epochs(
        "The weights don't change: the gradients are cleared between `backward` and `step`.",
        zero="between",
    ),
    _epochs("You went backward from the sum of the losses, not from their mean.", add=True),
    _epochs(
        "The loss is averaged over the batches now, but the last one is smaller: it was a mean "
        "over the examples.",
        mean="batches",
    ),
)
STEPS_MISTAKES = (
    _steps(
        "The means of all parts are added up, so the step is as many times too long as there are "
        "parts.",
        weight="one",
    ),
    _steps(
        "You divided by the number of parts, but the last part may be smaller: each part counts by "
        "its share of the examples.",
        weight="parts",
    ),
    _steps(
        "You divided by the size of a part; it is the number of parts that makes the step too "
        "long, and the last one may be smaller.",
        weight="size",
    ),
    _steps(
        "You add up the losses of all examples: divide by the number of examples in the batch.",
        weight="examples",
    ),
    _steps("The step uses old gradients, which aren't cleared.", zero=False),
    _steps(
        "The weights are right, but the loss is averaged over the parts now: it was a mean over "
        "the examples.",
        mean="parts",
    ),
)
