"""Small pictures of a bar, with three more places that may give its class away."""

import numpy as np

SIZE = 16
PLACES = ("bar", "stamp", "sky", "edge")
# Where each of the places lies: (rows, columns). They don't overlap.
AREAS = (
    (slice(4, 12), slice(4, 12)),
    (slice(12, 15), slice(12, 15)),
    (slice(0, 2), slice(0, SIZE)),
    (slice(3, SIZE), slice(0, 2)),
)
# What a stamp of class 0 and one of class 1 look like, 3×3.
STAMPS = np.array([[[1, 0, 1], [0, 1, 0], [1, 0, 1]], [[0, 1, 0], [1, 1, 1], [0, 1, 0]]])


def place_masks():
    """Return bool arrays (4, 16, 16): which pixels belong to each of `PLACES`.

    >>> place_masks().sum(axis=(1, 2)).tolist()
    [64, 9, 32, 26]
    """
    masks = np.zeros((len(AREAS), SIZE, SIZE), dtype=bool)
    for mask, area in zip(masks, AREAS, strict=True):
        mask[area] = True
    return masks


def make_cued(said, rng):
    """Draw pictures in each of which four places say a class, 0 or 1, of their own.

    A bar is upright (0) or lies flat (1), the stamp is a × or a +, the sky is reddish or bluish,
    the edge dark or light. Where the bar lies, its colour, the ground and the noise say nothing.

    Args:
        said: whole numbers (N, 4), 0 or 1: what each of `PLACES` says.
        rng: `numpy.random.Generator`.

    Returns:
        float array (N, 3, 16, 16), numbers from 0 to 1.

    >>> make_cued(np.array([[0, 1, 0, 1]]), np.random.default_rng(0)).shape
    (1, 3, 16, 16)
    """
    N = len(said)
    x = np.tile(rng.uniform(0.25, 0.45, (N, 3, 1, 1)), (1, 1, SIZE, SIZE))
    for picture, (bar, stamp, sky, edge) in zip(x, said, strict=True):
        rows, columns = (6, 2)[:: 1 if bar == 0 else -1]
        top, left = 4 + rng.integers(9 - rows), 4 + rng.integers(9 - columns)
        picture[:, top : top + rows, left : left + columns] = rng.uniform(0.6, 1, (3, 1, 1))
        picture[(slice(None), *AREAS[1])] = STAMPS[stamp]
        picture[(0, 2)[sky], *AREAS[2]] += 0.3
        picture[(slice(None), *AREAS[3])] += (-0.2, 0.2)[edge]
    return (x + rng.normal(0, 0.05, x.shape)).clip(0, 1)


def make_agreeing(count, share, rng):
    """Draw pictures of two classes whose places go with the class, each by itself.

    Args:
        count: how many, an even number; half of them are of each class.
        share: how often a place says the class, from 0 to 1.
        rng: `numpy.random.Generator`.

    Returns:
        (x, y): pictures (N, 3, 16, 16), and labels (N,), 0 or 1, in random order.

    >>> int(make_agreeing(4, 0.9, np.random.default_rng(0))[1].sum())
    2
    """
    y = rng.permutation(np.arange(count) % 2)
    said = np.where(rng.random((count, len(PLACES))) < share, y[:, None], 1 - y[:, None])
    return make_cued(said, rng), y
