"""Deep networks with and without skips: what lesson 12 builds and draws."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnedu.data.cifar10 import CIFAR10
from cnnedu.experiments import l12_depth as depth


def batch(count=8, size=8):
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(count, 3, size, size, generator=generator)
    return x, torch.arange(count) % 10


def test_networks_differ_in_skips_and_norms_alone():
    counts = {}
    for shortcuts in (False, True):
        for norm in (False, True):
            network = depth.build(8, shortcuts, norm)
            convolutions = [m for m in network.modules() if isinstance(m, nn.Conv2d)]
            assert len(convolutions) == 7
            counts[shortcuts, norm] = sum(p.numel() for p in network.parameters())
    assert counts[False, False] == counts[True, False] < counts[False, True] == counts[True, True]


def test_gradients_are_those_of_the_loss():
    x, y = batch()
    network = depth.build(8, shortcuts=True)
    norms = depth.layer_gradients(network, x, y)
    torch.nn.functional.cross_entropy(network(x), y).backward()
    expected = [m.weight.grad.norm().item() for m in network.modules() if isinstance(m, nn.Conv2d)]
    assert norms == pytest.approx(expected, rel=1e-4)


def test_a_run_repeats_itself_and_learns():
    x, y = batch()
    first, again = (depth.short_run(depth.build(8, True), x, y, 12, batch=8) for _ in range(2))
    assert first == again
    assert first["loss"][-1] < first["loss"][0]
    assert {len(values) for values in first.values()} == {12}


def test_pictures_are_halved_and_normalised():
    pictures = np.arange(48, dtype=np.uint8).reshape(1, 3, 4, 4)
    np.testing.assert_array_equal(depth.halved(pictures)[0, 0], [[2, 4], [10, 12]])
    x = depth.pixels(pictures)
    assert x.mean().item() == pytest.approx(0, abs=1e-6)
    assert x.std().item() == pytest.approx(1)


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(depth, "DEPTHS", (8,))
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 256, (50, 3, 8, 8), np.uint8), rng.integers(0, 10, 50)
    few = CIFAR10(np.resize(x, (49_010, 3, 8, 8)), np.resize(y, 49_010), x, y)
    fresh, stored = depth.runs(few, seed=0, steps=20), depth.figures["runs"]["runs"]
    assert [run["shortcuts"] for run in fresh] == [False, True]
    assert fresh[0].keys() == stored[0].keys()
    assert len(fresh[0]["loss"]) == 2
    assert {(run["depth"], run["shortcuts"]) for run in stored} == {
        (layers, shortcuts) for layers in (8, 20, 56) for shortcuts in (False, True)
    }
