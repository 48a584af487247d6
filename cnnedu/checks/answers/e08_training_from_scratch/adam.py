"""Adam's step, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import CUT, Mistake

EPS = 1e-8


def adam_step(w, g, m, s, t, lr, beta1, beta2, decay):
    """Return the new w, m and s of one step of Adam with weight decay."""
    m, s = _means(g, m, s, beta1, beta2)
    return _decayed(w, lr, decay) - _step(*_corrected(m, s, t, beta1, beta2), lr), m, s


def _means(g, m, s, b1, b2):
    """Return the new means of g and of g²."""
    return b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g**2


def _corrected(m, s, t, b1, b2):
    return m / (1 - b1**t), s / (1 - b2**t)


def _decayed(w, lr, decay):
    return w - lr * decay * w


def _step(m, s, lr):
    """Return what is subtracted from the weights, from the corrected means."""
    return lr * m / (np.sqrt(s) + EPS)


def _adam(means=_means, corrected=_corrected, step=_step, decayed=_decayed):
    """Make an Adam of which one part is another one."""

    def wrong(w, g, m, s, t, lr, b1, b2, decay):
        m, s = means(g, m, s, b1, b2)
        with np.errstate(divide="ignore", invalid="ignore"):
            return decayed(w, lr, decay) - step(*corrected(m, s, t, b1, b2), lr), m, s

    return wrong


def _then(change):
    """Make an Adam that is right but for change(w, m, s), done in the end."""
    return lambda *arguments: change(*adam_step(*arguments))


def _from_old_means(w, g, m, s, t, lr, b1, b2, decay):
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = _decayed(w, lr, decay) - _step(*_corrected(m, s, t, b1, b2), lr)
    return moved, *_means(g, m, s, b1, b2)


def _plain(w, g, m, s, t, lr, b1, b2, decay):
    return _decayed(w, lr, decay) - lr * g, *_means(g, m, s, b1, b2)


def _old_means_returned(w, g, m, s, *rest):
    return adam_step(w, g, m, s, *rest)[0], m, s


def _corrected_means_kept(w, g, m, s, t, lr, b1, b2, decay):
    w, m, s = adam_step(w, g, m, s, t, lr, b1, b2, decay)
    return w, *_corrected(m, s, t, b1, b2)


def _decay_in_gradient(w, g, m, s, t, lr, b1, b2, decay):
    return adam_step(w, g + decay * w, m, s, t, lr, b1, b2, 0)


def _new_weights_decay(w, g, m, s, t, lr, b1, b2, decay):
    w, m, s = adam_step(w, g, m, s, t, lr, b1, b2, 0)
    return _decayed(w, lr, decay), m, s


MISTAKES = (
    Mistake(
        "The correction is missing: divide m by 1 − β₁ᵗ and s by 1 − β₂ᵗ before the step.",
        _adam(corrected=lambda m, s, *rest: (m, s)),
    ),
    Mistake(
        "You correct m only: divide s by 1 − β₂ᵗ as well.",
        _adam(corrected=lambda m, s, t, b1, b2: (m / (1 - b1**t), s)),
    ),
    Mistake(
        "You correct s only: divide m by 1 − β₁ᵗ as well.",
        _adam(corrected=lambda m, s, t, b1, b2: (m, s / (1 - b2**t))),
    ),
    Mistake(
        "The correction is the *power* 1 − βᵗ, not 1 − β · t.",
        _adam(corrected=lambda m, s, t, b1, b2: (m / (1 - b1 * t), s / (1 - b2 * t))),
    ),
    Mistake(
        "The correction is 1 − βᵗ, not (1 − β)ᵗ: only β gets the power.",
        _adam(corrected=lambda m, s, t, b1, b2: (m / (1 - b1) ** t, s / (1 - b2) ** t)),
    ),
    Mistake(
        "The correction is 1 − βᵗ, with the number t of this step; yours is 1 − β.",
        _adam(corrected=lambda m, s, t, *betas: _corrected(m, s, 1, *betas)),
    ),
    Mistake(
        "t is the number of this step and counts from 1: don't add 1 to it.",
        _adam(corrected=lambda m, s, t, *betas: _corrected(m, s, t + 1, *betas)),
    ),
    Mistake(
        "t is the number of this step and counts from 1: don't subtract 1 from it.",
        _adam(corrected=lambda m, s, t, *betas: _corrected(m, s, t - 1, *betas)),
    ),
    Mistake(
        "You return the corrected means. They serve this step alone; keep m and s uncorrected.",
        _corrected_means_kept,
    ),
    Mistake("You return the old m and s; return the new ones.", _old_means_returned),
    Mistake(
        "The step uses the means from before: first update m and s, then compute it from "
        "the new ones.",
        _from_old_means,
    ),
    Mistake(
        "The square root is missing: divide by √ŝ, not by ŝ.",
        _adam(step=lambda m, s, lr: lr * m / (s + EPS)),
    ),
    Mistake(
        "Add eps after taking the root, √ŝ + eps, not under it.",
        _adam(step=lambda m, s, lr: lr * m / np.sqrt(s + EPS)),
    ),
    Mistake(
        "Add eps to the root of the corrected ŝ, not of s.",
        _adam(corrected=lambda m, s, t, b1, b2: (m * np.sqrt(1 - b2**t) / (1 - b1**t), s)),
    ),
    Mistake(
        "eps is missing below the line: where all gradients were 0, you divide by 0.",
        _adam(step=lambda m, s, lr: lr * m / np.sqrt(s)),
    ),
    Mistake(
        "Parentheses are missing: divide by (√ŝ + eps).",
        _adam(step=lambda m, s, lr: lr * m / np.sqrt(s) - EPS),
    ),
    Mistake(
        "Your eps isn't 10⁻⁸.",
        _adam(step=lambda m, s, lr: lr * m / (np.sqrt(s) + 1e-7)),
    ),
    Mistake(
        "s follows the *square* of the gradient; yours follows the gradient.",
        _adam(lambda g, m, s, b1, b2: (b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g)),
    ),
    Mistake(
        "s follows the square of the gradient g; yours follows the square of m.",
        _adam(lambda g, m, s, b1, b2: (m := b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * m**2)),
    ),
    Mistake(
        "Weigh what is new: g by 1 − β₁, and g² by 1 − β₂.",
        _adam(lambda g, m, s, b1, b2: (b1 * m + g, b2 * s + g**2)),
    ),
    Mistake(
        "The weights are exchanged: β belongs to the old mean, 1 − β to what is new.",
        _adam(lambda g, m, s, b1, b2: _means(g, m, s, 1 - b1, 1 - b2)),
    ),
    Mistake(
        "You step uphill: subtract the step from the weights.",
        _adam(step=lambda *arguments: -_step(*arguments)),
    ),
    Mistake(
        "Your step is that of plain gradient descent: compute it from m and s.",
        _plain,
    ),
    Mistake(
        "β₁ and β₂ are swapped: β₁ belongs to m, β₂ to s.",
        lambda w, g, m, s, t, lr, b1, b2, decay: adam_step(w, g, m, s, t, lr, b2, b1, decay),
    ),
    Mistake("The decay is missing.", _adam(decayed=lambda w, lr, decay: w)),
    Mistake(
        "The decay goes through the gradient here, and so into m and s. Let it act on the weights "
        "alone.",
        _decay_in_gradient,
    ),
    Mistake(
        "Multiply the decay by the rate: lr · decay · w.",
        _adam(decayed=lambda w, lr, decay: w - decay * w),
    ),
    Mistake(
        "The decay has the wrong sign: it makes the weights smaller.",
        _adam(decayed=lambda w, lr, decay: _decayed(w, lr, -decay)),
    ),
    Mistake(
        "Take the decay from the weights as they were before the step, not from the new ones.",
        _new_weights_decay,
    ),
    Mistake(
        "You return three arrays in another order; it is w, m, s.",
        _then(lambda w, m, s: (m, s, w)),
    ),
    Mistake(CUT, where_whole(0, _then(lambda w, m, s: (np.trunc(w), m, s)))),
)
