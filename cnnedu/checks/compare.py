"""Find where an answer first differs from the expected one, and say so."""

import contextlib
import numbers
import textwrap
from decimal import Decimal

import numpy as np


class CheckFailed(AssertionError):
    """An answer is wrong; the message says what is wrong with it.

    In a notebook only the message is shown, not the checking code's own stack.
    """

    def _render_traceback_(self):
        """Return the lines IPython shows for this error."""
        return textwrap.wrap(f"Not yet: {self}", 88)


class NotNumbers(Exception):
    """A value holds no real numbers; the message says what it is instead."""


def require(condition, message):
    """Raise `CheckFailed` with the message unless the condition holds.

    >>> require(1 + 1 == 2, "count again")
    """
    if not condition:
        raise CheckFailed(message)


def as_numbers(value):
    """Return a copy of a number, or of anything that holds numbers, as an array.

    Fractions and decimals become floats.

    Raises:
        NotNumbers: something in it isn't a real number, or its rows differ in length.

    >>> as_numbers([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    if value is None:
        raise NotNumbers("nothing came back: the function needs a `return`")
    try:
        array = np.array(value)
    except ValueError:
        raise NotNumbers("the answer's rows differ in length, so it isn't an array") from None
    except RuntimeError:
        raise NotNumbers("the answer is a tensor with gradients: return `….detach()`") from None
    if array.dtype.kind == "O" and all(
        isinstance(item, (numbers.Real, Decimal)) for item in array.flat
    ):
        with contextlib.suppress(OverflowError):  # a whole number may be too large for a float
            array = array.astype(float)
    if array.dtype.kind not in "biuf":
        raise NotNumbers(f"the answer should hold real numbers, but it is {_short(value)}")
    return array


def difference(got, expected, rtol, atol, reveal=True):
    """Return one sentence on how `got` differs from `expected`, or None if it doesn't.

    Values agree where |got − expected| ≤ atol + rtol · |expected|.

    Args:
        got: what the student's code returned.
        expected: array or number.
        rtol, atol: relative and absolute tolerance.
        reveal: whether the sentence may show the expected number.

    >>> difference(np.array([1.0, 2.5]), np.array([1.0, 2.0]), rtol=1e-6, atol=0)
    'the first difference is at [1]: expected 2, got 2.5'
    """
    expected = np.asarray(expected)
    try:
        got = as_numbers(got)
    except NotNumbers as reason:
        return str(reason)
    if got.shape != expected.shape:
        return f"the answer has shape {got.shape}, expected {expected.shape}"
    wrong = ~_close(got.astype(float), expected.astype(float), rtol, atol)
    if not wrong.any():
        return None
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    if not reveal:
        where = f" at {list(index)}" if index else ""
        return f"the value{where} is not right yet; work it out again"
    where = f"the first difference is at {list(index)}: " if index else ""
    return where + _both(got[index], expected[index], rtol, atol)


def agrees(got, expected, rtol, atol):
    """Return whether `got` is `expected` within the tolerances.

    >>> agrees([1, 2], np.array([1, 2]), rtol=0, atol=0)
    True
    """
    return difference(got, expected, rtol, atol) is None


def _close(got, expected, rtol, atol):
    """Do the work of `numpy.isclose`, with nan equal to nan, in a fifth of its time."""
    with np.errstate(invalid="ignore"):  # inf − inf
        near = np.abs(got - expected) <= atol + rtol * np.abs(expected)
    near &= np.isfinite(expected)
    return near | (got == expected) | (np.isnan(got) & np.isnan(expected))


def _both(got, expected, rtol, atol):
    """Show two numbers; if they look equal, also how far apart they are and may be."""
    shown = f"expected {expected:.6g}, got {got:.6g}"
    if f"{expected:.6g}" != f"{got:.6g}":
        return shown
    apart, allowed = abs(float(got) - float(expected)), atol + rtol * abs(float(expected))
    return f"{shown}: they are {apart:.2g} apart, and at most {allowed:.2g} is allowed"


def _short(value, most=40):
    text = repr(value)
    return text if len(text) <= most else text[: most - 1] + "…"
