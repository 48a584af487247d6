"""Well-known wrong answers of exercise 08, and the references that no kernel gives."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import cross_entropy_backward, softmax
from cnnedu.nn.schedules import cosine

EPS = 1e-8


def climb_and_fall(step, steps, warm, lr):
    """Return the rate of a straight climb over `warm` steps and half a cosine wave after it."""
    return lr * (step + 1) / warm if step < warm else cosine(lr, steps - warm)(step - warm)


def adam(w, g, m, s, t, lr, beta1, beta2):
    """Return the new w, m and s of one step of Adam."""
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
    corrected, size = m / (1 - beta1**t), np.sqrt(s / (1 - beta2**t))
    return w - lr * corrected / (size + EPS), m, s


def descend(x, y, w, order, size, rates, momentum):
    """Return the weights after epochs of steps with momentum down the squared error."""
    steps = [batch for epoch in order for batch in _cut(epoch, size)]
    return _walk(x, y, w, steps, rates, momentum)


def _cut(epoch, size):
    return [epoch[start : start + size] for start in range(0, len(epoch), size)]


def _walk(x, y, w, batches, rates, momentum, kept=lambda step: True):
    """Take one step per batch; the velocity is forgotten before a step that isn't `kept`."""
    w, v = np.array(w, float), np.zeros(len(w))
    for step, batch in enumerate(batches):
        g = x[batch].T @ (x[batch] @ w - y[batch]) / len(batch)
        v = (momentum * v if kept(step) else 0) + g
        w -= rates[step] * v
    return w


def _overflowing(logits, y):
    """Take the powers of the scores as they are."""
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(np.asarray(logits, float))
        return (powers / powers.sum(axis=1, keepdims=True) - np.eye(powers.shape[1])[y]) / len(y)


def _uncorrected(w, g, m, s, t, lr, beta1, beta2):
    _, m, s = adam(w, g, m, s, t, lr, beta1, beta2)
    return w - lr * m / (np.sqrt(s) + EPS), m, s


def _remembers_corrected(w, g, m, s, t, lr, beta1, beta2):
    w, m, s = adam(w, g, m, s, t, lr, beta1, beta2)
    return w, m / (1 - beta1**t), s / (1 - beta2**t)


def _no_root(w, g, m, s, t, lr, beta1, beta2):
    _, m, s = adam(w, g, m, s, t, lr, beta1, beta2)
    return w - lr * m / (1 - beta1**t) / (s / (1 - beta2**t) + EPS), m, s


def _eps_under_root(w, g, m, s, t, lr, beta1, beta2):
    _, m, s = adam(w, g, m, s, t, lr, beta1, beta2)
    return w - lr * m / (1 - beta1**t) / np.sqrt(s / (1 - beta2**t) + EPS), m, s


def _not_squared(w, g, m, s, t, lr, beta1, beta2):
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g
    with np.errstate(invalid="ignore"):
        size = np.sqrt(s / (1 - beta2**t))
    return w - lr * m / (1 - beta1**t) / (size + EPS), m, s


def _uphill(w, g, m, s, t, lr, beta1, beta2):
    moved, m, s = adam(w, g, m, s, t, lr, beta1, beta2)
    return 2 * w - moved, m, s


def _sgd(w, g, m, s, t, lr, beta1, beta2):
    return w - lr * g, *adam(w, g, m, s, t, lr, beta1, beta2)[1:]


def _rates_restart(x, y, w, order, size, rates, momentum):
    count = len(_cut(order[0], size))
    return descend(x, y, w, order, size, np.tile(rates[:count], len(order)), momentum)


def _rate_of_epoch(x, y, w, order, size, rates, momentum):
    count = len(_cut(order[0], size))
    return descend(x, y, w, order, size, np.repeat(rates[: len(order)], count), momentum)


def _last_dropped(x, y, w, order, size, rates, momentum):
    whole = order.shape[1] // size * size
    return descend(x, y, w, order[:, :whole], size, rates, momentum)


def _forgetting(forgets_all):
    """Return the loop that forgets its velocity at every step, or at every epoch."""

    def wrong(x, y, w, order, size, rates, momentum):
        batches = [batch for epoch in order for batch in _cut(epoch, size)]
        count = len(batches) // len(order)
        kept = (lambda step: False) if forgets_all else (lambda step: step % count > 0)
        return _walk(x, y, w, batches, rates, momentum, kept)

    return wrong


