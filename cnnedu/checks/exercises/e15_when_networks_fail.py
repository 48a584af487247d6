"""Well-known wrong answers of exercise 15, and its references."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import cross_entropy


def fgsm(x, gradient, epsilon):
    """Push each number by epsilon where the loss rises, within 0 and 1."""
    return np.clip(x + epsilon * np.sign(gradient), 0, 1)


def _largest_push(x, gradient, epsilon):
    largest = np.abs(gradient).max()
    return np.clip(x + epsilon * gradient / largest, 0, 1) if largest else None


def _never_zero(x, gradient, epsilon):
    return np.clip(x + epsilon * np.where(gradient > 0, 1, -1), 0, 1)


def pgd_step(x, start, gradient, step, epsilon):
    """Take one step, then return to within epsilon of the start and to 0 … 1."""
    near = np.clip(x + step * np.sign(gradient), start - epsilon, start + epsilon)
    return np.clip(near, 0, 1)


def _push_clipped(x, start, gradient, step, epsilon):
    return np.clip(x + np.clip(step * np.sign(gradient), -epsilon, epsilon), 0, 1)


def _from_start(x, start, gradient, step, epsilon):
    return pgd_step(start, start, gradient, step, epsilon)


def calibration_error(probabilities, y, bins):
    """Return the mean distance between confidence and accuracy over the bins."""
    count, gap = _bins(probabilities, y, bins)
    return count @ np.abs(gap) / len(y)


def _bins(probabilities, y, bins, confidence=None, right=None, round_up=True):
    """Return how many answers each bin holds, and accuracy less confidence, 0 where empty."""
    p = np.asarray(probabilities)
    confidence = p.max(axis=1) if confidence is None else confidence
    right = p.argmax(axis=1) == y if right is None else right
    place = np.ceil(confidence * bins) - 1 if round_up else np.floor(confidence * bins)
    place = np.clip(place.astype(int), 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    return count, np.bincount(place, right - confidence, bins) / np.maximum(count, 1)


def _unweighted(probabilities, y, bins):
    count, gap = _bins(probabilities, y, bins)
    return np.abs(gap[count > 0]).mean()


def _over_all_bins(probabilities, y, bins):
    return np.abs(_bins(probabilities, y, bins)[1]).sum() / bins


def _with_sign(probabilities, y, bins):
    count, gap = _bins(probabilities, y, bins)
    return count @ gap / len(y)


def _other_sign(probabilities, y, bins):
    return -_with_sign(probabilities, y, bins)


def _one_bin(probabilities, y, bins):
    return abs(_with_sign(probabilities, y, bins))


def _of_the_label(probabilities, y, bins):
    own = probabilities[np.arange(len(y)), y]
    count, gap = _bins(probabilities, y, bins, confidence=own)
    return count @ np.abs(gap) / len(y)


def _edge_above(probabilities, y, bins):
    count, gap = _bins(probabilities, y, bins, round_up=False)
    return count @ np.abs(gap) / len(y)


def _one_by_one(probabilities, y, bins):
    right = probabilities.argmax(axis=1) == y
    return np.abs(right - probabilities.max(axis=1)).mean()


def temperature(logits, y, candidates):
    """Return the candidate with the smallest cross-entropy, and that cross-entropy."""
    losses = [cross_entropy(logits / t, y) for t in candidates]
    best = int(np.argmin(losses))
    return np.array([candidates[best], losses[best]])


def _multiplied(logits, y, candidates):
    losses = [cross_entropy(logits * t, y) for t in candidates]
    best = int(np.argmin(losses))
    return np.array([candidates[best], losses[best]])


def _summed(logits, y, candidates):
    return temperature(logits, y, candidates) * [1, len(y)]


def _largest(logits, y, candidates):
    losses = [cross_entropy(logits / t, y) for t in candidates]
    worst = int(np.argmax(losses))
    return np.array([candidates[worst], losses[worst]])


def _place(logits, y, candidates):
    losses = [cross_entropy(logits / t, y) for t in candidates]
    return np.array([np.argmin(losses), np.min(losses)])


def _by_the_answers(logits, y, candidates):
    return temperature(logits, logits.argmax(axis=1), candidates)


FGSM = (
    Mistake(
        "You went down the gradient: that makes the loss smaller. An attack goes up.",
        lambda x, gradient, epsilon: fgsm(x, -gradient, epsilon),
    ),
    Mistake(
        "A pixel ends at 0 and at 1: clip what comes out.",
        lambda x, gradient, epsilon: x + epsilon * np.sign(gradient),
    ),
    Mistake(
        "You pushed by the gradient itself: take its sign, so that every number moves by epsilon.",
        lambda x, gradient, epsilon: np.clip(x + epsilon * gradient, 0, 1),
    ),
    Mistake(
        "You divided the gradient by its largest number: take its sign, so that every number moves "
        "by epsilon.",
        _largest_push,
    ),
    Mistake("Where the gradient is 0, nothing is pushed: sign(0) is 0.", _never_zero),
    Mistake(
        "That is the push alone: add it to the picture.",
        lambda x, gradient, epsilon: epsilon * np.sign(gradient),
    ),
)

PGD_STEP = (
    Mistake(
        "You kept the result near x. It has to stay near *start*, or ten steps go ten times as "
        "far.",
        _push_clipped,
    ),
    Mistake(
        "A pixel ends at 0 and at 1, too: clip once more.",
        lambda x, start, gradient, step, epsilon: np.clip(
            x + step * np.sign(gradient), start - epsilon, start + epsilon
        ),
    ),
    Mistake(
        "Nothing brings it back to within epsilon of the start.",
        lambda x, start, gradient, step, epsilon: fgsm(x, gradient, step),
    ),
    Mistake("You stepped from start: step from x, where the last step ended.", _from_start),
    Mistake(
        "You went down the gradient: that makes the loss smaller. An attack goes up.",
        lambda x, start, gradient, step, epsilon: pgd_step(x, start, -gradient, step, epsilon),
    ),
)

CALIBRATION_ERROR = (
    Mistake(
        "Every bin counted the same. A bin counts as much as it holds: count[b] / N.", _unweighted
    ),
    Mistake("You divided by the number of bins: weigh each by count[b] / N.", _over_all_bins),
    Mistake(
        "Too sure here and not sure enough there cancelled out: take |…| in each bin first.",
        _with_sign,
    ),
    Mistake(
        "Too sure here and not sure enough there cancelled out: take |…| in each bin first.",
        _other_sign,
    ),
    Mistake(
        "You took the size at the end, or all answers as one bin: take |…| in each bin first.",
        _one_bin,
    ),
    Mistake(
        "You took the probability of the right class. Confidence is the *largest* probability, of "
        "what was said.",
        _of_the_label,
    ),
    Mistake(
        "An answer that lies on the edge of two bins belongs to the lower one: b/B < confidence ≤ "
        "(b + 1)/B.",
        _edge_above,
    ),
    Mistake(
        "You compared answer by answer. A single answer is right or wrong; compare *means* of "
        "bins.",
        _one_by_one,
    ),
)

TEMPERATURE = (
    Mistake("You multiplied by T: divide the logits by it.", _multiplied),
    Mistake("The cross-entropy is the mean over the pictures, not their sum.", _summed),
    Mistake("That is the worst of the candidates: the smallest loss is wanted.", _largest),
    Mistake("You gave the candidate's place in the list: give the candidate itself.", _place),
    Mistake(
        "You took the network's answers for the labels. Then the coldest always wins: use y.",
        _by_the_answers,
    ),
)

# Part 1: the score before and after the push, the calibration error, the temperature.
BY_HAND = [0.35, 0.05, 0.36, 2 / np.log(4)]
ON_PAPER = (
    ([*BY_HAND[:1], 0.0, *BY_HAND[2:]], "the second: a pixel can't exceed 1"),
    ([*BY_HAND[:1], 0.65, *BY_HAND[2:]], "the second: the push must make the score *smaller*"),
    ([*BY_HAND[:2], 0.45, BY_HAND[3]], "the third: weigh each bin by how many answers it holds"),
    ([*BY_HAND[:2], 0.12, BY_HAND[3]], "the third: the two gaps must not cancel; take their sizes"),
    ([*BY_HAND[:3], np.log(4) / 2], "the fourth is 1 / T"),
    ([*BY_HAND[:3], 2 / np.log(5)], "the fourth: the odds are 4 to 1, not 5 to 1"),
)
