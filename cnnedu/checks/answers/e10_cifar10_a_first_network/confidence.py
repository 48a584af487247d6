"""The most confident mistakes, and well-known mistakes with them."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import softmax


def confident_mistakes(logits, y, count):
    """Return the places of the wrong answers with the highest probability, the highest first."""
    return _mistakes_among(_most_confident(logits), logits, y)[:count]


def _mistakes_among(places, logits, y):
    return places[logits.argmax(axis=1)[places] != y[places]]


def _most_confident(logits):
    """Return all places, the one with the highest probability first."""
    return np.argsort(-_confidence(logits), kind="stable")


def _confidence(logits):
    return softmax(logits, dim=1).max(axis=1)


def _ordered(places):
    """Make a list in another order, that of `places(logits, y)`."""
    return lambda logits, y, count: _mistakes_among(places(logits, y), logits, y)[:count]


def _by(number):
    """Make a list in which the place with the lowest `number(logits, y)` is the first."""
    return _ordered(lambda *given: np.argsort(number(*given), kind="stable"))


def _turned_round(number):
    """Make a list that is sorted upwards by number(logits) and then read from its end."""
    return _ordered(lambda logits, y: np.argsort(number(logits), kind="stable")[::-1])


def _lead(logits, y):
    """Return by how much the second probability is above the first: the lead, with a minus."""
    ordered = np.sort(softmax(logits, dim=1), axis=1)
    return ordered[:, -2] - ordered[:, -1]


def _right_answers_only(logits, y, count):
    places = _most_confident(logits)
    return places[logits.argmax(axis=1)[places] == y[places]][:count]


def _places_among_mistakes(logits, y, count):
    return _most_confident(logits[logits.argmax(axis=1) != y])[:count]


def _equal_mistakes_in_any_order(logits, y, count):
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-_confidence(logits[wrong]))][:count]


def _powers(logits, subtracted=0, axis=1):
    """Return the largest share of each row, after something was subtracted from the scores."""
    with np.errstate(all="ignore"):
        powers = np.exp(np.asarray(logits, float) - subtracted)
        return (powers / powers.sum(axis=axis, keepdims=True)).max(axis=1)


def _columns(logits, y):
    return -_powers(logits, logits.max(axis=1, keepdims=True), axis=0)


MISTAKES = (
    Mistake(
        "Your list contains right answers: give only mistakes.",
        lambda logits, y, count: _most_confident(logits)[:count],
    ),
    Mistake(
        "These are the right answers; give the mistakes, where the answer is not y.",
        _right_answers_only,
    ),
    Mistake(
        "The order is reversed: the most confident mistake comes first.",
        _by(lambda logits, y: _confidence(logits)),
    ),
    Mistake(
        "Scores are not probabilities: a row may have a high score and a higher one beside it. "
        "Take the softmax first.",
        _by(lambda logits, y: -logits.max(axis=1)),
    ),
    Mistake(
        "You sorted by the probability of the right class. Confidence is that of the class that "
        "was *said*.",
        _by(lambda logits, y: softmax(logits, dim=1)[np.arange(len(y)), y]),
    ),
    Mistake(
        "You sorted by the lead over the second class; confidence is the largest probability "
        "itself.",
        _by(_lead),
    ),
    Mistake(
        "You counted the places among the mistakes; give the places among all pictures.",
        _places_among_mistakes,
    ),
    Mistake(
        "You took the `count` most confident answers and then the mistakes among them. Leave the "
        "right answers out first.",
        lambda logits, y, count: _mistakes_among(_most_confident(logits)[:count], logits, y),
    ),
    Mistake(
        "You gave all mistakes; give no more than `count`.",
        lambda logits, y, count: confident_mistakes(logits, y, len(y)),
    ),
    Mistake(
        "These are the confidences; give the places of the pictures.",
        lambda logits, *rest: _confidence(logits)[confident_mistakes(logits, *rest)],
    ),
    *(
        Mistake(
            "The softmax overflows or becomes 0/0: first subtract the largest score of each row "
            "from that row.",
            wrong,
        )
        for wrong in (
            _by(lambda logits, y: -_powers(logits)),
            _turned_round(_powers),
            _by(lambda logits, y: -_powers(logits, logits.max())),
        )
    ),
    *(
        Mistake(
            "The shares of each *row* add up to 1, for each row is one picture: sum along axis 1.",
            wrong,
        )
        for wrong in (_by(_columns), _by(lambda logits, y: -softmax(logits, dim=0).max(axis=1)))
    ),
    Mistake(
        "Turning a sorted list round turns equally confident ones round, too; the one with the "
        "lowest place comes first.",
        _turned_round(_confidence),
    ),
    *(
        Mistake(
            '`np.argsort` may put equally confident ones in any order; with kind="stable" they '
            "keep the order of the pictures.",
            wrong,
        )
        for wrong in (
            _ordered(lambda logits, y: np.argsort(-_confidence(logits))),
            _equal_mistakes_in_any_order,
        )
    ),
)
