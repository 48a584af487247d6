"""The figures of lesson 05 show what they are given."""

import numpy as np

from cnnedu.data import smiley
from cnnedu.plots.dense_layers import show_accuracies, show_cut_and_tied
from cnnedu.plots.receptive_field import show_field_widths


def test_accuracies_are_drawn_as_runs_and_as_means_with_their_errors():
    runs = {"dense": {"a": [90, 92], "b": [80, 88]}, "cut": {"a": [70, 72], "b": [60, 61]}}
    figure = show_accuracies({"few": runs, "many": runs}, "% right")
    for ax, title in zip(figure.axes, ["few", "many"], strict=True):
        assert ax.get_title() == title
        means = [bar.lines[0].get_xydata()[0] for bar in ax.containers]
        assert [mean[0] for mean in means] == [91, 84, 71, 60.5]
        assert [round(mean[1]) for mean in means] == [0, 0, 1, 1]
        ends = ax.containers[0].lines[2][0].get_segments()[0][:, 0]
        np.testing.assert_allclose(ends, [90, 92])  # the standard error of 90 and 92 is 1
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == ["dense", "cut"]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a", "b"]


def test_cut_weights_are_left_blank_and_the_window_is_framed():
    kept = np.zeros((36, 64), bool)
    kept[18].reshape(8, 8)[3:6, 0:3] = True
    figure = show_cut_and_tied(smiley(), 2.0 * kept, kept, (3, 0), 1, "18 multiplications")
    matrix, weights, picture, outputs = figure.axes
    assert matrix.get_title() == "18 multiplications"
    np.testing.assert_array_equal(matrix.images[0].get_array().mask, ~kept)
    assert [text.get_text() for text in weights.texts] == ["2"] * 9
    assert len(picture.texts) == 64 and len(outputs.texts) == 36
    for ax in (weights, picture):
        frame = ax.patches[-1]
        assert (frame.get_xy(), frame.get_width(), frame.get_height()) == ((0, 3), 3, 3)
    assert outputs.texts[18].get_text() == "8"  # four light pixels in the window, times 2


def test_widths_are_drawn_as_means_with_their_errors():
    figure = show_field_widths([2, 4], [[1, 3], [3, 3]], {"twice": [2, 4]})
    (bar,) = figure.axes[0].containers
    np.testing.assert_allclose(bar.lines[0].get_ydata(), [2, 3])
    np.testing.assert_allclose(bar.lines[2][0].get_segments()[0][:, 1], [1, 3])
