"""Lesson 14's atlas: what is stored is what it says, and small."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import interpolate

from cnnedu.experiments import l14_atlas as atlas
from cnnedu.experiments.store import FOLDER
from cnnedu.models.pretrained import load_pretrained


@pytest.fixture(scope="module")
def stored():
    return atlas.figures._result(atlas.figures._complete("atlas")[0])


def test_the_stored_atlas_is_small_and_complete(stored):
    assert (FOLDER / "l14_atlas.atlas.npz").stat().st_size < 400_000
    rows = atlas.opened(stored)
    assert list(rows) == list(atlas.STAGES)
    for stage, units in rows.items():
        side = atlas.STAGES[stage].patch
        assert len(units) == atlas.UNITS and len({unit.number for unit in units}) == atlas.UNITS
        for unit in units:
            assert unit.made.shape == (atlas.SHEET, atlas.SHEET, 3)
            assert [patch.shape for patch in unit.patches] == [(side, side, 3)] * atlas.PATCHES


def test_each_stored_picture_excites_its_unit_more_than_any_photograph(stored):
    """Even after JPEG, which the stored values don't know."""
    trained = load_pretrained("imagenet")
    for row, (stage, units) in enumerate(atlas.opened(stored).items()):
        part, depth = atlas.front(trained, stage), atlas.STAGES[stage]
        light = torch.stack([torch.tensor(unit.made).permute(2, 0, 1) / 255 for unit in units])
        pictures = interpolate(light, (depth.size, depth.size), mode="bicubic", antialias=True)
        for unit, picture, (made, best) in zip(units, pictures, stored["values"][row], strict=True):
            assert unit.gain == pytest.approx(made / best) and made > best
            assert atlas.in_the_middle(part, unit.number, picture.clamp(0, 1)) > best


def test_the_best_patch_is_where_the_map_is_largest():
    searched = np.zeros((3, 10, atlas.SIDE, atlas.SIDE, 3), np.uint8)
    searched[2, 4, 100, 60] = 250
    searched[0, 9, 10, 200] = 150
    searched[1, 0, 0, 0] = 100
    part = nn.AvgPool2d(4)  # each colour is a unit
    values, places = atlas.favourites(part, searched)
    assert values.shape == (3, atlas.PATCHES) and places.shape == (3, atlas.PATCHES, 4)
    np.testing.assert_allclose(values[1], [250 / 255 / 16, 150 / 255 / 16], rtol=1e-5)
    assert places[1].tolist() == [[2, 4, 102, 62], [0, 9, 10, 202]]
    patch = atlas.cut(searched, places[1, 0], 20)
    assert patch.shape == (20, 20, 3) and patch.max() == 250
    corner = atlas.cut(searched, [0, 9, 10, 222], 20)
    assert corner.shape == (20, 20, 3)


def test_a_stage_without_its_last_relu_can_be_climbed():
    trained = load_pretrained("imagenet")
    x = torch.rand(1, 3, 32, 32)
    part = atlas.front(trained, "stage9")
    with torch.no_grad():
        maps = part(x)
        prepared = trained.prepare((255 * x).round().to(torch.uint8))
        whole = trained.network[:9](prepared)
    assert maps.min() < 0
    torch.testing.assert_close(maps.clamp(0, 6), whole, atol=0.2, rtol=0.1)
