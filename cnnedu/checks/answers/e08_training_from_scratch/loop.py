"""The training loop, and well-known mistakes with it."""

from functools import partial

import numpy as np

from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import CUT, Mistake
from cnnedu.checks.training_functions import toy_gradients, toy_step


def after_training(x, y, w, b, order, size, rates):
    """Return the weights and the bias after the last step, in one row."""
    return _descend(x, y, w, b, order, size, rates)


def _stepped(weights, g, m, s, t, lr):
    """Return the new weights, m and s, each a list."""
    new = [toy_step(*one, t, lr) for one in zip(weights, g, m, s, strict=True)]
    return tuple(map(list, zip(*new, strict=True)))


def _move(x, y, weights, m, s, t, lr, first):
    """Return the weights, m and s after the step of a batch."""
    return _stepped(weights, toy_gradients(x, y, weights), m, s, t, lr)


def _descend(
    x,
    y,
    w,
    b,
    order,
    size,
    rates,
    move=_move,
    begin=lambda first, weights, m, s, t: (weights, m, s, t),
):
    """Take one step per batch; `begin` says with what an epoch begins."""
    first = weights = [w, b]
    m, s, t, rates = [0, 0], [0, 0], 0, iter(rates)
    for epoch in order:
        weights, m, s, t = begin(first, weights, m, s, t)
        for start in range(0, len(epoch), size):
            batch, t = epoch[start : start + size], t + 1
            weights, m, s = move(x[batch], y[batch], weights, m, s, t, next(rates), first)
    return np.concatenate(weights)


def _with(change):
    """Make a loop that is right but for what `change` makes of order, size and rates."""
    return lambda x, y, w, b, *how: after_training(x, y, w, b, *change(*how))


def _with_order(change):
    """Make a loop that is right but for the order of the examples."""
    return _with(lambda order, *rest: (change(order), *rest))


def _with_rates(change):
    """Make a loop whose rates are change(rates, number of epochs, of steps in each)."""
    return _with(
        lambda order, size, rates: (
            order,
            size,
            change(rates, len(order), _steps_in(order, size)),
        )
    )


def _moving(change):
    """Make a loop whose moves get what `change` makes of weights, m, s, t."""

    def move(x, y, weights, m, s, t, lr, first):
        return _move(x, y, *change(weights, m, s, t), lr, first)

    return partial(_descend, move=move)


def _beginning(change):
    """Make a loop whose epochs begin with what `change` makes of first, weights, m, s, t."""
    return partial(_descend, begin=change)


