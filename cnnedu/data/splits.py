"""Split pictures into parts so that those that belong together stay together."""

import numpy as np


def thing_of(file):
    """Return which thing a picture of a folder shows: its subfolder in that of the class.

    A picture that lies in the class's folder itself counts as a thing of its own.

    Args:
        file: relative to the folder that holds the classes, with "/", as `load_folder` names it.

    >>> thing_of("cat/tom/1.jpg"), thing_of("cat/1.jpg")
    ('cat/tom', 'cat/1.jpg')
    """
    kind, *rest = file.split("/")
    return f"{kind}/{rest[0]}"


def split_by_group(groups, order, share):
    """Set aside whole groups, one after another, until they hold a share of the pictures.

    Args:
        groups: the group of each picture, shape (N,): the object in it, say, or the photographer.
        order: all groups, each once, in the order in which to set them aside: shuffle them first.
        share: least share of the pictures to set aside, from 0 to 1.

    Returns:
        bool array (N,), True where a picture is set aside.

    Raises:
        ValueError: `order` doesn't hold each group once, or `share` isn't from 0 to 1.

    >>> split_by_group(["a", "a", "b", "c", "c"], order=["c", "a", "b"], share=0.3)
    array([False, False, False,  True,  True])
    """
    groups = np.asarray(groups)
    if sorted(set(groups.tolist())) != sorted(np.asarray(order).tolist()):
        raise ValueError("split_by_group: order must hold each group once, and no others")
    if not 0 <= share <= 1:
        raise ValueError(f"split_by_group: share must be from 0 to 1, but is {share}")
    aside = np.zeros(len(groups), bool)
    for group in order:
        if aside.sum() >= share * len(groups):
            break
        aside |= groups == group
    return aside
