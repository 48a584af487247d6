import numpy as np
import pytest

from cnnedu.data import edge_kernel, smiley
from cnnedu.plots.fast_convolution import show_columns, show_kernel_sizes, show_ladder


def test_a_ladder_writes_what_each_rung_takes_in_its_unit():
    rungs = {"loops": (2.5, 4e6, 0), "im2col": (0.004, 4e6, 25e6), "a library": (0.002, np.nan, 0)}
    axes = show_ladder(rungs).axes
    assert [panel.get_xlabel() for panel in axes] == [
        "time, ms",
        "multiplications, millions",
        "workspace, MB",
    ]
    written = [[text.get_text() for text in panel.texts] for panel in axes]
    assert written == [["2,500", "4", "2"], ["4", "4", "not told"], ["0", "25", "0"]]
    time = axes[0]
    dots = time.collections[0].get_offsets()
    assert dots.tolist() == pytest.approx(np.array([[2500, 0], [4, 1], [2, 2]]))
    assert time.get_xscale() == "log" and time.yaxis_inverted()
    assert [label.get_text() for label in time.get_yticklabels()] == list(rungs)


def test_times_by_kernel_size():
    axes = show_kernel_sizes([3, 7], {"direct": [1, 5.4], "FFT": [3, 3]}).axes[0]
    assert [line.get_ydata().tolist() for line in axes.lines] == [[1, 5.4], [3, 3]]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["3", "7"]
    assert axes.get_xlabel() == "side of the kernel, pixels" and axes.get_ylabel() == "time, ms"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["direct", "FFT"]


def test_each_output_stands_below_its_column_and_all_copies_are_marked():
    figure = show_columns(smiley(), edge_kernel(), at=(3, 0), pixel=(0, 3, 2))
    picture, columns, kernel, out = figure.axes
    numbers = [text.get_text() for text in columns.texts]
    assert numbers[18::36] == ["1", "0", "0", "1", "0", "1", "1", "0", "0"]
    assert [text.get_text() for text in out.texts][18] == "−2"
    assert len(kernel.texts) == 9
    corners = [patch.get_xy() for patch in columns.patches]
    assert corners[0] == (18, 0) and out.patches[0].get_xy() == (18, 0)
    assert sorted(corners[1:]) == [(k, r) for r, k in sorted(COPIES, key=lambda at: at[1])]
    assert [patch.get_xy() for patch in picture.patches] == [(0, 3), (2, 3)]
    left, right = (ax.get_position().x0 for ax in (columns, out))
    assert left == pytest.approx(right)


# The copies of pixel (3, 2): window (i, j) sees it in its row 3 − i and column 2 − j.
COPIES = [(3 * (3 - i) + 2 - j, 6 * i + j) for i in (1, 2, 3) for j in (0, 1, 2)]


def test_two_channels_share_their_greys():
    x = np.arange(32).reshape(2, 4, 4)
    figure = show_columns(x, np.ones((2, 2, 2)), stride=2)
    greys = [ax.collections[0].get_clim() for ax in figure.axes[:3]]
    assert greys == [(0, 31)] * 3
    assert len(figure.axes[2].texts) == 8 * 4
