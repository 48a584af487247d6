"""Exercise 02: the kernel behind a map, and the mistakes that are made in finding it."""

import numpy as np

from cnnedu.checks.case import Mistake


def _windows(x, size):
    """Return all windows of a picture, one per row, as floats."""
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(x, float), size)
    return windows.reshape(-1, size[0] * size[1])


def _size(x, y):
    """Return the shape of a kernel that makes the map `y` of the picture `x`."""
    return x.shape[0] - y.shape[0] + 1, x.shape[1] - y.shape[1] + 1


def find_kernel(x, y):
    """Return the smallest of the kernels that make the map `y` of the picture `x`."""
    size = _size(x, y)
    return np.linalg.lstsq(_windows(x, size), np.ravel(y))[0].reshape(size)


def _standard(picture):
    """Return a picture with mean 0 and standard deviation 1."""
    return (picture - np.mean(picture)) / np.std(picture)


def _one_by_one(x, y):
    """Find each weight alone, as if all the others were 0."""
    size = _size(x, y)
    windows = _windows(x, size)
    return (windows.T @ np.ravel(y) / (windows**2).sum(axis=0)).reshape(size)


def _made_by_convolution(x, y):
    """Return the kernel with which true convolution makes the map."""
    return find_kernel(x, y)[::-1, ::-1]


_SHIFTED = (
    "You took the mean brightness away from the picture, but the map was made from the picture as "
    "it is: use x itself, or think about what the shift does to the map."
)

MISTAKES = {
    "find_kernel": (
        Mistake(
            "Your kernel is flipped: the map was made by cross-correlation, without a flip.",
            _made_by_convolution,
        ),
        Mistake("Rows and columns of the kernel are swapped.", lambda x, y: find_kernel(x, y).T),
        Mistake(
            "Rows and columns of the kernel are swapped.",
            lambda x, y: find_kernel(x, y).ravel(order="F").reshape(_size(x, y)),
        ),
        Mistake(
            _SHIFTED + " (You also divided x by its standard deviation.)",
            lambda x, y: find_kernel(_standard(x), y),
        ),
        Mistake(_SHIFTED, lambda x, y: find_kernel(x - np.mean(x), y)),
        Mistake(
            "You divided the picture by its standard deviation, but not the map: divide both, or "
            "the weights come out too large or too small.",
            lambda x, y: find_kernel(x, y) * np.std(x),
        ),
        Mistake(
            "You shifted and scaled the picture and the map, each in its own way; the kernel makes "
            "one of them from the other as they are.",
            lambda x, y: find_kernel(_standard(x), _standard(y)),
        ),
        Mistake(
            "You found each weight as if the others were 0. But each output is the sum of all the "
            "products: the weights must be right together.",
            _one_by_one,
        ),
        Mistake(
            "You rounded the weights to whole numbers.", lambda x, y: np.rint(find_kernel(x, y))
        ),
        Mistake(
            "The signs of all the weights are the wrong way round.", lambda x, y: -find_kernel(x, y)
        ),
    ),
}