CROSS_ENTROPY_GRADIENT = (
    Mistake(
        "It overflows: e^1000 is too large for a float. First take the largest score off each row.",
        _overflowing,
    ),
    Mistake(
        "You forgot the mean: the loss is the mean over the pictures, so divide by N.",
        lambda logits, y: cross_entropy_backward(1.0, logits, y, reduction="sum"),
    ),
    Mistake(
        "You divided by the number of all scores; the mean is over the N pictures alone.",
        lambda logits, y: cross_entropy_backward(1.0, logits, y) / logits.shape[1],
    ),
    Mistake(
        "The sign is the wrong way round: it is p − t, positive for the wrong classes.",
        lambda logits, y: -cross_entropy_backward(1.0, logits, y),
    ),
    Mistake(
        "That is p / N: take 1 off at the right class of each picture.",
        lambda logits, y: softmax(logits, 1) / len(y),
    ),
    Mistake(
        "Your probabilities add up to 1 down the columns; every *row* is one picture.",
        lambda logits, y: (softmax(logits, 0) - np.eye(logits.shape[1])[y]) / len(y),
    ),
)

ADAM = (
    Mistake(
        "The correction is missing: divide m by 1 − β₁ᵗ and s by 1 − β₂ᵗ before the step.",
        _uncorrected,
    ),
    Mistake(
        "You return the corrected means. They serve this one step; m and s are kept uncorrected.",
        _remembers_corrected,
    ),
    Mistake("The root is missing: divide by √ŝ, not by ŝ.", _no_root),
    Mistake("eps is added after the root, √ŝ + eps, not under it.", _eps_under_root),
    Mistake("s follows the *square* of the gradient; yours follows the gradient.", _not_squared),
    Mistake("You step uphill: the step is taken off the weights.", _uphill),
    Mistake(
        "Your step is that of plain gradient descent: it has to be made of m and s.",
        _sgd,
    ),
    Mistake(
        "β₁ and β₂ are exchanged: β₁ belongs to m, β₂ to s.",
        lambda w, g, m, s, t, lr, beta1, beta2: adam(w, g, m, s, t, lr, beta2, beta1),
    ),
    Mistake(
        "t is the number of this step and counts from 1: don't add 1 to it.",
        lambda w, g, m, s, t, *rest: (
            adam(w, g, m, s, t + 1, *rest)[0],
            *adam(w, g, m, s, t, *rest)[1:],
        ),
    ),
)

RATE = (
    Mistake(
        "The climb begins at 0: a step with rate 0 is wasted. Step 0 gets lr / warm.",
        lambda step, steps, warm, lr: lr * step / warm if step < warm else None,
    ),
    Mistake(
        "The wave begins after the climb: it has steps − warm steps, and is at step − warm.",
        lambda step, steps, warm, lr: cosine(lr, steps)(step),
    ),
    Mistake(
        "The wave is counted from step 0; it begins at step warm.",
        lambda step, steps, warm, lr: cosine(lr, steps - warm)(step) if step >= warm else None,
    ),
    Mistake(
        "The half is missing: 1 + cos is up to 2.",
        lambda step, steps, warm, lr: (
            2 * climb_and_fall(step, steps, warm, lr) if step >= warm else None
        ),
    ),
    Mistake(
        "That falls in a straight line; half a cosine wave is asked for.",
        lambda step, steps, warm, lr: lr * (steps - step) / (steps - warm),
    ),
)

TRAIN = (
    Mistake(
        "The last batch of an epoch is missing; it may be smaller, but its pictures count.",
        _last_dropped,
    ),
    Mistake(
        "You read rates from the start in every epoch; the steps are counted on.", _rates_restart
    ),
    Mistake("You take one rate per epoch; every step has a rate of its own.", _rate_of_epoch),
    Mistake(
        "You take the examples as they lie; row e of `order` gives the order of epoch e.",
        lambda x, y, w, order, *rest: descend(x, y, w, np.sort(order, axis=1), *rest),
    ),
    Mistake(
        "Every epoch of yours has the order of the first one.",
        lambda x, y, w, order, *rest: descend(x, y, w, np.tile(order[0], (len(order), 1)), *rest),
    ),
    Mistake(
        "The velocity is forgotten from step to step: make it once, before the loops.",
        _forgetting(forgets_all=True),
    ),
    Mistake(
        "The velocity is forgotten at the start of every epoch: make it once, before the loops.",
        _forgetting(forgets_all=False),
    ),
    Mistake(
        "Every step uses all examples; it should use its batch alone.",
        lambda x, y, w, order, size, rates, momentum: _walk(
            x, y, w, [epoch for epoch in order for _ in _cut(epoch, size)], rates, momentum
        ),
    ),
    Mistake(
        "The gradient's share is (1 − momentum) in yours; here it goes into the velocity whole.",
        lambda x, y, w, order, size, rates, momentum: descend(
            x, y, w, order, size, (1 - momentum) * np.asarray(rates), momentum
        ),
    ),
    Mistake(
        "You step uphill: rate · v is taken off the weights.",
        lambda x, y, w, order, size, rates, momentum: descend(
            x, y, w, order, size, -np.asarray(rates), momentum
        ),
    ),
)
