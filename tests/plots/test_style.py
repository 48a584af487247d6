import io

import matplotlib.pyplot as plt
import pytest

from cnnedu.plots import show_lines
from cnnedu.plots.architectures import show_blocks, show_runs
from cnnedu.plots.style import COLOURS, style


def test_only_figures_made_in_the_style_are_closed():
    theirs = plt.figure()
    with style():
        plt.figure()
        plt.figure()
    assert plt.get_fignums() == [theirs.number]
    plt.close(theirs)


def test_a_drawing_that_fails_leaves_no_figure_and_no_style_behind():
    before = dict(plt.rcParams)
    with pytest.raises(ValueError, match="same first dimension"):
        show_lines([1, 2], {"three": [1, 2, 3]}, "x", "y")
    assert plt.get_fignums() == [] and dict(plt.rcParams) == before


def test_what_is_decorated_keeps_its_name_and_help():
    assert show_lines.__name__ == "show_lines"
    assert show_lines.__doc__.startswith("Draw several curves")


@pytest.mark.parametrize(
    "draw",
    [
        lambda: show_lines([1, 2], {"a": [1, 2], "b": [2, 1]}, "x", "y"),
        lambda: show_blocks({"a": [1, 2], "b": [2, 3]}, {"a": (1, 2, 3), "b": (3, 2, 1)}),
        lambda: show_runs({k: {2: [[1, 0.1], [1, 0.2]]} for k in ("plain", "skips")}, 10),
    ],
)
def test_a_figure_looks_the_same_whatever_style_it_is_saved_in(draw):
    pictures = []
    for name in ("default", "dark_background"):
        figure, file = draw(), io.BytesIO()
        with plt.style.context(name):
            figure.savefig(file, format="png")
        pictures.append(file.getvalue())
    assert pictures[0] == pictures[1]


def test_colours_are_those_that_curves_get_by_themselves():
    figure = show_lines([1, 2], {name: [1, 2] for name in "abcdefg"}, "x", "y")
    assert [line.get_color() for line in figure.axes[0].lines] == COLOURS
