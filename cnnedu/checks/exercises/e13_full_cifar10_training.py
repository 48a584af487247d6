"""Well-known wrong answers of exercise 13, and its references."""

import numpy as np

from cnnedu.checks.case import Mistake


def numbers_by_hand():
    """Return the six numbers of part 1.

    >>> numbers_by_hand()
    [8.0, 1.0, 3.0, 0.875, 100.0, 3.0]
    """
    patches = np.array([[3.0, 1], [1, 3], [-3, -1], [-1, -3]])
    covariance = patches.T @ patches / 4
    variance = float(covariance[0, 0] + covariance[0, 1])  # along (1, 1)
    coordinate = float(patches[0].sum() / np.sqrt(2 * variance))
    average = 0.5 * (0.5 * 4 + 0.5 * 0) + 0.5 * 4
    both_ways = 1 - 2 * 0.5**4
    return [variance, coordinate, average, both_ways, 100.0, (3 * 2 + 1 * 6) / 4]


_RIGHT = numbers_by_hand()
BY_HAND = (
    ([32, 0.5, *_RIGHT[2:]], "The covariance is a mean over the four patches: divide by 4."),
    ([2, 1, *_RIGHT[2:]], "a: that is the variance along (1, −1), the smaller one."),
    ([8, 2**0.5, *_RIGHT[2:]], "b: the direction has length 1: (1, 1) / √2."),
    ([8, 8**-0.5, *_RIGHT[2:]], "b: divide by the deviation √λ, not by the variance λ."),
    ([8, 1, 2.5, *_RIGHT[3:]], "c: the average begins with the first weight, not with 0."),
    ([8, 1, 3, 0.125, 100, 3], "d: that is the share shown one way only."),
    ([8, 1, 3, 0.9375, 100, 3], "d: one way only may be either way: twice (1/2)⁴."),
    ([8, 1, 3, 0.875, 100.1, 3], "e: between 64 and 128 bfloat16 goes in steps of 64/128 = 0.5."),
    ([8, 1, 3, 0.875, 100, 4], "f: three pictures count three times as much as one."),
)


def one_cycle(steps, warm_up, highest):
    """Return the rate of each step, (steps,): up in a straight line, then down.

    >>> one_cycle(5, 0.4, 1.0).round(3)
    array([0.   , 0.5  , 1.   , 0.667, 0.333])
    """
    return highest * _triangle(np.arange(steps) / steps, warm_up)


def _triangle(done, warm_up):
    return np.where(done < warm_up, done / (warm_up or 1), (1 - done) / (1 - warm_up))


def _from_the_top(steps, warm_up, highest):
    done = np.arange(steps) / steps
    return highest * np.minimum(1, (1 - done) / (1 - warm_up)) if warm_up else None


def _never_rises(steps, warm_up, highest):
    return highest * (1 - np.arange(steps) / steps) if warm_up else None


def _jumps(steps, warm_up, highest):
    done = np.arange(steps) / steps
    return highest * np.where(done < warm_up, done / (warm_up or 1), 1 - done) if warm_up else None


def _to_the_end(steps, warm_up, highest):
    return highest * _triangle(np.arange(steps) / (steps - 1), warm_up) if steps > 1 else None


ONE_CYCLE = (
    Mistake("In the warm-up the rate rises from 0; yours begins at its highest.", _from_the_top),
    Mistake("The warm-up is missing: the rate first rises from 0.", _never_rises),
    Mistake(
        "The rate jumps at the top: it falls over the share that is left, 1 − warm_up.", _jumps
    ),
    Mistake("Step i has done = i / steps, not i / (steps − 1).", _to_the_end),
    Mistake(
        "Steps count from 0: at step 0, done = 0.",
        lambda steps, warm_up, highest: (
            highest * _triangle(np.arange(1, steps + 1) / steps, warm_up)
        ),
    ),
    Mistake(
        "That is the share of the highest rate: multiply it by `highest`.",
        lambda steps, warm_up, highest: one_cycle(steps, warm_up, 1.0),
    ),
)


def flip_in_turns(x, first, epoch):
    """Mirror the pictures of `first` in even epochs, the others in odd ones."""
    return _flip(x, first if epoch % 2 == 0 else ~first)


def _flip(x, mirrored, axis=3):
    return np.where(mirrored[:, None, None, None], np.flip(x, axis), x)


FLIP_IN_TURNS = (
    Mistake(
        "The same pictures are mirrored in every epoch; in odd epochs it is the others' turn.",
        lambda x, first, epoch: _flip(x, first) if epoch % 2 else None,
    ),
    Mistake(
        "In even epochs the pictures of `first` are mirrored, in odd ones the others: you have it "
        "the other way round.",
        lambda x, first, epoch: flip_in_turns(x, first, epoch + 1),
    ),
    Mistake(
        "All pictures turn at once; `first` says which half begins.",
        lambda x, first, epoch: _flip(x, first | True) if epoch % 2 else x,
    ),
    Mistake(
        "Mirrored is left for right: axis 3. Yours stand on their heads.",
        lambda x, first, epoch: _flip(x, first if epoch % 2 == 0 else ~first, axis=2),
    ),
    Mistake(
        "You mirrored every picture, in every epoch.",
        lambda x, first, epoch: np.flip(x, 3),
    ),
)


