"""Pictures made by code: their masks, boxes and factors are what is drawn."""

import numpy as np
import pytest

from cnnedu.data.shapes import CLASSES, box_of, draw_shape, make_scenes, make_shapes


def test_shapes_are_what_their_factors_say():
    data = make_shapes(40, seed=1)
    assert data.x.shape == (40, 3, 32, 32) and data.x.dtype == np.uint8
    for i in range(40):
        cover = draw_shape(data.y[i], 32, data.centre[i], data.radius[i], data.angle[i])
        assert np.array_equal(data.masks[i], cover >= 0.5)
        assert tuple(data.boxes[i]) == box_of(data.masks[i])
        inside = data.x[i][:, cover == 1].astype(float)
        assert np.abs(inside.mean(axis=1) - data.colour[i]).max() < 8
        assert inside.std(axis=1).max() < 15 + 2
        assert np.abs(data.colour[i].astype(int) - data.ground[i]).max() >= 60


def test_every_class_comes_up_and_no_other_factor_tells_it():
    data = make_shapes(600, seed=2)
    counts = np.bincount(data.y, minlength=len(CLASSES))
    assert counts.min() > 30
    for factor in (data.radius, data.angle, data.noise, data.centre[:, 0], data.colour[:, 1]):
        means = np.array([factor[data.y == label].mean() for label in range(len(CLASSES))])
        assert np.abs(means - factor.mean()).max() < 4 * factor.std() / np.sqrt(counts.min())


@pytest.mark.parametrize("label", range(len(CLASSES)), ids=CLASSES)
def test_a_shape_stays_within_its_circle_and_turns_about_its_centre(label):
    cover = draw_shape(label, 80, (40, 40), 36, 0.7)
    rows, columns = np.nonzero(cover)
    distance = np.hypot(rows + 0.5 - 40, columns + 0.5 - 40)
    assert 34 < distance.max() < 37.5
    quarter = draw_shape(label, 80, (40, 40), 36, 0.7 + np.pi / 2)
    assert np.abs(quarter - np.rot90(cover, -1)).max() < 0.3  # clockwise
    moved = draw_shape(label, 80, (43, 38), 36, 0.7)
    assert np.array_equal(moved[5:-5, 5:-5], np.roll(cover, (3, -2), (0, 1))[5:-5, 5:-5])


def test_areas_known_from_geometry():
    area = {name: draw_shape(i, 200, (100, 100), 90, 0.3).sum() for i, name in enumerate(CLASSES)}
    assert area["disk"] == pytest.approx(np.pi * 90**2, rel=2e-3)
    assert area["square"] == pytest.approx(2 * 90**2, rel=2e-3)
    assert area["triangle"] == pytest.approx(3 * np.sqrt(3) / 4 * 90**2, rel=2e-3)
    assert area["ring"] == pytest.approx(np.pi * 90**2 * (1 - 0.55**2), rel=2e-3)


def test_a_picture_depends_on_seed_and_number_alone():
    some, more, rest = make_shapes(5, seed=3), make_shapes(9, seed=3), make_shapes(4, 3, first=5)
    for a, b, c in zip(some, more, rest, strict=True):
        assert np.array_equal(a, b[:5]) and np.array_equal(c, b[5:])
    assert not np.array_equal(some.x, make_shapes(5, seed=4).x)
    assert make_shapes(0).x.shape == (0, 3, 32, 32) and make_shapes(0).boxes.shape == (0, 4)


def test_scenes_hold_what_their_boxes_and_masks_say():
    scenes = make_scenes(30, seed=5)
    assert scenes.x.shape == (30, 3, 64, 64)
    numbers = [len(labels) for labels in scenes.y]
    assert min(numbers) == 1 and max(numbers) == 4
    for mask, boxes, labels in zip(scenes.masks, scenes.boxes, scenes.y, strict=True):
        assert boxes.shape == (len(labels), 4)
        empty = mask > 0
        for (left, top, right, bottom), label in zip(boxes, labels, strict=True):
            inside = mask[top:bottom, left:right] == 1 + label
            assert inside.any(axis=0).all() or CLASSES[label] != "disk"
            assert inside[0].any() and inside[-1].any()
            assert inside[:, 0].any() and inside[:, -1].any()
            empty[top:bottom, left:right] = False
        assert not empty.any(), "no shape without a box"


def test_bad_calls():
    for call in (lambda: make_shapes(-1), lambda: make_shapes(1, size=8), lambda: make_scenes(-1)):
        with pytest.raises(ValueError, match="count must be at least 0 and size at least 16"):
            call()
    with pytest.raises(ValueError, match="most must be at least 1"):
        make_scenes(1, most=0)
    with pytest.raises(ValueError, match="no pixel"):
        box_of(np.zeros((3, 3), bool))
