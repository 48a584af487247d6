"""Every part of lesson 10, measured on a tiny CIFAR-10 and a few candidates."""

from types import SimpleNamespace

import numpy as np
import pytest

from cnnedu.experiments import l10_first_network as first
from cnnedu.training.run import Run
from cnnedu.training.settings import TrainingError


@pytest.fixture
def data(small_cifar10, tmp_path, monkeypatch):
    """A data set of 100 training pictures; runs in a folder of their own."""
    monkeypatch.setattr(first, "RUNS", tmp_path)
    undrawn = SimpleNamespace(savefig=lambda *args, **options: None)
    monkeypatch.setattr("cnnedu.training.run.show_history", lambda history: undrawn)
    return small_cifar10(pictures=20)


def test_a_twin_is_found_whatever_its_brightness_and_contrast():
    rng = np.random.default_rng(0)
    others = rng.integers(0, 256, (40, 3, 32, 32), np.uint8)
    x = rng.integers(0, 256, (20, 3, 32, 32), np.uint8)
    x[3] = others[17] // 2 + 60
    twin, alike = first.nearest(x, others)
    assert twin[3] == 17 and alike[3] > 0.99
    assert np.delete(alike, 3).max() < 0.5


def test_the_data_is_counted_and_measured(data):
    data.x_test[3] = data.x_train[17]
    found = first.describe(data)
    assert found.keys() == first.figures["data"].keys()
    assert sum(found["train"]) == 100 and sum(found["test"]) == 20
    mean = data.x_train.mean(axis=(0, 2, 3)) / 255
    assert found["mean"] == pytest.approx(mean.tolist(), abs=1e-4)
    assert [3, 17] in found["pairs"] and found["twins"] >= len(found["pairs"])


def test_a_finished_run_is_used_again(data, monkeypatch):
    log = first.log(data)
    assert [row["epoch"] for row in log] == list(range(1, 11))
    assert log[-1].keys() == first.figures["log"][-1].keys()
    assert log[0].keys() == first.figures["log"][0].keys()
    monkeypatch.setattr(Run, "learn", lambda *args: pytest.fail("trained again"))
    assert first.log(data) == log and first.last_epoch(data, 0) == log[-1]
    other = data._replace(x_test=255 - data.x_test)
    with pytest.raises(TrainingError, match=r"was started with data .* or delete the folder"):
        first.log(other)


def test_answers_on_the_test_pictures_are_counted(data):
    matrix = np.array(first.confusion(data))
    assert matrix.sum(axis=1).tolist() == np.bincount(data.y_test, minlength=10).tolist()
    assert matrix.trace() / 20 == pytest.approx(first.log(data)[-1]["test_accuracy"])
    found = first.confident(data)
    assert found.keys() == first.figures["confident"].keys()
    assert len(found["wrong"]) == min(12, 20 - matrix.trace())
    probabilities = [probability for *_, probability in found["wrong"]]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(data.y_test[i] == y != said for i, y, said, _ in found["wrong"])
    assert found["sure_wrong"] <= found["sure"] <= 20


def test_candidates_differ_and_repeat_themselves(monkeypatch):
    for name, value in {"CANDIDATES": 2, "KNOWN": 60, "FRESH": 50}.items():
        monkeypatch.setattr(first, name, value)
    right = first.candidates()["right"]
    assert right.shape == (2, 50) and right.dtype == first.figures["candidates"]["right"].dtype
    assert not np.array_equal(right[0], right[1])
    assert np.array_equal(right, first.candidates()["right"])
