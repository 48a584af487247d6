"""`CalibrationLab` on the Python side: its numbers, and what it refuses."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.explain.calibration import expected_calibration_error
from cnnedu.kernels import softmax
from cnnedu.widgets import CalibrationLab

LOGITS = np.random.default_rng(0).normal(0, 2, (50, 3))
LABELS = np.random.default_rng(1).integers(0, 3, 50)


def test_error_is_that_of_explain():
    lab = CalibrationLab(LOGITS, LABELS, temperature=0.7, bins=6)
    probabilities = softmax(LOGITS.astype(np.float32).astype(float) / 0.7)
    assert lab.error == pytest.approx(expected_calibration_error(probabilities, LABELS, 6))
    assert lab.labels.dtype == np.uint8 and lab.logits.dtype == np.float32


def test_what_the_page_sends_is_taken():
    lab = CalibrationLab(LOGITS, LABELS)
    lab.set_state({"temperature": 3.5, "bins": 10})
    assert (lab.temperature, lab.bins) == (3.5, 10)
    assert "temperature 3.5" in repr(lab)


def test_picture_also_with_empty_bins():
    lab = CalibrationLab([[9.0, 0.0]], [0])
    png = lab.picture_png()
    assert png == lab.picture_png() and len(png) < 100_000


@pytest.mark.parametrize("arguments, error, message", [
    ((LOGITS,), TypeError, "both logits and y"),
    ((LOGITS, LABELS[:-1]), ValueError, r"shapes \(50, 3\) and \(49,\)"),
    ((LOGITS[0], LABELS), ValueError, r"logits must be \(N, K\)"),
    ((LOGITS, LABELS + 1), ValueError, "whole numbers from 0 to 2"),
    ((LOGITS, LABELS / 2), ValueError, "whole numbers"),
    ((LOGITS * np.nan, LABELS), ValueError, "finite"),
    ((np.zeros((10_001, 2)), np.zeros(10_001, int)), ValueError, "up to 10,000 answers"),
    ((LOGITS.astype(str), LABELS), TypeError, "logits must hold real numbers"),
])  # fmt: skip
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: CalibrationLab(*arguments), error, message)


def test_wrong_traits():
    for name, value in (("temperature", 0.1), ("bins", 1)):
        with pytest.raises(ValueError, match=f"CalibrationLab: {name} must be"):
            CalibrationLab(LOGITS, LABELS, **{name: value})
