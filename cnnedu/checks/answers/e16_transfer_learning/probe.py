"""A probe on frozen features, and well-known mistakes with it."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import softmax


def fit_probe(f, y, classes, rate, steps):
    """Return weights and, in the last column, biases."""
    return _fitted(f, y, classes, rate, steps)


def _fitted(f, y, classes, rate, steps, share=softmax, mean=len, bias=1.0, rebuilt=True):
    """Return the weights; the arguments after `steps` each change one thing."""
    f1 = np.column_stack([f, np.full(len(f), bias)])
    w = at = np.zeros((classes, f1.shape[1]))
    for _ in range(steps):
        gradient = (share(f1 @ at.T) - np.eye(classes)[y]).T @ f1
        w = w - rate * gradient / mean(f)
        at = w if rebuilt else at
    return w


def _with_steps(change):
    """Make a probe that takes change(steps) steps."""
    return lambda *arguments: fit_probe(*arguments[:4], change(arguments[4]))


def _then(change):
    """Make a probe that gives change(the right weights)."""
    return lambda *arguments: change(fit_probe(*arguments))


def _sigmoid(scores):
    return 1 / (1 + np.exp(-np.clip(scores, -700, 700)))


def _overflowing(scores, most=lambda scores: 0.0):
    with np.errstate(all="ignore"):
        powers = np.exp(scores - most(scores))
        return powers / powers.sum(axis=1, keepdims=True)


def _picture_by_picture(f, y, classes, rate, steps):
    w = np.zeros((classes, f.shape[1] + 1))
    for _ in range(steps):
        for row, label in zip(np.column_stack([f, np.ones(len(f))]), y, strict=True):
            w -= rate * np.outer(softmax(w @ row, dim=0) - np.eye(classes)[label], row)
    return w


MISTAKES = (
    Mistake(
        "The loss is the mean over the pictures: divide by N.",
        partial(_fitted, mean=lambda f: 1),
    ),
    Mistake(
        "You divided by the number of all scores, N · K: divide by N.",
        lambda f, y, classes, rate, steps: fit_probe(f, y, classes, rate / classes, steps),
    ),
    Mistake(
        "You step uphill: subtract the gradient.",
        lambda f, y, classes, rate, steps: fit_probe(f, y, classes, -rate, steps),
    ),
    Mistake(
        "Your biases never learn: append a feature that is 1.",
        partial(_fitted, bias=0.0),
    ),
    Mistake(
        "Your biases are in the first column: append the 1 *after* the features.",
        _then(lambda w: np.roll(w, 1, axis=1)),
    ),
    Mistake("Your weights have one column per class: give one row per class.", _then(np.transpose)),
    Mistake(
        "The biases are missing: append a feature that is 1.",
        lambda *arguments: _fitted(*arguments, bias=0.0)[:, :-1],
    ),
    Mistake(
        "Scores are not probabilities: take the softmax of each row first.",
        partial(_fitted, share=np.asarray),
    ),
    Mistake(
        "You took the logistic function of each score: take the softmax of each row.",
        partial(_fitted, share=_sigmoid),
    ),
    Mistake(
        "You took the softmax over the pictures: the probabilities of each *picture* add up to 1.",
        partial(_fitted, share=partial(softmax, dim=0)),
    ),
    Mistake(
        "Large scores overflow: subtract the largest of each row before you exponentiate.",
        partial(_fitted, share=_overflowing),
    ),
    Mistake(
        "You subtracted one number for all rows, so rows of small scores become nothing but "
        "zeros: subtract the largest of *each row*.",
        partial(_fitted, share=partial(_overflowing, most=np.max)),
    ),
    Mistake("That is a single step: continue from the new weights.", _with_steps(lambda steps: 1)),
    Mistake("That is one step too many.", _with_steps(lambda steps: steps + 1)),
    Mistake("That is one step too few.", _with_steps(lambda steps: steps - 1)),
    Mistake(
        "You computed the probabilities only once: compute them from the new weights in each step.",
        partial(_fitted, rebuilt=False),
    ),
    Mistake(
        "You took a step for each picture: a step is the mean over all pictures.",
        _picture_by_picture,
    ),
)
