"""The choice of a network, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def choose(right, validation, test):
    """Return which network is best on the validation pictures, and its test accuracy."""
    best = int(right[:, validation].mean(axis=1).argmax())
    return np.array([best, right[best, test].mean()])


def _by(pictures):
    """Make a choice by other pictures than those for validation."""
    return lambda right, validation, test: choose(right, pictures(right, validation, test), test)


def _network(other):
    """Make a choice of another network; `other` takes how many right answers each one gave."""

    def wrong(right, validation, test):
        network = int(other(right[:, validation].sum(axis=1), right[:, test].sum(axis=1)))
        return network, right[network, test].mean()

    return wrong


def _report(other):
    """Make a report of another number than the accuracy; `other` takes right, best and test."""

    def wrong(right, validation, test):
        best = int(choose(right, validation, test)[0])
        return best, other(right, best, test)

    return wrong


def _tested_on_the_rest(right, validation, test):
    return choose(right, validation, np.setdiff1d(np.arange(right.shape[1]), validation))


MISTAKES = (
    Mistake(
        "You chose on the test pictures: choose on the validation pictures.",
        _by(lambda right, validation, test: test),
    ),
    *(
        Mistake("You let the test pictures take part in the choice; leave them out of it.", wrong)
        for wrong in (
            _by(lambda right, *places: np.concatenate(places)),
            _by(lambda right, *places: np.arange(right.shape[1])),
        )
    ),
    Mistake(
        "That is the accuracy on the validation pictures, by which you chose: report the accuracy "
        "on the test pictures.",
        lambda right, validation, test: choose(right, validation, validation),
    ),
    Mistake(
        "If several are equally good, take the first.",
        _network(lambda kept, tested: np.flatnonzero(kept == kept.max())[-1]),
    ),
    Mistake(
        "Of several that are equally good you took the one that is best on the test pictures. Take "
        "the first: the test has no part in the choice.",
        _network(lambda kept, tested: np.where(kept == kept.max(), tested, -1).argmax()),
    ),
    Mistake(
        "That is the best test accuracy of all, not that of the network you chose.",
        _report(lambda right, best, test: right[:, test].mean(axis=1).max()),
    ),
    Mistake(
        "You chose the worst network; take the best.",
        _network(lambda kept, tested: kept.argmin()),
    ),
    Mistake(
        "You counted the right answers; divide by the number of test pictures.",
        _report(lambda right, best, test: right[best, test].sum()),
    ),
    Mistake(
        "That is the accuracy on all pictures: report the one on the test pictures.",
        _report(lambda right, best, test: right[best].mean()),
    ),
    Mistake(
        "You tested on all pictures but the validation ones; take those that `test` names.",
        _tested_on_the_rest,
    ),
    Mistake("Count the networks from 0.", lambda *given: choose(*given) + np.array([1, 0])),
    Mistake("The order is (network, accuracy).", lambda *given: choose(*given)[::-1]),
)
