"""Gradients through a graph, and well-known mistakes with them."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake


def gradients_of(uses, slopes, count, result):
    """Return the gradient of the result with respect to each of `count` numbers."""
    return _passed(uses, slopes, count, result, _ready_first)


def _ways_out(uses, node):
    """Return the places in `uses` of the numbers that one was made from."""
    return [place for place, (made, _) in enumerate(uses) if made == node]


def _ready_first(uses, result):
    """Return what the result was made from, each after everything that was made from it."""
    found = []

    def visit(node):
        if node not in found:
            for place in _ways_out(uses, node):
                visit(uses[place][1])
            found.append(node)

    visit(result)
    return found[::-1]


def _depth_first(uses, result):
    """Return the numbers as they are first met: always on from the last one."""
    found = []

    def visit(node):
        if node not in found:
            found.append(node)
            for place in _ways_out(uses, node):
                visit(uses[place][1])

    visit(result)
    return found


def _breadth_first(uses, result):
    """Return the numbers as they are first met: the nearest first."""
    found = [result]
    for node in found:  # it grows
        found += dict.fromkeys(
            uses[place][1] for place in _ways_out(uses, node) if uses[place][1] not in found
        )
    return found


def _passed(uses, slopes, count, result, order, add=lambda old, new: old + new, first=1.0):
    """Pass the gradients on in an order."""
    gradients = np.zeros(count)
    gradients[result] = first
    for node in order(uses, result):
        for place in _ways_out(uses, node):
            maker = uses[place][1]
            gradients[maker] = add(gradients[maker], gradients[node] * slopes[place])
    return gradients


def _as_listed(uses, slopes, count, result, step=1):
    """Go through the rows of `uses` once."""
    gradients = np.zeros(count)
    gradients[result] = 1
    for place in range(len(uses))[::step]:
        made, maker = uses[place]
        gradients[maker] += gradients[made] * slopes[place]
    return gradients


def _waiting_for_all(uses, slopes, count, result):
    """Wait for all that was made from a number, even for what doesn't lead to the result."""
    gradients, left = np.zeros(count), np.bincount(uses[:, 1], minlength=count)
    gradients[result] = 1
    waiting = [result]
    while waiting:
        node = waiting.pop()
        for place in _ways_out(uses, node):
            maker = uses[place][1]
            gradients[maker] += gradients[node] * slopes[place]
            left[maker] -= 1
            if left[maker] == 0:
                waiting.append(maker)
    return gradients


def _each_pair_once(uses, slopes, count, result):
    kept = {
        (made, maker): slope for (made, maker), slope in zip(uses.tolist(), slopes, strict=True)
    }
    rows = np.array(list(kept), int).reshape(-1, 2)
    return gradients_of(rows, np.array(list(kept.values())), count, result)


def _of_ways(uses, slopes, count, result):
    """Count 1 for each slope."""
    return gradients_of(uses, np.ones(len(slopes)), count, result)


MISTAKES = (
    Mistake(
        "You overwrite gradients: where a number was used several times, its shares add up, += in "
        "place of =.",
        partial(_passed, order=_ready_first, add=lambda old, new: new),
    ),
    Mistake(
        "You keep the first share of a gradient only: where a number was used several times, its "
        "shares add up.",
        partial(_passed, order=_ready_first, add=lambda old, new: old or new),
    ),
    Mistake(
        "You pass a gradient on as soon as you reach its number, depth first. Another share may "
        "still be on its way: wait until all uses have passed theirs back.",
        partial(_passed, order=_depth_first),
    ),
    Mistake(
        "You pass a gradient on when you reach its number, the nearest first. A longer way may "
        "still bring a share: wait until all uses have passed theirs back.",
        partial(_passed, order=_breadth_first),
    ),
    Mistake(
        "You go from the highest number down. The numbers aren't in the order in which they were "
        "made.",
        partial(_passed, order=lambda uses, result: range(result, -1, -1)),
    ),
    Mistake(
        "You go from number 0 up. The numbers aren't in the order in which they were made.",
        lambda uses, slopes, count, result: _passed(
            uses, slopes, count, result, lambda *_: range(count)
        ),
    ),
    Mistake(
        "You go through `uses` once, from the first row to the last. The rows may come in any "
        "order.",
        _as_listed,
    ),
    Mistake(
        "You go through `uses` once, from the last row to the first. The rows may come in any "
        "order.",
        partial(_as_listed, step=-1),
    ),
    Mistake(
        "You wait for uses that don't lead to the result: they never pass a share back, so don't "
        "count them.",
        _waiting_for_all,
    ),
    Mistake(
        "If a number was made from another one twice, as u · u is, both rows of `uses` count.",
        _each_pair_once,
    ),
    Mistake(
        "The gradient of the result with respect to itself is 1.",
        partial(_passed, order=_ready_first, first=0.0),
    ),
    Mistake("The slopes are missing: a share is the gradient times the slope.", _of_ways),
)
