"""Photographs that move: what lesson 04 measures, and the verdicts that it words."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from cnnedu import kernels
from cnnedu.experiments import l04_shifts as shifts

WAYS = list(shifts.HALVINGS)


@pytest.fixture
def picture():
    return np.random.default_rng(0).random((300, 300), np.float32)


@pytest.mark.parametrize("way", WAYS)
def test_halvings_are_the_kernels(way):
    x = np.random.default_rng(0).normal(size=(2, 3, 10, 8)).astype(np.float32)
    inner = x[:, :, 1:-1, 1:-1]
    blur = np.tile(np.outer([1, 2, 1], [1, 2, 1]) / 16, (3, 1, 1, 1))
    expected = {
        "nothing": lambda: inner,
        "stride 2": lambda: inner[:, :, ::2, ::2],
        "max pool": lambda: kernels.max_pool2d(inner, 2),
        "average pool": lambda: kernels.avg_pool2d(inner, 2),
        "max + blur": lambda: kernels.conv2d(
            kernels.max_pool2d(x, 2, stride=1), blur, stride=2, groups=3
        ),
    }[way]()
    np.testing.assert_allclose(shifts.halve(torch.from_numpy(x), way), expected, atol=1e-6)


@pytest.mark.parametrize("direction", shifts.DIRECTIONS)
def test_the_camera_sees_real_surroundings_and_the_ring_its_own(picture, direction):
    down, right = (3, 0) if direction == "down" else (0, 3)
    real = shifts.moved(picture, (20, 30), direction, "photograph")[3, 0].numpy()
    np.testing.assert_array_equal(real, picture[6 + down :, 16 + right :][:156, :156])
    ring = shifts.moved(picture, (20, 30), direction, "ring")[3, 0, 14:-14, 14:-14].numpy()
    window = picture[20:148, 30:158]
    np.testing.assert_array_equal(np.sort(ring, axis=None), np.sort(window, axis=None))
    inside = np.s_[: 128 - down, : 128 - right]
    np.testing.assert_array_equal(ring[inside], real[14:-14, 14:-14][inside])


@pytest.mark.parametrize("way", WAYS)
def test_descriptions_use_nothing_but_the_window_and_its_margin(picture, way):
    """On a ring the description is unchanged after moves by all strides together."""
    filters = shifts.random_filters(0)
    x = shifts.moved(picture, (20, 30), "down", "ring")
    rows = shifts.describe(x, way, filters)
    assert shifts.change(rows[8], rows[0]) < 1e-5
    assert (shifts.change(rows[1], rows[0]) < 1e-5) == (way == "nothing")


def test_what_moves_along_leaves_nothing_over():
    before = torch.rand(2, 20, 20)
    after = before.roll(-3, dims=2)  # the camera moved right by 3
    assert shifts.left_over(after, before, 2) == 0
    assert shifts.left_over(after, before, 1) > 0.3
    assert shifts.change(before, before) == 0 and shifts.change(2 * before, before) == 1


def test_windows_lie_inside_and_show_something():
    for number, name in enumerate(("text", "retina")):
        picture = shifts.photograph(name)
        for top, left in shifts.corners(picture, seed=number):
            assert min(top, left) >= shifts.MARGIN
            reach = shifts.WINDOW + shifts.MARGIN + shifts.FARTHEST
            assert top + reach <= picture.shape[0] and left + reach <= picture.shape[1]
            assert picture[top : top + 128, left : left + 128].std() >= 0.02


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(shifts, "PHOTOGRAPHS", ("cat",))
    monkeypatch.setattr(shifts, "PLACES", 2)
    monkeypatch.setattr(shifts, "SEEDS", 1)
    for part, photographs in (("features", 0), ("descriptions", 1)):
        found, stored = shifts.figures.parts[part].measure(), shifts.figures[part]
        assert list(found) == list(stored)
        for name, values in found.items():
            ways = values.ndim - (1 if name == "other" else 2)
            assert values.shape[ways:] == stored[name].shape[ways:]
            assert stored[name].shape[photographs] == 18 and stored[name].dtype == values.dtype


def over_photographs(cases, left, right):
    """Return the mean difference over photographs, in points, in standard errors too."""
    gaps = 100 * (cases[..., WAYS.index(left)] - cases[..., WAYS.index(right)])
    return gaps.mean(), gaps.mean() / (gaps.std(ddof=1) / np.sqrt(len(gaps)))


def test_what_the_lesson_says_of_maps():
    figures = shifts.figures["features"]
    stays = figures["stays"][..., 1].astype(float)
    low, middle, high = np.percentile(100 * stays[..., WAYS.index("max pool")], [5, 50, 95])
    assert (round(low), round(middle), round(high)) == (19, 50, 65)
    assert round(100 * np.median(stays[..., WAYS.index("nothing")])) == 66
    photographs = stays.mean(axis=(1, 2))
    gap, errors = over_photographs(photographs, "nothing", "stride 2")
    assert abs(gap) < 1 and abs(errors) < 3, "a stride softens nothing"
    assert over_photographs(photographs, "stride 2", "max pool")[1] > 3
    assert 0 < over_photographs(photographs, "average pool", "max pool")[0] < 3, "about as well"
    assert over_photographs(photographs, "max pool", "max + blur")[1] > 3
    larger = stays[..., WAYS.index("stride 2")] > stays[..., WAYS.index("max pool")]
    assert round(100 * larger.mean()) == 97
    assert (stays[..., WAYS.index("max pool")] > stays[..., WAYS.index("max + blur")]).all()
    left_over = np.median(figures["moves_along"].astype(float), axis=(0, 1, 2))
    assert left_over[:, 2].max() == left_over[WAYS.index("nothing")].max() == 0
    assert round(100 * left_over[WAYS.index("max pool"), 1]) == 49
    ring = np.median(figures["stays_ring"][..., 1].astype(float), axis=(0, 1, 2))
    assert np.abs(ring - np.median(stays, axis=(0, 1, 2))).max() < 0.07, "about as much"


def test_what_the_lesson_says_of_descriptions():
    figures = shifts.figures["descriptions"]
    cases = figures["photograph"].astype(float)[..., 1:8].mean(axis=-1)
    photographs = cases.mean(axis=(0, 2, 3))
    for left, right in pairwise(WAYS[1:]):
        assert over_photographs(photographs, left, right)[1] > 3
    assert abs(over_photographs(photographs, "max + blur", "nothing")[1]) < 3
    ring = np.median(figures["ring"].astype(float), axis=(0, 1, 2, 3))
    assert ring[WAYS.index("nothing")].max() < 1e-4
    for way in ("average pool", "max + blur"):
        assert ring[WAYS.index(way), [4, 8]].max() < 1e-4 < 0.005 < ring[WAYS.index(way), 1]
    for way in ("stride 2", "max pool"):
        assert ring[WAYS.index(way), 8] < 1e-4 < 0.01 < ring[WAYS.index(way), 4]
