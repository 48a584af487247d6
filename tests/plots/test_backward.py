import numpy as np

from cnnedu.plots.backward import show_backward, show_step_sizes


def frames(figure):
    """Return the frames (x, y, width, height) in each of the axes."""
    return [
        [(*patch.get_xy(), patch.get_width(), patch.get_height()) for patch in axes.patches]
        for axes in figure.axes
    ]


def test_the_window_of_the_marked_output_is_framed_in_x_and_dx():
    dout, x, w = np.ones((2, 2)), np.arange(16.0).reshape(4, 4), np.ones((3, 3))
    figure = show_backward((dout, x, w, x - 3, w), (1, 0), (1, 0))
    titles = [axes.get_title() for axes in figure.axes]
    grids = ["dout, 2 × 2", "x, 4 × 4", "w, 3 × 3", "dx, scattered, 4 × 4", "dw, gathered, 3 × 3"]
    assert titles == grids
    assert frames(figure) == [[(0, 1, 1, 1)], [(0, 1, 3, 3)], [], [(0, 1, 3, 3)], []]


def test_a_kernel_as_large_as_the_picture_is_not_framed():
    one, x = np.ones((1, 1)), np.ones((3, 3))
    figure = show_backward((one, x, x, x, x), (0, 0), (0, 0))
    assert [len(found) for found in frames(figure)] == [1, 1, 0, 1, 0]


def test_errors_against_steps():
    axes = show_step_sizes([1e-2, 1e-4], {"float64": [1e-3, 1e-7], "float32": [1e-2, 1]}).axes[0]
    assert axes.get_xscale() == axes.get_yscale() == "log" and axes.get_xlabel() == "step h"
    assert [line.get_ydata().tolist() for line in axes.lines] == [[1e-3, 1e-7], [1e-2, 1]]
    assert len({line.get_marker() for line in axes.lines}) == 2
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["float64", "float32"]
