"""Blocks in one skeleton: what lesson 12 compares."""

import numpy as np
import pytest
import torch

from cnnedu.data.cifar10 import CIFAR10
from cnnedu.experiments import l12_blocks as blocks
from cnnedu.models.accounting import ledger, totals


@pytest.mark.parametrize("name", sorted(set(blocks.NETWORKS) - {"attention"}))
def test_pytorch_counts_as_the_ledger_does(name):
    rows = ledger(blocks.NETWORKS[name](), (3, 16, 16))
    assert totals(rows)["multiply_adds"] == blocks.multiply_adds(name)


def test_the_products_of_attention_come_on_top():
    rows = ledger(blocks.NETWORKS["attention"](), (3, 16, 16))
    # q·k and softmax·v for each pair of pixels, in two blocks of each stage
    products = 2 * 2 * (256**2 * 16 + 64**2 * 32)
    assert blocks.multiply_adds("attention") == totals(rows)["multiply_adds"] + products


def test_wide_networks_do_as_much_work_as_the_residual_one():
    for name in ("bottleneck, 3 × as wide", "separable, 3 × as wide"):
        share = blocks.multiply_adds(name) / blocks.multiply_adds("residual")
        assert 0.8 < share <= 1


def test_the_prices_stored_are_those_of_the_networks():
    assert blocks.figures["prices"] == {name: [*three] for name, three in blocks.prices().items()}


def few():
    """A CIFAR-10 of noise: 60 pictures to learn from, 20 to test on."""
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 256, (60, 3, 32, 32), np.uint8), rng.integers(0, 10, 60)
    return CIFAR10(x, y, x[:20], y[:20])


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    monkeypatch.setattr(blocks, "HELD_OUT", 20)
    monkeypatch.setattr(blocks, "STEPS", 2)
    monkeypatch.setattr(blocks.trained, "__defaults__", (2,))
    stored = blocks.figures["accuracy"]
    fresh = blocks.compare(few(), seed=0)
    assert fresh.keys() == stored.keys() == blocks.NETWORKS.keys()
    assert all(0 <= right <= 100 for right in fresh.values())
    tuned = blocks.tune(few(), ["plain"])
    assert set(map(float, tuned["plain"])) <= set(blocks.RATES)


def test_a_run_repeats_itself():
    generator = torch.Generator().manual_seed(0)
    seen = torch.randn(20, 3, 16, 16, generator=generator), torch.arange(20) % 10
    first, again = (
        blocks.trained("plain", seen, 0.01, seed=1, steps=2).head[-1].weight for _ in range(2)
    )
    assert torch.equal(first, again)


def test_no_tuned_rate_lies_at_an_end_of_the_grid():
    for name, rate in blocks.rates().items():
        assert blocks.RATES[0] < rate < blocks.RATES[-1], name
