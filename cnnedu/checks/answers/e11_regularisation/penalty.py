"""The penalty on large weights and its gradient, and well-known mistakes with them."""

import numpy as np

from cnnedu.checks.case import Mistake


def l2_loss(w1, b1, w2, b2, strength):
    """Return half the sum of the squared weights, times the strength."""
    return strength / 2 * (np.sum(w1**2) + np.sum(w2**2))


def l2_gradient(parameter, strength):
    """Return the gradient of `l2_loss` with respect to one parameter: 0 for biases."""
    return strength * parameter * (parameter.ndim > 1)


def _sums(number):
    """Make a loss that adds up something else than the sum of the squares of each array."""
    return lambda w1, b1, w2, b2, strength: strength / 2 * (number(w1) + number(w2))


LOSS_MISTAKES = (
    Mistake("The factor ½ is missing.", lambda *given: 2 * l2_loss(*given)),
    Mistake("The strength λ is missing.", lambda *given: l2_loss(*given) / given[-1]),
    Mistake(
        "`//` rounds λ/2 down; divide with `/`.",
        lambda *given: l2_loss(*given[:-1], 2 * (given[-1] // 2)),
    ),
    Mistake(
        "You included the biases; only the weights are penalised.",
        lambda w1, b1, w2, b2, strength: (
            l2_loss(w1, b1, w2, b2, strength) + l2_loss(b1, w1, b2, w2, strength)
        ),
    ),
    Mistake(
        "You penalised the biases in place of the weights.",
        lambda w1, b1, w2, b2, strength: l2_loss(b1, w1, b2, w2, strength),
    ),
    Mistake(
        "The weights of the second layer are missing.",
        lambda w1, b1, w2, b2, strength: l2_loss(w1, b1, 0 * w2, b2, strength),
    ),
    Mistake(
        "The weights of the first layer are missing.",
        lambda w1, *rest: l2_loss(0 * w1, *rest),
    ),
    Mistake("That is the mean of the squares; take their sum.", _sums(lambda w: np.mean(w**2))),
    Mistake(
        "You took the square root; the penalty is the squared norm.",
        _sums(lambda w: np.sqrt(np.sum(w**2))),
    ),
    Mistake(
        "That is L1, with absolute values; L2 takes squares.",
        _sums(lambda w: np.abs(w).sum()),
    ),
    Mistake(
        "Square each weight and then add up; you squared the sum.",
        _sums(lambda w: w.sum() ** 2),
    ),
)
GRADIENT_MISTAKES = (
    Mistake(
        "Biases have one axis and don't appear in the loss: their gradient is 0.",
        lambda w, strength: strength * w,
    ),
    Mistake(
        "For biases return an array of zeros in their shape, not the number 0.",
        lambda w, strength: 0 if w.ndim == 1 else None,
    ),
    Mistake(
        "Convolutions have weights as well, with four axes: only arrays with one axis are biases.",
        lambda w, strength: strength * w * (w.ndim == 2),
    ),
    Mistake(
        "Weights have two axes or four, even if one of these has length 1: count the axes with "
        "`ndim`.",
        lambda w, strength: strength * w * (w.squeeze().ndim > 1),
    ),
    Mistake(
        "You turned it round: the gradient is 0 for the biases, which have one axis.",
        lambda w, strength: strength * w * (w.ndim == 1),
    ),
    Mistake(
        "The 2 of the square cancels the half: λ w, not 2 λ w.",
        lambda *given: 2 * l2_gradient(*given),
    ),
    Mistake(
        "The 2 of the square cancels the half: λ w, not λ w / 2.",
        lambda *given: l2_gradient(*given) / 2,
    ),
    Mistake("The strength λ is missing.", lambda w, strength: l2_gradient(w, 1)),
    Mistake(
        "That is L1's gradient, the sign; L2's is proportional to w.",
        lambda w, strength: l2_gradient(np.sign(w), strength),
    ),
    Mistake(
        "The gradient has the sign of the weight; yours has lost it.",
        lambda *given: abs(l2_gradient(*given)),
    ),
    Mistake(
        "That is the loss of each weight, λ/2 · w²; its derivative is λ w.",
        lambda w, strength: l2_gradient(w**2, strength) / 2,
    ),
    Mistake(
        "The sign is wrong: return the gradient, which the optimiser subtracts.",
        lambda *given: -l2_gradient(*given),
    ),
)
