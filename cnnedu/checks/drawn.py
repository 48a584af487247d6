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


def until_told_apart(draw, right, mistakes):
    """Draw inputs until mistakes of which a student is told different things differ in answers.

    Args:
        draw: function without arguments that returns a list of argument tuples.
        right: the function with the right answers.
        mistakes: each with `wrong`, a function of the same arguments, and `says`.

    Returns:
        The list.
    """
    while True:
        inputs = draw()

        def found(function, inputs=inputs):
            return tuple(np.concatenate([function(*some) for some in inputs]).round(9))

        said = {found(right): ""}
        if all(said.setdefault(found(m.wrong), m.says) == m.says for m in mistakes):
            return inputs
