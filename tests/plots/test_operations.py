import numpy as np
import pytest

from cnnedu.plots.operations import show_operations


def test_a_power_law_is_continued_and_drawn_again_through_the_copy():
    published = [(1e14, 0.08), (1e15, 0.04)]
    axes = show_operations(published, 0.16, {"small": (1e13, 0.3), "large": (1e15, 0.09)}).axes[0]
    dots, law, copied, raised, on, raised_on, small, large = axes.lines
    assert list(zip(*dots.get_data(), strict=True)) == published
    for line in (law, raised):
        assert list(line.get_xdata()) == [1e14, 1e15]
    for line, factor in ((law, 1), (raised, 2), (on, 1), (raised_on, 2)):
        work, wrong = line.get_data()
        slope, height = np.polyfit(np.log10(work), np.log10(wrong), 1)
        assert slope == pytest.approx(np.log10(0.5))
        assert 10 ** (height + 14 * slope) == pytest.approx(0.08 * factor)
    for line in (on, raised_on):
        assert line.get_linestyle() == ":"
        assert line.get_xdata()[0] < 1e13 and line.get_xdata()[-1] > 1e15
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in (copied, small, large)]
    assert points == [(1e14, 0.16), (1e13, 0.3), (1e15, 0.09)]
    assert axes.get_xscale() == axes.get_yscale() == "log"
    named = [text.get_text() for text in axes.get_legend().get_texts()]
    assert named[1] == "power law fitted to them" and named[3:5] == ["the law × 2.00", "continued"]
    assert named[5:] == ["small: JPEG copy", "large: JPEG copy"]
