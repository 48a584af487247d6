"""Exercise 15: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import cross_entropy


def fgsm(x, gradient, epsilon):
    """Push each number by epsilon in the direction in which the loss rises, within 0 and 1."""
    return np.clip(x + epsilon * np.sign(gradient), 0, 1)


def pgd_step(x, start, gradient, step, epsilon):
    """Take one step, then return to within epsilon of the start and within 0 and 1."""
    near = np.clip(x + step * np.sign(gradient), start - epsilon, start + epsilon)
    return np.clip(near, 0, 1)


def calibration_error(probabilities, y, bins):
    """Return the mean gap between confidence and accuracy, weighted by the bins' counts."""
    count, gap = _bins(probabilities, y, bins)
    return count @ np.abs(gap) / len(y)


def _bins(probabilities, y, bins, confidence=None, right=None, round_up=True):
    """Return each bin's number of answers and its accuracy minus confidence, 0 if empty."""
    p = np.asarray(probabilities)
    confidence = p.max(axis=1) if confidence is None else confidence
    right = p.argmax(axis=1) == y if right is None else right
    place = np.ceil(confidence * bins) - 1 if round_up else np.floor(confidence * bins)
    place = np.clip(place.astype(int), 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    return count, np.bincount(place, right - confidence, bins) / np.maximum(count, 1)


def temperature(logits, y, candidates):
    """Return the candidate with the smallest cross-entropy, and that cross-entropy."""
    losses = [cross_entropy(logits / t, y) for t in candidates]
    best = int(np.argmin(losses))
    return np.array([candidates[best], losses[best]])


_RIGHT = [0.35, 0.05, 0.36, 2 / np.log(4)]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([0.35, 0.0, *_RIGHT[2:]], "b: a pixel can't exceed 1"),
        ([0.35, 0.65, *_RIGHT[2:]], "b: the push must make the score *smaller*"),
        ([*_RIGHT[:2], 0.45, _RIGHT[3]], "c: weight each bin by how many answers it holds"),
        ([*_RIGHT[:2], 0.12, _RIGHT[3]], "c: the two gaps must not cancel; take their sizes"),
        ([*_RIGHT[:3], np.log(4) / 2], "d: that is 1 / T"),
        ([*_RIGHT[:3], 2 / np.log(5)], "d: the odds are 4 to 1, not 5 to 1"),
    ),
}


def _divided_by_largest(x, gradient, epsilon):
    largest = np.abs(gradient).max()
    return np.clip(x + epsilon * gradient / largest, 0, 1) if largest else None


def _zero_gradient_pushed(x, gradient, epsilon):
    return np.clip(x + epsilon * np.where(gradient > 0, 1, -1), 0, 1)


def _only_the_push_clipped(x, start, gradient, step, epsilon):
    return np.clip(x + np.clip(step * np.sign(gradient), -epsilon, epsilon), 0, 1)


def _stepped_from_start(x, start, gradient, step, epsilon):
    return pgd_step(start, start, gradient, step, epsilon)


def _unweighted(probabilities, y, bins):
    count, gap = _bins(probabilities, y, bins)
    return np.abs(gap[count > 0]).mean()


def _signed_gaps(probabilities, y, bins):
    count, gap = _bins(probabilities, y, bins)
    return count @ gap / len(y)


def _confidence_in_label(probabilities, y, bins):
    own = probabilities[np.arange(len(y)), y]
    count, gap = _bins(probabilities, y, bins, confidence=own)
    return count @ np.abs(gap) / len(y)


def _edges_in_upper_bin(probabilities, y, bins):
    count, gap = _bins(probabilities, y, bins, round_up=False)
    return count @ np.abs(gap) / len(y)


def _answer_by_answer(probabilities, y, bins):
    right = probabilities.argmax(axis=1) == y
    return np.abs(right - probabilities.max(axis=1)).mean()


def _multiplied(logits, y, candidates):
    losses = [cross_entropy(logits * t, y) for t in candidates]
    best = int(np.argmin(losses))
    return np.array([candidates[best], losses[best]])


def _largest_loss(logits, y, candidates):
    losses = [cross_entropy(logits / t, y) for t in candidates]
    worst = int(np.argmax(losses))
    return np.array([candidates[worst], losses[worst]])


