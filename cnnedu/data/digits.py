"""1,797 real handwritten digits of 8×8 pixels, from scikit-learn's own package data."""

import numpy as np

from cnnedu.data.photos import package_file

HELD_OUT = 360  # a fifth


def load_digits():
    """Return the digits, split into a training part and a held-out part.

    The split is random but always the same. The digits come from 43 people, each of whom may be in
    both parts: the held-out accuracy is for new digits, not for new handwriting.

    Returns:
        ((x, y), (x, y)): 1,437 training pictures and 360 held out, as float32 from 0, the ground,
        to 1, the stroke, of shape (N, 1, 8, 8), and whole-number labels 0 … 9 of shape (N,).

    Source
        Alpaydin, Kaynak, "Optical recognition of handwritten digits", UCI repository (1998), the
        test part, as shipped with `sklearn.datasets.load_digits`.

    >>> (x, y), (held_out_x, held_out_y) = load_digits()
    >>> x.shape, held_out_x.shape, float(x.min()), float(x.max())
    ((1437, 1, 8, 8), (360, 1, 8, 8), 0.0, 1.0)
    """
    digits = np.loadtxt(package_file("sklearn/datasets/data/digits.csv.gz"), delimiter=",")
    # Not `reshape` alone: PyTorch chooses its routines by the strides, and these the last digits.
    x = (digits[:, :64] / 16).astype(np.float32).reshape(-1, 8, 8)[:, None]
    y = digits[:, 64].astype(np.int64)
    order = np.random.default_rng(0).permutation(len(x))
    x, y = x[order], y[order]
    return (x[HELD_OUT:], y[HELD_OUT:]), (x[:HELD_OUT], y[:HELD_OUT])


def shuffled_digits(rng):
    """Return all 1,797 digits in a random order, as (x, y) of the form that `load_digits` gives.

    Args:
        rng: `numpy.random.Generator`.

    >>> x, y = shuffled_digits(np.random.default_rng(0))
    >>> x.shape, y.shape
    ((1797, 1, 8, 8), (1797,))
    """
    x, y = (np.concatenate(parts) for parts in zip(*load_digits(), strict=True))
    order = rng.permutation(len(y))
    return x[order], y[order]
