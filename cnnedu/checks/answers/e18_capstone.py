"""Exercise 18: the references and the well-known mistakes of the parts that are checked."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.data.splits import split_by_group


def _picture_by_picture(groups, order, share):
    """Set aside the first pictures in the groups' order, in the middle of a group if need be."""
    rank = {group: place for place, group in enumerate(order)}
    first = np.argsort([rank[group] for group in groups], kind="stable")
    aside = np.zeros(len(groups), bool)
    aside[first[: int(np.ceil(share * len(groups)))]] = True
    return aside


def _share_of_groups(groups, order, share):
    return np.isin(groups, order[: int(np.ceil(share * len(order)))])


def _stopped_before_the_share(groups, order, share):
    """Stop before the share would be exceeded."""
    aside = np.zeros(len(groups), bool)
    for group in order:
        if (aside | (groups == group)).sum() > share * len(groups):
            break
        aside |= groups == group
    return aside


def _one_group_too_many(groups, order, share):
    aside = np.zeros(len(groups), bool)
    for group in order:
        if aside.sum() > share * len(groups):
            break
        aside |= groups == group
    return aside


def _groups_sorted(groups, order, share):
    return split_by_group(groups, np.unique(groups), share)


def _from_the_end(groups, order, share):
    return split_by_group(groups, order[::-1], share)


def _first_group_only(groups, order, share):
    return (groups == order[0]) & (share > 0)


def _largest_first(groups, order, share):
    sizes = np.array([np.sum(groups == group) for group in order])
    return split_by_group(groups, order[np.argsort(-sizes, kind="stable")], share)


def _picture_counted_once(groups, order, share):
    """Count one for each group, as if every group held one picture."""
    return np.isin(groups, order[: int(np.ceil(share * len(groups)))])


def repaired(groups, aside):
    """Move each divided group to the side with more of its pictures; halved ones to training."""
    return _by_share(groups, aside, lambda share: share > 0.5)


def _by_share(groups, aside, rule):
    """Set whole groups aside, by a rule on the share of their pictures that is aside now."""
    fixed = np.zeros(len(groups), bool)
    for group in np.unique(groups):
        fixed[groups == group] = rule(np.mean(aside[groups == group]))
    return fixed


def _first_picture(groups, aside):
    places = np.unique(groups, return_index=True, return_inverse=True)
    return aside[places[1]][places[2].ravel()]


def _leaks(groups, aside):
    return _by_share(groups, aside, lambda share: 0 < share < 1)


MISTAKES = {
    "repaired": (
        Mistake(
            "A group that is halved goes to training, not to the test.",
            lambda groups, aside: _by_share(groups, aside, lambda share: share >= 0.5),
        ),
        Mistake(
            "You set every divided group aside; it goes to the side with more of its pictures.",
            lambda groups, aside: _by_share(groups, aside, lambda share: share > 0),
        ),
        Mistake(
            "You took every divided group out of the test; it goes to the side with more of its "
            "pictures.",
            lambda groups, aside: _by_share(groups, aside, lambda share: share == 1),
        ),
        Mistake(
            "True and False are swapped: True marks what is set aside.",
            lambda groups, aside: ~repaired(groups, aside),
        ),
        Mistake(
            "You moved each divided group to the side with *fewer* of its pictures.",
            lambda groups, aside: _by_share(
                groups, aside, lambda share: share == 1 or 0 < share < 0.5
            ),
        ),
        Mistake("You marked the pictures whose group is divided; repair the split.", _leaks),
        Mistake(
            "All pictures of a group went where its first one is; count on both sides.",
            _first_picture,
        ),
        Mistake("Groups are still divided.", lambda groups, aside: aside),
    ),
    "split_by_group": (
        Mistake(
            "True and False are swapped: True marks what is set aside.",
            lambda groups, order, share: ~split_by_group(groups, order, share),
        ),
        Mistake(
            "The share is a share of the pictures, not of the groups: groups differ in size.",
            _share_of_groups,
        ),
        Mistake(
            "You divided a group: one of its pictures is set aside, another isn't.",
            _picture_by_picture,
        ),
        Mistake(
            "You stopped too early: go on until the groups hold *at least* their share.",
            _stopped_before_the_share,
        ),
        Mistake(
            "One group too many: stop as soon as the share is reached exactly.", _one_group_too_many
        ),
        Mistake(
            "Take the groups in the given order, not in the order of their names.", _groups_sorted
        ),
        Mistake("You began with the last group of `order`; begin with the first.", _from_the_end),
        Mistake(
            "Only one group is set aside; go on until the share is reached.", _first_group_only
        ),
        Mistake("Take the groups in the given order, not the largest one first.", _largest_first),
        Mistake(
            "You counted each group as one picture; count the pictures in it.",
            _picture_counted_once,
        ),
    ),
}
