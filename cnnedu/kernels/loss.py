"""Losses: cross-entropy and the L2 penalty, forward and backward."""

import numpy as np

from cnnedu.kernels.softmax import log_softmax
from cnnedu.kernels.validation import (
    check_shape,
    choice,
    float_array,
    matching_floats,
    number_array,
    real,
    whole,
)

_REDUCTIONS = ("mean", "sum", "none")


def cross_entropy(logits, y, weight=None, ignore_index=-100, reduction="mean", label_smoothing=0.0):
    """Measure how little probability the scores give to the right classes.

    Equation
        loss[n] = −weight[y[n]] · (1 − ε) · log p[n, y[n]] − (ε / K) · Σ_k weight[k] · log p[n, k]

    with p = softmax(logits) and ε = label_smoothing. The mean is Σ_n loss[n] / Σ_n weight[y[n]].

    Args:
        logits: scores, shape (N, K) or (N, K, d1, …), such as one per pixel.
        y: whole-number labels 0 … K − 1, shape (N,) or (N, d1, …).
        weight: a weight per class, shape (K,), or None for 1.
        ignore_index: examples with this label don't count.
        reduction: "mean", "sum", or "none" for one loss per example.
        label_smoothing: share ε of the probability that is spread over all classes, from 0 to 1.

    Returns:
        A number in nats (natural logarithm), or for "none" an array of the shape of `y`. The mean
        over no examples is NaN, as in PyTorch.

    Raises:
        TypeError: scores or labels have the wrong type: labels must be whole numbers.
        ValueError: the shapes don't match, or a label isn't a class.

    Source
        Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.2.2.3; Szegedy et al.,
        "Rethinking the Inception architecture" (2016), section 7, for label smoothing.

    >>> loss = cross_entropy([[0.0, 0.0]], [1])
    >>> bool(np.isclose(loss, np.log(2)))
    True
    """
    caller = "cross_entropy"
    logits, y, weight, counts = _checked(caller, logits, y, weight, ignore_index)
    choice(caller, "reduction", reduction, _REDUCTIONS)
    share = _target(caller, logits, y, weight, counts, label_smoothing)
    log_p = log_softmax(logits, dim=1)
    with np.errstate(invalid="ignore"):
        losses = -np.where(share == 0, 0, share * log_p).sum(axis=1)
    if reduction == "none":
        return losses
    return losses.sum() / _divisor(y, weight, counts, reduction)


def cross_entropy_backward(
    dout, logits, y, weight=None, ignore_index=-100, reduction="mean", label_smoothing=0.0
):
    """Return the gradient of a loss with respect to the scores given to `cross_entropy`.

    Equation
        dlogits[n, k] = dout · (p[n, k] · Σ_j t[n, j] − t[n, k]), t[n] the weighted target
        (for the mean, divided by Σ_n weight[y[n]]); without weights, the mean gives (p − t) / N

    Args:
        dout: gradient with respect to the loss: a number, or for "none" an array shaped as `y`.
        logits, y, weight, ignore_index, reduction, label_smoothing: as given to `cross_entropy`.

    Returns:
        Array of the shape of `logits`.

    Raises:
        TypeError, ValueError: as `cross_entropy`, and if `dout` isn't of the output's shape.

    Source
        Bishop, "Pattern Recognition and Machine Learning" (2006), equation 4.109.

    >>> cross_entropy_backward(1.0, [[0.0, 0.0]], [1])
    array([[ 0.5, -0.5]])
    """
    caller = "cross_entropy_backward"
    logits, y, weight, counts = _checked(caller, logits, y, weight, ignore_index)
    choice(caller, "reduction", reduction, _REDUCTIONS)
    dout = float_array(caller, "dout", dout).astype(logits.dtype, copy=False)
    shape = y.shape if reduction == "none" else ()
    check_shape(caller, "dout", dout, shape, "that of the loss")
    share = _target(caller, logits, y, weight, counts, label_smoothing)
    p = np.exp(log_softmax(logits, dim=1))
    scale = np.expand_dims(dout, 1) if reduction == "none" else dout
    if reduction != "none":
        scale = scale / _divisor(y, weight, counts, reduction)
    total = share.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return np.where(total == 0, 0, scale * (p * total - share)).astype(logits.dtype)


def _checked(caller, logits, y, weight, ignore_index):
    """Return matching scores, labels and weights, and where a label counts."""
    if weight is None:
        logits = float_array(caller, "logits", logits)
        weight = np.ones(logits.shape[1:2], logits.dtype)
    else:
        logits, weight = matching_floats(caller, logits=logits, weight=weight)
    y = number_array(caller, "y", y)
    if y.dtype.kind != "i":
        raise TypeError(f"{caller}: y must hold whole-number labels, but has dtype {y.dtype}")
    if logits.ndim < 2 or logits.shape[1] == 0:
        raise ValueError(f"{caller}: logits must be (N, K, ...), but has shape {logits.shape}")
    check_shape(caller, "y", y, logits.shape[:1] + logits.shape[2:], "logits without its axis K")
    classes = logits.shape[1]
    check_shape(caller, "weight", weight, (classes,), "one number per class")
    counts = y != whole(caller, "ignore_index", ignore_index, least=np.iinfo(np.int64).min)
    wrong = y[counts & ((y < 0) | (y >= classes))]
    if wrong.size:
        raise ValueError(f"{caller}: y holds {wrong[0]}, but the labels are 0 to {classes - 1}")
    return logits, y, weight, counts


def _target(caller, logits, y, weight, counts, label_smoothing):
    """Return the weight t[n, k] of each log-probability in the loss, zero where no label counts."""
    smoothing = real(caller, "label_smoothing", label_smoothing, least=0, most=1)
    classes = logits.shape[1]
    along = (1, classes) + (1,) * (logits.ndim - 2)
    right = np.arange(classes).reshape(along) == np.expand_dims(y, 1)
    share = weight.reshape(along) * (right * (1 - smoothing) + smoothing / classes)
    return np.where(np.expand_dims(counts, 1), share, 0).astype(logits.dtype)


def _divisor(y, weight, counts, reduction):
    """Return what the sum of the losses is divided by."""
    if reduction == "sum":
        return weight.dtype.type(1)
    total = weight[y[counts]].sum()
    return total if total else weight.dtype.type(np.nan)
