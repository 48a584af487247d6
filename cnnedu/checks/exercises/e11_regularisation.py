"""Well-known wrong answers of exercise 11, and its references."""

import numpy as np

from cnnedu.checks.case import Mistake

BY_HAND = [4, 1.3, 1.9, 1.5, 0.6]


def dropout(x, p, u, training):
    """Return x with the numbers whose u is below p at 0, the others scaled up, in training."""
    return x * (u >= p) / (1 - p) if training else x * 1.0


def dropout_backward(dout, p, u, training):
    """Return the gradient by the input of `dropout`."""
    return dropout(dout, p, u, training)


def _unscaled(x, p, u, training):
    return x * (u >= p) if training else None


def _scaled_by_p(x, p, u, training):
    return x * (u >= p) / p if training and p else None


def _others_kept(x, p, u, training):
    return x * (u < p) / (1 - p) if training else None


def _as_trained(x, p, u, training):
    return None if training else dropout(x, p, u, True)


def _scaled_in_evaluation(x, p, u, training):
    return None if training else x * (1 - p)


def _scaled_twice(dout, p, u, training):
    return dout * (u >= p) / (1 - p) ** 2 if training else None


def _scaled_only(dout, p, u, training):
    return dout / (1 - p) if training else None


def augment(x, mirrored, down, right):
    """Mirror some pictures, then move each by its own way; zeros come in."""
    _, _, height, width = x.shape
    x = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
    inside = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
    moved = _moved(x, rows.clip(0, height - 1), columns.clip(0, width - 1))
    return moved * (inside[0][:, None, :, None] & inside[1][:, None, None, :])


def _moved(x, rows, columns):
    """Return x with row rows[n, i] and column columns[n, j] of picture n at place (i, j)."""
    x = np.take_along_axis(x, rows[:, None, :, None], axis=2)
    return np.take_along_axis(x, columns[:, None, None, :], axis=3)


def _edges_repeated(x, mirrored, down, right):
    _, _, height, width = x.shape
    x = augment(x, mirrored, 0 * down, 0 * right)
    rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
    return _moved(x, rows.clip(0, height - 1), columns.clip(0, width - 1))


def _rolled(x, mirrored, down, right):
    _, _, height, width = x.shape
    x = augment(x, mirrored, 0 * down, 0 * right)
    rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
    return _moved(x, rows % height, columns % width)


def _upside_down(x, mirrored, down, right):
    x = np.where(mirrored[:, None, None, None], x[:, :, ::-1], x)
    return augment(x, 0 * mirrored > 0, down, right)


def _moved_first(x, mirrored, down, right):
    x = augment(x, 0 * mirrored > 0, down, right)
    return augment(x, mirrored, 0 * down, 0 * right)


def _one_for_all(x, mirrored, down, right):
    return augment(x, mirrored, 0 * down + down[0], 0 * right + right[0])


def l2_loss(w1, b1, w2, b2, strength):
    """Return half the sum of the squared weights, times the strength."""
    return strength / 2 * (np.sum(w1**2) + np.sum(w2**2))


def l2_gradient(parameter, strength):
    """Return the gradient of `l2_loss` by one of the parameters: 0 for biases."""
    return strength * parameter * (parameter.ndim > 1)


def early_stop(losses, patience, least):
    """Return the epoch after which to stop and the one to go back to, from 1."""
    return _stop(losses, patience, lambda loss, best: loss < best - least)


def _stop(losses, patience, better):
    best = 0
    for epoch, loss in enumerate(losses):
        best = epoch if better(loss, losses[best]) else best
        if epoch - best >= patience:
            break
    return np.array([epoch + 1, best + 1])


def _any_improvement(losses, patience, least):
    return _stop(losses, patience, lambda loss, best: loss < best)


def _against_last(losses, patience, least):
    waited, best = 0, 0
    for epoch in range(1, len(losses)):
        waited = 0 if losses[epoch] < losses[epoch - 1] - least else waited + 1
        best = best if waited else epoch
        if waited >= patience:
            break
    else:
        epoch = len(losses) - 1
    return epoch + 1, best + 1


def _in_all(losses, patience, least):
    waited, best = 0, 0
    for epoch in range(1, len(losses)):
        better = losses[epoch] < losses[best] - least
        best, waited = (epoch, waited) if better else (best, waited + 1)
        if waited >= patience:
            break
    else:
        epoch = len(losses) - 1
    return epoch + 1, best + 1


def _lowest_of_all(losses, patience, least):
    return early_stop(losses, patience, least)[0], int(np.argmin(losses)) + 1


ON_PAPER = (
    ([1, 1.3, 1.9, 1.5, 0.6], "the kept number is multiplied by 1 / (1 − p)"),
    ([4 / 3, 1.3, 1.9, 1.5, 0.6], "p is the probability of a zero: divide by 1 − p, not by p"),
    ([4, 1.3, 1.3, 1.5, 0.6], "Adam's first step is lr long, however large the gradient"),
    ([4, 1.3, 1.5, 1.9, 0.6], "the third is L2 in the loss, the fourth AdamW: you exchanged them"),
    ([4, 1.3, 1.9, 1.5, 0.5], "the right class has its share of ε, too: ε / K on top of 1 − ε"),
)

