"""The two splits of lesson 18: one divides objects, the other doesn't."""

from types import SimpleNamespace

import numpy as np

from cnnedu.data import found_objects
from cnnedu.data.splits import thing_of
from cnnedu.experiments import l18_splits as splits


def test_a_random_split_divides_objects_and_the_other_does_not(monkeypatch):
    monkeypatch.setattr(found_objects, "OBJECTS", {"heart": 10, "crescent": 8, "star": 7})
    masks = []
    monkeypatch.setattr(splits, "_accuracy", lambda found, aside: masks.append((found, aside)))
    assert list(splits.splits(0)) == list(splits.figures["splits"])
    shared = []
    for found, aside in masks:
        objects = np.array([thing_of(file) for file in found.files])
        shared.append(len(set(objects[aside]) & set(objects[~aside])))
        assert 0.19 < aside.mean() < 0.25
    assert shared[0] > 8 and shared[1] == 0
    splits.splits(1)
    assert not any(np.array_equal(masks[k][1], masks[k + 2][1]) for k in (0, 1))


def test_accuracy_is_that_on_what_was_set_aside(monkeypatch):
    rng = np.random.default_rng(0)
    y = np.arange(90) % 3
    x = rng.integers(0, 60, (90, 3, 16, 16), np.uint8)
    x[np.arange(90), y] += 120
    aside = np.arange(90) >= 60
    assert splits._accuracy(SimpleNamespace(x=x, y=y), aside) == 1
    wrong = np.where(aside, (y + 1) % 3, y)
    assert splits._accuracy(SimpleNamespace(x=x, y=wrong), aside) == 0
