"""Exercise 15, the test of a shortcut: the reference and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.checks.suspects import predictor


def _partners(y):
    """Return the place of each picture's partner: the k-th of one class, the k-th of the other."""
    order = np.argsort(y, kind="stable")
    return _paired(order, np.roll(order, len(order) // 2))


def _paired(order, other):
    """Return the partner of each picture, if those of the pictures `order` are `other`."""
    partners = np.empty_like(order)
    partners[order] = other
    return partners


def _transplanted(x, y, regions):
    """Return for each region the pictures with their partners' pixels in it."""
    return [np.where(region, x[_partners(y)], x) for region in regions]


def _share_changed(before, after, y):
    return np.mean(after != before)


def _test(changed=_transplanted, share=_share_changed, best=np.argmax):
    """Make a test; each argument changes one step of it."""

    def shortcut_as_numbers(x, y, regions, numbers):
        predict = predictor(numbers)
        before = predict(x)
        after = predict(np.concatenate(changed(x, y, regions))).reshape(len(regions), -1)
        shares = [share(before, said, y) for said in after]
        place = best(shares)
        return np.array([place, shares[place]])

    return shortcut_as_numbers


shortcut_as_numbers = _test()


def _from(partners):
    """Make a test that takes the pixels from other pictures."""
    return _test(lambda x, y, regions: [np.where(region, x[partners(y)], x) for region in regions])


def _filled(value):
    return _test(lambda x, y, regions: [np.where(region, value, x) for region in regions])


def _first_of_the_other_class(y):
    return np.where(y == 0, np.argmax(y == 1), np.argmax(y == 0))


def _last_first(y):
    """Pair the first of a class with the last of the other."""
    order = np.argsort(y, kind="stable")
    return _paired(order, order[::-1])


def _next_of_its_class(y):
    partners = np.empty_like(y)
    for label in (0, 1):
        own = np.flatnonzero(y == label)
        partners[own] = np.roll(own, 1)
    return partners


def _outside(x, y, regions):
    return _transplanted(x, y, ~regions)


def _stays(x, y, regions):
    """Let what one region was given stay there while the next is tried."""
    return _transplanted(x, y, np.logical_or.accumulate(regions))


def _one_way(x, y, regions):
    """Copy from class 1 to class 0 and back again: class 1 gets its own pixels."""
    return [
        np.where((y == 0)[:, None, None, None], some, x) for some in _transplanted(x, y, regions)
    ]


def _one_channel(x, y, regions):
    found = np.array(_transplanted(x, y, regions))
    found[:, :, 1:] = x[:, 1:]
    return list(found)


def _share_first(*arguments):
    return shortcut_as_numbers(*arguments)[::-1]


COVERED = (
    "You covered the region. A black or grey patch is news to a network, too, and belongs to "
    "neither class: copy the partner's pixels."
)

MISTAKES = (
    Mistake(
        "You counted the *wrong* answers after the swap. Count those that differ from what the "
        "network said before: it may have been wrong even then.",
        _test(share=lambda before, after, y: np.mean(after != y)),
    ),
    Mistake(
        "You measured how far the accuracy falls. An answer that turns from wrong to right has "
        "changed as well: compare each answer with the one before.",
        _test(share=lambda before, after, y: np.mean(before == y) - np.mean(after == y)),
    ),
    Mistake(
        "You counted the answers that stay. What the network reads is where they change.",
        _test(share=lambda before, after, y: np.mean(after == before)),
    ),
    Mistake(
        "You chose the region that changes fewest answers; the network reads the one that changes "
        "most.",
        _test(best=np.argmin),
    ),
    Mistake(
        "The share is a mean, from 0 to 1, not a number of pictures.",
        _test(share=lambda before, after, y: np.sum(after != before)),
    ),
    Mistake(COVERED, _filled(0)),
    Mistake(COVERED, _filled(0.5)),
    Mistake(
        "Your partners are of the same class, so the pixels that come in may say the same as "
        "those that go out. Take a picture of the other class.",
        _from(_next_of_its_class),
    ),
    Mistake(
        "You took the picture before, whichever class it has. Partners are the k-th of class 0 and "
        "the k-th of class 1.",
        _from(lambda y: np.roll(np.arange(len(y)), 1)),
    ),
    Mistake(
        "You gave all pictures of a class the same partner. Each has one of its own: the k-th of "
        "class 0 and the k-th of class 1.",
        _from(_first_of_the_other_class),
    ),
    Mistake(
        "You paired the first picture of one class with the last of the other; go through both in "
        "the same direction.",
        _from(_last_first),
    ),
    Mistake(
        "You changed everything *but* the region. Change the region, and leave the rest as it is.",
        _test(_outside),
    ),
    Mistake(
        "What you copied into one region is still there when the next is tried: start each from "
        "the untouched pictures.",
        _test(_stays),
    ),
    Mistake(
        "Only class 0 was changed. The way back copied pixels that had been replaced already: copy "
        "from the untouched pictures.",
        _test(_one_way),
    ),
    Mistake("Copy all channels of the region, not just the first.", _test(_one_channel)),
    Mistake("The region's place comes first, then the share.", _share_first),
)
