"""FGSM and calibration in cases that can be worked out on paper."""

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from cnnedu.explain.attack import fgsm
from cnnedu.explain.calibration import best_temperature, expected_calibration_error, reliability
from cnnedu.models.classic import classic


@pytest.mark.parametrize("epsilon", [0, 0.01, 0.3])
def test_fgsm_moves_no_further_than_epsilon_and_stays_a_picture(epsilon):
    torch.manual_seed(0)
    x, y = torch.rand(4, 3, 32, 32), torch.tensor([0, 1, 2, 3])
    found = fgsm(network := classic(), x, y, epsilon)
    assert (found - x).abs().max() <= epsilon + 1e-6
    assert 0 <= found.min() and found.max() <= 1
    assert all(parameter.grad is None for parameter in network.parameters())


def test_fgsm_raises_the_loss_as_fast_as_the_gradient_says():
    """To first order, the loss rises by ε times the sum of the gradient's absolute values."""
    torch.manual_seed(1)
    network, x, y = classic().double(), torch.rand(1, 3, 32, 32).double(), torch.tensor([2])
    x = 0.1 + 0.8 * x
    start = x.clone().requires_grad_()
    before = cross_entropy(network(start), y)
    (gradient,) = torch.autograd.grad(before, start)
    after = cross_entropy(network(fgsm(network, x, y, 1e-6)), y)
    torch.testing.assert_close(
        (after - before).item(), 1e-6 * gradient.abs().sum().item(), rtol=1e-3, atol=0
    )


def test_fgsm_treats_each_picture_by_itself():
    torch.manual_seed(2)
    network, x, y = classic(), torch.rand(3, 3, 32, 32), torch.tensor([4, 5, 6])
    alone = torch.cat([fgsm(network, x[i : i + 1], y[i : i + 1], 0.1) for i in range(3)])
    assert ((fgsm(network, x, y, 0.1) - alone).abs() < 1e-6).float().mean() > 0.999


def test_fgsm_refuses_bad_input():
    network, x = classic(), torch.zeros(1, 3, 32, 32)
    with pytest.raises(ValueError, match="epsilon must be at least 0, but is -1"):
        fgsm(network, x, torch.tensor([0]), -1)
    with pytest.raises(ValueError, match="before they are normalised"):
        fgsm(network, x - 2, torch.tensor([0]), 0.1)
    assert fgsm(network, x - 2, torch.tensor([0]), 0.1, low=-3, high=3).shape == x.shape


def test_reliability_counts_every_answer_once():
    rng = np.random.default_rng(0)
    p, y = rng.dirichlet(np.ones(4), 500), rng.integers(0, 4, 500)
    for bins in (1, 7, 15):
        count, confidence, accuracy = reliability(p, y, bins)
        assert count.sum() == 500
        full = count > 0
        assert (count * accuracy)[full].sum() == pytest.approx((p.argmax(1) == y).sum())
        edges = np.arange(bins) / bins
        assert (confidence[full] > edges[full]).all()
        assert (confidence[full] <= edges[full] + 1 / bins + 1e-12).all()


def test_a_confidence_on_an_edge_belongs_to_the_bin_below():
    count, _, _ = reliability(np.array([[0.5, 0.5], [1.0, 0.0]]), np.array([0, 0]), bins=4)
    assert count.tolist() == [0, 1, 0, 1]


def test_calibration_error_by_hand():
    p = np.array([[0.8, 0.2]] * 10)
    assert expected_calibration_error(p, [0] * 8 + [1] * 2) == pytest.approx(0)
    assert expected_calibration_error(p, [0] * 10) == pytest.approx(0.2)
    assert expected_calibration_error(p, [1] * 10) == pytest.approx(0.8)
    mixed = np.concatenate([p, [[0.45, 0.55]] * 10])
    assert expected_calibration_error(mixed, [0] * 20) == pytest.approx((0.2 + 0.55) / 2)


@pytest.mark.parametrize("p, y, message", [
    ([[3.0, -2.0], [0, 0]], [0, 1], "apply softmax"),
    ([[0.5, 0.5]], [0, 1], r"shapes \(1, 2\) and \(2,\)"),
    ([0.5, 0.5], [0, 1], r"must be \(N, K\)"),
])  # fmt: skip
def test_wrong_probabilities(p, y, message):
    with pytest.raises(ValueError, match=message):
        expected_calibration_error(p, y)


def test_the_best_temperature_undoes_a_factor():
    """If labels are drawn from softmax(z), the best temperature of `factor` · z is `factor`."""
    rng = np.random.default_rng(1)
    z = rng.normal(0, 1.5, (20_000, 5))
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    y = (rng.random((len(p), 1)) > p.cumsum(axis=1)[:, :-1]).sum(axis=1)
    for factor in (0.5, 1, 3):
        assert best_temperature(factor * z, y) == pytest.approx(factor, rel=0.03)


def test_no_temperature_near_the_best_is_better():
    rng = np.random.default_rng(2)
    logits = torch.tensor(rng.normal(0, 3, (300, 4)))
    y = (logits + torch.tensor(rng.normal(0, 3, (300, 4)))).argmax(dim=1)
    best = best_temperature(logits.numpy(), y.numpy())
    losses = [cross_entropy(logits / (best * factor), y) for factor in (1, 0.99, 1.01)]
    assert losses[0] < min(losses[1:])
