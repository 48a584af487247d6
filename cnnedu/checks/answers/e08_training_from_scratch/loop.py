"""The training loop, and well-known mistakes with it."""

from functools import partial

import numpy as np

from cnnedu.checks.answers.whole_numbers import where_whole
from cnnedu.checks.case import CUT, Mistake


def train(x, y, w, order, size, rates, momentum):
    """Return the weights after minimising the squared error with momentum."""
    return _descend(x, y, w, order, size, rates, momentum)


def _step(w, v, g, rate, momentum):
    """Return the weights and the velocity after a step."""
    v = momentum * v + g
    return w - rate * v, v


def _descend(x, y, w, order, size, rates, momentum, step=_step, begin=lambda first, w, v: (w, v)):
    """Take one step per batch; `begin` says with which weights and velocity an epoch begins."""
    first, v, rates = w, np.zeros(len(w)), iter(rates)
    for epoch in order:
        w, v = begin(first, w, v)
        for start in range(0, len(epoch), size):
            batch = epoch[start : start + size]
            g = x[batch].T @ (x[batch] @ w - y[batch]) / len(batch)
            w, v = step(w, v, g, next(rates), momentum)
    return w


def _with(change):
    """Make a loop that is right but for what `change` makes of order, size, rates, momentum."""
    return lambda x, y, w, *how: train(x, y, w, *change(*how))


def _with_order(change):
    """Make a loop that is right but for the order of the examples."""
    return _with(lambda order, *rest: (change(order), *rest))


def _with_rates(change):
    """Make a loop whose rates are change(rates, number of epochs, of steps in each)."""
    return _with(
        lambda order, size, rates, momentum: (
            order,
            size,
            change(rates, len(order), _steps_in(order, size)),
            momentum,
        )
    )


def _steps_in(order, size):
    """Return how many steps an epoch has."""
    return -(-order.shape[1] // size)


def _rates_of_whole_batches(order, size, rates, momentum):
    """Number the steps of an epoch from epoch · (N // size)."""
    epochs, N = order.shape
    steps = np.arange(epochs)[:, None] * (N // size) + np.arange(_steps_in(order, size))
    return order, size, rates[steps.ravel()], momentum


def _last_batch_dropped(order, size, *rest):
    return order[:, : order.shape[1] // size * size], size, *rest


def _last_batch_filled_up(order, size, *rest):
    """Let the last batch begin earlier, so that it is full; a batch counts as an epoch."""
    N = order.shape[1]
    starts = [max(min(start, N - size), 0) for start in range(0, N, size)]
    batches = [epoch[start : start + size] for epoch in order for start in starts]
    return np.array(batches), size, *rest


def _all_examples(order, size, *rest):
    """Take all examples at each step; a step counts as an epoch."""
    return np.repeat(order, _steps_in(order, size), axis=0), order.shape[1], *rest


def _shuffled_again(order):
    """Apply each order to what the one before has left."""
    orders = [order[0]]
    for epoch in order[1:]:
        orders.append(orders[-1][epoch])
    return np.array(orders)


def _answers_in_place(x, y, w, order, *rest):
    """Shuffle the examples, but not their answers."""
    seen, wanted = x[order].reshape(-1, x.shape[1]), np.tile(y, len(order))
    return train(seen, wanted, w, np.arange(order.size).reshape(order.shape), *rest)


def _rate_in_velocity(w, v, g, rate, momentum):
    v = momentum * v + rate * g
    return w - v, v


def _late_velocity(w, v, g, rate, momentum):
    return w - rate * v, momentum * v + g


def _nesterov(w, v, g, rate, momentum):
    v = momentum * v + g
    return w - rate * (g + momentum * v), v


def _cut_weights(*arguments):
    w, v = _step(*arguments)
    return np.trunc(w), v


def _cut_velocity(w, v, g, rate, momentum):
    v = np.trunc(momentum * v + g)
    return w - rate * v, v


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
        "All your steps have the same rate; step number k has rates[k].",
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
        "You forget the velocity from step to step: set it to 0 once, before the loops.",
        _with(lambda order, size, rates, momentum: (order, size, rates, 0)),
    ),
    Mistake(
        "You forget the velocity at the start of every epoch: set it to 0 once, before the loops.",
        partial(_descend, begin=lambda first, w, v: (w, 0 * v)),
    ),
    Mistake(
        "Every epoch of yours begins with the first weights: go on with those of the last one.",
        partial(_descend, begin=lambda first, w, v: (first, v)),
    ),
    Mistake(
        "You stop after the first epoch: does `return` stand inside the loop?",
        _with_order(lambda order: order[:1]),
    ),
    Mistake(
        "You stop after the first step: does `return` stand inside the loop?",
        _with(lambda order, size, *rest: (order[:1, :size], size, *rest)),
    ),
    Mistake(
        "Every step of yours uses all examples; it should use only those of its batch.",
        _with(_all_examples),
    ),
    Mistake(
        "You multiply the gradient by 1 − momentum; here the velocity takes all of it.",
        partial(_descend, step=lambda w, v, g, rate, b: _step(w, v, (1 - b) * g, rate, b)),
    ),
    Mistake(
        "You multiply the gradient by the rate before it enters the velocity; here the rate "
        "multiplies v, in the step.",
        partial(_descend, step=_rate_in_velocity),
    ),
    Mistake(
        "Your weights move before the velocity knows this step's gradient: update v first.",
        partial(_descend, step=_late_velocity),
    ),
    Mistake(
        "That is Nesterov's momentum; here the step is rate · v.",
        partial(_descend, step=_nesterov),
    ),
    Mistake(
        "You step uphill: subtract rate · v from the weights.",
        _with_rates(lambda rates, *counts: -rates),
    ),
    Mistake(CUT, where_whole(2, partial(_descend, step=_cut_weights))),
    Mistake(CUT, where_whole(2, partial(_descend, step=_cut_velocity))),
)
