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
    assert (FOLDER / "l14_atlas.atlas.npz").stat().st_size < 350_000
    networks = atlas.opened(stored)
    assert list(networks) == list(atlas.UNITS)
    for name, rows in networks.items():
        assert list(rows) == list(atlas.STAGES)
        for stage, units in rows.items():
            side = atlas.STAGES[stage].patch
            assert len({unit.number for unit in units}) == len(units) == atlas.UNITS[name]
            for unit in units:
                drawn = [drawing.shape for drawing in unit.drawings]
                assert drawn == [(atlas.SHEET, atlas.SHEET, 3)] * atlas.DRAWINGS
                assert [patch.shape for patch in unit.patches] == [(side, side, 3)] * atlas.PATCHES
                assert len(unit.climb) == len(atlas.STEPS)


def test_stored_drawings_excite_their_trained_units_more_than_any_photograph(stored):
    """Even after JPEG, which the stored values don't know."""
    trained = load_pretrained("imagenet")
    for row, (stage, units) in enumerate(atlas.opened(stored)["trained"].items()):
        part, size = atlas.front(trained, stage), (atlas.STAGES[stage].size,) * 2
        for unit, best in zip(units, stored["best"][row], strict=False):
            light = torch.tensor(np.array(unit.drawings)).permute(0, 3, 1, 2) / 255
            pictures = interpolate(light, size, mode="bicubic", antialias=True).clamp(0, 1)
            assert atlas.in_the_middle(part, unit.number, pictures).mean() > best


def test_a_small_atlas_of_two_networks(monkeypatch):
    """Each drawing and each number is where it belongs."""
    monkeypatch.setattr(atlas, "STAGES", {"stage2": atlas.Depth(16, 1, 20)})
    monkeypatch.setattr(atlas, "UNITS", {"trained": 2, "random weights": 1})
    monkeypatch.setattr(atlas, "STEPS", (20, 40))
    few = atlas.squares()[:, :1]
    monkeypatch.setattr(atlas, "squares", lambda: few)
    drawn = []

    def kept(part, unit, depth, colours):
        drawn.append((part, unit, draw(part, unit, depth, colours, steps=40)))
        return drawn[-1][2]

    draw = atlas.draw
    monkeypatch.setattr(atlas, "draw", kept)
    found = atlas.atlas()
    networks = atlas.opened(found)
    units = [unit for rows in networks.values() for unit in rows["stage2"]]
    assert [unit.number for unit in units] == [0, 8, 0]
    for unit, best, (part, number, (pictures, values)) in zip(
        units, found["best"][0], drawn, strict=True
    ):
        assert unit.number == number
        for picture, drawing in zip(atlas.for_sheet(pictures), unit.drawings, strict=True):
            assert np.abs(picture.astype(int) - drawing).mean() < 12  # JPEG's loss
        put_out = atlas.in_the_middle(part, number, pictures)
        assert unit.gain == pytest.approx(put_out.mean().item() / best, rel=1e-5)
        assert unit.climb[1] == pytest.approx(values[24:].mean().item(), rel=1e-5)
        assert unit.climb[1] > unit.climb[0]
    weights = [next(part.parameters()) for part, *_ in drawn]
    assert torch.equal(weights[0], weights[1]) and not torch.equal(weights[0], weights[2])


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
