"""`Recorder` and the rate finder, against what they should find."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.training.rate_finder import rising, smoothed, steepest
from cnnedu.training.recorder import Recorder


def network_and_optimiser():
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(12, 2))
    return network, torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)


def steps(network, optimiser, recorder, count, after=lambda: None):
    for _ in range(count):
        optimiser.zero_grad()
        loss = F.cross_entropy(network(torch.randn(5, 1, 4, 4)), torch.tensor([0, 1, 0, 1, 1]))
        loss.backward()
        optimiser.step()
        after()
        recorder.add(loss.item(), 0.1)


def test_each_snapshot_tells_of_its_own_step():
    network, optimiser = network_and_optimiser()
    recorder = Recorder(network, optimiser, every=3)
    assert recorder.layers == ["0", "3"]  # batch norm has no weights that mix channels
    steps(network, optimiser, recorder, 5)
    before = network[3].weight.detach().clone()
    steps(network, optimiser, recorder, 1)
    update = (network[3].weight.detach() - before).norm() / before.norm()
    assert recorder.snapshots["steps"] == [3, 6] and len(recorder.losses) == 6
    assert recorder.snapshots["ratios"][1][1] == pytest.approx(update.item())


def test_what_comes_between_the_step_and_add_does_not_count():
    """An evaluation and `zero_grad` change neither activations nor gradients of the step."""
    found = []
    for disturb in (False, True):
        network, optimiser = network_and_optimiser()
        recorder = Recorder(network, optimiser, every=1)

        def between(network=network, optimiser=optimiser, disturb=disturb):
            if disturb:
                network(100 + torch.zeros(2, 1, 4, 4))
                optimiser.zero_grad()

        steps(network, optimiser, recorder, 1, between)
        found.append([recorder.snapshots[kind] for kind in ("activations", "gradients", "silent")])
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)


def test_bins_hold_all_numbers_and_zeros_lie_in_the_first():
    network, optimiser = network_and_optimiser()
    nn.init.zeros_(network[3].weight)
    recorder = Recorder(network, optimiser, every=1)
    steps(network, optimiser, recorder, 1)
    kept = recorder.snapshots
    np.testing.assert_allclose(np.sum(kept["activations"], axis=-1), 1)
    np.testing.assert_allclose(np.sum(kept["gradients"], axis=-1), 1)
    assert kept["gradients"][0][0][0] == 1  # nothing comes back through weights of 0
    assert kept["ratios"][0][0] == 0 and kept["ratios"][0][1] == np.inf


def test_a_channel_is_silent_if_no_picture_wakes_it():
    layer = nn.Conv2d(1, 4, 1)
    nn.init.zeros_(layer.weight)
    layer.bias.data = torch.tensor([-1.0, 0.0, 1.0, 2.0])
    optimiser = torch.optim.SGD(layer.parameters(), lr=0.0)
    recorder = Recorder(layer, optimiser, every=1)
    layer(torch.ones(2, 1, 3, 3)).sum().backward()
    optimiser.step()
    recorder.add(0.0, 0.0)
    assert recorder.layers == ["layer"] and recorder.snapshots["silent"] == [[0.5]]


def test_it_shows_every_snapshot_and_lets_go():
    network, optimiser = network_and_optimiser()
    shown = []
    recorder = Recorder(network, optimiser, every=2, show=lambda r: shown.append(len(r.losses)))
    steps(network, optimiser, recorder, 5)
    assert shown == [2, 4]
    recorder.close()
    assert not network[0]._forward_hooks and not optimiser._optimizer_step_pre_hooks


def test_it_refuses_no_steps():
    with pytest.raises(ValueError, match="every must be 1 or more steps, but is 0"):
        Recorder(*network_and_optimiser(), every=0)


def test_the_steepest_point():
    rates = rising(1e-4, 1, 9)
    losses = [2.0, 2.0, 2.0, 2.0, -9.0, 1.0, 30.0, 50.0, float("nan")]
    assert steepest(rates, losses) == rates[3]
    assert steepest(rates, losses[::-1][1:]) > 0
    assert steepest(rates, [1.0, 2.0, 3.0]) == rates[0]  # it never falls
    with pytest.raises(ValueError, match="start at a lower rate"):
        steepest(rates, [float("nan"), 1.0])


def test_the_running_mean_of_equal_losses_is_that_loss():
    np.testing.assert_allclose(smoothed([3.0] * 20), 3.0)
