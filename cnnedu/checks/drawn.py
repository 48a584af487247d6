"""Draw numbers for the inputs of checks, so that no slip gives the right answer by chance."""

import numpy as np

# Halfway between eighths, with more digits than anyone rounds to.
OFFSET = (np.sqrt(5) - 1) / 20


def fractions(rng, shape):
    """Draw fractions of both signs, none of them whole; even their sizes differ by 0.1 or more.

    >>> fractions(np.random.default_rng(0), (2, 2)).round(4)
    array([[ 0.4368, -1.0632],
           [-0.3132,  1.1868]])
    """
    count = int(np.prod(shape))
    return (0.75 * (rng.permutation(count) - (count - 1) / 2) + OFFSET).reshape(shape)


def wholes(rng, shape):
    """Draw whole numbers of both signs that all differ.

    >>> wholes(np.random.default_rng(0), (2, 2))
    array([[ 1, -1],
           [ 0,  2]])
    """
    count = int(np.prod(shape))
    return (rng.permutation(count) - (count - 1) // 2).reshape(shape)