def _place_in_list(logits, y, candidates):
    losses = [cross_entropy(logits / t, y) for t in candidates]
    return np.array([np.argmin(losses), np.min(losses)])


MISTAKES = {
    "fgsm": (
        Mistake(
            "You went down the gradient: that makes the loss smaller. An attack goes up.",
            lambda x, gradient, epsilon: fgsm(x, -gradient, epsilon),
        ),
        Mistake(
            "A pixel can't go below 0 or above 1: clip the result.",
            lambda x, gradient, epsilon: x + epsilon * np.sign(gradient),
        ),
        Mistake(
            "You pushed by the gradient itself: take its sign, so that every number moves by "
            "epsilon.",
            lambda x, gradient, epsilon: np.clip(x + epsilon * gradient, 0, 1),
        ),
        Mistake(
            "You divided the gradient by its largest number: take its sign, so that every number "
            "moves by epsilon.",
            _divided_by_largest,
        ),
        Mistake("Where the gradient is 0, push nothing: sign(0) is 0.", _zero_gradient_pushed),
        Mistake(
            "That is the push alone: add it to the picture.",
            lambda x, gradient, epsilon: epsilon * np.sign(gradient),
        ),
    ),
    "pgd_step": (
        Mistake(
            "You kept the result near x. It has to stay near *start*, or ten steps go ten times "
            "as far.",
            _only_the_push_clipped,
        ),
        Mistake(
            "A pixel can't go below 0 or above 1 either: clip again.",
            lambda x, start, gradient, step, epsilon: np.clip(
                x + step * np.sign(gradient), start - epsilon, start + epsilon
            ),
        ),
        Mistake(
            "Nothing brings the result back to within epsilon of the start.",
            lambda x, start, gradient, step, epsilon: fgsm(x, gradient, step),
        ),
        Mistake(
            "You stepped from start: step from x, where the last step ended.", _stepped_from_start
        ),
        Mistake(
            "You went down the gradient: that makes the loss smaller. An attack goes up.",
            lambda x, start, gradient, step, epsilon: pgd_step(x, start, -gradient, step, epsilon),
        ),
    ),
    "calibration_error": (
        Mistake(
            "You counted every bin the same. Weight each by its share of the answers: count[b] / "
            "N.",
            _unweighted,
        ),
        Mistake(
            "You divided by the number of bins: weight each by count[b] / N.",
            lambda probabilities, y, bins: np.abs(_bins(probabilities, y, bins)[1]).sum() / bins,
        ),
        Mistake(
            "Overconfident and underconfident bins cancelled out: take |…| in each bin first.",
            _signed_gaps,
        ),
        Mistake(
            "Overconfident and underconfident bins cancelled out: take |…| in each bin first.",
            lambda probabilities, y, bins: -_signed_gaps(probabilities, y, bins),
        ),
        Mistake(
            "You took |…| only at the end, or put all answers into one bin: take |…| in each bin "
            "first.",
            lambda probabilities, y, bins: abs(_signed_gaps(probabilities, y, bins)),
        ),
        Mistake(
            "You took the probability of the right class. Confidence is the *largest* "
            "probability, that of the class that was said.",
            _confidence_in_label,
        ),
        Mistake(
            "An answer that lies on the edge of two bins belongs to the lower one: b/B < "
            "confidence ≤ (b + 1)/B.",
            _edges_in_upper_bin,
        ),
        Mistake(
            "You compared answer by answer. A single answer is right or wrong; compare the "
            "*means* of each bin.",
            _answer_by_answer,
        ),
    ),
    "temperature": (
        Mistake("You multiplied by T: divide the logits by it.", _multiplied),
        Mistake(
            "The cross-entropy is the mean over the pictures, not their sum.",
            lambda logits, y, candidates: temperature(logits, y, candidates) * [1, len(y)],
        ),
        Mistake("That is the worst of the candidates: look for the smallest loss.", _largest_loss),
        Mistake(
            "You gave the candidate's place in the list: give the candidate itself.", _place_in_list
        ),
        Mistake(
            "You used the network's own answers as labels. Then the lowest temperature always "
            "wins: use y.",
            lambda logits, y, candidates: temperature(logits, logits.argmax(axis=1), candidates),
        ),
    ),
}
