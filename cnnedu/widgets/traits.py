"""The kinds of state that the widgets share: matrices, whole numbers, words, photographs.

A wrong value is refused when the widget is made or the trait is set, with a `TypeError` or
`ValueError` that says what was given and what is expected. The page never sees it.
"""

import numpy as np
import traitlets

from cnnedu.widgets.arrays import decode, encode


class Matrix(traitlets.TraitType):
    """A small matrix of finite numbers, kept as a read-only array of int64 or float64.

    Args:
        least: fewest rows and columns.
        most: most rows and columns.
        low, high: the range of its numbers.

    On the page it is a list of rows.
    """

    def __init__(self, *, least, most, low=-999, high=999):
        super().__init__()
        self.least, self.most, self.low, self.high = least, most, low, high
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
        inside = (self.low <= matrix) & (matrix <= self.high)  # false for nan, too
        if not inside.all():
            raise ValueError(
                f"{name} must hold finite numbers from {self.low} to {self.high}, "
                f"but holds {matrix[~inside][0]}".replace("-", "−")
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


class Choice(traitlets.TraitType):
    """One of several words, the first by default."""

    def __init__(self, *choices):
        super().__init__(choices[0])
        self.choices = choices
        self.tag(sync=True)

    def validate(self, widget, value):
        """Return `value`, or raise a one-line error."""
        if not (isinstance(value, str) and value in self.choices):
            raise ValueError(
                f"{type(widget).__name__}: {self.name} must be one of "
                f"{', '.join(map(repr, self.choices))}, but is {value!r}"
            )
        return value


class Flag(traitlets.TraitType):
    """True or False."""

    def __init__(self, default):
        super().__init__(default)
        self.tag(sync=True)

    def validate(self, widget, value):
        """Return `value`, or raise a one-line error."""
        if not isinstance(value, bool):
            raise TypeError(
                f"{type(widget).__name__}: {self.name} must be True or False, but is {value!r}"
            )
        return value


class Picture(traitlets.TraitType):
    """A grey photograph, kept as a read-only uint8 array of shape (H, W).

    Colour becomes its luminance, and a large picture is scaled down until its longer side has
    `most` pixels.

    Args:
        least: fewest rows and columns.
        most: most rows and columns to keep.

    On the page it is an array, as in `cnnedu.widgets.arrays`.
    """

    def __init__(self, *, least, most):
        super().__init__()
        self.least, self.most = least, most
        self.tag(
            sync=True,
            to_json=lambda picture, widget: encode(picture),
            from_json=lambda sent, widget: decode(sent),
        )

    def validate(self, widget, value):
        """Return `value` as a read-only array, or raise a one-line error."""
        name = f"{type(widget).__name__}: {self.name}"
        dtype, shape = getattr(value, "dtype", None), getattr(value, "shape", ())
        if dtype != np.uint8:
            given = f"has dtype {dtype}" if dtype else f"is {value!r:.40}"
            raise TypeError(f"{name} must be an array of uint8, from 0 to 255, but {given}")
        if len(shape) != 2 and not (len(shape) == 3 and shape[2] == 3):
            raise ValueError(f"{name} must be (H, W) or (H, W, 3), but has shape {shape}")
        if max(shape[:2]) > self.most:
            value = _scaled_down(value, self.most)
        if min(value.shape[:2]) < self.least:
            raise ValueError(
                f"{name} must have {self.least} or more rows and columns, but has shape {shape}"
            )
        if len(shape) == 3:
            value = (value @ np.array([0.299, 0.587, 0.114])).round()
        picture = value.astype(np.uint8)
        picture.setflags(write=False)
        return picture


def place_among(shape, widget, name, value, of="outputs"):
    """Return (row, column), from 0, if the rows × columns of `shape` have it, or raise an error."""
    match tuple(value) if np.iterable(value) else ():
        case (int() | np.integer() as i, int() | np.integer() as j) if (
            0 <= i < shape[0] and 0 <= j < shape[1]
        ):
            return (int(i), int(j))
    raise ValueError(
        f"{type(widget).__name__}: {name} must be the (row, column), from 0, of one of the "
        f"{shape[0]}×{shape[1]} {of}, but is {value!r}"
    )


def nearest_place(shape, place):
    """Return the (row, column) among the rows × columns of `shape` that is nearest to `place`."""
    return tuple(np.minimum(place, np.subtract(shape, 1)).tolist())


def _scaled_down(picture, most):
    """Return `picture` with `most` pixels along its longer side, means of those they replace."""
    from PIL import Image

    height, width = picture.shape[:2]
    size = [max(1, round(side * most / max(height, width))) for side in (width, height)]
    return np.array(Image.fromarray(picture).resize(size, Image.Resampling.BOX))
