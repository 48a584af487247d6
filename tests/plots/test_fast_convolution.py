import pytest

from cnnedu.plots.fast_convolution import show_kernel_sizes, show_ladder


def test_a_ladder_writes_what_each_rung_takes_in_its_unit():
    rungs = {"loops": (2.5, 4e6, 0), "im2col": (0.004, 4e6, 25e6)}
    axes = show_ladder(rungs).axes
    assert [panel.get_xlabel() for panel in axes] == [
        "time, ms",
        "multiplications, millions",
        "workspace, MB",
    ]
    written = [[text.get_text() for text in panel.texts] for panel in axes]
    assert written == [["2,500", "4"], ["4", "4"], ["0", "25"]]
    time = axes[0]
    assert [bar.get_width() for bar in time.patches] == pytest.approx([2500, 4])
    assert time.get_xscale() == "log" and time.yaxis_inverted()
    assert [label.get_text() for label in time.get_yticklabels()] == list(rungs)


def test_times_by_kernel_size():
    axes = show_kernel_sizes([3, 7], {"direct": [1, 5.4], "FFT": [3, 3]}).axes[0]
    assert [line.get_ydata().tolist() for line in axes.lines] == [[1, 5.4], [3, 3]]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["3", "7"]
    assert axes.get_xlabel() == "side of the kernel, pixels" and axes.get_ylabel() == "time, ms"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["direct", "FFT"]
