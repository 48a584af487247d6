"""Gains over the plain run: what is seen has a full mark, and rows are the same in all panels."""

import numpy as np
from matplotlib.colors import to_rgba

from cnnedu.plots.regularisation import show_ablation, show_gains


def test_what_is_seen_has_a_full_mark():
    panels = {
        "digits": {"sure": [2.0, 2.1, 1.9], "unsure": [2.0, -1.0, 0.5]},
        "photographs": {"unsure": [-3.0, -3.1, -3.2]},
    }
    left, right = show_gains(panels, "gain").axes
    assert [label.get_text() for label in left.get_yticklabels()] == ["sure", "unsure"]
    assert left.get_xlim() == right.get_xlim() and left.get_xlabel() == "gain (points)"
    drawn = {
        (title, float(bar.lines[0].get_ydata()[0])): (
            float(bar.lines[0].get_xdata()[0]),
            to_rgba(bar.lines[0].get_markerfacecolor()) == to_rgba("k"),
        )
        for title, ax in zip(panels, (left, right), strict=True)
        for bar in ax.containers
    }
    assert drawn == {
        ("digits", 0): (np.mean([2.0, 2.1, 1.9]), True),
        ("digits", 1): (0.5, False),
        ("photographs", 1): (np.mean([-3.0, -3.1, -3.2]), True),
    }
    runs = next(line for line in right.lines if len(line.get_xdata()) == 3)
    assert list(runs.get_xdata()) == panels["photographs"]["unsure"]


def test_an_ablation_marks_from_where_a_difference_to_the_first_row_is_seen():
    groups = {"the recipe": [0.86, 0.88], "less": [0.80, 0.81]}
    figure = show_ablation(groups, "accuracy", seen=2.0)
    upright = [
        float(line.get_xdata()[0])
        for line in figure.axes[0].lines
        if len(line.get_xdata()) == 2 and line.get_linestyle() == ":"
    ]
    np.testing.assert_allclose(sorted(upright), [85, 89])
    (legend,) = figure.legends
    named = [text.get_text() for text in legend.get_texts()]
    assert named == ["one result", "mean ± error", "that of the first row", "2.0 points away: seen"]
    assert len(show_ablation(groups, "accuracy").legends[0].get_texts()) == 3
