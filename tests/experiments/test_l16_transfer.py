"""The experiments of lesson 16: few pictures, every way to learn them, what batch norm forgets."""

import numpy as np
import pytest
import torch

from cnnedu.data.cifar10 import CIFAR10
from cnnedu.data.shapes import make_shapes
from cnnedu.experiments import l16_transfer as transfer
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.transfer import fine_tune
from cnnedu.training.evaluate import evaluate


@pytest.fixture
def small(monkeypatch):
    """Shorten everything: 80 shapes, two pictures of each class, one step."""
    task = transfer.task
    monkeypatch.setattr(transfer, "task", lambda tuning=False: task(80, 20, tuning))
    monkeypatch.setattr(transfer, "SHOTS", (2,))
    monkeypatch.setattr(transfer, "FEW", 2)
    monkeypatch.setattr(transfer, "STEPS", 1)


def test_a_few_pictures_of_each_class_are_drawn_without_repeats():
    y = torch.arange(60) % 3
    chosen = transfer.few(y, 5, seed=0)
    assert torch.bincount(y[chosen]).tolist() == [5, 5, 5] and len(chosen.unique()) == 15
    assert torch.equal(chosen, transfer.few(y, 5, seed=0))
    assert not torch.equal(chosen, transfer.few(y, 5, seed=1))


def test_each_way_to_learn_is_measured(small):
    found, stored = transfer.curve(0), transfer.figures["curve"]
    assert list(found) == list(stored)
    assert {tuple(row) for row in found.values()} == {("2",)}
    assert all(0 <= row["2"] <= 1 for row in found.values())


def test_each_set_of_rates_is_measured(small):
    found = transfer.rates(0)
    assert list(found) == list(transfer.figures["rates"])
    assert all(0 <= accuracy <= 1 for accuracy in found.values())


def test_moving_statistics_leave_the_frozen_weights_alone(small):
    assert transfer.statistics(0).keys() == {"2"}
    assert list(transfer.figures["statistics"]) == ["5", "20", "100"]
    start = transfer._start(transfer.FREE_NORMS)
    norm, weights = start.block1.norm1.running_mean.clone(), start.block1.conv1.weight.clone()
    x, y = torch.randn(8, 3, 32, 32), torch.arange(8)
    rates = {part: 0.01 * factor for part, factor in transfer.CONTROL[transfer.FREE_NORMS].items()}
    end = fine_tune(start, (x, y), rates, epochs=1)
    assert torch.equal(end.block1.conv1.weight, weights)
    assert not torch.equal(end.block1.norm1.running_mean, norm)


def test_each_block_is_probed_beside_its_controls(small, monkeypatch):
    monkeypatch.setattr(transfer, "CHOICES", 2)
    found, stored = transfer.blocks(0), transfer.figures["blocks"]
    assert {name: list(row) for name, row in found.items()} == {
        name: list(row) for name, row in stored.items()
    }
    few, all_of_them = (found[name]["block1"] for name in ("32 of them", "all features"))
    assert abs(few - all_of_them) < 0.06, "block 1 has 32 features: only rounding differs"
    assert all(len(runs) == 8 for row in stored.values() for runs in row.values())


def test_a_weaker_penalty_fits_its_own_pictures_better(small):
    found = transfer.penalties(0)
    assert list(found) == list(transfer.figures["penalties"])
    for rows in (
        found,
        {d: {"own": np.mean(r["own"])} for d, r in transfer.figures["penalties"].items()},
    ):
        weak, usual, strong = (row["own"] for row in rows.values())
        assert weak >= usual >= strong


def test_rates_are_chosen_on_other_shapes(small):
    (x, _), (judged, _) = transfer.task()
    others = transfer.task(tuning=True)
    assert not any(torch.equal(some[0][0], x[0]) for some in others)
    assert not torch.equal(others[1][0], judged)
    found = transfer.tune()
    assert list(found) == list(transfer.figures["tuning"])
    for scores in found.values():
        assert 2 <= len(scores) and {float(rate) for rate in scores} <= set(transfer.TRIED)


def test_the_best_rate_of_each_way_has_neighbours_that_were_tried():
    for way, scores in transfer.figures["tuning"].items():
        rates = sorted(map(float, scores))
        assert transfer.rate_of(way) not in (rates[0], rates[-1]), way
    assert transfer.rate_of(transfer.ALL) == transfer.rate_of("one rate for all")


def test_only_a_network_from_scratch_depends_on_the_seed():
    x = torch.randn(200, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    weights = {
        way: [transfer._start(way, x, seed).block1.conv1.weight for seed in (0, 0, 1)]
        for way in (transfer.ALL, transfer.SCRATCH)
    }
    for way, (first, again, other) in weights.items():
        assert torch.equal(first, again)
        assert torch.equal(first, other) == (way == transfer.ALL)
    pretrained = load_pretrained("fast").network.block1.conv1.weight
    assert torch.equal(weights[transfer.ALL][0], pretrained)


def test_batch_norm_forgets(small):
    known = load_pretrained("fast")
    x = make_shapes(60, seed=3).x
    y = known.probabilities(x).argmax(axis=1)
    found = transfer.norms(CIFAR10(x, y, x, y))
    assert found["before"] == evaluate(known.network, known.prepare(x), torch.from_numpy(y))[1] == 1
    assert found["after"] < 1 and found.keys() == transfer.figures["norms"].keys()
    assert np.isfinite(found["after"])
