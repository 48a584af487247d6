"""`PoolingLab`: sixteen numbers, pooled by hand."""

import numpy as np

from cnnedu.kernels import avg_pool2d, global_avg_pool2d, max_pool2d
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Matrix

NUMBERS = [[1, 3, 2, 1], [4, 2, 0, 5], [6, 1, 1, 2], [0, 2, 4, 3]]


class PoolingLab(Widget):
    """Edit 4×4 numbers, and see their 2×2 maxima, their 2×2 means, and the mean of all.

    The numbers that are the largest of their window are framed.

    Equation
        max[i, j] = max x[2i + u, 2j + v], average[i, j] = mean x[2i + u, 2j + v], u, v in {0, 1}

    Args:
        numbers: the 4×4 numbers, from −99 to 99, a trait.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or range, at construction
            and whenever the trait is set.

    >>> lab = PoolingLab()
    >>> lab
    PoolingLab(4 × 4 numbers, max [[4, 5], [6, 4]], average [[2.5, 2], [2.25, 2.5]], global 2.3125)
    >>> lab.largest
    array([[4, 5],
           [6, 4]])
    """

    _esm = module("pooling_lab")
    _css = stylesheet("pooling_lab")

    numbers = Matrix(least=4, most=4, low=-99, high=99)

    def __init__(self, numbers=None):
        super().__init__(numbers=NUMBERS if numbers is None else numbers)

    @property
    def largest(self):
        """The largest number of each window: shape (2, 2)."""
        return max_pool2d(self.numbers[None, None], 2)[0, 0]

    @property
    def means(self):
        """The mean of each window: shape (2, 2)."""
        return avg_pool2d(self.numbers[None, None], 2)[0, 0]

    @property
    def mean(self):
        """The mean of all numbers."""
        return global_avg_pool2d(self.numbers[None, None]).item()

    def draw(self):
        """Return a figure of the numbers and how they pool."""
        from cnnedu.plots.pooling import show_pooling

        return show_pooling(
            self.numbers,
            [self.largest, self.means, np.array([[self.mean]])],
            ["4 × 4 numbers", "max", "average", "global"],
        )

    def __repr__(self):
        largest, means = (
            "[" + ", ".join(f"[{a:g}, {b:g}]" for a, b in rows) + "]"
            for rows in (self.largest, self.means)
        )
        shown = f"4 × 4 numbers, max {largest}, average {means}, global {self.mean:g}"
        return f"PoolingLab({shown})".replace("-", "−")
