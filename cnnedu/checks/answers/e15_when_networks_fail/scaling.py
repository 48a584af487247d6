"""The temperature that fits held-out pictures, and well-known mistakes with it."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake


def temperature(logits, y, candidates):
    """Return the candidate with the smallest cross-entropy, and that cross-entropy."""
    return _chosen(candidates, _losses(logits, y, candidates))


def _chosen(candidates, losses, best=np.argmin):
    place = int(best(losses))
    return np.array([candidates[place], losses[place]])


def _apart(scores):
    return scores - scores.max(axis=1, keepdims=True)


def _log_shares(z):
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def _losses(logits, y, candidates, apart=lambda logits, t: _apart(logits / t), log_p=_log_shares):
    """Return each candidate's cross-entropy; `apart` scales and shifts what `log_p` takes."""
    losses = []
    for t in candidates:
        with np.errstate(all="ignore"):
            found = log_p(apart(np.asarray(logits, float), t))
        losses.append(-found[np.arange(len(y)), y].mean())
    return np.array(losses)


def _spoilt(**changed):
    """Make a choice with one thing changed in its losses."""
    return lambda *arguments: _chosen(arguments[2], _losses(*arguments, **changed))


def _from_losses(answer):
    """Make an answer that is answer(candidates, losses)."""
    return lambda *arguments: answer(arguments[2], _losses(*arguments))


def _loss_times(factor):
    """Make an answer whose loss is multiplied by factor(logits)."""
    return lambda logits, *rest: temperature(logits, *rest) * [1, factor(logits)]


def _not_apart(logits, t):
    return logits / t


def _apart_from_one(logits, t):
    return (logits - logits.max()) / t


def _logs_of_shares(z):
    powers = np.exp(z)
    return np.log(powers / powers.sum(axis=1, keepdims=True))


def _kept_away(z, keep, least):
    return np.log(keep(np.exp(_log_shares(z)), least))


def _last_of_equals(losses):
    return len(losses) - 1 - np.argmin(losses[::-1])


def _brier(logits, y, candidates):
    """Return each candidate's mean squared distance from one-hot labels."""
    shares = [np.exp(_log_shares(_apart(logits / t))) for t in candidates]
    return np.array([((p - np.eye(p.shape[1])[y]) ** 2).sum(axis=1).mean() for p in shares])


def _chosen_by_brier(*arguments):
    return _chosen(arguments[2], _losses(*arguments), lambda losses: _brier(*arguments).argmin())


OVERFLOW = "Large logits overflow: subtract the largest of each row before you exponentiate."
ONE_LARGEST = (
    "You subtracted one number for all rows, so rows of small logits become nothing but zeros: "
    "subtract the largest of *each row*."
)
FROM_LOGITS = "Compute log p from the logits: z − log Σ exp(z)."

MISTAKES = (
    Mistake(
        "You multiplied by T: divide the logits by it.",
        _spoilt(apart=lambda logits, t: _apart(logits * t)),
    ),
    Mistake("The cross-entropy is the mean over the pictures, not their sum.", _loss_times(len)),
    Mistake(
        "You divided by the number of all scores: the cross-entropy is the mean over the N "
        "pictures.",
        _loss_times(lambda logits: 1 / logits.shape[1]),
    ),
    Mistake(
        "That is the worst of the candidates: look for the smallest loss.",
        _from_losses(partial(_chosen, best=np.argmax)),
    ),
    Mistake(
        "The minus sign is missing: a loss is −log p, at least 0.",
        _from_losses(lambda candidates, losses: _chosen(candidates, -losses)),
    ),
    Mistake(
        "You gave the candidate's place in the list: give the candidate itself.",
        _from_losses(lambda candidates, losses: np.array([losses.argmin(), losses.min()])),
    ),
    Mistake(
        "You gave the loss first: give the candidate, then its loss.",
        lambda *arguments: temperature(*arguments)[::-1],
    ),
    Mistake(
        "Of several candidates that are equally good, give the first: compare with `<`, not `<=`.",
        _from_losses(partial(_chosen, best=_last_of_equals)),
    ),
    Mistake(
        "You used the network's own answers as labels. Then the lowest temperature always wins: "
        "use y.",
        lambda logits, y, candidates: temperature(logits, logits.argmax(axis=1), candidates),
    ),
    Mistake(OVERFLOW, _spoilt(apart=_not_apart)),
    Mistake(OVERFLOW, _spoilt(apart=_not_apart, log_p=_logs_of_shares)),
    Mistake(ONE_LARGEST, _spoilt(apart=_apart_from_one)),
    Mistake(ONE_LARGEST, _spoilt(apart=_apart_from_one, log_p=_logs_of_shares)),
    Mistake(
        f"You took the logarithm of probabilities that had become 0. {FROM_LOGITS}",
        _spoilt(log_p=_logs_of_shares),
    ),
    *(
        Mistake(
            "You kept the probabilities away from 0 before the logarithm, so a sure mistake costs "
            f"too little. {FROM_LOGITS}",
            _spoilt(log_p=partial(_kept_away, keep=keep, least=least)),
        )
        for keep in (np.maximum, np.add)
        for least in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
    ),
    Mistake(
        "That is the squared distance from the one-hot labels, the Brier score: the "
        "cross-entropy is −log p of the right class.",
        lambda *arguments: _chosen(arguments[2], _brier(*arguments)),
    ),
    Mistake(
        "You chose by the squared distance from the one-hot labels, the Brier score: choose by "
        "the cross-entropy.",
        _chosen_by_brier,
    ),
    Mistake(
        "You took the mean of p: the cross-entropy is the mean of −log p.",
        _spoilt(log_p=lambda z: np.exp(_log_shares(z))),
    ),
    Mistake(
        "You took the logarithm to base 2; here log is the natural one.",
        _loss_times(lambda logits: 1 / np.log(2)),
    ),
    Mistake(
        "You took the logarithm to base 10; here log is the natural one.",
        _loss_times(lambda logits: 1 / np.log(10)),
    ),
)
