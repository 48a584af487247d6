"""Ten Photos: where its pictures come from, and that no pixel is in two parts."""

import numpy as np
import pytest

from cnnedu.data import photo, ten_photos
from cnnedu.data.photos import NAMES


@pytest.fixture(scope="module")
def data():
    return ten_photos.load()


def covered(pictures, label):
    """Return which pixels of a photograph are in one of these pictures."""
    seen = np.zeros(photo(ten_photos.CLASSES[label]).shape[:2], bool)
    for top, left, size in pictures.places[pictures.y == label]:
        seen[top : top + size, left : left + size] = True
    return seen


def test_classes_are_equally_frequent_in_each_part(data):
    for part, each in zip(data, (300, 80, 120), strict=True):
        assert np.bincount(part.y).tolist() == 10 * [each]
        assert part.x.shape == (10 * each, 3, 32, 32) and part.x.dtype == np.uint8


@pytest.mark.parametrize("label", range(10))
def test_no_pixel_is_in_two_parts_and_a_gap_lies_between_them(data, label):
    parts = [covered(part, label) for part in data]
    assert all(part.any() for part in parts)
    assert sum(part.astype(int) for part in parts).max() == 1
    gap = max(parts[0].shape) // 50 - 2
    for k in range(gap):  # moved by less than the gap, a part still meets no other
        moved = np.roll(parts[2], k, axis=1)
        moved[:, :k] = False
        assert not (moved & (parts[0] | parts[1])).any()


def test_a_picture_is_the_shrunk_square_at_its_place(data):
    rows, columns = slice(0, 32), slice(0, 32)
    for n in np.flatnonzero(data.train.places[:, 2] == 32)[:5]:  # these aren't shrunk
        top, left, _ = data.train.places[n]
        cut = photo(ten_photos.CLASSES[data.train.y[n]])[top:, left:][rows, columns]
        assert np.array_equal(data.train.x[n], cut.transpose(2, 0, 1))


def test_mean_and_deviation_are_those_of_the_training_pictures(data):
    pixels = data.train.x.transpose(1, 0, 2, 3).reshape(3, -1) / 255
    assert pixels.mean(axis=1) == pytest.approx(ten_photos.MEAN, abs=1e-4)
    assert pixels.std(axis=1) == pytest.approx(ten_photos.STD, abs=1e-4)


def test_each_picture_has_contrast(data):
    assert min(part.x.mean(axis=1).std(axis=(1, 2)).min() for part in data) >= ten_photos.CONTRAST


def test_it_is_always_the_same_and_new_pictures_differ(data):
    again = ten_photos.load()
    assert all(np.array_equal(a, b) for a, b in zip(data.test, again.test, strict=True))
    new, other = (ten_photos.draw("test", each=4, seed=seed) for seed in (0, 1))
    assert not np.array_equal(new.places, other.places)
    assert set(new.regions) <= set(data.test.regions)


def test_surroundings_hold_the_picture_and_stay_inside_the_photograph(data):
    for n in range(40):
        around, (top, left, size) = ten_photos.with_surroundings(data.test, n)
        assert size == data.test.places[n, 2]
        assert 0 <= top <= around.shape[0] - size and 0 <= left <= around.shape[1] - size
        assert max(around.shape[:2]) <= 5 * size


@pytest.mark.parametrize("name", NAMES)
def test_regions_lie_apart_and_inside(name):
    height, width = photo(name).shape[:2]
    boxes = [box for part in ten_photos.regions(name).values() for box in part]
    count = np.zeros((height, width), int)
    for top, bottom, left, right in boxes:
        count[top:bottom, left:right] += 1
    assert count.max() == 1 and 0.3 < count.mean() < 0.95


def test_an_unknown_photograph_is_named():
    with pytest.raises(ValueError, match="there is no 'dog'; choose one of admiral, astronaut"):
        photo("dog")
