"""Surfaces: pictures cut from regions of photographs; no brightness gives the class away."""

import numpy as np
import pytest

from cnnedu.data import surfaces


@pytest.fixture(scope="module")
def found():
    return surfaces.load()


def test_each_region_belongs_to_one_class_and_gives_equally_many_pictures(found):
    regions, counts = np.unique(found.regions, return_counts=True)
    assert set(counts) == {surfaces.EACH}
    for region in regions:
        assert set(found.y[found.regions == region]) == {region // surfaces.REGIONS**2}
    assert np.bincount(found.y).min() >= 180, "enough for 100 to learn from, beside the others"


def test_pictures_are_grey_of_one_brightness_and_contrast(found):
    assert found.x.dtype == np.uint8 and found.x.shape[1:] == (3, surfaces.SIZE, surfaces.SIZE)
    assert (found.x[:, :1] == found.x).all()
    grey = found.x[:, 0].astype(float)
    assert np.ptp(grey.mean(axis=(1, 2))) < 40 and (grey.std(axis=(1, 2)) > 20).all()


def test_two_regions_share_no_pixel(monkeypatch):
    """Photographs in which each pixel has a number of its own show where pictures are from."""
    numbered = np.arange(300 * 300, dtype=float).reshape(300, 300)
    monkeypatch.setattr(surfaces, "_grey", lambda name: numbered)
    taken = {}

    def spy(region, rng):
        taken[len(taken)] = region
        return []

    monkeypatch.setattr(surfaces, "_cut", spy)
    assert not len(surfaces.load().x), "the spy takes the regions and gives no pictures"
    pixels = np.concatenate([taken[number].ravel() for number in range(surfaces.REGIONS**2)])
    assert len(np.unique(pixels)) == len(pixels) == numbered.size


def test_a_picture_lies_in_its_region():
    region = np.random.default_rng(0).normal(100, 20, (60, 70))
    pieces = surfaces._cut(region, np.random.default_rng(1))
    assert len(pieces) == surfaces.EACH
    assert surfaces._cut(np.full((60, 70), 9.0), np.random.default_rng(1)) == [], "all flat"


def test_the_pictures_are_always_the_same(found):
    assert all(np.array_equal(a, b) for a, b in zip(found, surfaces.load(), strict=True))
