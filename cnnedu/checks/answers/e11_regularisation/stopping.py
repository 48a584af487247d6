"""Early stopping, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def early_stop(losses, patience, least):
    """Return the epoch after which to stop and the one to go back to, from 1."""
    best = 0
    for epoch, loss in enumerate(losses):
        best = epoch if loss < losses[best] - least else best
        if epoch - best >= patience:
            break
    return np.array([epoch + 1, best + 1])


def _is_progress(loss, before, least):
    return loss < before - least


def _loop(progress=_is_progress, before=None, in_a_row=True):
    """Make a loop of which one part is wrong.

    `progress(loss, loss before, least)` says whether an epoch counts. `before(losses so far)` is
    the loss to compare with, in place of the best epoch's. `in_a_row` says whether progress sets
    the count of the epochs without it back to 0.
    """

    def wrong(losses, patience, least):
        last = best = waited = 0
        for epoch in range(1, len(losses)):
            last = epoch
            compared = before(losses[:epoch]) if before else losses[best]
            if progress(losses[epoch], compared, least):
                best, waited = epoch, 0 if in_a_row else waited
            else:
                waited += 1
            if waited == patience:
                break
        return last + 1, best + 1

    return wrong


def _patience(other):
    """Make a mistake in the patience alone: it is `other(losses, patience)`."""
    return lambda losses, patience, least: early_stop(losses, other(losses, patience), least)


def _second(other):
    """Make a mistake in the second number alone: it is other(losses, last epoch, best epoch)."""

    def wrong(losses, patience, least):
        last, best = early_stop(losses, patience, least)
        return last, other(losses, last, best)

    return wrong


MISTAKES = (
    Mistake("Count epochs from 1.", lambda *given: early_stop(*given) - 1),
    *(
        Mistake(
            "Count both epochs from 1; only one of yours is.",
            lambda *given, off=off: early_stop(*given) - off,
        )
        for off in ([0, 1], [1, 0])
    ),
    Mistake(
        "You ignore `least`: an epoch is progress only if its loss is lower than the best by more "
        "than that.",
        _loop(lambda loss, best, least: loss < best),
    ),
    Mistake(
        "A loss that is lower by exactly `least` is no progress: it takes *more* than that. With "
        "least 0, an equal loss is none.",
        _loop(lambda loss, best, least: loss <= best - least),
    ),
    Mistake(
        "`least` makes progress harder: a loss has to be below the best one *minus* `least`.",
        _loop(lambda loss, best, least: loss < best + least),
    ),
    Mistake(
        "You stop one epoch too late: with patience 2, the second epoch in a row without progress "
        "is the last.",
        _patience(lambda losses, patience: patience + 1),
    ),
    Mistake(
        "You stop one epoch too early: with patience 2, the second epoch in a row without progress "
        "is the last.",
        _patience(lambda losses, patience: patience - 1),
    ),
    Mistake(
        "You stop at the first epoch without progress; wait for `patience` of them in a row.",
        _patience(lambda losses, patience: 1),
    ),
    Mistake(
        "You never stop: after `patience` epochs in a row without progress the training ends.",
        _patience(lambda losses, patience: len(losses)),
    ),
    Mistake(
        "You compared with the previous epoch; compare with the best one so far.",
        _loop(before=lambda seen: seen[-1]),
    ),
    Mistake(
        "You compared with the first epoch; compare with the best one so far.",
        _loop(before=lambda seen: seen[0]),
    ),
    Mistake(
        "You compared with the lowest loss so far. An epoch that is no progress doesn't become the "
        "best one, even if its loss is a little lower.",
        _loop(before=np.min),
    ),
    Mistake(
        "Only epochs in a row count: a new best sets the count back to 0.",
        _loop(in_a_row=False),
    ),
    Mistake(
        "You went back to the lowest loss in the whole list: later epochs are never seen, and "
        "gains smaller than `least` don't count.",
        _second(lambda losses, last, best: losses.argmin() + 1),
    ),
    Mistake(
        "You went back to the lowest loss seen; the best epoch is the last one that counted as "
        "progress.",
        _second(lambda losses, last, best: losses[:last].argmin() + 1),
    ),
    Mistake(
        "You went back to the last epoch; go back to the best one.",
        _second(lambda losses, last, best: last),
    ),
    Mistake(
        "The second number is the epoch itself, not how many have passed since then.",
        _second(lambda losses, last, best: last - best),
    ),
    Mistake("The order is (last epoch, best epoch).", lambda *given: early_stop(*given)[::-1]),
)
