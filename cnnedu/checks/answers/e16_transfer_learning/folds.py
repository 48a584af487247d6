"""Folds that keep groups together, and well-known mistakes with them."""

from functools import partial

import numpy as np

from cnnedu.checks.case import Mistake


def group_folds(groups, count):
    """Return the fold of each picture."""
    return _folds(groups, count)


def _folds(
    groups,
    count,
    key=lambda size, name, place: (-size, name),
    weigh=lambda size: size,
    choose=np.argmin,
):
    """Return the folds; the arguments after `count` each change one thing."""
    names, places, sizes = np.unique(groups, return_index=True, return_counts=True)
    full, out = np.zeros(count), np.zeros(len(groups), int)
    for size, name, _ in sorted(zip(sizes, names, places, strict=True), key=lambda g: key(*g)):
        fold = int(choose(full))
        out[groups == name] = fold
        full[fold] += weigh(size)
    return out


SIZE_FIRST = "Sort the groups by size first, the largest in front."
SMALLER_FIRST = "If two groups have the same size, the one with the smaller number comes first"

MISTAKES = (
    Mistake(
        "A group is in several folds: its pictures belong together.",
        lambda groups, count: np.arange(len(groups)) % count,
    ),
    Mistake(
        "Begin with the *largest* group.",
        partial(_folds, key=lambda size, name, place: (size, name)),
    ),
    Mistake(SIZE_FIRST, partial(_folds, key=lambda size, name, place: name)),
    Mistake(SIZE_FIRST, partial(_folds, key=lambda size, name, place: place)),
    Mistake(
        "Count the *pictures* in a fold, not its groups.",
        partial(_folds, weigh=lambda size: 1),
    ),
    Mistake(
        f"{SMALLER_FIRST}.",
        partial(_folds, key=lambda size, name, place: (-size, -name)),
    ),
    Mistake(
        f"{SMALLER_FIRST}, not the one that you meet first.",
        partial(_folds, key=lambda size, name, place: (-size, place)),
    ),
    Mistake(
        "If two folds hold equally many pictures, take the first.",
        partial(_folds, choose=lambda full: len(full) - 1 - full[::-1].argmin()),
    ),
    Mistake(
        "You filled the fullest fold: take the one that holds the fewest pictures.",
        partial(_folds, choose=np.argmax),
    ),
    Mistake("The folds count from 0.", lambda groups, count: group_folds(groups, count) + 1),
)
