"""Small pictures and their photographs: frames stand where the pictures were cut."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from cnnedu.data import photo, ten_photos
from cnnedu.plots.evaluation import show_rates
from cnnedu.plots.photographs import (
    FRAMES,
    show_mistakes,
    show_regions,
    show_samples,
    surest_of_each_kind,
)


def frames(ax):
    """Return {(left, top, width, height): colours} of the frames in an axes."""
    found = {}
    for frame in ax.findobj(Rectangle):
        if frame is not ax.patch:
            place = frame.get_x() + 0.5, frame.get_y() + 0.5, frame.get_width(), frame.get_height()
            found.setdefault(place, []).append(to_rgb(frame.get_edgecolor()))
    return found


def test_the_frame_stands_around_the_small_picture():
    data = ten_photos.draw("test", each=1, seed=0)
    numbers = [3, 5, 8]
    around = [ten_photos.with_surroundings(data, n) for n in numbers]
    small = data.x[numbers].transpose(0, 2, 3, 1)
    figure = show_mistakes(small, around, ["a", "b", "c"])
    upper, lower = figure.axes[:3], figure.axes[3:]
    for ax, picture in zip(upper, small, strict=True):
        assert np.array_equal(ax.get_images()[0].get_array(), picture)
    for ax, (_, (top, left, size)) in zip(lower, around, strict=True):
        assert list(frames(ax)) == [(left, top, size, size)]


def test_nine_of_each_class_are_shown_as_they_are():
    data = ten_photos.draw("test", each=9, seed=0)
    axes = show_samples(data.x, data.y, ten_photos.CLASSES).axes
    assert [ax.get_title() for ax in axes] == list(ten_photos.CLASSES)
    for k, ax in enumerate(axes):
        shown, own = ax.get_images()[0].get_array(), data.x[data.y == k].transpose(0, 2, 3, 1)
        for number, (row, column) in enumerate(np.ndindex(3, 3)):
            square = shown[32 * row : 32 * row + 32, 32 * column : 32 * column + 32]
            assert np.array_equal(square, own[number])


def test_of_each_kind_of_mistake_the_surest_is_found_and_the_surest_comes_first():
    labels, said = np.array([0, 2, 0, 1, 1, 0, 2]), np.array([1, 0, 1, 1, 2, 1, 0])
    sure = np.array([0.6, 0.7, 0.9, 1.0, 0.8, 0.9, 0.5])  # (0, 1) thrice, twice equally sure
    assert surest_of_each_kind(labels, said, sure).tolist() == [2, 4, 1]


def test_regions_are_framed_by_part_and_what_is_unused_is_dark():
    picture, parts = photo("cat"), ten_photos.regions("cat")
    figure = show_regions({"cat": (picture, parts), "again": (picture, parts)})
    found = frames(figure.axes[0])
    for part, (colour, _) in FRAMES.items():
        for top, bottom, left, right in parts[part]:
            assert to_rgb(colour) in found[left, top, right - left, bottom - top]
    assert len(found) == sum(len(parts[part]) for part in FRAMES)
    shown = figure.axes[0].get_images()[0].get_array()
    top, bottom, left, right = parts["train"][0]
    assert np.array_equal(shown[top:bottom, left:right], picture[top:bottom, left:right])
    assert (shown[0] <= 64).all() and picture[0].max() > 64


def test_each_rate_has_its_mean_and_curves_differ_without_colour_too():
    rows = {"0.01": [0.2, 0.4], "0.1": [0.5, 0.5]}
    names = ["raw", "scaled", "centred", "normalised"]
    higher = {"0.01": [0.9]}
    figure = show_rates({"SGD": dict.fromkeys(names, rows), "Adam": {"raw": higher}}, "accuracy")
    assert figure.axes[1].get_ylim()[0] == 0 and figure.axes[1].get_ylim()[1] > 90
    lines = figure.axes[0].get_lines()
    assert lines[0].get_ydata() == pytest.approx([30, 50])
    assert lines[0].get_xdata().tolist() == [0.01, 0.1]
    assert len({(line.get_linestyle(), line.get_marker()) for line in lines}) == 4
    assert [text.get_text() for text in figure.legends[0].get_texts()] == names
