"""Exercise 11: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake


def dropout(x, p, u, training):
    """In training, set numbers whose u is below p to 0 and scale the others up."""
    return x * (u >= p) / (1 - p) if training else x * 1.0


def dropout_backward(dout, p, u, training):
    """Return the gradient with respect to the input of `dropout`."""
    return dropout(dout, p, u, training)


def augment(x, mirrored, down, right):
    """Mirror some pictures, then shift each by its own amount; zeros come in."""
    _, _, height, width = x.shape
    x = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
    inside = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
    moved = _picked(x, rows.clip(0, height - 1), columns.clip(0, width - 1))
    return moved * (inside[0][:, None, :, None] & inside[1][:, None, None, :])


def _picked(x, rows, columns):
    """Return x with row rows[n, i] and column columns[n, j] of picture n at place (i, j)."""
    x = np.take_along_axis(x, rows[:, None, :, None], axis=2)
    return np.take_along_axis(x, columns[:, None, None, :], axis=3)


def l2_loss(w1, b1, w2, b2, strength):
    """Return half the sum of the squared weights, times the strength."""
    return strength / 2 * (np.sum(w1**2) + np.sum(w2**2))


def l2_gradient(parameter, strength):
    """Return the gradient of `l2_loss` with respect to one parameter: 0 for biases."""
    return strength * parameter * (parameter.ndim > 1)


def early_stop(losses, patience, least):
    """Return the epoch after which to stop and the one to go back to, from 1."""
    return _stop_without_progress(losses, patience, lambda loss, best: loss < best - least)


def _stop_without_progress(losses, patience, better):
    best = 0
    for epoch, loss in enumerate(losses):
        best = epoch if better(loss, losses[best]) else best
        if epoch - best >= patience:
            break
    return np.array([epoch + 1, best + 1])


BY_HAND = {"by_hand": [4, 1.3, 1.9, 1.5, 0.6]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([1, 1.3, 1.9, 1.5, 0.6], "the kept number is multiplied by 1 / (1 − p)"),
        ([4 / 3, 1.3, 1.9, 1.5, 0.6], "p is the probability of a zero: divide by 1 − p, not by p"),
        ([4, 1.3, 1.3, 1.5, 0.6], "Adam's first step has length lr, however large the gradient"),
        ([4, 1.3, 1.5, 1.9, 0.6], "you swapped L2 in the loss, the third, and AdamW, the fourth"),
        ([4, 1.3, 1.9, 1.5, 0.5], "the right class has its share of ε, too: ε / K on top of 1 − ε"),
    ),
}


def _not_scaled(x, p, u, training):
    return x * (u >= p) if training else None


def _kept_what_should_go(x, p, u, training):
    return x * (u < p) / (1 - p) if training else None


def _dropped_in_evaluation(x, p, u, training):
    return None if training else dropout(x, p, u, True)


def _edges_repeated(x, mirrored, down, right):
    _, _, height, width = x.shape
    x = augment(x, mirrored, 0 * down, 0 * right)
    rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
    return _picked(x, rows.clip(0, height - 1), columns.clip(0, width - 1))


def _wrapped_around(x, mirrored, down, right):
    _, _, height, width = x.shape
    x = augment(x, mirrored, 0 * down, 0 * right)
    rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
    return _picked(x, rows % height, columns % width)


def _upside_down(x, mirrored, down, right):
    x = np.where(mirrored[:, None, None, None], x[:, :, ::-1], x)
    return augment(x, 0 * mirrored > 0, down, right)


def _moved_first(x, mirrored, down, right):
    x = augment(x, 0 * mirrored > 0, down, right)
    return augment(x, mirrored, 0 * down, 0 * right)


def _all_like_the_first(x, mirrored, down, right):
    return augment(x, mirrored, 0 * down + down[0], 0 * right + right[0])


def _any_improvement(losses, patience, least):
    return _stop_without_progress(losses, patience, lambda loss, best: loss < best)


def _compared_with_last_epoch(losses, patience, least):
    waited, best = 0, 0
    for epoch in range(1, len(losses)):
        waited = 0 if losses[epoch] < losses[epoch - 1] - least else waited + 1
        best = best if waited else epoch
        if waited >= patience:
            break
    else:
        epoch = len(losses) - 1
    return epoch + 1, best + 1


def _waits_never_reset(losses, patience, least):
    waited, best = 0, 0
    for epoch in range(1, len(losses)):
        better = losses[epoch] < losses[best] - least
        best, waited = (epoch, waited) if better else (best, waited + 1)
        if waited >= patience:
            break
    else:
        epoch = len(losses) - 1
    return epoch + 1, best + 1


def _best_of_all_epochs(losses, patience, least):
    return early_stop(losses, patience, least)[0], int(np.argmin(losses)) + 1


MISTAKES = {
    "dropout": (
        Mistake("Divide the kept numbers by 1 − p, so that the mean stays the same.", _not_scaled),
        Mistake(
            "You kept the numbers that should go: a number is switched off where u < p.",
            _kept_what_should_go,
        ),
        Mistake(
            "p is the probability of a zero: divide by 1 − p, not by p.",
            lambda x, p, u, training: x * (u >= p) / p if training and p else None,
        ),
        Mistake(
            "In evaluation (training False) nothing is switched off or scaled.",
            _dropped_in_evaluation,
        ),
        Mistake(
            "Inverted dropout scales in training; in evaluation the numbers stay as they are.",
            lambda x, p, u, training: None if training else x * (1 - p),
        ),
    ),
    "dropout_backward": (
        Mistake(
            "The mask is missing: a number that was switched off has no effect on the output, so "
            "its gradient is 0.",
            lambda dout, p, u, training: dout if training else None,
        ),
        Mistake(
            "You scaled all gradients; those switched off must be 0.",
            lambda dout, p, u, training: dout / (1 - p) if training else None,
        ),
        Mistake(
            "The mask holds 1 / (1 − p) as well: out = x · mask, so dx = dout · mask.", _not_scaled
        ),
        Mistake(
            "You multiplied by 1 / (1 − p) twice.",
            lambda dout, p, u, training: dout * (u >= p) / (1 - p) ** 2 if training else None,
        ),
        Mistake(
            "You kept the numbers that should go: a number is switched off where u < p.",
            _kept_what_should_go,
        ),
        Mistake("In evaluation the gradient passes unchanged.", _dropped_in_evaluation),
    ),
    "augment": (
        Mistake(
            "What leaves on one side comes in on the other, as with np.roll; zeros should come in.",
            _wrapped_around,
        ),
        Mistake("The border is repeated into the gap; zeros should come in.", _edges_repeated),
        Mistake(
            "You shifted the pictures the other way: down = 1 puts row 0 into row 1.",
            lambda x, mirrored, down, right: augment(x, mirrored, -down, -right),
        ),
        Mistake(
            "Rows and columns are swapped: `down` shifts along axis 2, `right` along axis 3.",
            lambda x, mirrored, down, right: augment(x, mirrored, right, down),
        ),
        Mistake("Mirror left and right, axis 3; your pictures are upside down.", _upside_down),
        Mistake(
            "You shifted first and then mirrored, so mirrored pictures went the wrong way. Mirror "
            "first.",
            _moved_first,
        ),
        Mistake(
            "You mirrored all pictures; mirror only those where `mirrored` is True.",
            lambda x, mirrored, down, right: augment(x, mirrored | True, down, right),
        ),
        Mistake(
            "You mirrored the pictures where `mirrored` is False; mirror the others.",
            lambda x, mirrored, down, right: augment(x, ~mirrored, down, right),
        ),
        Mistake(
            "You shifted all pictures like the first one: down[n] and right[n] belong to picture "
            "n.",
            _all_like_the_first,
        ),
    ),
    "l2_loss": (
        Mistake("The factor ½ is missing.", lambda *given: 2 * l2_loss(*given)),
        Mistake(
            "You included the biases; only the weights are penalised.",
            lambda w1, b1, w2, b2, strength: (
                strength / 2 * sum(np.sum(p**2) for p in (w1, b1, w2, b2))
            ),
        ),
        Mistake(
            "That is the mean of the squares; take their sum.",
            lambda w1, b1, w2, b2, strength: strength / 2 * (np.mean(w1**2) + np.mean(w2**2)),
        ),
        Mistake(
            "You took the square root; the penalty is the squared norm.",
            lambda w1, b1, w2, b2, strength: (
                strength / 2 * (np.sqrt(np.sum(w1**2)) + np.sqrt(np.sum(w2**2)))
            ),
        ),
        Mistake(
            "That is L1, with absolute values; L2 takes squares.",
            lambda w1, b1, w2, b2, strength: strength / 2 * (np.abs(w1).sum() + np.abs(w2).sum()),
        ),
    ),
    "l2_gradient": (
        Mistake(
            "Biases have one axis and don't appear in the loss: their gradient is 0.",
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
            "That is L1's gradient, the sign; L2's is proportional to w.",
            lambda parameter, strength: l2_gradient(np.sign(parameter), strength),
        ),
        Mistake(
            "The sign is wrong: return the gradient, which the optimiser subtracts.",
            lambda parameter, strength: -l2_gradient(parameter, strength),
        ),
    ),
    "early_stop": (
        Mistake("Count epochs from 1.", lambda *given: early_stop(*given) - 1),
        Mistake(
            "You ignore `least`: an epoch is progress only if its loss is lower than the best by "
            "more than that.",
            _any_improvement,
        ),
        Mistake(
            "You stop one epoch too late: with patience 2, the second epoch in a row without "
            "progress is the last.",
            lambda losses, patience, least: early_stop(losses, patience + 1, least),
        ),
        Mistake(
            "You compared with the previous epoch; compare with the best one so far.",
            _compared_with_last_epoch,
        ),
        Mistake(
            "Only epochs in a row count: a new best sets the count back to 0.", _waits_never_reset
        ),
        Mistake(
            "You went back to the lowest loss in the whole list: later epochs are never seen, and "
            "gains smaller than `least` don't count.",
            _best_of_all_epochs,
        ),
        Mistake("The order is (last epoch, best epoch).", lambda *given: early_stop(*given)[::-1]),
    ),
}
