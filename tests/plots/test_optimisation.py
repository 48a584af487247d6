"""The figures of lesson 08 show what they are given."""

import numpy as np
import pytest

from cnnedu.plots.optimisation import show_paths, show_rates


def test_rates_are_drawn_with_their_spread_and_where_they_are_good():
    rates = [0.01, 0.1, 1.0]
    runs = {"one": [[0, 98, 0], [0, 102, 0]], "other": [[90, 90, 50], [90, 90, 50]]}
    above, below = show_rates(rates, runs, 90, "% right").axes
    means = [line.get_ydata() for line in above.lines[:2]]
    np.testing.assert_array_equal(means, [[0, 100, 0], [90, 90, 50]])
    band = above.collections[0].get_paths()[0].vertices[:, 1]
    assert band.max() == pytest.approx(100 + np.std([98, 102], ddof=1))
    assert [text.get_text() for text in above.get_legend().get_texts()] == ["one", "other"]
    assert [text.get_text() for text in below.get_yticklabels()] == ["one", "other"]
    one, other = (line.get_xdata() for line in below.lines)
    np.testing.assert_allclose(one, [10**-1.1, 10**-0.9], rtol=0.01)  # a tenth of the way down
    np.testing.assert_allclose(other, [0.01, 0.1], rtol=0.01)


def test_each_path_is_drawn_in_the_valley_under_its_name():
    paths = {"SGD": np.array([[-4, 1], [-3, 0.5]]), "Adam": np.array([[-4, 1], [0, 0]])}
    axes = show_paths((1, 25), paths, (-4.5, 2.5, -1.2, 1.2)).axes
    assert [ax.get_title() for ax in axes] == list(paths)
    for ax, path in zip(axes, paths.values(), strict=True):
        np.testing.assert_array_equal(ax.lines[0].get_xydata(), path)
