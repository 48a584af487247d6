"""Exercise 15: the references, the right answers by hand and the well-known mistakes."""

import functools

import numpy as np

from cnnedu.checks.case import Mistake


def fgsm(x, gradient, epsilon):
    """Push each number by epsilon in the direction in which the loss rises, within 0 and 1."""
    return np.clip(x + epsilon * np.sign(gradient), 0, 1)


def pgd_step(x, start, gradient, step, epsilon):
    """Take one step, then return to within epsilon of the start and within 0 and 1."""
    near = np.clip(x + step * np.sign(gradient), start - epsilon, start + epsilon)
    return np.clip(near, 0, 1)


def calibration_error(p, y, bins, **changed):
    """Return the mean gap between confidence and accuracy, weighted by the bins' counts."""
    count, gap = _bins(p, y, bins, **changed)
    return count @ np.abs(gap) / len(y)


def _bins(p, y, bins, confidence=None, place=lambda c, bins: np.ceil(c * bins) - 1):
    """Return each bin's number of answers and its accuracy minus confidence, 0 if empty."""
    p = np.asarray(p)
    confidence = p.max(axis=1) if confidence is None else confidence
    right = p.argmax(axis=1) == y
    place = np.clip(place(confidence, bins), -1, bins).astype(int) + 1  # 0, bins + 1: in no bin
    count = np.bincount(place, minlength=bins + 2)[1:-1]
    excess = np.bincount(place, right - confidence, bins + 2)[1:-1]
    return count, excess / np.maximum(count, 1)


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


def _clipped(x, gradient, epsilon, low=0, high=1):
    return np.clip(x + epsilon * np.sign(gradient), low, high)


def _divided(x, gradient, epsilon, size):
    length = size(gradient)
    return np.clip(x + epsilon * gradient / length, 0, 1) if length else None


def _zero_gradient_pushed(x, gradient, epsilon, direction=1):
    return np.clip(x + epsilon * np.where(gradient * direction > 0, 1, -1) * direction, 0, 1)


def _only_the_push_clipped(x, start, gradient, step, epsilon):
    return np.clip(x + np.clip(step * np.sign(gradient), -epsilon, epsilon), 0, 1)


def _by_the_gradient(x, start, gradient, step, epsilon):
    return np.clip(np.clip(x + step * gradient, start - epsilon, start + epsilon), 0, 1)


def _zero_gradient_stepped(x, start, gradient, step, epsilon):
    return pgd_step(x, start, np.where(gradient > 0, 1, -1), step, epsilon)


def _unweighted(p, y, bins):
    count, gap = _bins(p, y, bins)
    return np.abs(gap[count > 0]).mean()


def _signed_gaps(p, y, bins):
    count, gap = _bins(p, y, bins)
    return count @ gap / len(y)


def _confidence_in_label(p, y, bins):
    return calibration_error(p, y, bins, confidence=p[np.arange(len(y)), y])


def _upper_bin(confidence, bins):
    return np.minimum(np.floor(confidence * bins), bins - 1)


def _answer_by_answer(p, y, bins):
    return np.abs((p.argmax(axis=1) == y) - p.max(axis=1)).mean()


def _between_edges(confidence, bins):
    """Leave out the confidences on an edge."""
    place = np.floor(confidence * bins)
    return np.where(place == confidence * bins, -1, place)


def _one_bin_too_few(confidence, bins):
    return np.ceil(confidence * (bins - 1)) - 1


def _from_the_smallest(confidence, bins):
    """Place confidences in equal bins from the smallest to the largest of them."""
    low, width = confidence.min(), np.ptp(confidence)
    return np.maximum(np.ceil((confidence - low) / (width or 1) * bins) - 1, 0)


def _squared(p, y, bins, after=np.asarray):
    count, gap = _bins(p, y, bins)
    return after(count @ gap**2 / len(y))