def _steps_in(order, size):
    """Return how many steps an epoch has."""
    return -(-order.shape[1] // size)


def _rates_of_whole_batches(order, size, rates):
    """Number the steps of an epoch from epoch · (N // size)."""
    epochs, N = order.shape
    steps = np.arange(epochs)[:, None] * (N // size) + np.arange(_steps_in(order, size))
    return order, size, rates[steps.ravel()]


def _last_batch_dropped(order, size, rates):
    return order[:, : order.shape[1] // size * size], size, rates


def _last_batch_filled_up(order, size, rates):
    """Let the last batch begin earlier, so that it is full; a batch counts as an epoch."""
    N = order.shape[1]
    starts = [max(min(start, N - size), 0) for start in range(0, N, size)]
    batches = [epoch[start : start + size] for epoch in order for start in starts]
    return np.array(batches), size, rates


def _all_examples(order, size, rates):
    """Take all examples at each step; a step counts as an epoch."""
    return np.repeat(order, _steps_in(order, size), axis=0), order.shape[1], rates


def _shuffled_again(order):
    """Apply each order to what the one before has left."""
    orders = [order[0]]
    for epoch in order[1:]:
        orders.append(orders[-1][epoch])
    return np.array(orders)


def _answers_in_place(x, y, w, b, order, *rest):
    """Shuffle the examples, but not their answers."""
    seen, wanted = x[order].reshape(-1, x.shape[1]), np.tile(y, len(order))
    return after_training(seen, wanted, w, b, np.arange(order.size).reshape(order.shape), *rest)


def _one_after_the_other(x, y, weights, m, s, t, lr, first):
    """Compute the second gradient where the first array has already moved."""
    for k in range(2):
        moved = _move(x, y, weights, m, s, t, lr, first)
        parts = zip((weights, m, s), moved, strict=True)
        weights, m, s = ([*old[:k], new[k], *old[k + 1 :]] for old, new in parts)
    return weights, m, s


def _arrays_counted(x, y, weights, m, s, t, lr, first):
    """Count one t for each array."""
    g = toy_gradients(x, y, weights)
    odd, even = (_stepped(weights, g, m, s, number, lr) for number in (2 * t - 1, 2 * t))
    return tuple([one[0], other[1]] for one, other in zip(odd, even, strict=True))


def _uphill(x, y, weights, m, s, t, lr, first):
    return _stepped(weights, [-g for g in toy_gradients(x, y, weights)], m, s, t, lr)


def _from_first(x, y, weights, m, s, t, lr, first):
    return _stepped(weights, toy_gradients(x, y, first), m, s, t, lr)


def _cut(*arguments):
    weights, m, s = _move(*arguments)
    return [np.trunc(part) for part in weights], m, s


MISTAKES = (
    Mistake(
        "You drop the last batch of an epoch; it may be smaller, but its examples count.",
        _with(_last_batch_dropped),
    ),
    Mistake(
        "Your last batch takes examples once more to be full; it may be smaller.",
        _with(_last_batch_filled_up),
    ),
    Mistake(
        "You read `rates` from the start in every epoch; keep counting steps across epochs.",
        _with_rates(lambda rates, epochs, steps: np.tile(rates[:steps], epochs)),
    ),
    Mistake(
        "You count N // size steps per epoch, but a smaller last batch makes a step, too: "
        "count the steps as you take them.",
        _with(_rates_of_whole_batches),
    ),
    Mistake(
        "You take one rate per epoch; every step has a rate of its own.",
        _with_rates(lambda rates, epochs, steps: np.repeat(rates[:epochs], steps)),
    ),
    Mistake(
        "All your steps have the same rate; the first step has rates[0], and the second rates[1].",
        _with_rates(lambda rates, *counts: np.full(rates.shape, rates[0])),
    ),
    Mistake(
        "You take the examples in the order of x; row e of `order` gives the order of epoch e.",
        _with_order(lambda order: np.sort(order, axis=1)),
    ),
    Mistake(
        "All your epochs use the order of the first one: epoch e uses row e.",
        _with_order(lambda order: np.broadcast_to(order[0], order.shape)),
    ),
    Mistake(
        "You shuffle what is already shuffled: every row of `order` numbers the examples as "
        "they were given.",
        _with_order(_shuffled_again),
    ),
    Mistake("You shuffle x but not y: take both with the same indices.", _answers_in_place),
    Mistake(
        "You forget m and s from step to step: set them to 0 once, before the loops, and hand on "
        "what `step` returns.",
        _moving(lambda weights, m, s, t: (weights, [0, 0], [0, 0], t)),
    ),
    Mistake(
        "You forget m and s at the start of every epoch: set them to 0 once, before the loops.",
        _beginning(lambda first, weights, m, s, t: (weights, [0, 0], [0, 0], t)),
    ),
    Mistake(
        "You hand s on from step to step, but not m.",
        _moving(lambda weights, m, s, t: (weights, [0, 0], s, t)),
    ),
    Mistake(
        "You hand m on from step to step, but not s.",
        _moving(lambda weights, m, s, t: (weights, m, [0, 0], t)),
    ),
    Mistake(
        "The number t of your first step is 0: t counts from 1.",
        _moving(lambda weights, m, s, t: (weights, m, s, t - 1)),
    ),
    Mistake(
        "Your t stays 1; it is the number of the step, which grows by 1 each time.",
        _moving(lambda weights, m, s, t: (weights, m, s, 1)),
    ),
    Mistake(
        "Your t begins again at 1 in every epoch; it goes on counting.",
        _beginning(lambda first, weights, m, s, t: (weights, m, s, 0)),
    ),
    Mistake(
        "You count t up for each array; all arrays of one step have the same t.",
        partial(_descend, move=_arrays_counted),
    ),
    Mistake(
        "You ask for the gradients again after one array has moved: ask once per batch, then move "
        "all arrays.",
        partial(_descend, move=_one_after_the_other),
    ),
    Mistake(
        "All your gradients belong to the first weights: hand `gradients` the weights as they "
        "are now.",
        partial(_descend, move=_from_first),
    ),
    Mistake(
        "Every epoch of yours begins with the first weights: go on with those of the last one.",
        _beginning(lambda first, weights, m, s, t: (first, m, s, t)),
    ),
    Mistake(
        "You stop after the first epoch: does `return` stand inside the loop?",
        _with_order(lambda order: order[:1]),
    ),
    Mistake(
        "You stop after the first step: does `return` stand inside the loop?",
        _with(lambda order, size, rates: (order[:1, :size], size, rates)),
    ),
    Mistake(
        "Every step of yours uses all examples; it should use only those of its batch.",
        _with(_all_examples),
    ),
    Mistake(
        "You change the sign of the gradients; `step` goes downhill by itself.",
        partial(_descend, move=_uphill),
    ),
    Mistake(
        "Your weights never move: hand on the new ones that `step` returns.",
        _with_order(lambda order: order[:0]),
    ),
    Mistake(CUT, where_whole(2, partial(_descend, move=_cut))),
)
