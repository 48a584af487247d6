"""Exercise 13: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import softmax


def one_cycle(steps, warm_up, highest):
    """Return the rate of each step, (steps,): it rises in a straight line, then falls in one.

    >>> one_cycle(5, 0.4, 1.0).round(3)
    array([0.   , 0.5  , 1.   , 0.667, 0.333])
    """
    return highest * _triangle(np.arange(steps) / steps, warm_up)


def _triangle(done, warm_up):
    return np.where(done < warm_up, done / (warm_up or 1), (1 - done) / (1 - warm_up))


def flip_in_turns(x, first, epoch, axis=3):
    """Mirror the pictures of `first` in even epochs, the others in odd ones."""
    return _mirror(x, first if epoch % 2 == 0 else ~first, axis)


def _network(x, w):
    return np.maximum(np.einsum("nchw,kchw->nk", x, w), 0)


def view_logits(
    x, w, weights=(1 / 2, 1 / 4, 1 / 4), ways=((0, 0), (-1, -1), (1, 1)), axis=3, **padding
):
    """Return the mean of six views' logits, (N, K); arguments after `w` change one thing."""
    views = [_shifted(x, *way, **padding) for way in ways]
    both = [(_network(view, w) + _network(np.flip(view, axis), w)) / 2 for view in views]
    return sum(weight * logits for weight, logits in zip(weights, both, strict=True))


def in_errors(results, variance=None, factor=2):
    """Return each row's difference from the first, in standard errors."""
    variance = results.var(axis=1, ddof=1).mean() if variance is None else variance
    means, seeds = results.mean(axis=1), results.shape[1]
    return (means[1:] - means[0]) / np.sqrt(factor * variance / seeds)


_RIGHT = [8, 1, 3, 0.875, 100, 3]

A_MEAN = "a: the covariance is a mean over the four patches; divide by 4"
BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([32, 0.5, *_RIGHT[2:]], A_MEAN),
        ([32, *_RIGHT[1:]], A_MEAN),
        ([32 / 3, 0.75**0.5, *_RIGHT[2:]], A_MEAN),
        ([32 / 3, *_RIGHT[1:]], A_MEAN),
        ([5, *_RIGHT[1:]], "a: that is the variance of one pixel; take it along (1, 1) / √2"),
        ([4, *_RIGHT[1:]], "a: that is the covariance of the two pixels, not a variance"),
        ([8**0.5, *_RIGHT[1:]], "a: that is the deviation; the variance is its square"),
        ([2, 1, *_RIGHT[2:]], "a: that is the variance along (1, −1), the smaller one"),
        ([8, 2**0.5, *_RIGHT[2:]], "b: the direction has length 1: (1, 1) / √2"),
        ([8, 8**0.5, *_RIGHT[2:]], "b: divide the coordinate by the deviation √λ"),
        ([8, -1, *_RIGHT[2:]], "b: the entries of the filter are positive, and so is the answer"),
        ([8, 8**-0.5, *_RIGHT[2:]], "b: divide by the deviation √λ, not by the variance λ"),
        ([8, 1, 2.5, *_RIGHT[3:]], "c: the average begins with the first weight, not with 0"),
        (
            [8, 1, 1, *_RIGHT[3:]],
            "c: that is the average after the second step; go on to the third",
        ),
        (
            [8, 1, 8 / 3, *_RIGHT[3:]],
            "c: that is the plain mean; the latest weight counts half",
        ),
        ([*_RIGHT[:3], 0.125, 100, 3], "d: that is the share shown one way only"),
        ([*_RIGHT[:3], 0.9375, 100, 3], "d: one way only may be either way: twice (1/2)⁴"),
        ([*_RIGHT[:4], 100.1, 3], "e: between 64 and 128, bfloat16 goes in steps of 64/128 = 0.5"),
        ([*_RIGHT[:4], 100.5, 3], "e: round to the nearest number that bfloat16 has"),
        ([*_RIGHT[:5], 12], "f: that is the sum; the loss is a mean over four pictures"),
        ([*_RIGHT[:5], 5], "f: the part of 3 pictures has the gradient 2, not 6"),
        ([*_RIGHT[:5], 4], "f: three pictures count three times as much as one"),
    ),
}


def _no_rise_in_warm_up(steps, warm_up, highest):
    done = np.arange(steps) / steps
    return highest * np.minimum(1, (1 - done) / (1 - warm_up)) if warm_up else None


def _no_warm_up(steps, warm_up, highest):
    return highest * (1 - np.arange(steps) / steps) if warm_up else None


def _jumps_at_the_top(steps, warm_up, highest):
    done = np.arange(steps) / steps
    return highest * np.where(done < warm_up, done / (warm_up or 1), 1 - done) if warm_up else None


