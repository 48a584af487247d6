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
    best = 0
    for epoch, loss in enumerate(losses):
        best = epoch if loss < losses[best] - least else best
        if epoch - best >= patience:
            break
    return np.array([epoch + 1, best + 1])


BY_HAND = {"by_hand": [4, 1.3, 1.9, 1.5, 0.6]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([1, 1.3, 1.9, 1.5, 0.6], "the kept number is multiplied by 1 / (1 − p)"),
        ([4 / 3, 1.3, 1.9, 1.5, 0.6], "p is the probability of a zero: divide by 1 − p, not by p"),
        ([0.25, 1.3, 1.9, 1.5, 0.6], "the kept number is divided by 1 − p, not multiplied by it"),
        ([4, 1.7, 1.9, 1.5, 0.6], "the second leaves the gradient of the penalty, λ w, out"),
        ([4, 0.9, 1.9, 1.5, 0.6], "in the second, the gradient of λ/2 · w² is λ w, not 2 λ w"),
        ([4, 1.5, 1.9, 1.5, 0.6], "in the second, the gradient of λ/2 · w² is λ w, not λ w / 2"),
        ([4, 1.3, 1.3, 1.5, 0.6], "Adam's first step has length lr, however large the gradient"),
        ([4, 1.3, 1.5, 1.9, 0.6], "you swapped L2 in the loss, the third, and AdamW, the fourth"),
        ([4, 1.3, 1.9, 1.9, 0.6], "AdamW shortens the weight by lr · λ · w beside its step"),
        ([4, 1.3, 1.9, -2.1, 0.6], "AdamW shortens the weight by lr · λ · w, not by λ · w"),
        ([4, 1.3, 1.9, 1.5, 0.5], "the right class has its share of ε, too: ε / K on top of 1 − ε"),
        ([4, 1.3, 1.9, 1.5, 0.1], "the fifth is the target of the *wrong* classes; give the other"),
    ),
}


def _in_training(wrong):
    """Return a mistake that is made in training alone."""
    return lambda x, p, u, training: wrong(x, p, u) if training else None


def _kept(kept):
    """Return a mistake about which numbers are kept: where `kept(u, p)`."""
    return _in_training(lambda x, p, u: x * kept(u, p) / (1 - p))


def _dropped_in_evaluation(x, p, u, training):
    return None if training else dropout(x, p, u, True)


def _scaled_in_evaluation(x, p, u, training):
    """The older dropout: scale in evaluation, not in training."""
    return x * (u >= p) if training else x * (1 - p)


def _swapped(x, p, u, training):
    return dropout(x, p, u, not training)


MASKS = (
    Mistake(
        "A number whose u is exactly p is kept: only u < p switches it off.",
        _kept(lambda u, p: u > p),
    ),
    Mistake(
        "You kept the numbers that should go: a number is switched off where u < p.",
        _kept(lambda u, p: u < p),
    ),
    Mistake(
        "You kept the numbers with u < 1 − p. They are as many on average, but not the ones asked "
        "for: a number is switched off where u < p.",
        _kept(lambda u, p: u < 1 - p),
    ),
    Mistake(
        "`training` is turned round: numbers are switched off where it is True.",
        _swapped,
    ),
)


def _without_mirroring(x, mirrored, down, right):
    return augment(x, mirrored & False, down, right)


def _mirrored_along(*axes):
    """Return a mistake: the pictures are mirrored along other axes."""

    def wrong(x, mirrored, down, right):
        z = np.where(mirrored[:, None, None, None], np.flip(x, axes), x)
        return _without_mirroring(z, mirrored, down, right)

    return wrong


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


def _moved_first(x, mirrored, down, right):
    x = _without_mirroring(x, mirrored, down, right)
    return augment(x, mirrored, 0 * down, 0 * right)


def _all_like_the_first(x, mirrored, down, right):
    return augment(x, mirrored, 0 * down + down[0], 0 * right + right[0])


def _first_decides_on_mirroring(x, mirrored, down, right):
    return augment(x, mirrored | True if mirrored[0] else mirrored & False, down, right)


def _without_exceptions(x, mirrored, down, right):
    """Leave out what isn't mirrored."""
    return augment(x, mirrored, down, right) * mirrored[:, None, None, None]


WRONG_WAY = "You shifted the pictures the other way: down = 1 puts row 0 into row 1."
UPSIDE_DOWN = "Mirror left and right, axis 3; your pictures are upside down."


