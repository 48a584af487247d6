"""Well-known wrong answers of exercise 18, and its reference."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.data.splits import split_by_group as set_aside


def _complement(groups, order, share):
    return ~set_aside(groups, order, share)


def _pictures(groups, order, share):
    """Set aside the first pictures in the groups' order, in the middle of a group if need be."""
    rank = {group: place for place, group in enumerate(order)}
    first = np.argsort([rank[group] for group in groups], kind="stable")
    aside = np.zeros(len(groups), bool)
    aside[first[: int(np.ceil(share * len(groups)))]] = True
    return aside


def _share_of_groups(groups, order, share):
    return np.isin(groups, order[: int(np.ceil(share * len(order)))])


def _not_enough(groups, order, share):
    """Stop before the share would be exceeded."""
    aside = np.zeros(len(groups), bool)
    for group in order:
        if (aside | (groups == group)).sum() > share * len(groups):
            break
        aside |= groups == group
    return aside


def _one_more(groups, order, share):
    aside = np.zeros(len(groups), bool)
    for group in order:
        if aside.sum() > share * len(groups):
            break
        aside |= groups == group
    return aside


def _sorted(groups, order, share):
    return set_aside(groups, np.unique(groups), share)


SPLIT = (
    Mistake("True and False are exchanged: True marks what is set aside.", _complement),
    Mistake(
        "The share is one of the pictures, not of the groups: groups differ in size.",
        _share_of_groups,
    ),
    Mistake("A group was divided: one of its pictures is set aside, another isn't.", _pictures),
    Mistake(
        "You stopped too early: go on until the groups hold *at least* their share.", _not_enough
    ),
    Mistake("One group too many: stop as soon as the share is reached exactly.", _one_more),
    Mistake("Take the groups in the order that is given, not in that of their names.", _sorted),
)
