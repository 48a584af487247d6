"""Pooling and over-fitting: what lesson 04 measures, and the verdicts that it words."""

import numpy as np
import torch

from cnnedu.experiments import l04_overfitting as overfitting


def test_networks_differ_in_pooling_and_in_the_dense_layer_alone():
    x = torch.rand(2, 1, 12, 12)
    for way in overfitting.REDUCTIONS:
        network = overfitting.network(way)
        assert network(x).shape == (2, 10)
        assert sum(p.numel() for p in network[:-1].parameters()) == 160 + 4640


def test_max_pooling_with_stride_1_keeps_the_size():
    x = torch.tensor([[[[1.0, 2, 0], [0, 3, 1], [5, 0, 4]]]])
    pooled = overfitting.REDUCTIONS["max pool, stride 1"]()(x)
    assert pooled[0, 0].tolist() == [[3, 3, 1], [5, 4, 4], [5, 4, 4]]


def test_digits_stand_where_they_should_and_then_a_pixel_to_the_side():
    digits = np.ones((300, 1, 8, 8), np.float32)
    rng = np.random.default_rng(0)
    middle, _ = overfitting.on_boards(digits, "in the middle", rng)
    assert (middle[:, :, 2:10, 2:10] == 1).all() and middle.sum() == 300 * 64
    boards, further = overfitting.on_boards(digits, "anywhere", rng)
    assert (boards.sum(dim=(1, 2, 3)) == 64).all() and (further.sum(dim=(1, 2, 3)) == 64).all()
    places = {tuple(torch.nonzero(board[0])[0].tolist()) for board in boards}
    assert places == {(top, left) for top in range(5) for left in range(5)}
    moved = (boards != further).sum(dim=(1, 2, 3))
    assert (moved == 16).all(), "one column leaves, and one comes"


def test_what_is_measured_has_the_form_of_what_is_stored(monkeypatch):
    for name, value in (("EPOCHS", 1), ("LEARNT", 50), ("KEPT", 20), ("TRIED", (100,))):
        monkeypatch.setattr(overfitting, name, value)
    rates, stored = overfitting.rates(), overfitting.figures["rates"]
    assert rates.keys() == stored.keys()
    assert all(rates[board].keys() == stored[board].keys() for board in stored)
    runs, stored = overfitting.runs(0), overfitting.figures["runs"]
    for board in overfitting.BOARDS:
        assert list(runs[board]) == list(stored[board]) == list(overfitting.REDUCTIONS)
        assert runs[board]["max pool"].keys() == stored[board]["max pool"].keys()
    assert {len(values) for values in stored["anywhere"]["max pool"].values()} == {8}


def test_the_best_rate_is_between_others_where_it_matters():
    rates = overfitting.figures["rates"]["anywhere"]
    assert all(0 < int(np.argmax(tried)) < 3 for tried in rates.values()), rates


def test_what_the_lesson_says():
    runs = overfitting.figures["runs"]
    anywhere, middle = runs["anywhere"], runs["in the middle"]
    assert min(np.mean(found["training"]) for found in anywhere.values()) > 0.985, "by heart"
    won = [overfitting.gain(anywhere, *pair) for pair in overfitting.PAIRS[:3]]
    assert all(mean > 3 * error for mean, error in won), "with equally many weights"
    assert [round(f([mean for mean, _ in won])) for f in (min, max)] == [17, 23]
    assert max(overfitting.gain(middle, *pair)[0] for pair in overfitting.PAIRS[:3]) < 2.5
    mean, error = overfitting.gain(anywhere, "stride 2", "no pooling")
    assert mean < 3 * error, "fewer weights alone"
    changed = {way: np.mean(found["changed"]) for way, found in anywhere.items()}
    for way in ("max pool, stride 1", "max pool", "average pool"):
        assert changed[way] < changed["no pooling"] / 2 < changed["stride 2"] / 2
