"""Exercise 04: the well-known mistakes in `softmax`."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import softmax


def _shares(logits, subtracted):
    """Divide the powers of each row by their sum, after something was subtracted from the scores.

    Unless that is the largest score of the row, large scores overflow.
    """
    with np.errstate(all="ignore"):
        powers = np.exp(np.asarray(logits, float) - subtracted)
        return powers / powers.sum(axis=1, keepdims=True)


def _largest(logits, axis=1):
    return np.max(logits, axis=axis, keepdims=True)


def _scores_divided(logits):
    """Divide the scores themselves by their sum."""
    with np.errstate(all="ignore"):
        return logits / np.sum(logits, axis=1, keepdims=True)


def _of_all_at_once(logits):
    """Apply the softmax of one vector to the table, with nothing subtracted."""
    with np.errstate(all="ignore"):
        powers = np.exp(np.asarray(logits, float))
        return powers / powers.sum()


def _logarithms(logits):
    """Stop at the logarithm of the shares."""
    apart = logits - _largest(logits)
    return apart - np.log(np.exp(apart).sum(axis=1, keepdims=True))


def _each_by_itself(logits):
    """Apply the logistic function to each score."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(logits, float)))


def _powers(logits):
    return np.exp(logits - _largest(logits))


MISTAKES = (
    Mistake(
        "It overflows: e^1000 is too large for a float. First subtract the largest score of "
        "each row.",
        lambda logits: _shares(logits, 0),
    ),
    Mistake(
        "You divided by the sum over the whole table, and e^1000 overflows. Each row is one "
        "picture: subtract its largest score first, and divide by its own sum, along axis 1.",
        _of_all_at_once,
    ),
    Mistake(
        "You subtracted the largest score of the whole table, so rows far below it become "
        "0/0. Each row has a largest score of its own: take it along axis 1.",
        lambda logits: _shares(logits, np.max(logits)),
    ),
    Mistake(
        "You subtracted the largest score of each column; take the one of each row, along axis 1.",
        lambda logits: _shares(logits, _largest(logits, axis=0)),
    ),
    Mistake(
        "You subtracted the smallest score of each row; the powers of those far above it "
        "overflow. Subtract the largest.",
        lambda logits: _shares(logits, np.min(logits, axis=1, keepdims=True)),
    ),
    Mistake(
        "You subtracted the first score of each row; the powers of those far above it "
        "overflow. Subtract the largest.",
        lambda logits: _shares(logits, np.asarray(logits)[:, :1]),
    ),
    Mistake(
        "You subtracted the mean; some scores of a row can be far above it, and their powers "
        "overflow. Subtract the largest.",
        lambda logits: _shares(logits, np.mean(logits, axis=1, keepdims=True)),
    ),
    Mistake(
        "The shares add up to 1 down the columns; every *row* is one picture: sum along axis 1.",
        lambda logits: softmax(logits, dim=0),
    ),
    Mistake(
        "The powers of each column are divided by their sum; every *row* is one picture: sum "
        "along axis 1.",
        lambda logits: _powers(logits) / _powers(logits).sum(axis=0),
    ),
    Mistake(
        "All shares together add up to 1; each row should: sum along axis 1 and keep that axis.",
        lambda logits: softmax(logits.reshape(1, -1)).reshape(logits.shape),
    ),
    Mistake(
        "All shares together add up to 1; each row should: sum along axis 1 and keep that axis.",
        lambda logits: _powers(logits) / _powers(logits).sum(),
    ),
    Mistake(
        "The sum is missing: divide the powers of each row by their sum.",
        _powers,
    ),
    Mistake("You divided the scores by their sum; take the powers e^a first.", _scores_divided),
    Mistake(
        "The sign is wrong: the largest score of a row gets the largest share.",
        lambda logits: softmax(-logits),
    ),
    Mistake(
        "Those are powers of 2; take powers of e, `np.exp`.",
        lambda logits: softmax(logits * np.log(2)),
    ),
    Mistake("Those are the logarithms of the shares; leave `np.log` out.", _logarithms),
    Mistake(
        "Each of your numbers depends on its own score alone; a share depends on all scores "
        "of its row.",
        _each_by_itself,
    ),
)
