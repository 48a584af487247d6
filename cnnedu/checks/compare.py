"""Find where an answer first differs from the expected one, and say so."""

import textwrap

import numpy as np


class CheckFailed(AssertionError):
    """An answer is wrong; the message says what is wrong with it.

    In a notebook only the message is shown, not the checking code's own stack.
    """

    def _render_traceback_(self):
        """Return the lines IPython shows for this error."""
        return textwrap.wrap(f"Not yet: {self}", 88)


def require(condition, message):
    """Raise `CheckFailed` with the message unless the condition holds.

    >>> require(1 + 1 == 2, "count again")
    """
    if not condition:
        raise CheckFailed(message)


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
    if got is None:
        return "nothing came back: does the function end with `return`?"
    try:
        got = np.asarray(got)
    except ValueError:
        return "the answer's rows differ in length, so it isn't an array"
    if got.dtype.kind not in "biuf":
        return f"the answer should hold real numbers, but it is {_short(got)}"
    if got.shape != expected.shape:
        return f"the answer has shape {got.shape}, expected {expected.shape}"
    wrong = ~np.isclose(got, expected, rtol=rtol, atol=atol, equal_nan=True)
    if not wrong.any():
        return None
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    if not reveal:
        where = f" at {list(index)}" if index else ""
        return f"the value{where} is not right yet; work it out again"
    where = f"the first difference is at {list(index)}: " if index else ""
    return f"{where}expected {expected[index]:.6g}, got {got[index]:.6g}"


def agrees(got, expected, rtol, atol):
    """Return whether `got` is `expected` within the tolerances.

    >>> agrees([1, 2], np.array([1, 2]), rtol=0, atol=0)
    True
    """
    return difference(got, expected, rtol, atol) is None


def _short(value, most=40):
    text = repr(value)
    return text if len(text) <= most else text[: most - 1] + "…"
