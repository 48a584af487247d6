"""Calibration: are 80 % of the answers given with 80 % probability right?"""

import numpy as np

from cnnedu.kernels import cross_entropy

GOLDEN = (5**0.5 - 1) / 2


def reliability(probabilities, y, bins=15):
    """Sort answers by confidence into bins of equal width, and count how many are right.

    The confidence of an answer is its largest probability; bin b holds the answers with
    b / bins < confidence ≤ (b + 1) / bins.

    Args:
        probabilities: shape (N, K), rows that add up to 1.
        y: labels, whole numbers from 0 to K − 1, shape (N,).
        bins: how many, at least 1.

    Returns:
        (count, confidence, accuracy), each of shape (bins,): how many answers each bin holds,
        their mean confidence, and the share that is right; the last two are nan in an empty bin.

    Raises:
        TypeError: the labels aren't whole numbers.
        ValueError: the shapes don't fit, a label is out of range, or a row doesn't add up to 1.

    >>> p = np.array([[0.9, 0.1], [0.7, 0.3]])
    >>> count, confidence, accuracy = reliability(p, np.array([0, 1]), bins=2)
    >>> count, accuracy
    (array([0, 2]), array([nan, 0.5]))
    """
    p, y = np.asarray(probabilities, float), np.asarray(y)
    if p.ndim != 2 or y.shape != p.shape[:1]:
        raise ValueError(
            f"reliability: probabilities must be (N, K) and y (N,), but have the shapes {p.shape} "
            f"and {y.shape}"
        )
    _check_labels("reliability", y, p.shape[1])
    if bins < 1:
        raise ValueError(f"reliability: bins must be at least 1, but is {bins}")
    if not np.allclose(p.sum(axis=1), 1, atol=1e-3):
        raise ValueError(
            "reliability: every row of probabilities must add up to 1; apply softmax to logits"
        )
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        return (
            count,
            np.bincount(place, confidence, bins) / count,
            np.bincount(place, right, bins) / count,
        )


def expected_calibration_error(probabilities, y, bins=15):
    """Return the mean distance between confidence and accuracy over the bins.

    Equation
        ECE = Σ_b (count[b] / N) · |accuracy[b] − confidence[b]|

    Args:
        probabilities, y, bins: as for `reliability`.

    Returns:
        A number from 0 (perfectly calibrated) to 1.

    Source
        Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.

    >>> p = np.array([[0.9, 0.1], [0.7, 0.3]])
    >>> round(expected_calibration_error(p, np.array([0, 1])), 6)     # (0.1 + 0.7) / 2
    0.4
    """
    count, confidence, accuracy = reliability(probabilities, y, bins)
    full = count > 0
    gap = np.abs(accuracy[full] - confidence[full])
    return float(count[full] @ gap / len(np.asarray(y)))


def best_temperature(logits, y):
    """Return the temperature whose softmax gives the labels the smallest cross-entropy.

    Equation
        T = argmin over T of  −(1/N) Σ_n log softmax(logits[n] / T)[y[n]]

    Dividing by T changes no answer, only its confidence. Choose T on pictures the network hasn't
    learnt from, and judge it on others.

    Args:
        logits: shape (N, K).
        y: labels, whole numbers from 0 to K − 1, shape (N,).

    Returns:
        A number from 0.05 to 20, found by golden-section search on log T, to one part in a million.

    Raises:
        TypeError, ValueError: the shapes don't fit, or a label is none of 0 … K − 1.

    Source
        Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.

    >>> logits = np.array([[4.0, 0.0]] * 4)
    >>> round(best_temperature(logits, [0, 0, 0, 1]), 4)     # 4 / T = log(3 / 1)
    3.641
    """
    logits, y = np.asarray(logits, float), np.asarray(y)
    if logits.ndim != 2 or y.shape != logits.shape[:1] or not len(y):
        raise ValueError(
            f"best_temperature: logits must be (N, K) and y (N,), but have the shapes "
            f"{logits.shape} and {y.shape}"
        )
    _check_labels("best_temperature", y, logits.shape[1])

    def loss(log_temperature):
        return cross_entropy(logits / np.exp(log_temperature), y)

    low, high = np.log(0.05), np.log(20)
    while high - low > 1e-6:
        first, second = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        low, high = (low, second) if loss(first) < loss(second) else (first, high)
    return float(np.exp((low + high) / 2))


def _check_labels(caller, y, classes):
    if y.dtype.kind not in "iu":
        raise TypeError(f"{caller}: y must hold whole numbers, but is {y.dtype}")
    if y.size and not 0 <= y.min() <= y.max() < classes:
        raise ValueError(
            f"{caller}: labels must be from 0 to {classes - 1}, but reach from {y.min()} to "
            f"{y.max()}"
        )
