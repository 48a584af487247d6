"""Depth with and without skips: what lesson 12 measures and draws."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnedu.data.cifar10 import CIFAR10
from cnnedu.experiments import l12_depth as depth
from cnnedu.models.skeleton import Pair, Residual


def batch(count=8, size=16):
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(count, 3, size, size, generator=generator)
    return x, torch.arange(count) % 10


def test_networks_differ_in_skips_and_norms_alone():
    counts = {}
    for block in (Pair, Residual):
        for norm in (False, True):
            network = depth.build(block, 1, norm)
            weighted = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
            assert len(weighted) == depth.layers(1) == 7
            counts[block, norm] = sum(p.numel() for p in network.parameters())
    assert counts[Pair, False] == counts[Residual, False] < counts[Pair, True]
    assert counts[Pair, True] == counts[Residual, True]


def test_the_same_seed_gives_the_same_weights_and_leaves_random_numbers_alone():
    before = torch.random.get_rng_state()
    first, again, other = (depth.build(Pair, 1, seed=seed).halve.weight for seed in (3, 3, 4))
    assert torch.equal(first, again) and not torch.equal(first, other)
    assert torch.equal(torch.random.get_rng_state(), before)


def test_a_wrapped_border_shows_the_other_side():
    x = torch.zeros(1, 3, 16, 16)
    x[..., 0] = 1  # the leftmost column
    for border, lit in (("zeros", False), ("circular", True)):
        out = depth.build(Pair, 1, norm=False, border=border).stem(x)
        assert bool(out[..., -1].any()) == lit


def test_a_scale_of_zero_makes_a_shallow_network():
    x, _ = batch()
    network = depth.build(Residual, 2, zero_gamma=True).eval()
    seen = torch.relu(network.stem(x))
    assert torch.equal(network.first(seen), seen)


def test_signals_are_those_of_the_loss():
    x, y = batch()
    network = depth.build(Residual, 1)
    found = depth.signals(network, x, y)
    torch.nn.functional.cross_entropy(network(x), y).backward()
    expected = [m.weight.grad.norm().item() for m in network.modules() if isinstance(m, nn.Conv2d)]
    assert found["weights"] == pytest.approx(expected, rel=1e-4)
    assert found["forward"][0] == pytest.approx(x.square().mean().sqrt().item())
    assert {len(values) for values in found.values()} == {6}
    assert not any(m._forward_hooks for m in network.modules())


def test_a_run_repeats_itself_and_learns():
    x, y = batch()
    first, again = (depth.run(depth.build(Residual, 1), x, y, 0.1, 0, 12) for _ in range(2))
    assert first == again and len(first) == 12
    assert first[-1] < first[0]


def test_the_rate_rises_for_a_fifth_and_then_falls():
    optimiser = torch.optim.SGD([nn.Parameter(torch.zeros(1))], 1.0)
    schedule, rates = depth.rising_and_falling(optimiser, 99), []
    for _ in range(99):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
    assert rates[0] == pytest.approx(0.05) and rates[-1] == pytest.approx(1 / 80)
    assert np.argmax(rates) == 19 and max(rates) == pytest.approx(1)


def test_the_climb_stops_beyond_the_best_rate():
    assert list(depth.best_rate(lambda rate: -abs(rate - 4), (1, 2, 3, 4, 5, 6), 1)) == [2, 3, 4, 5]
    assert list(depth.best_rate(lambda rate: -rate, (1, 2, 3), 1)) == [2, 3, 1]


def test_a_run_that_blows_up_is_no_candidate():
    assert depth.final_loss([1.0, float("nan")]) == float("inf")


def test_pictures_are_halved_and_normalised():
    pictures = np.arange(48, dtype=np.uint8).reshape(1, 3, 4, 4)
    np.testing.assert_array_equal(depth.halved(pictures)[0, 0], [[2, 4], [10, 12]])
    x = depth.pixels(pictures)
    assert x.mean().item() == pytest.approx(0, abs=1e-6)
    assert x.std().item() == pytest.approx(1)


def few():
    """A CIFAR-10 of noise: 60 pictures to learn from, 20 to test on."""
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 256, (60, 3, 32, 32), np.uint8), rng.integers(0, 10, 60)
    return CIFAR10(x, y, x[:20], y[:20])


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(depth, "EVERY", 1)
    monkeypatch.setattr(depth.run, "__defaults__", (2,))
    monkeypatch.setattr(depth, "best_rate", lambda score: {0.1: score(0.1)})
    stored, rates = depth.figures["runs"], depth.figures["rates"]
    fresh = depth.compare(few(), seed=0)
    assert fresh.keys() == stored.keys() == rates.keys()
    assert all(len(losses) == 2 for losses in fresh.values())
    tuned = depth.tune(few())
    assert all(loss > 0 for tried in tuned.values() for loss in tried.values())
