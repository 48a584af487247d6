"""The bars of a question add up, and show who has how much."""

import pytest

from cnnedu.plots.class_points import show_class_points


@pytest.fixture
def drawn():
    """Draw three questions; return {question: the widths of its bars}."""
    figure = show_class_points(
        {"easy": (2, [2, 2, 2, 2]), "hard": (4, [0, 0, 1.5, 4]), "open": (2, [])}
    )
    (axes,) = figure.axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    widths = [[bar.get_width() for bar in part] for part in axes.containers]
    return figure, dict(zip(names, zip(*widths, strict=True), strict=True))


def test_shares_of_none_some_and_all(drawn):
    _, bars = drawn
    assert bars == {"easy": (0, 0, 100), "hard": (50, 25, 25), "open": (0, 0, 0)}


def test_the_first_question_is_on_top_and_the_axis_has_its_unit(drawn):
    (axes,) = drawn[0].axes
    assert axes.yaxis_inverted()
    assert axes.get_xlabel().endswith("%")
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["none", "some", "all"]
