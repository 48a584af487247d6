"""The gradient of the cross-entropy, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import CUT, Mistake


def cross_entropy_gradient(logits, y):
    """Return the gradient of the mean cross-entropy with respect to the scores."""
    return (_softmax(logits) - _wanted(logits, y)) / len(y)


def _softmax(logits, largest=1, total=1):
    """Return p; `largest` and `total` are the axes of the maximum and of the sum."""
    return _shares(logits - np.max(logits, axis=largest, keepdims=True), total)


def _shares(scores, axis=1):
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(scores.astype(float))
        return powers / powers.sum(axis=axis, keepdims=True)


def _wanted(logits, y):
    return np.eye(logits.shape[1])[y]


def _with_p(p):
    """Make a gradient with something else in place of p."""
    return lambda logits, y: (p(logits) - _wanted(logits, y)) / len(y)


def _sigmoid(logits):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logits.astype(float)))


def _log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _whole_columns(logits, y):
    p = _softmax(logits)
    p[:, y] -= 1
    return p / len(y)


MISTAKES = (
    Mistake(
        "It overflows: e^1000 is too large for a float. First subtract the largest score of "
        "each row.",
        _with_p(_shares),
    ),
    Mistake(
        "You subtract one maximum from all rows; where it is far above a row's own, the "
        "powers of that row are all 0. Each row needs its own.",
        _with_p(lambda logits: _softmax(logits, largest=None)),
    ),
    Mistake(
        "You subtract too much from a row, so that its powers are all 0: subtract the row's "
        "largest score itself.",
        _with_p(lambda logits: _shares(logits - abs(logits).max(axis=1, keepdims=True))),
    ),
    Mistake(
        "Where all scores of a row are far below 0, its powers are all 0: subtract its largest "
        "score there, too. Don't start the search for it at 0.",
        _with_p(lambda logits: _shares(logits - logits.max(axis=1, keepdims=True).clip(0))),
    ),
    Mistake(
        "You subtract the largest score of each column; each *row* needs its own.",
        _with_p(lambda logits: _softmax(logits, largest=0)),
    ),
    Mistake(
        "You forgot the mean: the loss is the mean over the pictures, so divide by N.",
        lambda logits, y: cross_entropy_gradient(logits, y) * len(y),
    ),
    Mistake(
        "You divide p by N, but not t: first subtract 1 at the right class, then divide all by N.",
        lambda logits, y: _softmax(logits) / len(y) - _wanted(logits, y),
    ),
    Mistake(
        "You divided by the number of scores; the mean is over the N pictures.",
        lambda logits, y: cross_entropy_gradient(logits, y) / logits.shape[1],
    ),
    Mistake(
        "The sign is wrong: the gradient is p − t, positive for the wrong classes.",
        lambda logits, y: -cross_entropy_gradient(logits, y),
    ),
    Mistake(
        "That is p / N: subtract 1 from p at the right class of each picture.",
        lambda logits, y: _softmax(logits) / len(y),
    ),
    Mistake(
        "`p[:, y]` takes whole columns: `p[np.arange(N), y]` is one number per picture.",
        _whole_columns,
    ),
    Mistake(
        "Only the right class gets a gradient; the others get p / N.",
        lambda logits, y: cross_entropy_gradient(logits, y) * _wanted(logits, y),
    ),
    Mistake(
        "Your probabilities add up to 1 down the columns; every *row* is one picture.",
        _with_p(lambda logits: _softmax(logits, largest=0, total=0)),
    ),
    Mistake(
        "Your probabilities add up to 1 over all pictures; every *row* needs its own sum.",
        _with_p(lambda logits: _softmax(logits, total=None)),
    ),
    Mistake("Those p are sigmoids; the softmax divides by the sum of its row.", _with_p(_sigmoid)),
    Mistake("You subtract t from log p; subtract it from p.", _with_p(_log_softmax)),
    Mistake(CUT, where_whole(0, lambda *arguments: np.trunc(cross_entropy_gradient(*arguments)))),
)