def _divided_by_steps_less_one(steps, warm_up, highest):
    return highest * _triangle(np.arange(steps) / (steps - 1), warm_up) if steps > 1 else None


def _shares(steps, warm_up, highest):
    """Return the share that is done at each step, and whether it belongs to the warm-up."""
    done = np.arange(steps) / steps
    return done, done < warm_up


def _fall(falling):
    """Return a mistake whose rates rise as they should, and then fall as `falling` says."""

    def wrong(steps, warm_up, highest):
        done, rising = _shares(steps, warm_up, highest)
        rates = falling(done, warm_up, highest)
        return np.where(rising, highest * done / (warm_up or 1), rates)

    return wrong


def _whole_warm_up(rounded):
    """Return a mistake whose warm-up has a whole number of steps."""

    def wrong(steps, warm_up, highest):
        up = int(rounded(steps * warm_up))
        i = np.arange(steps)
        return highest * np.where(i < up, i / (up or 1), (steps - i) / max(steps - up, 1))

    return wrong


def _compared_with_step(steps, warm_up, highest):
    """Take the number of a step for the share that is done."""
    done, i = np.arange(steps) / steps, np.arange(steps)
    return highest * np.where(i < warm_up, done / (warm_up or 1), (1 - done) / (1 - warm_up))


def _nothing_by_nothing(steps, warm_up, highest):
    """Divide 0 by 0 at the first step."""
    if warm_up:
        return None
    return np.concatenate([[np.nan], one_cycle(steps, warm_up, highest)[1:]])


def _mirror(x, mirrored, axis=3):
    return np.where(mirrored[:, None, None, None], np.flip(x, axis), x)


def _shifted(x, down, right, **padding):
    """Shift pictures by −1, 0 or 1 pixels along each axis."""
    height, width = x.shape[2:]
    border = ((0, 0), (0, 0), (1, 1), (1, 1))
    padded = np.pad(x, border, **(padding or {"mode": "reflect"}))
    return padded[:, :, 1 - down : 1 - down + height, 1 - right : 1 - right + width]


def _not_mirrored(x, w):
    still, up_left, down_right = (_network(_shifted(x, way, way), w) for way in (0, -1, 1))
    return still / 2 + up_left / 4 + down_right / 4


def _pictures_averaged(x, w):
    views = x / 2 + _shifted(x, -1, -1) / 4 + _shifted(x, 1, 1) / 4
    return _network((views + np.flip(views, 3)) / 2, w)


def _mirrored_first(x, w):
    moved = (_not_mirrored(x, w), _not_mirrored(np.flip(x, 3), w))
    return (moved[0] + moved[1]) / 2


def _without_relu(x, w):
    """Average what the dense layer says."""
    return view_logits(x, w) - view_logits(x, -w)


def _shares_averaged(x, w):
    """Average the softmax of each view."""
    logits = [
        _network(side, w)
        for way in (0, 0, -1, 1)
        for view in [_shifted(x, way, way)]
        for side in (view, np.flip(view, 3))
    ]
    return sum(softmax(each) for each in logits) / len(logits)


def _wrapped_around(x, w):
    views = [np.roll(x, (way, way), axis=(2, 3)) for way in (0, -1, 1)]
    both = [_network(view, w) + _network(np.flip(view, 3), w) for view in views]
    return both[0] / 4 + both[1] / 8 + both[2] / 8


def _own_variances(results):
    variances = results.var(axis=1, ddof=1)
    with np.errstate(all="ignore"):
        return in_errors(results, (variances[0] + variances[1:]) / 2)


def _paired(results):
    """Look at the differences seed by seed."""
    apart = results[1:] - results[0]
    return apart.mean(axis=1) / apart.std(axis=1, ddof=1) * np.sqrt(results.shape[1])


def _compared_with(row):
    """Return a mistake that compares the rows' means with something else."""

    def wrong(results):
        means = results.mean(axis=1)
        return in_errors(results) + (means[0] - row(means)) / _error(results)

    return wrong


def _error(results):
    """Return the standard error of a difference."""
    return np.sqrt(2 * results.var(axis=1, ddof=1).mean() / results.shape[1])


PARENTHESES = "Parentheses are missing in the fall: it is highest · (1 − done) / (1 − warm_up)."
WHOLE_STEPS = "The warm-up need not end at a whole step: compare done = i / steps with `warm_up`."
UPSIDE_DOWN = "Mirror left and right, axis 3; your pictures are upside down."
CHANNELS = "You exchanged the channels (axis 1); mirror left and right, axis 3."
SAME_WAY = "Both of your shifts go the same way: one goes up and left, the other down and right."
ONE_AXIS = "You shifted along one axis; each shift goes along both: up *and* to the left."

