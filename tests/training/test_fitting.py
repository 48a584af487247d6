"""The loop for small networks: runs repeat, stop early, and the remedies take effect."""

import itertools

import pytest
import torch
from torch import nn

from cnnedu.models.small_network import small_network
from cnnedu.training.augmentation import quarter_turns
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import fit, seeded, teach


def build():
    return nn.Sequential(nn.Flatten(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 2))


@pytest.fixture
def data():
    """Pictures whose label is whether the first pixel is bright, and some with random labels."""
    x = torch.randn(60, 1, 4, 4, generator=torch.Generator().manual_seed(0))
    y = (x[:, 0, 0, 0] > 0).long()
    return (x[:30], y[:30]), (x[30:], y[30:].roll(7))


def test_a_seed_gives_the_same_network_and_leaves_other_random_numbers_alone(data):
    before = torch.get_rng_state()
    first, second = (teach(build, data[0], epochs=3, seed=4)[0] for _ in range(2))
    assert torch.equal(first[1].weight, second[1].weight)
    assert torch.equal(before, torch.get_rng_state())


def test_early_stopping_goes_back_to_the_best_weights(data):
    known, held_out = data
    network, history = teach(build, known, held_out, epochs=60, learning_rate=0.05, patience=2)
    losses = history["held_out_loss"]
    best = losses.index(min(losses))
    assert len(losses) == best + 3 < 60
    assert evaluate(network, *held_out)[0] == pytest.approx(losses[best], rel=1e-4)


def test_early_stopping_goes_back_even_if_the_epochs_end_before_it_stops(data):
    known, held_out = data
    ways = {"learning_rate": 0.05, "patience": 50}
    network, history = teach(build, known, held_out, epochs=30, **ways)
    losses = history["held_out_loss"]
    assert len(losses) == 30 and min(losses) < losses[-1] - 0.1
    assert evaluate(network, *held_out)[0] == pytest.approx(min(losses), rel=1e-4)


def test_early_stopping_counts_a_loss_that_stays_the_same_as_no_progress(data):
    _, history = teach(build, *data, epochs=9, learning_rate=0.0, patience=2)
    assert len(history["held_out_loss"]) == 3


def test_early_stopping_counts_a_small_gain_as_no_progress(data):
    known, _ = data
    ways = {"epochs": 9, "learning_rate": 1e-4, "patience": 2}
    _, history = teach(build, known, known, **ways)
    gains = [a - b for a, b in itertools.pairwise(history["held_out_loss"])]
    assert len(gains) == 8 and 0 < min(gains) and max(gains) < 0.1
    _, history = teach(build, known, known, **ways, least_gain=0.1)
    assert len(history["held_out_loss"]) == 3


def test_early_stopping_stops_where_the_loss_is_never_a_number(data):
    known, (x, y) = data
    _, history = teach(build, known, (x * float("nan"), y), epochs=9, patience=2)
    assert len(history["held_out_loss"]) == 3


def test_remedies_reach_the_network(data):
    known, _ = data
    plain = teach(build, known, epochs=20, learning_rate=0.02)[0]
    for remedy in ({"l2": 1.0}, {"decay": 5.0}, {"label_smoothing": 0.5}):
        small = teach(build, known, epochs=20, learning_rate=0.02, **remedy)[0]
        assert small[3].weight.norm() < 0.9 * plain[3].weight.norm(), remedy
    dark = teach(build, known, epochs=20, learning_rate=0.02, augment=torch.zeros_like)[0]
    assert evaluate(dark, *known)[1] < 0.9 < evaluate(plain, *known)[1]


def test_it_learns_and_reports_and_leaves_the_random_numbers_alone():
    y = torch.arange(64) % 2
    x = torch.zeros(64, 3, 16, 16)
    x[:, :, 6:10] = y[:, None, None, None].float()
    calls, before = [], torch.random.get_rng_state()

    def learn(progress=None):
        with seeded(0):
            network = small_network(2)
            optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
            fit(
                network, (x, y), optimiser, 8, feed=quarter_turns, held_out=(x, y),
                progress=progress,
            )  # fmt: skip
        return network

    first, again = learn(lambda *report: calls.append(report)), learn()
    assert (first(x).argmax(dim=1) == y).all() and not first.training
    assert torch.equal(first(x), again(x))
    assert torch.equal(before, torch.random.get_rng_state())
    assert [call[0] for call in calls] == [*range(1, 17), 16] and calls[-1][1] == 16
    assert all(len(column) == 8 for column in calls[-1][2].values())
    assert calls[-1][2]["held_out_accuracy"][-1] == 1
    rates = [batch.learning_rate for *_, batch in calls[:-1]]
    assert rates == pytest.approx([1e-2 * (1 - step / 16) for step in range(16)])


def test_without_a_schedule_the_rate_stays(data):
    network, rates = build(), []
    optimiser = torch.optim.SGD(network.parameters(), 0.1)
    fit(network, data[0], optimiser, 2, schedule=None, progress=lambda *r: rates.append(r[3]))
    assert {batch.learning_rate for batch in rates} == {0.1}


def test_patience_needs_something_to_watch(data):
    with pytest.raises(ValueError, match="patience watches the held-out loss"):
        teach(build, data[0], epochs=2, patience=1)
