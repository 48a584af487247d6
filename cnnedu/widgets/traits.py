"""The kinds of state that the widgets share: small matrices and whole numbers.

A wrong value is refused when the widget is made or the trait is set, with a `TypeError` or
`ValueError` that says what was given and what is expected. The page never sees it.
"""

import numpy as np
import traitlets


class Matrix(traitlets.TraitType):
    """A small matrix of finite numbers, kept as a read-only array of int64 or float64.

    Args:
        least: fewest rows and columns.
        most: most rows and columns.
        limit: numbers lie in [−limit, limit].

    In the page it is a list of rows.
    """

    def __init__(self, *, least, most, limit=999):
        super().__init__()
        self.least, self.most, self.limit = least, most, limit
        self.tag(sync=True, to_json=lambda matrix, widget: matrix.tolist())

    def validate(self, widget, value):
        """Return `value` as a read-only array, or raise a one-line error."""
        name = f"{type(widget).__name__}: {self.name}"
        try:
            matrix = np.array(value)
        except ValueError:
            raise ValueError(f"{name} must have rows of equal length, but is {value!r}") from None
        if matrix.dtype.kind not in "biuf":
            raise TypeError(f"{name} must hold real numbers, but has dtype {matrix.dtype}")
        if matrix.ndim != 2:
            raise ValueError(f"{name} must be (rows, columns), but has shape {matrix.shape}")
        if not all(self.least <= size <= self.most for size in matrix.shape):
            raise ValueError(
                f"{name} must have {self.least} to {self.most} rows and columns, "
                f"but has shape {matrix.shape}"
            )
        if not np.all(np.abs(matrix) <= self.limit):  # false for nan, too
            raise ValueError(
                f"{name} must hold finite numbers from −{self.limit} to {self.limit}, "
                f"but holds {matrix[~(np.abs(matrix) <= self.limit)][0]}"
            )
        matrix = matrix.astype(np.float64 if matrix.dtype.kind == "f" else np.int64)
        matrix.setflags(write=False)
        return matrix


class Whole(traitlets.TraitType):
    """A whole number from `least` to `most`."""

    def __init__(self, default, *, least, most):
        super().__init__(default)
        self.least, self.most = least, most
        self.tag(sync=True)

    def validate(self, widget, value):
        """Return `value` as an int, or raise a one-line error."""
        name = f"{type(widget).__name__}: {self.name}"
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{name} must be a whole number, but is {value!r}")
        if not self.least <= value <= self.most:
            raise ValueError(
                f"{name} must be a whole number from {self.least} to {self.most}, but is {value}"
            )
        return int(value)
