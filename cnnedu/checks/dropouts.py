"""Four drafts to review in exercise 11: each is dropout with given random numbers, and has a bug.

The exercise's notebook shows the same text.
"""

import numpy as np


def draft_a(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u > p) / (1 - p) if training else np.ones(x.shape)
    return x * mask


def draft_b(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u >= p) if training else np.ones(x.shape)
    return x * mask


def draft_c(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u[0] >= p) if training else np.full(x.shape[1], 1 - p)
    return x * mask / (1 - p)


def draft_d(x, p, u, training):
    """Return the output of dropout, with a bug."""
    mask = (u >= p) if training else np.ones(x.shape)
    return x * mask / (1 - p)
