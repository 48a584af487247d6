"""`DrawCurve` on the Python side: its curves, its picture, and what it refuses."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.widgets import DrawCurve

LABELS = ("time, s", "height, m")


def make(**changes):
    given = {"x": [0, 1, 2, 4], "y": [0, 5, 9, 1], "ylim": (0, 10)} | changes
    return DrawCurve(given.pop("x"), given.pop("y"), *LABELS, **given)


def test_drawn_curves_are_straight_between_their_points():
    curve = make(y={"a": [0, 5, 9, 1], "b": [1, 1, 1, 1]})
    curve.set_state({"drawn": [[None, 2, None, 8], [None, None, 3, None]]})
    np.testing.assert_allclose(curve.curves, [[np.nan, 2, 4, 8], [np.nan, np.nan, 3, np.nan]])
    assert repr(curve) == "DrawCurve(height over time, 1 of 2 drawn)"


def test_on_a_log_axis_straight_means_straight_on_the_page():
    curve = make(x=[1, 2, 4, 16], xscale="log", drawn=[[0, None, None, 8]])
    np.testing.assert_allclose(curve.curves, [[0, 2, 4, 8]])


def lines(curve):
    """The names and values of the curves in the picture."""
    ax = curve.draw().axes[0]
    return {line.get_label(): line.get_ydata().tolist() for line in ax.lines}


def test_picture_shows_what_was_measured_only_once_it_is_revealed():
    curve = make(given={"guess": [1, 2, 3, np.nan]})
    assert list(lines(curve)) == ["guess"]
    curve.drawn = [[1, None, None, 1]]
    assert list(lines(curve)) == ["guess", "drawn"]
    curve.revealed = True
    assert list(lines(curve)) == ["guess", "drawn", "measured"]
    assert lines(curve)["measured"] == [0, 5, 9, 1]


def test_empty_axes_keep_their_range_and_labels(recwarn):
    ax = make().draw().axes[0]
    assert ax.get_xlim() == (0, 4) and ax.get_ylim() == (0, 10)
    assert (ax.get_xlabel(), ax.get_ylabel()) == LABELS
    assert not recwarn.list


@pytest.mark.parametrize("changes, error, message", [
    ({"x": [0, 1, 1, 2]}, ValueError, "x must hold 2 to 200 increasing numbers"),
    ({"x": [0], "y": [1]}, ValueError, "x must hold 2 to 200"),
    ({"x": [0, 1, np.nan, 2]}, ValueError, "x must hold finite"),
    ({"xscale": "log"}, ValueError, "on a log axis x must be above 0"),
    ({"xscale": "square"}, ValueError, "xscale must be one of"),
    ({"y": [1, 2, 3]}, ValueError, r"y must have shape \(4,\)"),
    ({"y": ["a"] * 4}, TypeError, "y must hold real numbers"),
    ({"y": {}}, ValueError, "y must have 1 to 3 curves, but has 0"),
    ({"y": [0, 5, 99, 1]}, ValueError, "y must lie within ylim, from 0 to 10"),
    ({"ylim": (3, 3)}, ValueError, r"ylim must be \(lowest, highest\)"),
    ({"given": [1, 2, 3, 4]}, TypeError, "given must be {name: numbers}"),
    ({"drawn": [[1, 2]]}, ValueError, "drawn must hold 1 × 4 numbers or None"),
    ({"drawn": [[1, 2, 11, 4]]}, ValueError, "drawn must hold numbers from 0 to 10 .* holds 11"),
    ({"drawn": [[1, 2, "a", 4]]}, ValueError, "drawn must hold .* but holds 'a'"),
])  # fmt: skip
def test_wrong_arguments(changes, error, message):
    assert_refused(lambda: make(**changes), error, f"DrawCurve: {message}")


def test_axes_need_labels():
    assert_refused(
        lambda: DrawCurve([0, 1], [0, 1], "", "y", ylim=(0, 1)), ValueError, "xlabel must say"
    )
