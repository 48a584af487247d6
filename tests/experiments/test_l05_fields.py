"""Effective fields of random networks: what is measured, and what lesson 05 says of it."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from cnnedu.experiments import l05_fields as fields


def test_influence_is_how_far_the_units_move():
    """One network by hand: each pixel of the same noise is made a little lighter."""
    generator = torch.Generator().manual_seed(5)
    x = torch.randn(1, 1, 7, 7, generator=generator).double()
    filters = [
        torch.randn(8, inputs, 3, 3, generator=generator).double() * (2 / (9 * inputs)) ** 0.5
        for inputs in (1, 8, 8)
    ]

    def units(some):
        for w in filters:
            some = F.relu(F.conv2d(some, w))
        return some.sum(dim=(1, 2, 3))

    moved = (units(x + 1e-7 * torch.eye(49).reshape(49, 1, 7, 7)) - units(x)).abs().reshape(7, 7)
    found = fields.influences(3, 1, seed=5)[0]
    np.testing.assert_allclose(found, moved / moved.sum(), atol=1e-5)


def test_networks_do_not_mix():
    apart = fields.influences(2, 40, seed=0)
    assert apart.shape[1:] == (5, 5) and 35 <= len(apart) <= 40
    np.testing.assert_allclose(apart.sum(axis=(1, 2)), 1)
    assert len(np.unique(apart.round(6), axis=0)) == len(apart)


def test_without_relu_the_mean_square_is_the_number_of_ways():
    squares = [(fields.influences(3, 200, relu=False, seed=s) ** 2).mean(axis=0) for s in range(5)]
    mean = np.mean(squares, axis=0)
    np.testing.assert_allclose(fields.width(mean), fields.width(fields.ways(3)), rtol=0.05)


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(fields, "NETWORKS", 2)
    monkeypatch.setattr(fields, "DRAWN_NETWORKS", 2)
    fresh, stored = fields.widths(0), fields.figures["widths"]
    assert {name: set(found) for name, found in fresh.items()} == {
        name: set(found) for name, found in stored.items()
    }
    assert fields.mean_field()["influence"].shape == fields.figures["field"]["influence"].shape


def inner(field):
    return field[5:16, 5:16].sum() / field.sum()


def test_the_field_is_that_of_the_square_root_of_the_ways():
    measured, ways = fields.figures["field"]["influence"], fields.ways(10)
    assert inner(measured) == pytest.approx(inner(np.sqrt(ways)), abs=0.02)
    assert inner(measured) < inner(ways) - 0.1
    assert round(100 * inner(measured)) == 79  # "about 80 %" in the README


@pytest.mark.parametrize("kind", ["relu", "linear"])
def test_what_lesson_05_says_of_the_growth(kind):
    runs = fields.figures["widths"][kind]
    widths = np.array([runs[str(depth)] for depth in fields.DEPTHS])
    expected = [fields.width(np.sqrt(fields.ways(depth))) for depth in fields.DEPTHS]
    np.testing.assert_allclose(widths.mean(axis=1), expected, rtol=0.02)
    five, ten, twenty, forty = widths[1:].mean(axis=1)
    assert 1.41 < forty / twenty < ten / five < 1.53