def _sums(array):
    """Return a mistake that takes something else in place of a sum of squares."""
    return lambda w1, b1, w2, b2, strength: strength / 2 * (array(w1) + array(w2))


def _stop(losses, patience, progress, best_of=None):
    """Return (last epoch, best epoch), each from 1.

    `progress(loss, best)` says whether an epoch counts. `best_of(losses so far)` is the loss with
    which the next is compared, in place of the best epoch's.
    """
    best = waited = 0
    for epoch in range(1, len(losses)):
        before = best_of(losses[:epoch]) if best_of else losses[best]
        waited = 0 if progress(losses[epoch], before) else waited + 1
        best = best if waited else epoch
        if waited == patience:
            break
    return (epoch if len(losses) > 1 else 0) + 1, best + 1


def _any_improvement(losses, patience, least):
    return _stop(losses, patience, lambda loss, best: loss < best)


def _exactly_least_counts(losses, patience, least):
    return _stop(losses, patience, lambda loss, best: loss <= best - least)


def _too_much_allowed(losses, patience, least):
    return _stop(losses, patience, lambda loss, best: loss < best + least)


def _compared_with_last_epoch(losses, patience, least):
    return _stop(losses, patience, lambda loss, last: loss < last - least, lambda seen: seen[-1])


def _compared_with_lowest(losses, patience, least):
    return _stop(losses, patience, lambda loss, low: loss < low - least, np.min)


def _compared_with_first_epoch(losses, patience, least):
    return _stop(losses, patience, lambda loss, first: loss < first - least, lambda seen: seen[0])


def _waits_never_reset(losses, patience, least):
    waited = best = 0
    for epoch in range(1, len(losses)):
        better = losses[epoch] < losses[best] - least
        best, waited = (epoch, waited) if better else (best, waited + 1)
        if waited >= patience:
            return epoch + 1, best + 1
    return len(losses), best + 1


def _best_of_all_epochs(losses, patience, least):
    return early_stop(losses, patience, least)[0], int(np.argmin(losses)) + 1


def _lowest_seen(losses, patience, least):
    last = early_stop(losses, patience, least)[0]
    return last, int(np.argmin(losses[:last])) + 1


def _last_epoch_twice(losses, patience, least):
    return early_stop(losses, patience, least)[[0, 0]]


