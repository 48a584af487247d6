"""Linear probes: equal to ridge regression written out, and right where the answer is known."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnedu.explain.probing import STRENGTHS, layer_features, linear_probe, r_squared


def test_the_probe_is_ridge_regression():
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(90, 7, generator=generator).double()
    targets = features @ torch.randn(7, 2, generator=generator).double() + 0.5
    targets += torch.randn(90, 2, generator=generator)
    found = linear_probe(features, targets, known=50, validation=20).numpy()
    deviation, middle = torch.std_mean(features[:50], dim=0)
    rows = (features - middle) / (deviation + 1e-6 + 0.01 * deviation.mean())
    x, y = (rows / 7**0.5).numpy(), targets.numpy()
    level = y[:50].mean(axis=0)
    for column in range(2):
        guesses = []
        for strength in STRENGTHS.tolist():
            left = x[:50].T @ x[:50] + strength * np.eye(7)
            weights = np.linalg.solve(left, x[:50].T @ (y[:50] - level)[:, column])
            guesses.append(x[50:] @ weights + level[column])
        errors = [np.square(guess[:20] - y[50:70, column]).mean() for guess in guesses]
        np.testing.assert_allclose(found[:, column], guesses[np.argmin(errors)][20:], rtol=1e-6)


def test_a_ReLU_makes_the_place_of_an_edge_readable():
    # (0, 1) and (1, 0) are edges, (0, 0) and (1, 1) are not: no line separates them.
    pixels = torch.tensor([[0.0, 1], [1, 0], [0, 0], [1, 1]]).repeat(30, 1)
    pixels += 0.01 * torch.randn(pixels.shape, generator=torch.Generator().manual_seed(0))
    edge = torch.tensor([[1.0], [1], [0], [0]]).repeat(30, 1)
    rises = torch.relu(pixels @ torch.tensor([[1.0, -1], [-1, 1]]))
    assert r_squared(linear_probe(pixels, edge, 60, 20), edge[80:]) < 0.1
    assert r_squared(linear_probe(rises, edge, 60, 20), edge[80:]) > 0.95


def test_some_rows_must_be_left_to_predict():
    with pytest.raises(ValueError, match="leave none to predict"):
        linear_probe(torch.zeros(10, 2), torch.zeros(10, 1), known=6, validation=4)


def test_large_maps_are_averaged_and_small_ones_kept():
    network = nn.Sequential(nn.Conv2d(3, 5, 3), nn.MaxPool2d(4))
    x = torch.randn(3, 3, 18, 18, generator=torch.Generator().manual_seed(0))
    features = layer_features(network, x, ["0", "1"], grid=8)
    with torch.no_grad():
        maps = network[0](x)
        torch.testing.assert_close(features["0"], nn.functional.avg_pool2d(maps, 2).flatten(1))
        torch.testing.assert_close(features["1"], network(x).flatten(1))
    assert not network[0]._forward_hooks
    with pytest.raises(ValueError, match="layer_features: there is no layer 'conv9'"):
        layer_features(network, x, ["conv9"])
