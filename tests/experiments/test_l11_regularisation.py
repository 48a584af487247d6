"""The loop of lesson 11: the remedies do what they are named after."""

import pytest
import torch
from torch import nn

from cnnedu.experiments.l11_regularisation import equipped, figures, judged, teach


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
    assert judged(network, *held_out)[0] == pytest.approx(losses[best], rel=1e-4)


def test_remedies_reach_the_network(data):
    known, _ = data
    plain = teach(build, known, epochs=20, learning_rate=0.02)[0]
    for remedy in ({"l2": 1.0}, {"decay": 5.0}, {"label_smoothing": 0.5}):
        small = teach(build, known, epochs=20, learning_rate=0.02, **remedy)[0]
        assert small[3].weight.norm() < 0.9 * plain[3].weight.norm(), remedy
    dark = teach(build, known, epochs=20, learning_rate=0.02, augment=torch.zeros_like)[0]
    assert judged(dark, *known)[1] < 0.9 < judged(plain, *known)[1]


def test_layers_stand_where_they_should():
    network = equipped(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Linear(2, 2)), 0.5, True)
    kinds = [type(layer).__name__ for layer in network]
    assert kinds == ["Conv2d", "BatchNorm2d", "ReLU", "Dropout", "Linear"]


def test_the_stored_ablation_has_three_seeds_of_each_remedy():
    runs = figures()["runs"]
    assert {len(seeds) for seeds in runs.values()} == {3}
    assert len(runs) == 12
