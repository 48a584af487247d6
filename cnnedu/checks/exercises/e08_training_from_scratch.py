"""Exercise 08: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import cross_entropy_backward, softmax
from cnnedu.nn.schedules import cosine

EPS = 1e-8


def cross_entropy_gradient(logits, y):
    """Return the gradient of the mean cross-entropy with respect to the scores."""
    return cross_entropy_backward(1.0, logits, y)


def rate(step, steps, warm, lr):
    """Return the rate: a straight climb over `warm` steps, then half a cosine wave."""
    return lr * (step + 1) / warm if step < warm else cosine(lr, steps - warm)(step - warm)


def adam_step(w, g, m, s, t, lr, beta1, beta2):
    """Return the new w, m and s of one step of Adam."""
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
    corrected, size = m / (1 - beta1**t), np.sqrt(s / (1 - beta2**t))
    return w - lr * corrected / (size + EPS), m, s


def train(x, y, w, order, size, rates, momentum):
    """Return the weights after minimising the squared error with momentum."""
    steps = [batch for epoch in order for batch in _batches(epoch, size)]
    return _take_steps(x, y, w, steps, rates, momentum)


def _batches(epoch, size):
    return [epoch[start : start + size] for start in range(0, len(epoch), size)]


def _take_steps(x, y, w, batches, rates, momentum, kept=lambda step: True):
    """Take one step per batch; forget the velocity before a step that isn't `kept`."""
    w, v = np.array(w, float), np.zeros(len(w))
    for step, batch in enumerate(batches):
        g = x[batch].T @ (x[batch] @ w - y[batch]) / len(batch)
        v = (momentum * v if kept(step) else 0) + g
        w -= rates[step] * v
    return w


BY_HAND = {"by_hand": [-0.9, 0.3, 0.6, 0.1, -0.1, -0.1]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([-0.9, 0.3, 0.6, 0.09, -0.03, -0.06], "those changes are plain gradient descent's"),
        ([-0.9, 0.3, 0.6, -0.1, 0.1, 0.1], "the changes lead uphill: a step is subtracted"),
        ([0.1, 0.3, 0.6, 0.1, -0.1, -0.1], "the first three are p: subtract 1 at the right class"),
        ([0.1, 0.3, 0.6, -0.1, -0.1, -0.1], "the first three are p: subtract 1 at the right class"),
        ([0.9, -0.3, -0.6, 0.1, -0.1, -0.1], "the gradient is p − t, not t − p"),
        ([0.9, -0.3, -0.6, -0.1, 0.1, 0.1], "the gradient is p − t, not t − p"),
    ),
}


def _overflowing_gradient(logits, y):
    """Exponentiate the scores without subtracting the largest."""
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(np.asarray(logits, float))
        return (powers / powers.sum(axis=1, keepdims=True) - np.eye(powers.shape[1])[y]) / len(y)


def _uncorrected(w, g, m, s, t, lr, beta1, beta2):
    _, m, s = adam_step(w, g, m, s, t, lr, beta1, beta2)
    return w - lr * m / (np.sqrt(s) + EPS), m, s


def _corrected_means_kept(w, g, m, s, t, lr, beta1, beta2):
    w, m, s = adam_step(w, g, m, s, t, lr, beta1, beta2)
    return w, m / (1 - beta1**t), s / (1 - beta2**t)


def _no_root(w, g, m, s, t, lr, beta1, beta2):
    _, m, s = adam_step(w, g, m, s, t, lr, beta1, beta2)
    return w - lr * m / (1 - beta1**t) / (s / (1 - beta2**t) + EPS), m, s


def _eps_under_root(w, g, m, s, t, lr, beta1, beta2):
    _, m, s = adam_step(w, g, m, s, t, lr, beta1, beta2)
    return w - lr * m / (1 - beta1**t) / np.sqrt(s / (1 - beta2**t) + EPS), m, s


def _not_squared(w, g, m, s, t, lr, beta1, beta2):
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g
    with np.errstate(invalid="ignore"):
        size = np.sqrt(s / (1 - beta2**t))
    return w - lr * m / (1 - beta1**t) / (size + EPS), m, s


def _uphill(w, g, m, s, t, lr, beta1, beta2):
    moved, m, s = adam_step(w, g, m, s, t, lr, beta1, beta2)
    return 2 * w - moved, m, s


def _plain_step(w, g, m, s, t, lr, beta1, beta2):
    return w - lr * g, *adam_step(w, g, m, s, t, lr, beta1, beta2)[1:]


def _rates_from_the_start(x, y, w, order, size, rates, momentum):
    count = len(_batches(order[0], size))
    return train(x, y, w, order, size, np.tile(rates[:count], len(order)), momentum)


def _one_rate_per_epoch(x, y, w, order, size, rates, momentum):
    count = len(_batches(order[0], size))
    return train(x, y, w, order, size, np.repeat(rates[: len(order)], count), momentum)


def _last_batch_dropped(x, y, w, order, size, rates, momentum):
    whole = order.shape[1] // size * size
    return train(x, y, w, order[:, :whole], size, rates, momentum)


def _velocity_forgotten(forgets_all):
    """Make a loop that forgets its velocity at every step, or else at every epoch."""

    def wrong(x, y, w, order, size, rates, momentum):
        batches = [batch for epoch in order for batch in _batches(epoch, size)]
        count = len(batches) // len(order)
        kept = (lambda step: False) if forgets_all else (lambda step: step % count > 0)
        return _take_steps(x, y, w, batches, rates, momentum, kept)

    return wrong


