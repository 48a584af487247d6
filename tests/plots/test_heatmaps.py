import numpy as np
import pytest

from cnnedu.plots.heatmaps import show_grad_cams, show_heatmaps, show_overlay

PICTURE = np.full((6, 8, 3), 100, np.uint8)


def test_a_map_is_enlarged_to_the_picture_and_its_key_begins_at_zero():
    heat = np.array([[0, 0], [0, 3.0]])
    figure = show_overlay(PICTURE, heat, "cat 81 %")
    _, right, bar = figure.axes
    grey, coloured = right.images
    assert coloured.get_array().shape == (6, 8) and coloured.get_extent() == grey.get_extent()
    assert coloured.get_array()[5, 7] == 3 and coloured.get_array()[0, 0] == 0
    assert 0 < coloured.get_array()[3, 4] < 3
    assert coloured.get_clim() == (-3, 3) and bar.get_ylim() == (0, 3)
    assert right.get_title() == "where it looked\nto say: cat 81 %"
    assert bar.get_ylabel() == "Grad-CAM, in logits"


def test_a_map_of_zeros():
    assert show_overlay(PICTURE, np.zeros((2, 2)), "cat").axes[1].images[1].get_clim() == (-1, 1)


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