MISTAKES = {
    "one_cycle": (
        Mistake(
            "In the warm-up the rate rises from 0; yours begins at the highest.",
            _no_rise_in_warm_up,
        ),
        Mistake("The warm-up is missing: the rate first rises from 0.", _no_warm_up),
        Mistake(
            "The rate jumps at the top: it should fall over the remaining share, 1 − warm_up.",
            _jumps_at_the_top,
        ),
        Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top * (1 - done / (1 - warm_up)))),
        Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top * (1 - done - warm_up))),
        Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top - done - warm_up)),
        Mistake(PARENTHESES, _fall(lambda done, warm_up, top: top - done / (1 - warm_up))),
        Mistake(
            "After the warm-up the rate stays at the highest; it should fall.",
            _fall(lambda done, warm_up, top: top),
        ),
        Mistake(
            "After the warm-up the rate falls in a straight line, not along a cosine.",
            _fall(
                lambda done, warm_up, top: (
                    top * (1 + np.cos(np.pi * (done - warm_up) / (1 - warm_up))) / 2
                )
            ),
        ),
        Mistake(
            "It is upside down: the rate rises to the highest and then falls.",
            lambda steps, warm_up, highest: highest - one_cycle(steps, warm_up, highest),
        ),
        Mistake(WHOLE_STEPS, _whole_warm_up(np.floor)),
        Mistake(WHOLE_STEPS, _whole_warm_up(np.ceil)),
        Mistake(
            "Compare `done` with the warm-up, not the number of the step: both are shares.",
            _compared_with_step,
        ),
        Mistake(
            "With a warm-up of 0 the first step is 0 / 0: let the rate rise while done < warm_up, "
            "not while done ≤ warm_up.",
            _nothing_by_nothing,
        ),
        Mistake("Step i has done = i / steps, not i / (steps − 1).", _divided_by_steps_less_one),
        Mistake(
            "Count steps from 0: at step 0, done = 0.",
            lambda steps, warm_up, highest: (
                highest * _triangle(np.arange(1, steps + 1) / steps, warm_up)
            ),
        ),
        Mistake(
            "That is a share of the highest rate: multiply it by `highest`.",
            lambda steps, warm_up, highest: one_cycle(steps, warm_up, 1.0),
        ),
    ),
    "flip_in_turns": (
        Mistake(
            "You mirror the same pictures in every epoch; in odd epochs it is the others' turn.",
            lambda x, first, epoch: _mirror(x, first) if epoch % 2 else None,
        ),
        Mistake(
            "You have it the other way round: even epochs mirror the pictures of `first`, odd "
            "ones the others.",
            lambda x, first, epoch: flip_in_turns(x, first, epoch + 1),
        ),
        Mistake(
            "You mirror all pictures in the same epochs; `first` says which half begins.",
            lambda x, first, epoch: np.flip(x, 3) if epoch % 2 else x,
        ),
        Mistake(
            "You mirror all pictures in the same epochs; `first` says which half begins.",
            lambda x, first, epoch: x if epoch % 2 else np.flip(x, 3),
        ),
        Mistake(
            "In odd epochs you mirror none; it is the others' turn.",
            lambda x, first, epoch: x if epoch % 2 else _mirror(x, first),
        ),
        Mistake(
            "Only epoch 0 counts as even in your version: ask for epoch % 2.",
            lambda x, first, epoch: _mirror(x, ~first if epoch else first),
        ),
        Mistake(UPSIDE_DOWN, lambda *arguments: flip_in_turns(*arguments, axis=2)),
        Mistake(
            "You turned the pictures by half a turn; mirror axis 3 alone.",
            lambda *arguments: flip_in_turns(*arguments, axis=(2, 3)),
        ),
        Mistake(CHANNELS, lambda *arguments: flip_in_turns(*arguments, axis=1)),
        Mistake(
            "You mirrored every picture, in every epoch.", lambda x, first, epoch: np.flip(x, 3)
        ),
        Mistake("No picture is mirrored in any epoch.", lambda x, first, epoch: x),
    ),
    "view_logits": (
        Mistake("The mirrored views are missing.", _not_mirrored),
        Mistake(
            "You use only two views: those shifted by a pixel are missing.",
            lambda x, w: view_logits(x, w, (1, 0, 0)),
        ),
        Mistake(
            "You weight all six alike; the two in place count for half, the four shifted ones for "
            "the rest.",
            lambda x, w: view_logits(x, w, (1 / 3, 1 / 3, 1 / 3)),
        ),
        Mistake(
            "Your weights add up to 2: average each view and its mirror image.",
            lambda x, w: 2 * view_logits(x, w),
        ),
        Mistake(
            "You averaged the pictures and ran the network once; run it six times and average the "
            "logits.",
            _pictures_averaged,
        ),
        Mistake(
            "Zeros came in at the border; mirror the picture there.",
            lambda x, w: view_logits(x, w, mode="constant"),
        ),
        Mistake(
            "You repeated the border pixel (“edge” or “symmetric”); “reflect” doesn't.",
            lambda x, w: view_logits(x, w, mode="edge"),
        ),
        Mistake(
            "What left on one side came in on the other, as with np.roll; mirror the picture "
            "instead.",
            _wrapped_around,
        ),
        Mistake(UPSIDE_DOWN, lambda x, w: view_logits(x, w, axis=2)),
        Mistake(
            "You turned the pictures by half a turn; mirror axis 3 alone.",
            lambda x, w: view_logits(x, w, axis=(2, 3)),
        ),
        Mistake(CHANNELS, lambda x, w: view_logits(x, w, axis=1)),
        Mistake(SAME_WAY, lambda x, w: view_logits(x, w, ways=((0, 0), (-1, -1), (-1, -1)))),
        Mistake(SAME_WAY, lambda x, w: view_logits(x, w, ways=((0, 0), (1, 1), (1, 1)))),
        Mistake(ONE_AXIS, lambda x, w: view_logits(x, w, ways=((0, 0), (0, -1), (0, 1)))),
        Mistake(ONE_AXIS, lambda x, w: view_logits(x, w, ways=((0, 0), (-1, 0), (1, 0)))),
        Mistake(
            "You added the six logits up; average them, with the weights of the text.",
            lambda x, w: view_logits(x, w, (2, 2, 2)),
        ),
        Mistake(
            "The picture in place is missing; it counts for half.",
            lambda x, w: view_logits(x, w, (0, 1 / 2, 1 / 2)),
        ),
        Mistake("The ReLU of `network` is missing.", _without_relu),
        Mistake("You averaged shares (a softmax); average the logits.", _shares_averaged),
        Mistake(
            "Shift up and left, and down and right; yours go along the other diagonal.",
            lambda x, w: view_logits(x, w, ways=((0, 0), (-1, 1), (1, -1))),
        ),
        Mistake("You mirrored first and then shifted. Shift first, then mirror.", _mirrored_first),
    ),
    "in_errors": (
        Mistake(
            "The sign is wrong: a row that is worse than the first gets a negative answer.",
            lambda results: -in_errors(results),
        ),
        Mistake(
            "Divide by S − 1 in the variances: ddof=1.",
            lambda results: in_errors(results, results.var(axis=1).mean()),
        ),
        Mistake(
            "That is the error of one mean; both means have one, so the variance of the "
            "difference is twice as large.",
            lambda results: in_errors(results, factor=1),
        ),
        Mistake(
            "The spread of single results is not the error of their mean: divide the variance by "
            "S.",
            lambda results: in_errors(results) / np.sqrt(results.shape[1]),
        ),
        Mistake(
            "You used each row's own variance; use the mean of all rows' variances.", _own_variances
        ),
        Mistake(
            "You averaged the deviations; average the variances, then take the square root.",
            lambda results: in_errors(results, results.std(axis=1, ddof=1).mean() ** 2),
        ),
        Mistake(
            "That is the spread of all results together, which includes the differences between "
            "rows.",
            lambda results: in_errors(results, results.var(ddof=1)),
        ),
        Mistake(
            "These are the differences; divide them by their standard error.",
            lambda results: in_errors(results, results.shape[1] / 2),
        ),
        Mistake(
            "Row 0 counts in s², too: take the mean of all R variances.",
            lambda results: in_errors(results, results[1:].var(axis=1, ddof=1).mean()),
        ),
        Mistake(
            "You used the variance of row 0 alone; take the mean of all R variances.",
            lambda results: in_errors(results, results[0].var(ddof=1)),
        ),
        Mistake(
            "You added the variances up; take their mean.",
            lambda results: in_errors(results, results.var(axis=1, ddof=1).sum()),
        ),
        Mistake(
            "The square root is missing: divide by the square root of 2 s² / S.",
            lambda results: in_errors(results) / _error(results),
        ),
        Mistake(
            "S belongs under the square root.",
            lambda results: in_errors(results, factor=2 / results.shape[1]),
        ),
        Mistake(
            "You compared each row with the one before; compare all with row 0.",
            lambda results: np.diff(np.concatenate([[0], in_errors(results)])),
        ),
        Mistake(
            "You compared the rows with the mean of all rows; compare them with row 0.",
            _compared_with(np.mean),
        ),
        Mistake(
            "You compared the rows with the best one; compare them with row 0.",
            _compared_with(np.max),
        ),
        Mistake(
            "You took the spread of the differences seed by seed; here s² is the mean of the rows' "
            "variances.",
            _paired,
        ),
        Mistake(
            "You went through the columns; the variants are the rows: axis 1.",
            lambda results: in_errors(results.T),
        ),
        Mistake(
            "Leave the first row out: it is what the others are compared with.",
            lambda results: np.concatenate([[0], in_errors(results)]),
        ),
    ),
}
