"""Lesson 17's coins: each half is judged by what the other one taught."""

import numpy as np
import pytest

from cnnedu.data.coins import coins, half_size
from cnnedu.experiments import l17_coins as experiment


@pytest.fixture(scope="module")
def half():
    return half_size(*coins())


def test_no_half_is_judged_by_what_it_taught(half):
    _, numbers = half
    taught = []

    def method(picture, known, seed):
        taught.append((set(np.unique(known)) - {0}, seed))
        return lambda other: (np.full(other.shape, len(taught) == 1), [[0, 0, 9, len(other)]])

    mask, boxes = experiment.by_halves(method, 5)
    upper, lower = (set(np.unique(numbers[rows])) - {0} for rows in experiment.HALVES)
    assert len(upper) == len(lower) == 12 and not upper & lower
    assert taught == [(upper, 5), (lower, 5)]
    assert not mask[:76].any() and mask[76:].all(), "what the upper half taught answers below"
    assert boxes.tolist() == [[0, 76, 9, 152], [0, 0, 9, 76]]


def test_the_truth_is_perfect_and_a_coin_too_large_is_not(half):
    _, numbers = half
    boxes = experiment.boxes_of(numbers)
    assert experiment.of_mask(numbers > 0)["mask IoU"] == [1] * 24
    assert experiment.of_boxes(boxes) == {"box IoU": [1] * 24, "false boxes": 0}
    grown = numbers > 0
    for axis in (0, 1):
        grown = grown | np.roll(grown, 1, axis) | np.roll(grown, -1, axis)
    assert max(experiment.of_mask(grown)["mask IoU"]) < 0.95
    wrong = experiment.of_boxes(np.vstack([boxes[:23], [[0, 0, 150, 150]]]))
    assert wrong["box IoU"][:23] == [1] * 23 and wrong["box IoU"][23] < 0.5
    assert wrong["false boxes"] == 1
    assert experiment.of_boxes(np.zeros((0, 4))) == {"box IoU": [0] * 24, "false boxes": 0}


def test_squares_hold_the_coins_whose_centres_they_hold(half):
    rows = experiment.HALVES[1]
    batch = experiment.crops(*(values[rows] for values in half), seed=3)
    assert batch.x.shape == (experiment.CROPS, 3, experiment.SIDE, experiment.SIDE)
    for n in range(20):
        for box in batch.boxes[n][batch.y[n] == 0].int().tolist():
            left, top, right, bottom = box
            inside = batch.masks[n, top:bottom, left:right].float()
            assert inside.mean() > 0.6 and inside[0].any() and inside[:, 0].any()
            assert right - left >= 9 and bottom - top >= 9
    assert 0.5 < (batch.y == 0).sum() / experiment.CROPS < 3


def test_each_way_to_learn_is_measured(monkeypatch):
    monkeypatch.setattr(experiment, "CROPS", 16)
    monkeypatch.setattr(experiment, "EPOCHS", 1)
    found = experiment.learnt(0)
    stored = experiment.figures["learnt"]
    assert {name: list(of) for name, of in found.items()} == {k: list(v) for k, v in stored.items()}


def test_controls_are_what_is_stored():
    assert experiment.controls() == experiment.figures["controls"]
    answers = experiment.figures["answers"]
    of_seed_0 = {name: of[0] for name, of in experiment.figures["learnt"]["U-Net"].items()}
    drawn = experiment.of_mask(answers["U-Net"]) | experiment.of_boxes(
        answers["boxes of the U-Net"]
    )
    assert drawn == of_seed_0, "the picture shows what the table counts"
