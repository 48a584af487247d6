"""The gradient of the penalty on large weights, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def l2_gradient(parameter, strength):
    """Return the gradient of the penalty with respect to one array: 0 for biases."""
    return strength * parameter * (parameter.ndim > 1)


MISTAKES = (
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
