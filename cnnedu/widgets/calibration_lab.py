"""`CalibrationLab`: how far a softmax can be trusted, and what a temperature fixes."""

import numpy as np
import traitlets

from cnnedu.kernels import softmax
from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Whole

MOST_ANSWERS, MOST_CLASSES = 10_000, 256
COLDEST, HOTTEST = 0.25, 8.0


class CalibrationLab(Widget):
    """Show how often answers of each confidence are right while the reader sets the temperature.

    Equation
        p = softmax(logits / T);  ECE = Σ_b (count[b] / N) · |accuracy[b] − confidence[b]|

    Args:
        logits: scores before softmax, shape (N, K), N up to 10,000 and K up to 256.
        y: labels, whole numbers from 0 to K − 1, shape (N,).
        temperature: T, from 0.25 to 8.
        bins: number of confidence bins, 2 to 50.

    Without `logits` it shows 2,000 answers of a generated, overconfident classifier, whose labels
    were drawn from softmax(logits / 2.2).

    `temperature` and `bins` are traits.

    Raises:
        TypeError, ValueError: arguments of the wrong kind, size or range.

    >>> lab = CalibrationLab()
    >>> lab
    CalibrationLab(2,000 answers, temperature 1, calibration error 25.8 %)
    >>> lab.temperature = 2.2
    >>> lab
    CalibrationLab(2,000 answers, temperature 2.2, calibration error 1.8 %)
    """

    _esm = module("calibration_lab")
    _css = stylesheet("chart", "calibration_lab")

    logits = Numbers(dtype="float32", ndim=2)
    labels = Numbers(dtype="uint8", ndim=1)
    temperature = traitlets.Float(1.0).tag(sync=True)
    bins = Whole(15, least=2, most=50)

    def __init__(self, logits=None, y=None, *, temperature=1.0, bins=15):
        if (logits is None) != (y is None):
            raise TypeError("CalibrationLab: give both logits and y, or neither")
        logits, y = _overconfident() if logits is None else (np.asarray(logits), np.asarray(y))
        if logits.ndim != 2 or y.shape != logits.shape[:1] or not len(y):
            raise ValueError(
                f"CalibrationLab: logits must be (N, K) and y (N,), but have the shapes "
                f"{logits.shape} and {y.shape}"
            )
        if len(y) > MOST_ANSWERS or logits.shape[1] > MOST_CLASSES:
            raise ValueError(
                f"CalibrationLab: the page takes up to {MOST_ANSWERS:,} answers and {MOST_CLASSES} "
                f"classes, but logits has shape {logits.shape}"
            )
        if y.dtype.kind not in "iu" or not (0 <= y.min() and y.max() < logits.shape[1]):
            raise ValueError(
                f"CalibrationLab: y must hold whole numbers from 0 to {logits.shape[1] - 1}"
            )
        if logits.dtype.kind in "biuf" and not np.isfinite(logits).all():
            raise ValueError("CalibrationLab: logits must be finite, but hold nan or infinity")
        super().__init__(
            logits=logits, labels=y.astype(np.uint8), temperature=temperature, bins=bins
        )

    @traitlets.validate("temperature")
    def _temperature_in_range(self, proposal):
        if not COLDEST <= proposal.value <= HOTTEST:
            raise ValueError(
                f"CalibrationLab: temperature must be from {COLDEST} to {HOTTEST:g}, but is "
                f"{proposal.value!r}"
            )
        return proposal.value

    @property
    def probabilities(self):
        """softmax(logits / temperature), shape (N, K)."""
        return softmax(self.logits.astype(float) / self.temperature)

    @property
    def error(self):
        """The expected calibration error at this temperature, from 0 to 1."""
        from cnnedu.explain.calibration import expected_calibration_error

        return expected_calibration_error(self.probabilities, self.labels, self.bins)

    def draw(self):
        """Return a figure: the reliability diagram, and how many answers each bin holds."""
        from cnnedu.explain.calibration import reliability
        from cnnedu.plots.calibration import show_reliability

        count, confidence, accuracy = reliability(self.probabilities, self.labels, self.bins)
        title = repr(self)[len("CalibrationLab(") : -1]
        return show_reliability(count, confidence, accuracy, title)

    def __repr__(self):
        return (
            f"CalibrationLab({len(self.labels):,} answers, temperature {self.temperature:.3g}, "
            f"calibration error {100 * self.error:.1f} %)"
        )


def _overconfident():
    """Return logits (2000, 10) of a generated classifier, 2.2 times too large, and the labels."""
    random = np.random.default_rng(0)
    logits = random.normal(0, 1.5, (2000, 10))
    chances = softmax(logits).cumsum(axis=1)
    labels = (random.random((2000, 1)) > chances[:, :-1]).sum(axis=1)
    return (2.2 * logits).astype(np.float32), labels