def view_logits(x, w):
    """Return the mean of six views' logits, (N, K), of the exercise's network."""
    return _views(x, w)


def _network(x, w):
    return np.maximum(np.einsum("nchw,kchw->nk", x, w), 0)


def _moved(x, down, right, **padding):
    """Move pictures by −1, 0 or 1 pixels each way."""
    height, width = x.shape[2:]
    border = ((0, 0), (0, 0), (1, 1), (1, 1))
    padded = np.pad(x, border, **(padding or {"mode": "reflect"}))
    return padded[:, :, 1 - down : 1 - down + height, 1 - right : 1 - right + width]


def _views(x, w, weights=(1 / 2, 1 / 4, 1 / 4), ways=((0, 0), (-1, -1), (1, 1)), axis=3, **padding):
    views = [_moved(x, *way, **padding) for way in ways]
    both = [(_network(view, w) + _network(np.flip(view, axis), w)) / 2 for view in views]
    return sum(weight * logits for weight, logits in zip(weights, both, strict=True))


def _one_side(x, w):
    still, up_left, down_right = (_network(_moved(x, way, way), w) for way in (0, -1, 1))
    return still / 2 + up_left / 4 + down_right / 4


def _pictures_averaged(x, w):
    views = x / 2 + _moved(x, -1, -1) / 4 + _moved(x, 1, 1) / 4
    return _network((views + np.flip(views, 3)) / 2, w)


def _mirrored_first(x, w):
    moved = (_one_side(x, w), _one_side(np.flip(x, 3), w))
    return (moved[0] + moved[1]) / 2


def _rolled(x, w):
    views = [np.roll(x, (way, way), axis=(2, 3)) for way in (0, -1, 1)]
    both = [_network(view, w) + _network(np.flip(view, 3), w) for view in views]
    return both[0] / 4 + both[1] / 8 + both[2] / 8


VIEWS = (
    Mistake("The mirrored views are missing.", _one_side),
    Mistake(
        "Only two views: those moved by a pixel are missing.", lambda x, w: _views(x, w, (1, 0, 0))
    ),
    Mistake(
        "All six count alike; the two in place count half, the four moved ones the rest.",
        lambda x, w: _views(x, w, (1 / 3, 1 / 3, 1 / 3)),
    ),
    Mistake("The weights add up to 2: average the two sides.", lambda x, w: 2 * _views(x, w)),
    Mistake(
        "You averaged the pictures and asked once; ask six times and average the logits.",
        _pictures_averaged,
    ),
    Mistake(
        "Zeros came in; the border is to be mirrored.", lambda x, w: _views(x, w, mode="constant")
    ),
    Mistake(
        "The border pixel came in once more (“edge” or “symmetric”); “reflect” leaves it out.",
        lambda x, w: _views(x, w, mode="edge"),
    ),
    Mistake("What left on one side came in on the other: np.roll goes round.", _rolled),
    Mistake(
        "Mirrored is left for right: axis 3. Yours stand on their heads.",
        lambda x, w: _views(x, w, axis=2),
    ),
    Mistake(
        "The moved ones go up and left, and down and right; yours go along the other diagonal.",
        lambda x, w: _views(x, w, ways=((0, 0), (-1, 1), (1, -1))),
    ),
    Mistake("You mirrored first and moved then. First move, then mirror.", _mirrored_first),
)


def in_errors(results):
    """Return each row's difference from the first, in standard errors of a difference, (R − 1,)."""
    return _in_errors(results, results.var(axis=1, ddof=1).mean())


def _in_errors(results, variance, factor=2):
    means, seeds = results.mean(axis=1), results.shape[1]
    return (means[1:] - means[0]) / np.sqrt(factor * variance / seeds)


def _own_spread(results):
    variances = results.var(axis=1, ddof=1)
    return _in_errors(results, (variances[0] + variances[1:]) / 2)


def _not_by_root(results):
    return _in_errors(results, results.var(axis=1, ddof=1).mean()) / np.sqrt(results.shape[1])


IN_ERRORS = (
    Mistake(
        "The sign is turned round: a row that is worse than the first has a negative answer.",
        lambda results: -in_errors(results),
    ),
    Mistake(
        "Divide by n − 1 in the variances: ddof=1.",
        lambda results: _in_errors(results, results.var(axis=1).mean()),
    ),
    Mistake(
        "That is the error of one mean; both have one, so the variance of the difference is twice "
        "as large.",
        lambda results: _in_errors(results, results.var(axis=1, ddof=1).mean(), factor=1),
    ),
    Mistake(
        "The spread of single results is not the error of their mean: divide by S.", _not_by_root
    ),
    Mistake("You took each row's own spread; take the mean over all rows' variances.", _own_spread),
    Mistake(
        "You averaged the deviations; average the variances, and take the root then.",
        lambda results: _in_errors(results, results.std(axis=1, ddof=1).mean() ** 2),
    ),
    Mistake(
        "That is the spread of all results together, the differences of the rows among them.",
        lambda results: _in_errors(results, results.var(ddof=1)),
    ),
    Mistake(
        "These are the differences; divide them by their standard error.",
        lambda results: _in_errors(results, results.shape[1] / 2),
    ),
    Mistake(
        "Leave the first row out: it is what the others are compared with.",
        lambda results: np.concatenate([[0], in_errors(results)]),
    ),
)