DROPOUT = (
    Mistake("The kept numbers must be divided by 1 − p, so that the mean stays.", _unscaled),
    Mistake(
        "You kept what should go: a number is switched off where u < p.",
        _others_kept,
    ),
    Mistake("p is the probability of a zero: divide by 1 − p, not by p.", _scaled_by_p),
    Mistake("In evaluation (training False) nothing is switched off or scaled.", _as_trained),
    Mistake(
        "Inverted dropout scales in training; in evaluation the numbers stay as they are.",
        _scaled_in_evaluation,
    ),
)

DROPOUT_BACKWARD = (
    Mistake(
        "The mask is missing: what was switched off has no part in the output, so its gradient "
        "is 0.",
        lambda dout, p, u, training: dout if training else None,
    ),
    Mistake("You scaled all gradients; those switched off must be 0.", _scaled_only),
    Mistake("The mask holds 1 / (1 − p) as well: out = x · mask, so dx = dout · mask.", _unscaled),
    Mistake("1 / (1 − p) went in twice.", _scaled_twice),
    Mistake("You kept what should go: a number is switched off where u < p.", _others_kept),
    Mistake("In evaluation the gradient passes unchanged.", _as_trained),
)

AUGMENT = (
    Mistake(
        "What leaves on one side comes in on the other: np.roll goes round. Zeros come in.",
        _rolled,
    ),
    Mistake("The border is repeated into the gap; zeros come in.", _edges_repeated),
    Mistake(
        "The pictures went the other way: down = 1 means that row 0 is seen in row 1.",
        lambda x, mirrored, down, right: augment(x, mirrored, -down, -right),
    ),
    Mistake(
        "Rows and columns are exchanged: `down` moves along axis 2, `right` along axis 3.",
        lambda x, mirrored, down, right: augment(x, mirrored, right, down),
    ),
    Mistake("Mirrored is left for right: axis 3. Yours stand on their heads.", _upside_down),
    Mistake(
        "You moved first and mirrored then, so that mirrored pictures went left. First mirror.",
        _moved_first,
    ),
    Mistake(
        "You mirrored all pictures; only those where `mirrored` is True.",
        lambda x, mirrored, down, right: augment(x, mirrored | True, down, right),
    ),
    Mistake(
        "You mirrored the pictures where `mirrored` is False.",
        lambda x, mirrored, down, right: augment(x, ~mirrored, down, right),
    ),
    Mistake(
        "All went the way of the first one: down[n] and right[n] belong to picture n.",
        _one_for_all,
    ),
)

L2_LOSS = (
    Mistake("The half is missing.", lambda *given: 2 * l2_loss(*given)),
    Mistake(
        "The biases are among them; only the weights are penalised.",
        lambda w1, b1, w2, b2, strength: strength / 2 * sum(np.sum(p**2) for p in (w1, b1, w2, b2)),
    ),
    Mistake(
        "That is the mean of the squares; the sum is asked for.",
        lambda w1, b1, w2, b2, strength: strength / 2 * (np.mean(w1**2) + np.mean(w2**2)),
    ),
    Mistake(
        "You took the root: the squared norm is asked for.",
        lambda w1, b1, w2, b2, strength: (
            strength / 2 * (np.sqrt(np.sum(w1**2)) + np.sqrt(np.sum(w2**2)))
        ),
    ),
    Mistake(
        "That is L1: absolute values. Here squares are asked for.",
        lambda w1, b1, w2, b2, strength: strength / 2 * (np.abs(w1).sum() + np.abs(w2).sum()),
    ),
)

L2_GRADIENT = (
    Mistake(
        "Biases have one axis and are left out of the loss: their gradient is 0.",
        lambda parameter, strength: strength * parameter if parameter.ndim == 1 else None,
    ),
    Mistake(
        "The 2 of the square cancels the half: λ w, not 2 λ w.",
        lambda parameter, strength: 2 * l2_gradient(parameter, strength),
    ),
    Mistake(
        "The 2 of the square cancels the half: λ w, not λ w / 2.",
        lambda parameter, strength: l2_gradient(parameter, strength) / 2,
    ),
    Mistake(
        "That is L1's gradient, the sign; L2's is in proportion to w.",
        lambda parameter, strength: l2_gradient(np.sign(parameter), strength),
    ),
    Mistake(
        "The sign is turned round: this is the gradient, which the optimiser takes off.",
        lambda parameter, strength: -l2_gradient(parameter, strength),
    ),
)

EARLY_STOP = (
    Mistake("Epochs count from 1.", lambda *given: early_stop(*given) - 1),
    Mistake(
        "`least` is ignored: an epoch counts only if it is lower than the best by more than that.",
        _any_improvement,
    ),
    Mistake(
        "One too late: with patience 2, the second epoch in a row without progress is the last.",
        lambda losses, patience, least: early_stop(losses, patience + 1, least),
    ),
    Mistake("You compared with the epoch before; compare with the best one so far.", _against_last),
    Mistake(
        "Epochs without progress count only in a row: a new best sets them back to 0.", _in_all
    ),
    Mistake(
        "You went back to the lowest loss of the whole list: later epochs were never seen, and "
        "smaller gains than `least` don't count.",
        _lowest_of_all,
    ),
    Mistake(
        "The order is (last epoch, best epoch).",
        lambda *given: early_stop(*given)[::-1],
    ),
)
