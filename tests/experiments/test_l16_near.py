"""The near and the far task of lesson 16: split, rates, ways to learn and where they end."""

import numpy as np
import pytest
import torch

from cnnedu.experiments import l16_near as near


@pytest.fixture
def small(monkeypatch):
    """Shorten everything: a task of 160 noisy pictures, maps as random numbers, two epochs."""
    generator = torch.Generator().manual_seed(0)
    y = torch.arange(160) % 8
    x = torch.randint(0, 100, (160, 3, 48, 48), generator=generator, dtype=torch.uint8)
    x += (15 * y[:, None, None, None]).to(torch.uint8)
    task = near.Task(x, y, np.arange(160))
    maps = torch.rand(160, 192, 3, 3, generator=generator) + y[:, None, None, None]
    monkeypatch.setattr(near, "TASKS", {"photographs": lambda: task, "shapes": lambda: task})
    monkeypatch.setattr(near, "maps", lambda name: maps)
    for name, value in {
        "SHOTS": (2,), "FEW": 2, "VALIDATION": 2, "TEST": 4, "SHOWN": 16, "EPOCHS": 2,
    }.items():  # fmt: skip
        monkeypatch.setattr(near, name, value)
    near._random_features.cache_clear()
    yield task
    near._random_features.cache_clear()


@pytest.mark.parametrize("name", ["photographs", "shapes"])
def test_no_region_is_on_both_sides_and_each_class_is_equally_frequent(name):
    task = near.TASKS[name]()
    for seed in (0, 1):
        learn, validation, test = near.chosen(task, 100, seed)
        for part, count in ((learn, 100), (validation, near.VALIDATION), (test, near.TEST)):
            assert torch.bincount(task.y[part]).tolist() == [count] * near.CLASSES
        sides = [set(task.groups[part]) for part in (learn, validation, test)]
        assert not sides[0] & sides[1] and not sides[0] & sides[2] and not sides[1] & sides[2]
    assert not torch.equal(near.chosen(task, 5, 0)[0], near.chosen(task, 5, 1)[0])


def test_all_ways_are_measured_on_the_same_pictures(small):
    for name in ("shapes", "photographs"):
        found, stored = near.curve(name, 0), near.figures[name]
        assert found.keys() == stored.keys()
        for what, rows in found.items():
            assert tuple(rows) == tuple(stored[what]) == near.WAYS
            assert all(row.keys() == {"2"} for row in rows.values())
    accuracy = {way: row["2"] for way, row in found["accuracy"].items()}
    assert accuracy[near.PROBE] == 1, "the classes lie apart in these maps"
    assert all(0 <= value <= 1 for value in accuracy.values())


def test_frozen_batch_norm_stays_and_weights_learn(small, monkeypatch):
    heads = []
    start = near._start
    monkeypatch.setattr(near, "_start", lambda *given: heads.append(start(*given)) or heads[-1])
    near._trained("photographs", near.TUNED, 2, 0, 0.001)
    before, after = start(near.TUNED, 0), heads[0]
    old, new = before.stage9[1], after.stage9[1]
    assert torch.equal(old.running_mean, new.running_mean)
    assert not torch.equal(before.stage9[0].weight, after.stage9[0].weight)


def test_rates_come_from_the_rate_finder_and_the_validation_pictures(small):
    found = near.tune("photographs")
    assert list(found) == [near.TUNED, near.SCRATCH]
    for row in found.values():
        shares = [float(rate) / row["first"] for rate in row["tried"]]
        assert all(min(abs(share / s - 1) for s in near.SHARES) < 0.1 for share in shares)
    assert near.FINDER["lowest"] <= found[near.TUNED]["first"] <= near.FINDER["highest"]
    assert found[near.SCRATCH]["first"] == near.ADAM


@pytest.mark.parametrize("name", near.TASKS)
def test_a_rate_on_either_side_of_the_chosen_one_does_worse(name):
    assert list(near.figures[f"{name}_rates"]) == [near.TUNED, near.SCRATCH]
    for way, row in near.figures[f"{name}_rates"].items():
        tried, best = row["tried"], near.rate_of(name, way)
        assert tried[f"{best}"] == min(tried.values())
        assert min(map(float, tried)) < best < max(map(float, tried))


def test_every_way_reached_its_end():
    for name in near.TASKS:
        epochs = near.figures[name]["epochs"]
        for way in (near.TUNED, near.SCRATCH):
            for runs in epochs[way].values():
                assert max(runs) + near.PATIENCE < near.EPOCHS, "no run was cut off"


def test_the_control_has_random_weights_and_statistics_of_the_task(small):
    numbers = near.chosen(small, 2, 0)[0]
    found, again = (near._random_features.__wrapped__("photographs", 0)[numbers] for _ in range(2))
    assert found.shape == (16, 1280) and 0.01 < found.std() < 10
    assert torch.equal(found, again)
    other = near.chosen(small, 2, 1)[0][0]
    rows = [near._random_features.__wrapped__("photographs", seed)[other] for seed in (0, 1)]
    assert not torch.equal(*rows)
