import numpy as np
import pytest

from cnnedu.plots.heatmaps import show_grad_cams, show_heatmaps

PICTURE = np.full((6, 8, 3), 100, np.uint8)


def test_grad_cams_share_one_range():
    pictures = np.zeros((2, 3, 6, 8), np.uint8)
    *grid, bar = show_grad_cams(pictures, [np.eye(2), 4 * np.eye(2)], ["a", "b"]).axes
    assert [axes.get_title() for axes in grid] == ["a", "b", "", ""]
    assert [axes.images[1].get_clim() for axes in grid[2:]] == [(-4, 4)] * 2
    assert bar.get_ylim() == (0, 4)


@pytest.mark.parametrize(("same_scale", "limits"), [(True, [4, 4]), (False, [2, 4])])
def test_two_networks_share_a_range_if_asked(same_scale, limits):
    figure = show_heatmaps(PICTURE, 2 * np.eye(2), -4 * np.eye(2), "occlusion", same_scale)
    drawn = [axes.images[1] for axes in figure.axes[1:3]]
    assert [image.get_clim() for image in drawn] == [(-limit, limit) for limit in limits]
    assert drawn[1].get_array().min() == -4
    assert drawn[0].get_extent() == figure.axes[0].images[0].get_extent()