MISTAKES = {
    "cross_entropy_gradient": (
        Mistake(
            "It overflows: e^1000 is too large for a float. First subtract the largest score of "
            "each row.",
            _overflowing_gradient,
        ),
        Mistake(
            "You forgot the mean: the loss is the mean over the pictures, so divide by N.",
            lambda logits, y: cross_entropy_backward(1.0, logits, y, reduction="sum"),
        ),
        Mistake(
            "You divided by the number of scores; the mean is over the N pictures.",
            lambda logits, y: cross_entropy_gradient(logits, y) / logits.shape[1],
        ),
        Mistake(
            "The sign is wrong: the gradient is p − t, positive for the wrong classes.",
            lambda logits, y: -cross_entropy_gradient(logits, y),
        ),
        Mistake(
            "That is p / N: subtract 1 from p at the right class of each picture.",
            lambda logits, y: softmax(logits, 1) / len(y),
        ),
        Mistake(
            "Your probabilities add up to 1 down the columns; every *row* is one picture.",
            lambda logits, y: (softmax(logits, 0) - np.eye(logits.shape[1])[y]) / len(y),
        ),
    ),
    "adam_step": (
        Mistake(
            "The correction is missing: divide m by 1 − β₁ᵗ and s by 1 − β₂ᵗ before the step.",
            _uncorrected,
        ),
        Mistake(
            "You return the corrected means. They serve this step alone; keep m and s uncorrected.",
            _corrected_means_kept,
        ),
        Mistake("The square root is missing: divide by √ŝ, not by ŝ.", _no_root),
        Mistake("Add eps after taking the root, √ŝ + eps, not under it.", _eps_under_root),
        Mistake(
            "s follows the *square* of the gradient; yours follows the gradient.", _not_squared
        ),
        Mistake("You step uphill: subtract the step from the weights.", _uphill),
        Mistake(
            "Your step is that of plain gradient descent: compute it from m and s.", _plain_step
        ),
        Mistake(
            "β₁ and β₂ are swapped: β₁ belongs to m, β₂ to s.",
            lambda w, g, m, s, t, lr, beta1, beta2: adam_step(w, g, m, s, t, lr, beta2, beta1),
        ),
        Mistake(
            "t is the number of this step and counts from 1: don't add 1 to it.",
            lambda w, g, m, s, t, *rest: (
                adam_step(w, g, m, s, t + 1, *rest)[0],
                *adam_step(w, g, m, s, t, *rest)[1:],
            ),
        ),
    ),
    "rate": (
        Mistake(
            "Your climb begins at 0, which wastes a step: step 0 gets lr / warm.",
            lambda step, steps, warm, lr: lr * step / warm if step < warm else None,
        ),
        Mistake(
            "The cosine begins after the climb: it lasts steps − warm steps, of which step − warm "
            "are done.",
            lambda step, steps, warm, lr: cosine(lr, steps)(step),
        ),
        Mistake(
            "You count the cosine's steps from 0; it begins at step warm.",
            lambda step, steps, warm, lr: cosine(lr, steps - warm)(step) if step >= warm else None,
        ),
        Mistake(
            "The factor ½ is missing: 1 + cos goes up to 2.",
            lambda step, steps, warm, lr: 2 * rate(step, steps, warm, lr) if step >= warm else None,
        ),
        Mistake(
            "That falls in a straight line; it should follow half a cosine wave.",
            lambda step, steps, warm, lr: lr * (steps - step) / (steps - warm),
        ),
    ),
    "train": (
        Mistake(
            "You drop the last batch of an epoch; it may be smaller, but its examples count.",
            _last_batch_dropped,
        ),
        Mistake(
            "You read `rates` from the start in every epoch; keep counting steps across epochs.",
            _rates_from_the_start,
        ),
        Mistake(
            "You take one rate per epoch; every step has a rate of its own.", _one_rate_per_epoch
        ),
        Mistake(
            "You take the examples in the order of x; row e of `order` gives the order of epoch e.",
            lambda x, y, w, order, *rest: train(x, y, w, np.sort(order, axis=1), *rest),
        ),
        Mistake(
            "All your epochs use the order of the first one: epoch e uses row e.",
            lambda x, y, w, order, *rest: train(x, y, w, np.tile(order[0], (len(order), 1)), *rest),
        ),
        Mistake(
            "You forget the velocity from step to step: set it to 0 once, before the loops.",
            _velocity_forgotten(forgets_all=True),
        ),
        Mistake(
            "You forget the velocity at the start of every epoch: set it to 0 once, before the "
            "loops.",
            _velocity_forgotten(forgets_all=False),
        ),
        Mistake(
            "Every step of yours uses all examples; it should use only those of its batch.",
            lambda x, y, w, order, size, rates, momentum: _take_steps(
                x, y, w, [epoch for epoch in order for _ in _batches(epoch, size)], rates, momentum
            ),
        ),
        Mistake(
            "You multiply the gradient by 1 − momentum; here the velocity takes all of it.",
            lambda x, y, w, order, size, rates, momentum: train(
                x, y, w, order, size, (1 - momentum) * np.asarray(rates), momentum
            ),
        ),
        Mistake(
            "You step uphill: subtract rate · v from the weights.",
            lambda x, y, w, order, size, rates, momentum: train(
                x, y, w, order, size, -np.asarray(rates), momentum
            ),
        ),
    ),
}
