import numpy as np
import pytest

from cnnedu.plots.architectures import show_blocks, show_runs, show_signals


def test_the_best_network_stands_at_the_top_with_its_own_prices():
    accuracies = {"a": [50, 52], "b": [60, 62]}
    axes = show_blocks(accuracies, {"a": (1e6, 2e3, 30), "b": (2e6, 1e3, 20)}).axes
    assert [label.get_text() for label in axes[0].get_yticklabels()] == ["a", "b"]
    for ax, a, b in zip(axes[1:], (1e6, 2e3, 30), (2e6, 1e3, 20), strict=True):
        assert [line.get_xdata()[0] for line in ax.lines] == [a, b]
        assert ax.get_xlim()[0] == 0
    assert axes[1].xaxis.get_major_formatter()(2e6, 0) == "2 M"
    assert axes[2].xaxis.get_major_formatter()(1e3, 0) == "1 k"


def test_a_network_has_one_look_in_all_panels():
    parts = "forward", "backward", "weights"
    signals = {name: {part: [1, 0.1, 0.01] for part in parts} for name in ("plain", "skips")}
    figure = show_signals(signals)
    looks = [[(line.get_color(), line.get_linestyle()) for line in ax.lines] for ax in figure.axes]
    assert looks[0] == looks[1] == looks[2] and len(set(looks[0])) == 2
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["plain", "skips"]


def test_a_curve_of_losses_is_the_mean_at_the_middle_of_its_steps():
    runs = {kind: {7: [[2.0, 1.0], [2.2, 1.4]]} for kind in ("plain", "skips")}
    for ax in show_runs(runs, every=10).axes:
        assert ax.lines[0].get_xdata().tolist() == [5, 15]
        assert ax.lines[0].get_ydata() == pytest.approx([2.1, 1.2])
        assert ax.lines[1].get_ydata()[0] == pytest.approx(np.log(10))  # guessing
