"""Lesson 14, by depth: every part is stored, and what is measured is what is said."""

import numpy as np
import pytest
import torch

from cnnedu.data import cifar10
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments import l14_depth as depth
from tests.experiments.test_l14_seeing import form


@pytest.fixture
def data(monkeypatch):
    """Return shapes in place of CIFAR-10, and few of them."""
    monkeypatch.delenv("CNNEDU_BUDGET", raising=False)
    monkeypatch.setattr(depth, "PROBED", (12, 6, 6))
    shapes = make_shapes(24)
    return cifar10.CIFAR10(shapes.x, shapes.y, shapes.x, shapes.y)


@pytest.mark.parametrize("part", depth.figures.parts)
def test_every_part_is_stored_as_it_is_measured(data, part):
    stored = depth.figures._complete(part)
    assert [one["seed"] for one in stored] == list(depth.SEEDS)
    assert form(depth.figures.parts[part].measure(data, 0)) == form(stored[0]["result"])


def test_a_factor_that_is_there_is_read_and_noise_is_not(data):
    rng = np.random.default_rng(0)
    rows = torch.tensor(rng.normal(size=(sum(depth.PROBED), 3)))
    there, noise = rows[:, :1].numpy(), rng.normal(size=(len(rows), 1))
    assert depth.readable(rows, 2 * there + 1) > 0.95 and depth.readable(rows, noise) < 0.3


def test_the_test_pictures_teach_nothing(data, monkeypatch):
    """What the probe learns from stays the same if the targets of the tested pictures change."""
    rng = np.random.default_rng(0)
    rows, target = torch.tensor(rng.normal(size=(24, 3))), rng.normal(size=(24, 1))
    other, guesses, probe = target.copy(), [], depth.linear_probe
    other[18:] += 1
    monkeypatch.setattr(
        depth, "linear_probe", lambda *one: guesses.append(probe(*one)) or guesses[-1]
    )
    assert depth.readable(rows, target) != depth.readable(rows, other)
    torch.testing.assert_close(*guesses)
