"""`DrawCurve`: a prediction drawn as a curve before the measured one is revealed."""

import numpy as np
import traitlets

from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Choice, Flag

MOST_POINTS, MOST_CURVES = 200, 3


class DrawCurve(Widget):
    """Let the reader draw a curve, then lay the measured one over it and say where they differ.

    The reader draws with a mouse or a finger, or moves a point with the arrow keys; between two
    points that were set the curve is straight. "Reveal" works once every curve is drawn. Then the
    prediction stays as it is, until the reader starts again.

    Args:
        x: positions, increasing, shape (P,), P from 2 to 200.
        y: what was measured there, P numbers, or up to 3 such curves as {name: P numbers}. The
            reader draws each of them.
        xlabel, ylabel: what the axes hold, with units: "shift, pixels".
        ylim: (lowest, highest) value of the axis. Choose it so that it doesn't give the answer.
        given: up to 3 curves shown from the start, {name: P numbers}; nan leaves a gap.
        xscale: "linear", or "log" for positions above 0.
        drawn: for each curve a list of P numbers, None where no point is set.

    `drawn` and `revealed` are traits. Neither the stored picture nor `repr` shows what was
    measured before it is revealed.

    Raises:
        TypeError, ValueError: arguments of the wrong kind, size or range.

    >>> curve = DrawCurve([0, 1, 2], [0, 1, 4], "side, m", "area, m²", ylim=(0, 5))
    >>> curve
    DrawCurve(area over side, 0 of 1 drawn)
    >>> curve.drawn = [[0, None, 4]]
    >>> curve
    DrawCurve(area over side, 1 of 1 drawn)
    """

    _esm = module("draw_curve")
    _css = stylesheet("chart", "draw_curve")

    x = traitlets.List(read_only=True).tag(sync=True)
    names = traitlets.List(read_only=True).tag(sync=True)
    measured = Numbers(dtype="float32", ndim=2)
    given_names = traitlets.List(read_only=True).tag(sync=True)
    given = Numbers(dtype="float32", ndim=2)
    xlabel = traitlets.Unicode(read_only=True).tag(sync=True)
    ylabel = traitlets.Unicode(read_only=True).tag(sync=True)
    ylim = traitlets.List(read_only=True).tag(sync=True)
    xscale = Choice("linear", "log")
    drawn = traitlets.List().tag(sync=True)
    revealed = Flag(False)

    def __init__(self, x, y, xlabel, ylabel, *, ylim, given=None, xscale="linear", drawn=None):
        x = _numbers("x", x)
        if not 2 <= len(x) <= MOST_POINTS or not (np.diff(x) > 0).all():
            raise ValueError(f"DrawCurve: x must hold 2 to {MOST_POINTS} increasing numbers")
        if xscale == "log" and x[0] <= 0:
            raise ValueError(f"DrawCurve: on a log axis x must be above 0, but begins at {x[0]:g}")
        for name, label in (("xlabel", xlabel), ("ylabel", ylabel)):
            if not isinstance(label, str) or not label.strip():
                raise ValueError(f"DrawCurve: {name} must say what the axis holds, not {label!r}")
        low, high = _numbers("ylim", ylim, (2,))
        if low >= high:
            raise ValueError(f"DrawCurve: ylim must be (lowest, highest), but is {ylim!r}")
        names, measured = _curves("y", y if isinstance(y, dict) else {"": y}, len(x))
        given_names, given = _curves("given", given or {}, len(x), least=0, gaps=True)
        if not ((low <= measured) & (measured <= high)).all():
            raise ValueError(f"DrawCurve: y must lie within ylim, from {low:g} to {high:g}")
        state = {"x": x.tolist(), "names": names, "given_names": given_names}
        state |= {"xlabel": xlabel, "ylabel": ylabel, "ylim": [low, high]}
        for name, value in state.items():
            self.set_trait(name, value)
        super().__init__(
            measured=measured,
            given=given,
            xscale=xscale,
            drawn=[[None] * len(x) for _ in names] if drawn is None else drawn,
        )

    @traitlets.validate("drawn")
    def _drawn_fits(self, proposal):
        curves = [list(curve) if np.iterable(curve) else [] for curve in proposal.value]
        if [len(curve) for curve in curves] != [len(self.x)] * len(self.names):
            raise ValueError(
                f"DrawCurve: drawn must hold {len(self.names)} × {len(self.x)} numbers or None: "
                f"a list for each curve"
            )
        low, high = self.ylim
        for height in (height for curve in curves for height in curve if height is not None):
            if not isinstance(height, (int, float, np.number)) or not low <= height <= high:
                raise ValueError(
                    f"DrawCurve: drawn must hold numbers from {low:g} to {high:g} or None, "
                    f"but holds {height!r}"
                )
        return curves

    @property
    def curves(self):
        """The drawn curves, shape (K, P), straight between their points; nan beyond them."""
        return np.array([self._filled_in(curve) for curve in self.drawn])

    def _filled_in(self, heights):
        along = np.log2(self.x) if self.xscale == "log" else np.array(self.x)
        at = [k for k, height in enumerate(heights) if height is not None]
        if not at:
            return np.full(len(along), np.nan)
        points = [heights[k] for k in at]
        return np.interp(along, along[at], points, left=np.nan, right=np.nan)

    def draw(self):
        """Return a figure: the axes, the curves given and drawn, and once revealed the measured."""
        from cnnedu.plots.lines import show_prediction

        curves = dict(zip(self.given_names, self.given, strict=True))
        kinds = [("drawn", self.curves)] + [("measured", self.measured)] * self.revealed
        for kind, values in kinds:
            for name, curve in zip(self.names, values, strict=True):
                if np.isfinite(curve).any():
                    curves[f"{name}, {kind}".removeprefix(", ")] = curve
        return show_prediction(
            self.x, curves, self.xlabel, self.ylabel, tuple(self.ylim), logx=self.xscale == "log"
        )

    def __repr__(self):
        over, name = (label.split(",")[0] for label in (self.xlabel, self.ylabel))
        count = sum(sum(height is not None for height in curve) > 1 for curve in self.drawn)
        return f"DrawCurve({name} over {over}, {count} of {len(self.names)} drawn)"


def _numbers(name, value, shape=None, gaps=False):
    """Return `value` as a float array of one axis, or raise a one-line error."""
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"DrawCurve: {name} must hold real numbers, but has dtype {array.dtype}")
    if array.ndim != 1 or (shape and array.shape != shape):
        wanted = shape or "(P,)"
        raise ValueError(f"DrawCurve: {name} must have shape {wanted}, but has {array.shape}")
    if np.isinf(array).any() or (np.isnan(array).any() and not gaps):
        raise ValueError(f"DrawCurve: {name} must hold finite numbers")
    return array.astype(float)


def _curves(name, curves, points, least=1, gaps=False):
    """Return the names of {name: numbers} and an array of shape (K, P), or raise an error."""
    if not isinstance(curves, dict):
        raise TypeError(f"DrawCurve: {name} must be {{name: numbers}}, but is {curves!r:.40}")
    if not least <= len(curves) <= MOST_CURVES:
        raise ValueError(
            f"DrawCurve: {name} must have {least} to {MOST_CURVES} curves, but has {len(curves)}"
        )
    rows = [_numbers(name, curve, (points,), gaps) for curve in curves.values()]
    return [str(key) for key in curves], np.reshape(rows, (len(rows), points))