MISTAKES = {
    "dropout": (
        *MASKS,
        Mistake(
            "Divide the kept numbers by 1 − p, so that the mean stays the same.",
            _in_training(lambda x, p, u: x * (u >= p)),
        ),
        Mistake(
            "p is the probability of a zero: divide by 1 − p, not by p.",
            _in_training(lambda x, p, u: x * (u >= p) / p if p else None),
        ),
        Mistake(
            "Divide the kept numbers by 1 − p; you multiplied by it.",
            _in_training(lambda x, p, u: x * (u >= p) * (1 - p)),
        ),
        Mistake(
            "You scaled the numbers and switched none of them off.",
            _in_training(lambda x, p, u: x / (1 - p)),
        ),
        Mistake(
            "In evaluation (training False) nothing is switched off or scaled.",
            _dropped_in_evaluation,
        ),
        Mistake(
            "Inverted dropout scales in training, and only there: in evaluation the numbers stay "
            "as they are.",
            lambda x, p, u, training: None if training else x * (1 - p),
        ),
        Mistake(
            "That is the older dropout. Inverted dropout divides by 1 − p in training, and in "
            "evaluation the numbers stay as they are.",
            _scaled_in_evaluation,
        ),
        Mistake(
            "That is the mask alone; multiply x by it.",
            lambda x, p, u, training: dropout(np.ones(x.shape), p, u, training),
        ),
    ),
    "dropout_backward": (
        *MASKS,
        Mistake(
            "The mask is missing: a number that was switched off has no effect on the output, so "
            "its gradient is 0.",
            _in_training(lambda dout, p, u: dout),
        ),
        Mistake(
            "You scaled all gradients; those switched off must be 0.",
            _in_training(lambda dout, p, u: dout / (1 - p)),
        ),
        Mistake(
            "The mask holds 1 / (1 − p) as well: out = x · mask, so dx = dout · mask.",
            _in_training(lambda dout, p, u: dout * (u >= p)),
        ),
        Mistake(
            "The gradient is multiplied by 1 / (1 − p), as the numbers were; you divided by it.",
            _in_training(lambda dout, p, u: dout * (u >= p) * (1 - p)),
        ),
        Mistake(
            "You multiplied by 1 / (1 − p) twice.",
            _in_training(lambda dout, p, u: dout * (u >= p) / (1 - p) ** 2),
        ),
        Mistake(
            "p is the probability of a zero: divide by 1 − p, not by p.",
            _in_training(lambda dout, p, u: dout * (u >= p) / p if p else None),
        ),
        Mistake("In evaluation the gradient passes unchanged.", _dropped_in_evaluation),
        Mistake(
            "In evaluation the output is x, so its gradient passes; it isn't 0.",
            lambda dout, p, u, training: None if training else 0 * dout,
        ),
        Mistake(
            "That is the derivative of the output alone; multiply `dout` by it.",
            lambda dout, p, u, training: dropout(np.ones(dout.shape), p, u, training),
        ),
    ),
    "augment": (
        Mistake(
            "What leaves on one side comes in on the other, as with np.roll; zeros should come in.",
            _wrapped_around,
        ),
        Mistake("The border is repeated into the gap; zeros should come in.", _edges_repeated),
        Mistake(WRONG_WAY, lambda x, mirrored, down, right: augment(x, mirrored, -down, -right)),
        Mistake(
            "You shifted the rows the other way: down = 1 puts row 0 into row 1.",
            lambda x, mirrored, down, right: augment(x, mirrored, -down, right),
        ),
        Mistake(
            "You shifted the columns the other way: right = 1 puts column 0 into column 1.",
            lambda x, mirrored, down, right: augment(x, mirrored, down, -right),
        ),
        Mistake(
            "Rows and columns are swapped: `down` shifts along axis 2, `right` along axis 3.",
            lambda x, mirrored, down, right: augment(x, mirrored, right, down),
        ),
        Mistake(
            "Negative amounts shift up and left; you left out their sign.",
            lambda x, mirrored, down, right: augment(x, mirrored, abs(down), abs(right)),
        ),
        Mistake(
            "Negative amounts shift up and left; you left those pictures where they were.",
            lambda x, mirrored, down, right: augment(
                x, mirrored, np.maximum(down, 0), np.maximum(right, 0)
            ),
        ),
        Mistake(
            "You mirrored and did not shift.",
            lambda x, mirrored, down, right: augment(x, mirrored, 0 * down, 0 * right),
        ),
        Mistake("You shifted and did not mirror.", _without_mirroring),
        Mistake(UPSIDE_DOWN, _mirrored_along(2)),
        Mistake(
            "You turned the pictures by 180°: mirror left and right, axis 3, and leave the rows "
            "where they are.",
            _mirrored_along(2, 3),
        ),
        Mistake(
            "You reversed the channels: in a batch, left and right are axis 3.", _mirrored_along(1)
        ),
        Mistake(
            "You reversed the order of the pictures: left and right are axis 3.", _mirrored_along(0)
        ),
        Mistake(
            "You reversed all four axes, pictures and channels as well: mirror axis 3 alone.",
            _mirrored_along(0, 1, 2, 3),
        ),
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
            "You mirrored all pictures or none, as the first one asks: mirrored[n] belongs to "
            "picture n.",
            _first_decides_on_mirroring,
        ),
        Mistake(
            "Pictures that aren't mirrored are missing; they are only shifted.",
            _without_exceptions,
        ),
        Mistake(
            "You shifted all pictures like the first one: down[n] and right[n] belong to picture "
            "n.",
            _all_like_the_first,
        ),
    ),
    "l2_loss": (
        Mistake("The factor ½ is missing.", lambda *given: 2 * l2_loss(*given)),
        Mistake("The strength λ is missing.", lambda *given: l2_loss(*given) / given[-1]),
        Mistake(
            "You included the biases; only the weights are penalised.",
            lambda w1, b1, w2, b2, strength: (
                strength / 2 * sum(np.sum(p**2) for p in (w1, b1, w2, b2))
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
            lambda w1, b1, w2, b2, strength: l2_loss(0 * w1, b1, w2, b2, strength),
        ),
        Mistake(
            "That is the mean of the squares; take their sum.",
            _sums(lambda w: np.mean(w**2)),
        ),
        Mistake(
            "You took the square root; the penalty is the squared norm.",
            _sums(lambda w: np.sqrt(np.sum(w**2))),
        ),
        Mistake(
            "That is L1, with absolute values; L2 takes squares.", _sums(lambda w: np.abs(w).sum())
        ),
        Mistake(
            "Square each weight and then add up; you squared the sum.",
            _sums(lambda w: w.sum() ** 2),
        ),
    ),
    "l2_gradient": (
        Mistake(
            "Biases have one axis and don't appear in the loss: their gradient is 0.",
            lambda parameter, strength: strength * parameter,
        ),
        Mistake(
            "For biases return an array of zeros in their shape, not the number 0.",
            lambda parameter, strength: 0 if parameter.ndim == 1 else None,
        ),
        Mistake(
            "Convolutions have weights as well, with four axes: only arrays with one axis are "
            "biases.",
            lambda parameter, strength: l2_gradient(parameter, strength) * (parameter.ndim == 2),
        ),
        Mistake(
            "You turned it round: the gradient is 0 for the biases, which have one axis.",
            lambda parameter, strength: strength * parameter * (parameter.ndim == 1),
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
            "The strength λ is missing.",
            lambda parameter, strength: l2_gradient(parameter, 1),
        ),
        Mistake(
            "That is L1's gradient, the sign; L2's is proportional to w.",
            lambda parameter, strength: l2_gradient(np.sign(parameter), strength),
        ),
        Mistake(
            "The gradient has the sign of the weight; yours has lost it.",
            lambda parameter, strength: abs(l2_gradient(parameter, strength)),
        ),
        Mistake(
            "That is the loss of each weight, λ/2 · w²; its derivative is λ w.",
            lambda parameter, strength: l2_gradient(parameter**2, strength) / 2,
        ),
        Mistake(
            "The sign is wrong: return the gradient, which the optimiser subtracts.",
            lambda parameter, strength: -l2_gradient(parameter, strength),
        ),
    ),
    "early_stop": (
        Mistake("Count epochs from 1.", lambda *given: early_stop(*given) - 1),
        Mistake(
            "Count both epochs from 1; only one of yours is.",
            lambda *given: early_stop(*given) - np.array([0, 1]),
        ),
        Mistake(
            "Count both epochs from 1; only one of yours is.",
            lambda *given: early_stop(*given) - np.array([1, 0]),
        ),
        Mistake(
            "You ignore `least`: an epoch is progress only if its loss is lower than the best by "
            "more than that.",
            _any_improvement,
        ),
        Mistake(
            "A loss that is lower by exactly `least` is no progress: it takes *more* than that. "
            "With least 0, an equal loss is none.",
            _exactly_least_counts,
        ),
        Mistake(
            "`least` makes progress harder: a loss has to be below the best one *minus* `least`.",
            _too_much_allowed,
        ),
        Mistake(
            "You stop one epoch too late: with patience 2, the second epoch in a row without "
            "progress is the last.",
            lambda losses, patience, least: early_stop(losses, patience + 1, least),
        ),
        Mistake(
            "You stop one epoch too early: with patience 2, the second epoch in a row without "
            "progress is the last.",
            lambda losses, patience, least: early_stop(losses, patience - 1, least),
        ),
        Mistake(
            "You stop at the first epoch without progress; wait for `patience` of them in a row.",
            lambda losses, patience, least: early_stop(losses, 1, least),
        ),
        Mistake(
            "You never stop: after `patience` epochs in a row without progress the training ends.",
            lambda losses, patience, least: early_stop(losses, len(losses), least),
        ),
        Mistake(
            "You compared with the previous epoch; compare with the best one so far.",
            _compared_with_last_epoch,
        ),
        Mistake(
            "You compared with the first epoch; compare with the best one so far.",
            _compared_with_first_epoch,
        ),
        Mistake(
            "You compared with the lowest loss so far. An epoch that is no progress doesn't become "
            "the best one, even if its loss is a little lower.",
            _compared_with_lowest,
        ),
        Mistake(
            "Only epochs in a row count: a new best sets the count back to 0.", _waits_never_reset
        ),
        Mistake(
            "You went back to the lowest loss in the whole list: later epochs are never seen, and "
            "gains smaller than `least` don't count.",
            _best_of_all_epochs,
        ),
        Mistake(
            "You went back to the lowest loss seen; the best epoch is the last one that counted "
            "as progress.",
            _lowest_seen,
        ),
        Mistake(
            "You went back to the last epoch; go back to the best one.",
            _last_epoch_twice,
        ),
        Mistake(
            "The second number is the epoch itself, not how many have passed since then.",
            lambda *given: (early_stop(*given)[0], np.ptp(early_stop(*given))),
        ),
        Mistake("The order is (last epoch, best epoch).", lambda *given: early_stop(*given)[::-1]),
    ),
}