def _middles(p, y, bins):
    """Take the middle of a bin for its confidence."""
    count, gap = _bins(p, y, bins)
    sure = np.asarray(p).max(axis=1)
    means = np.bincount((np.ceil(sure * bins) - 1).astype(int), sure, bins) / np.maximum(count, 1)
    return count @ np.abs(gap + means - (np.arange(bins) + 0.5) / bins) / len(y)


def _not_a_number(p, y, bins):
    return calibration_error(p, y, bins) if _bins(p, y, bins)[0].all() else np.nan


def _brier(logits, y, candidates):
    """Return each candidate's mean squared distance from one-hot labels."""
    losses = []
    for t in candidates:
        p = np.exp(logits / t - np.max(logits / t, axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        losses.append(((p - np.eye(p.shape[1])[y]) ** 2).sum(axis=1).mean())
    return np.array(losses)


def _chosen_by_brier(logits, y, candidates):
    place = _brier(logits, y, candidates).argmin()
    return np.array([candidates[place], _losses(logits, y, candidates)[place]])


def _spoilt(**changed):
    """Return what `temperature` becomes if one thing in its losses changes."""

    def wrong(logits, y, candidates):
        return _chosen(candidates, _losses(logits, y, candidates, **changed))

    return wrong


def _logs_of_shares(z):
    powers = np.exp(z)
    return np.log(powers / powers.sum(axis=1, keepdims=True))


def _kept_away(z, keep, least):
    return np.log(keep(np.exp(_log_shares(z)), least))


def _last_of_equals(losses):
    return len(losses) - 1 - np.argmin(losses[::-1])


MISTAKES = {
    "fgsm": (
        Mistake(
            "You went down the gradient: that makes the loss smaller. An attack goes up.",
            lambda x, gradient, epsilon: fgsm(x, -gradient, epsilon),
        ),
        Mistake(
            "A pixel can't go below 0 or above 1: clip the result.",
            functools.partial(_clipped, low=None, high=None),
        ),
        Mistake(
            "A pixel can't go below 0 either: clip at both ends.",
            functools.partial(_clipped, low=None),
        ),
        Mistake(
            "A pixel can't go above 1 either: clip at both ends.",
            functools.partial(_clipped, high=None),
        ),
        Mistake(
            "You pushed by the gradient itself: take its sign, so that every number moves by "
            "epsilon.",
            lambda x, gradient, epsilon: np.clip(x + epsilon * gradient, 0, 1),
        ),
        Mistake(
            "You divided the gradient by its largest number: take its sign, so that every number "
            "moves by epsilon.",
            functools.partial(_divided, size=lambda gradient: np.abs(gradient).max()),
        ),
        Mistake(
            "You divided the gradient by its length: take its sign, so that every number moves by "
            "epsilon.",
            functools.partial(_divided, size=np.linalg.norm),
        ),
        Mistake("Where the gradient is 0, push nothing: sign(0) is 0.", _zero_gradient_pushed),
        Mistake(
            "Where the gradient is 0, push nothing: sign(0) is 0.",
            functools.partial(_zero_gradient_pushed, direction=-1),
        ),
        Mistake(
            "That is the push alone: add it to the picture.",
            lambda x, gradient, epsilon: epsilon * np.sign(gradient),
        ),
        Mistake(
            "That is the push alone: add it to the picture.",
            lambda x, gradient, epsilon: np.clip(epsilon * np.sign(gradient), 0, 1),
        ),
        Mistake(
            "You pushed by 1: multiply the sign by epsilon.",
            lambda x, gradient, epsilon: fgsm(x, gradient, 1),
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
            "You stepped from start: step from x, where the last step ended.",
            lambda x, start, gradient, step, epsilon: pgd_step(
                start, start, gradient, step, epsilon
            ),
        ),
        Mistake(
            "You went down the gradient: that makes the loss smaller. An attack goes up.",
            lambda x, start, gradient, step, epsilon: pgd_step(x, start, -gradient, step, epsilon),
        ),
        Mistake(
            "You stepped by the gradient itself: take its sign, so that every number moves by "
            "`step`.",
            _by_the_gradient,
        ),
        Mistake(
            "You stepped by epsilon. It says how far the result may be from the start; one step "
            "goes by `step`.",
            lambda x, start, gradient, step, epsilon: pgd_step(
                x, start, gradient, epsilon, epsilon
            ),
        ),
        Mistake(
            "You exchanged `step` and `epsilon`: one step goes by `step`, and the result stays "
            "within `epsilon` of the start.",
            lambda x, start, gradient, step, epsilon: pgd_step(x, start, gradient, epsilon, step),
        ),
        Mistake("Where the gradient is 0, step nowhere: sign(0) is 0.", _zero_gradient_stepped),
    ),
    "calibration_error": (
        Mistake(
            "You counted every bin the same. Weight each by its share of the answers: count[b] / "
            "N.",
            _unweighted,
        ),
        Mistake(
            "You divided by the number of bins: weight each by count[b] / N.",
            lambda p, y, bins: np.abs(_bins(p, y, bins)[1]).sum() / bins,
        ),
        Mistake(
            "You added the gaps up: weight each by count[b] / N.",
            lambda p, y, bins: np.abs(_bins(p, y, bins)[1]).sum(),
        ),
        Mistake(
            "You weighted each gap by its count: divide by N, the number of all answers.",
            lambda p, y, bins: calibration_error(p, y, bins) * len(y),
        ),
        Mistake(
            "Overconfident and underconfident bins cancelled out: take |…| in each bin first.",
            _signed_gaps,
        ),
        Mistake(
            "Overconfident and underconfident bins cancelled out: take |…| in each bin first.",
            lambda p, y, bins: -_signed_gaps(p, y, bins),
        ),
        Mistake(
            "You took |…| only at the end, or put all answers into one bin: take |…| in each bin "
            "first.",
            lambda p, y, bins: abs(_signed_gaps(p, y, bins)),
        ),
        Mistake(
            "You took the probability of the right class. Confidence is the *largest* "
            "probability, that of the class that was said.",
            _confidence_in_label,
        ),
        Mistake(
            "An answer that lies on the edge of two bins belongs to the lower one: b/B < "
            "confidence ≤ (b + 1)/B.",
            functools.partial(calibration_error, place=_upper_bin),
        ),
        Mistake(
            "An answer that lies on the edge of two bins belongs to the lower one, and so does a "
            "confidence of 1, which fell out of your bins: b/B < confidence ≤ (b + 1)/B.",
            functools.partial(calibration_error, place=lambda c, bins: np.floor(c * bins)),
        ),
        Mistake(
            "An answer on the edge of two bins is missing, or one with the confidence 1: b/B < "
            "confidence ≤ (b + 1)/B.",
            functools.partial(calibration_error, place=_between_edges),
        ),
        Mistake(
            "Your bins go from the smallest to the largest confidence; they go from 0 to 1.",
            functools.partial(calibration_error, place=_from_the_smallest),
        ),
        Mistake(
            "You have one bin too few: between 0 and 1 there are B bins, so B + 1 edges.",
            functools.partial(calibration_error, place=_one_bin_too_few),
        ),
        Mistake(
            "You compared answer by answer. A single answer is right or wrong; compare the "
            "*means* of each bin.",
            _answer_by_answer,
        ),
        Mistake(
            "You compared with the middle of each bin: take the mean of the confidences in it.",
            _middles,
        ),
        Mistake(
            "That is the largest gap: add all gaps up, each weighted by count[b] / N.",
            lambda p, y, bins: np.abs(_bins(p, y, bins)[1]).max(),
        ),
        Mistake("You squared the gaps: take |…| of each.", _squared),
        Mistake(
            "You squared the gaps: take |…| of each.", functools.partial(_squared, after=np.sqrt)
        ),
        Mistake(
            "An empty bin has no mean, for 0/0 is nan: leave such bins out.",
            _not_a_number,
        ),
    ),
    "temperature": (
        Mistake(
            "You multiplied by T: divide the logits by it.",
            _spoilt(apart=lambda logits, t: _apart(logits * t)),
        ),
        Mistake(
            "The cross-entropy is the mean over the pictures, not their sum.",
            lambda logits, y, candidates: temperature(logits, y, candidates) * [1, len(y)],
        ),
        Mistake(
            "You divided by the number of all scores: the cross-entropy is the mean over the N "
            "pictures.",
            lambda logits, y, candidates: (
                temperature(logits, y, candidates) / [1, np.shape(logits)[1]]
            ),
        ),
        Mistake(
            "That is the worst of the candidates: look for the smallest loss.",
            lambda logits, y, candidates: _chosen(
                candidates, _losses(logits, y, candidates), np.argmax
            ),
        ),
        Mistake(
            "The minus sign is missing: a loss is −log p, at least 0.",
            lambda logits, y, candidates: _chosen(candidates, -_losses(logits, y, candidates)),
        ),
        Mistake(
            "You gave the candidate's place in the list: give the candidate itself.",
            lambda logits, y, candidates: np.array(
                [f(_losses(logits, y, candidates)) for f in (np.argmin, np.min)]
            ),
        ),
        Mistake(
            "You gave the loss first: give the candidate, then its loss.",
            lambda logits, y, candidates: temperature(logits, y, candidates)[::-1],
        ),
        Mistake(
            "Of several candidates that are equally good, give the first: compare with `<`, not "
            "`<=`.",
            lambda logits, y, candidates: _chosen(
                candidates, _losses(logits, y, candidates), _last_of_equals
            ),
        ),
        Mistake(
            "You used the network's own answers as labels. Then the lowest temperature always "
            "wins: use y.",
            lambda logits, y, candidates: temperature(logits, logits.argmax(axis=1), candidates),
        ),
        Mistake(
            "Large logits overflow: subtract the largest of each row before you exponentiate.",
            _spoilt(apart=lambda logits, t: logits / t),
        ),
        Mistake(
            "Large logits overflow: subtract the largest of each row before you exponentiate.",
            _spoilt(apart=lambda logits, t: logits / t, log_p=_logs_of_shares),
        ),
        Mistake(
            "You subtracted one number for all rows, so rows of small logits become nothing but "
            "zeros: subtract the largest of *each row*.",
            _spoilt(apart=lambda logits, t: (logits - logits.max()) / t),
        ),
        Mistake(
            "You subtracted one number for all rows, so rows of small logits become nothing but "
            "zeros: subtract the largest of *each row*.",
            _spoilt(apart=lambda logits, t: (logits - logits.max()) / t, log_p=_logs_of_shares),
        ),
        Mistake(
            "You took the logarithm of probabilities that had become 0. Compute log p from the "
            "logits: z − log Σ exp(z).",
            _spoilt(log_p=_logs_of_shares),
        ),
        *(
            Mistake(
                "You kept the probabilities away from 0 before the logarithm, so a sure mistake "
                "costs too little. Compute log p from the logits: z − log Σ exp(z).",
                _spoilt(log_p=functools.partial(_kept_away, keep=keep, least=least)),
            )
            for keep in (np.maximum, np.add)
            for least in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
        ),
        Mistake(
            "That is the squared distance from the one-hot labels, the Brier score: the "
            "cross-entropy is −log p of the right class.",
            lambda logits, y, candidates: _chosen(candidates, _brier(logits, y, candidates)),
        ),
        Mistake(
            "You chose by the squared distance from the one-hot labels, the Brier score: choose "
            "by the cross-entropy.",
            _chosen_by_brier,
        ),
        Mistake(
            "You took the mean of p: the cross-entropy is the mean of −log p.",
            _spoilt(log_p=lambda z: np.exp(_log_shares(z))),
        ),
        Mistake(
            "You took the logarithm to base 2; here log is the natural one.",
            lambda logits, y, candidates: temperature(logits, y, candidates) / [1, np.log(2)],
        ),
        Mistake(
            "You took the logarithm to base 10; here log is the natural one.",
            lambda logits, y, candidates: temperature(logits, y, candidates) / [1, np.log(10)],
        ),
    ),
}
