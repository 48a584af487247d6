"""Split pictures into parts so that what belongs together stays together."""

import numpy as np


def split_by_group(groups, order, share):
    """Set aside whole groups, one after another, until they hold their share of the pictures.

    Args:
        groups: the group of each picture, shape (N,): the thing it shows, the person who took it.
        order: all groups, each once, in the order in which they are set aside: shuffle them first.
        share: of the pictures to set aside, from 0 to 1; at least so many are.

    Returns:
        bool array (N,), True where a picture is set aside.

    Raises:
        ValueError: `order` does not hold each group once, or `share` is out of its range.

    >>> split_by_group(["a", "a", "b", "c", "c"], order=["c", "a", "b"], share=0.3)
    array([False, False, False,  True,  True])
    """
    groups = np.asarray(groups)
    if sorted(set(groups.tolist())) != sorted(np.asarray(order).tolist()):
        raise ValueError("split_by_group: order must hold each group once, and no other")
    if not 0 <= share <= 1:
        raise ValueError(f"split_by_group: share must be from 0 to 1, but is {share}")
    aside = np.zeros(len(groups), bool)
    for group in order:
        if aside.sum() >= share * len(groups):
            break
        aside |= groups == group
    return aside
