"""How costs grow: the exponent that is fitted, and the figure that names it."""

import numpy as np
import pytest

from cnnedu.plots.growth import exponent, show_growth


@pytest.mark.parametrize("power", [0, 0.5, 1, 2])
def test_a_known_exponent_comes_back(power):
    sizes = np.array([1, 3, 10, 30, 100, 300])
    noise = np.random.default_rng(0).normal(0, 0.02, len(sizes))
    found, error = exponent(sizes, 5 * sizes**power * np.exp(noise))
    assert abs(found - power) < 3 * error
    assert 0 < error < 0.03


def test_a_fixed_cost_at_small_sizes_does_not_hide_the_exponent():
    sizes = np.array([1, 10, 100, 1000, 10_000, 100_000])
    found, _ = exponent(sizes, 20 + sizes)
    assert found == pytest.approx(1, abs=0.01)


def test_the_error_is_that_of_a_straight_line():
    # By hand: ln y is 0, 1, 0 at ln x = 0, 1, 2. The slope is 0; the residuals are -1/3, 2/3, -1/3.
    found, error = exponent(np.exp([0, 1, 2]), np.exp([0, 1, 0]))
    assert found == pytest.approx(0)
    assert error == pytest.approx(np.sqrt(6 / 9 / 1 / 2))


def test_each_cost_has_its_line_and_its_exponent():
    sizes = [1, 10, 100]
    rows = [
        {"cost": "batch, NumPy", "sizes": sizes, "figures": [1, 10, 100]},
        {"cost": "batch, PyTorch", "sizes": sizes, "figures": [2, 20, 200]},
        {"cost": "submissions", "sizes": sizes, "figures": [1, 100, 10_000]},
        {"cost": "gradebook", "sizes": sizes, "figures": [7, 7, 7]},
    ]
    figure = show_growth(rows)
    step, grading = (axes for axes in figure.axes if axes.get_visible())
    said = [text.get_text() for text in step.get_legend().get_texts()]
    assert said == ["1.00 ± 0.00, NumPy", "1.00 ± 0.00, PyTorch"]
    said = [text.get_text() for text in grading.get_legend().get_texts()]
    assert said == ["2.00 ± 0.00, all of them", "0.00 ± 0.00, 10 more beside them"]
    assert step.get_xlabel() == "pictures in a batch"
