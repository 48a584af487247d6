"""Every part of lesson 10 on Ten Photos, measured on a few pictures with a small network."""

import pytest
import torch
from torch import nn

from cnnedu.experiments import l10_photos as photos


@pytest.fixture
def few(monkeypatch):
    """A few pictures, a linear network, one epoch, two rates, two numbers of pictures."""
    small = [(x[:n], y[:n]) for (x, y), n in zip(photos.parts(), (900, 60, 80), strict=True)]
    monkeypatch.setattr(photos, "parts", lambda: small)
    monkeypatch.setattr(
        photos, "_network", lambda: nn.Sequential(nn.AvgPool2d(8), nn.Flatten(), nn.Linear(48, 10))
    )
    for name, value in {
        "EPOCHS": 1,
        "SHOWN": 40,
        "SHORT": 1,
        "STEPS": {40: 2, 200: 7},
        "FEATURE_RATES": (1e-3,),
    }.items():
        monkeypatch.setattr(photos, name, value)
    return small


def test_a_run_tells_its_history_and_its_answers(few):
    found, stored = photos.run(0), photos.figures["runs"][0]
    assert found.keys() == stored.keys()
    assert [row.keys() for row in found["history"]] == [stored["history"][0].keys()]
    assert len(found["said"]) == len(found["sure"]) == 80
    assert found == photos.run(0) != photos.run(1)


def test_the_split_is_tested_on_pictures_that_were_not_learnt_from(few, monkeypatch):
    learnt, tested = [], []
    trained = photos._trained

    def watched(known, seed, held_out=None):
        learnt.append(known[0])
        return trained(known, seed, held_out)

    monkeypatch.setattr(photos, "_trained", watched)
    monkeypatch.setattr(photos, "_accuracy", lambda network, some: tested.append(some[0]) or 0.5)
    assert photos.split(0).keys() == photos.figures["split"].keys()
    assert (len(learnt[0]), *map(len, tested)) == (300, 600, 60)
    everything = torch.cat([learnt[0], tested[0]]).flatten(1).float().sum(dim=1)
    assert torch.equal(everything.sort()[0], few[0][0].flatten(1).float().sum(dim=1).sort()[0])


def test_inputs_have_the_scale_and_middle_that_their_names_say():
    x = photos.parts()[0][0]
    for name, feed in photos.INPUTS.items():
        fed = feed(x).transpose(0, 1).flatten(1)
        scale = 255 if name == "0 to 255" else 1
        deviation = 1 if name.startswith("deviation") else scale * 0.28
        assert fed.std(dim=1).mean().item() == pytest.approx(deviation, rel=0.05)
        assert (fed.mean().abs() < 0.01 * scale) == name.endswith("centred")


def test_every_input_is_tried_with_every_rate_and_compared_at_its_best(few):
    for tried, stored in ((photos.sgd_rates, "sgd_rates"), (photos.adam_rates, "adam_rates")):
        shape = {name: list(row) for name, row in photos.figures[stored].items()}
        assert {name: list(row) for name, row in tried(100).items()} == shape
    found, stored = photos.inputs(0), photos.figures["inputs"]
    assert {way: list(row) for way, row in found.items()} == {w: list(r) for w, r in stored.items()}


def test_the_best_rate_is_the_one_with_the_best_mean():
    assert photos.best({"0.1": [0.3, 0.4], "0.2": [0.5, 0.3], "0.3": [0.1, 0.1]}) == 0.2


def test_features_are_compared_at_each_number_of_pictures(few, monkeypatch):
    names = {f"{name}, {count}" for name in photos.FEATURES for count in (40, 200)}
    tried = photos.feature_rates(100)
    assert tried.keys() == names
    lists = {name: {rate: [a] for rate, a in row.items()} for name, row in tried.items()}
    monkeypatch.setattr(photos, "figures", {"feature_rates": lists})
    found = photos.features(0)
    assert found.keys() == names and {len(row) for row in found.values()} == {3}


def test_as_many_pictures_of_each_class_are_drawn():
    x, y = photos._some(photos.parts()[0], 50, seed=3)
    assert torch.bincount(y).tolist() == 10 * [5] and len(x) == 50


def test_the_baseline_learns_from_new_pictures(few):
    assert photos.baseline(0).keys() == photos.figures["baseline"][0].keys()
