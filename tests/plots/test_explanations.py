import numpy as np

from cnnedu.plots.explanations import show_controls, show_readable


def test_a_measure_and_its_control_stand_on_one_line():
    rows = {"occlusion": ([0.1, 0.3], [0.5, 0.7]), "saliency": ([0.2, 0.2], [0.4, 0.6])}
    figure = show_controls({"fast": rows, "classic": rows}, ["own", "other"], "ρ")
    (first, second) = figure.axes
    assert [label.get_text() for label in first.get_yticklabels()] == list(rows)
    own, other = (bars[0] for bars in first.containers)
    np.testing.assert_allclose(own.get_xdata(), [0.2, 0.2])
    np.testing.assert_allclose(other.get_xdata(), [0.6, 0.5])
    np.testing.assert_allclose(own.get_ydata(), other.get_ydata())
    assert second.get_xlabel() == "ρ"


def test_each_factor_has_a_panel_with_both_networks():
    runs = {"edges": [[0.0, 0.5], [0.2, 0.7]], "colour": [[1.0, 0.5], [0.8, 0.5]]}
    figure = show_readable(["pixels", "gelu"], runs, runs)
    assert [ax.get_title() for ax in figure.axes] == list(runs)
    np.testing.assert_allclose(figure.axes[0].containers[0][0].get_ydata(), [0.1, 0.6])
