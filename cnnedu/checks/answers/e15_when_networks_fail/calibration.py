"""The calibration error, and well-known mistakes with it."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake


def calibration_error(p, y, bins):
    """Return the mean gap between confidence and accuracy, weighted by the bins' counts."""
    return _error(p, y, bins)


def _error(p, y, bins, **changed):
    """Return the calibration error; `changed` is one change of the bins."""
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


def _from_bins(combined):
    """Make an error that is combined(the bins' counts, their gaps)."""
    return lambda p, y, bins: combined(*_bins(p, y, bins))


def _mean(count, gap):
    return np.average(gap, weights=count)


def _confidence_in_label(p, y, bins):
    return _error(p, y, bins, confidence=p[np.arange(len(y)), y])


def _upper_bin(confidence, bins):
    return np.minimum(np.floor(confidence * bins), bins - 1)


def _between_edges(confidence, bins):
    """Leave out the confidences on an edge."""
    place = np.floor(confidence * bins)
    return np.where(place == confidence * bins, -1, place)


def _from_the_smallest(confidence, bins):
    """Place confidences in equal bins from the smallest to the largest of them."""
    low, width = confidence.min(), np.ptp(confidence)
    return np.maximum(np.ceil((confidence - low) / (width or 1) * bins) - 1, 0)


def _answer_by_answer(p, y, bins):
    return np.abs((p.argmax(axis=1) == y) - p.max(axis=1)).mean()


def _middles(p, y, bins):
    """Take the middle of a bin for its confidence."""
    count, gap = _bins(p, y, bins)
    sure = np.asarray(p).max(axis=1)
    means = np.bincount((np.ceil(sure * bins) - 1).astype(int), sure, bins) / np.maximum(count, 1)
    return _mean(count, np.abs(gap + means - (np.arange(bins) + 0.5) / bins))


CANCELLED = "Overconfident and underconfident bins cancelled out: take |…| in each bin first."
EDGES = "b/B < confidence ≤ (b + 1)/B."
SQUARED = "You squared the gaps: take |…| of each."

MISTAKES = (
    Mistake(
        "You counted every bin the same. Weight each by its share of the answers: count[b] / N.",
        _from_bins(lambda count, gap: np.abs(gap[count > 0]).mean()),
    ),
    Mistake(
        "You divided by the number of bins: weight each by count[b] / N.",
        _from_bins(lambda count, gap: np.abs(gap).mean()),
    ),
    Mistake(
        "You added the gaps up: weight each by count[b] / N.",
        _from_bins(lambda count, gap: np.abs(gap).sum()),
    ),
    Mistake(
        "You weighted each gap by its count: divide by N, the number of all answers.",
        _from_bins(lambda count, gap: count @ np.abs(gap)),
    ),
    Mistake(CANCELLED, _from_bins(_mean)),
    Mistake(CANCELLED, _from_bins(lambda count, gap: -_mean(count, gap))),
    Mistake(
        "You took |…| only at the end, or put all answers into one bin: take |…| in each bin "
        "first.",
        _from_bins(lambda count, gap: abs(_mean(count, gap))),
    ),
    Mistake(
        "You took the probability of the right class. Confidence is the *largest* probability, "
        "that of the class that was said.",
        _confidence_in_label,
    ),
    Mistake(
        f"An answer that lies on the edge of two bins belongs to the lower one: {EDGES}",
        partial(_error, place=_upper_bin),
    ),
    Mistake(
        "An answer that lies on the edge of two bins belongs to the lower one, and so does a "
        f"confidence of 1, which fell out of your bins: {EDGES}",
        partial(_error, place=lambda confidence, bins: np.floor(confidence * bins)),
    ),
    Mistake(
        f"An answer on the edge of two bins is missing, or one with the confidence 1: {EDGES}",
        partial(_error, place=_between_edges),
    ),
    Mistake(
        "Your bins go from the smallest to the largest confidence; they go from 0 to 1.",
        partial(_error, place=_from_the_smallest),
    ),
    Mistake(
        "You have one bin too few: between 0 and 1 there are B bins, so B + 1 edges.",
        partial(_error, place=lambda confidence, bins: np.ceil(confidence * (bins - 1)) - 1),
    ),
    Mistake(
        "You compared answer by answer. A single answer is right or wrong; compare the *means* of "
        "each bin.",
        _answer_by_answer,
    ),
    Mistake(
        "You compared with the middle of each bin: take the mean of the confidences in it.",
        _middles,
    ),
    Mistake(
        "That is the largest gap: add all gaps up, each weighted by count[b] / N.",
        _from_bins(lambda count, gap: np.abs(gap).max()),
    ),
    Mistake(SQUARED, _from_bins(lambda count, gap: _mean(count, gap**2))),
    Mistake(SQUARED, _from_bins(lambda count, gap: np.sqrt(_mean(count, gap**2)))),
    Mistake(
        "An empty bin has no mean, for 0/0 is nan: leave such bins out.",
        _from_bins(lambda count, gap: _mean(count, np.abs(gap)) if count.all() else np.nan),
    ),
)
