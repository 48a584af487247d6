"""The kinds of state that the widgets share: matrices, whole numbers, words, photographs.

A wrong value is refused when the widget is made or the trait is set, with a `TypeError` or
`ValueError` that says what was given and what is expected. The page never sees it.
"""

import base64

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
    """True or False, False by default."""

    def __init__(self):
        super().__init__(False)
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

    Colour is turned into its luminance, and a large picture is scaled down until its longer side
    has `most` pixels.

    Args:
        least: fewest rows and columns.
        most: most rows and columns that are kept.

    In the page it is {shape: [H, W], data: the H·W bytes in base64}.
    """

    def __init__(self, *, least, most):
        super().__init__()
        self.least, self.most = least, most
        self.tag(sync=True, to_json=_picture_to_json, from_json=_picture_from_json)

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


def _scaled_down(picture, most):
    """Return `picture` with `most` pixels along its longer side, means of what they cover."""
    from PIL import Image

    height, width = picture.shape[:2]
    size = [max(1, round(side * most / max(height, width))) for side in (width, height)]
    return np.array(Image.fromarray(picture).resize(size, Image.Resampling.BOX))


def _picture_to_json(picture, widget):
    return {"shape": picture.shape, "data": base64.b64encode(picture.tobytes()).decode()}


def _picture_from_json(state, widget):
    return np.frombuffer(base64.b64decode(state["data"]), np.uint8).reshape(state["shape"])
