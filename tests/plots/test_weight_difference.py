import numpy as np

from cnnedu.plots.weight_difference import show_weight_difference


def test_no_difference_is_a_gap_on_the_logarithmic_axis():
    axes = show_weight_difference({"float64": [0, 1e-16, 1e-15], "float32": [1e-7, 2e-7]}).axes[0]
    first, second = axes.lines
    assert first.get_xdata().tolist() == [1, 2, 3] and second.get_xdata().tolist() == [1, 2]
    np.testing.assert_array_equal(first.get_ydata(), [np.nan, 1e-16, 1e-15])
    assert axes.get_yscale() == "log" and axes.get_xlabel() == "step"
    assert first.get_linestyle() != second.get_linestyle()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["float64", "float32"]
