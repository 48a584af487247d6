"""Exercise 15, a choice without the test set: the reference and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake


def fair_choice(losses, kept):
    """Return the place of the best candidate on the kept pictures, and its loss on the others."""
    return _chosen(losses, kept, ~kept)


def _chosen(losses, by, reported):
    """Choose by the mean loss of some pictures, and report that of others."""
    best = np.argmin(losses[:, by].mean(axis=1))
    return np.array([best, losses[best, reported].mean()])


def _best_test_loss(losses, kept):
    """Report the smallest test loss of all, beside the place of another candidate."""
    return np.array([fair_choice(losses, kept)[0], losses[:, ~kept].mean(axis=1).min()])


def _sum(losses, kept):
    place, loss = fair_choice(losses, kept)
    return np.array([place, loss * (~kept).sum()])


def _last(losses, kept):
    rows = losses[:, kept].mean(axis=1)[::-1]
    best = len(rows) - 1 - np.argmin(rows)
    return np.array([best, losses[best, ~kept].mean()])


def _largest(losses, kept):
    return fair_choice(-losses, kept) * [1, -1]


MISTAKES = (
    Mistake(
        "You chose by the test set. Choose by the pictures kept aside, and use the test set only "
        "to judge.",
        lambda losses, kept: _chosen(losses, ~kept, ~kept),
    ),
    Mistake(
        "You chose by all pictures, those of the test set among them. Choose by the pictures kept "
        "aside.",
        lambda losses, kept: _chosen(losses, np.ones_like(kept), ~kept),
    ),
    Mistake(
        "You reported the loss on the pictures that chose: it flatters. Report the loss on the "
        "test set.",
        lambda losses, kept: _chosen(losses, kept, kept),
    ),
    Mistake(
        "You reported the loss on all pictures. Report that on the test set alone.",
        lambda losses, kept: _chosen(losses, kept, np.ones_like(kept)),
    ),
    Mistake(
        "You chose by the test set and reported the loss on the pictures kept aside: it is the "
        "other way round.",
        lambda losses, kept: _chosen(losses, ~kept, kept),
    ),
    Mistake(
        "You reported the smallest test loss of all candidates. Report the test loss of the "
        "candidate that you chose.",
        _best_test_loss,
    ),
    Mistake("The loss is the mean over the test pictures, not their sum.", _sum),
    Mistake("Of several equally good candidates, take the first.", _last),
    Mistake("You chose the largest loss; the smallest is the best.", _largest),
)
