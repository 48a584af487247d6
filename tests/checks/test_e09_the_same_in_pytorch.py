"""Exercise 09: the functions that run a student's classifier, data set and loops."""

import copy
import warnings

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import Dataset

from cnnedu.checks import CheckFailed
from cnnedu.checks.exercises import e09_the_same_in_pytorch as e09
from cnnedu.checks.torch_data import dataset_functions
from cnnedu.checks.torch_devices import OnDevice, OnHost, arrived, on_host
from cnnedu.checks.torch_networks import (
    classifier_functions,
    evaluation_function,
    training_function,
)

CASES = {check.name: check for check in e09.CHECKS}


def inputs(name, seed=0):
    """Return the first visible inputs of a case."""
    return CASES[name].inputs(np.random.default_rng(seed))[0]


def layers(size=224, classes=10):
    network = nn.Module()
    network.conv1 = nn.Conv2d(3, 32, 3, padding=1)
    network.conv2 = nn.Conv2d(32, 64, 3, padding=1)
    network.dense1 = nn.Linear(64 * (size // 4) ** 2, 128)
    network.dense2 = nn.Linear(128, classes)
    return network


def changed(change):
    """Return a class of networks whose layers were changed."""

    def kind(*arguments):
        network = layers(*arguments)
        change(network)
        return network

    return kind


def share(network):
    network.conv2 = network.conv1


def rename(network):
    network.first = network.conv1
    del network.conv1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (rename, "no conv1.weight: the parameters are conv2.weight"),
        (share, "conv1.weight and conv2.weight are one and the same"),
        (lambda n: n.add_module("more", nn.Linear(2, 2)), "more.weight isn't needed here"),
        (lambda n: n.add_module("more", nn.PReLU()), "more.weight isn't needed here"),
    ],
)
def test_layers_that_are_missing_shared_or_too_many_are_named(change, says):
    with pytest.raises(CheckFailed, match=says):
        classifier_functions(changed(change))[0](8, 3)


def test_a_second_name_does_no_harm():
    kind = changed(lambda n: n.add_module("a", nn.Sequential(n.conv1, n.dense2)))
    shapes = classifier_functions(kind)[0]
    np.testing.assert_array_equal(shapes(8, 3), CASES["classifier_shapes"].reference(8, 3))


def data(item, length=2):
    """Return a class of data sets with one item."""

    class Data(Dataset):
        def __init__(self, pictures, labels):
            self.pictures = pictures

        def __len__(self):
            return length

        def __getitem__(self, i):
            return item(self.pictures, i)

    return Data


BLACK = torch.zeros(3, 2, 2)
ALL = "convert all pictures at once"


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (data(lambda p, i: (BLACK.double(), 1)), "should be float32"),
        (data(lambda p, i: (BLACK, 1.5)), "should be whole numbers"),
        (data(lambda p, i: (BLACK, 1), length=3), "the number of pictures, 2, not 3"),
        (data(lambda p, i: BLACK), "should be a pair"),
        (data(lambda p, i: (BLACK.numpy(), 1)), "should be a tensor, such as"),
        (data(lambda p, i: (torch.tensor(p / 255)[i], 1)), ALL),
        (data(lambda p, i: (torch.tensor(p.astype(np.float32))[i], 1)), ALL),
        (data(lambda p, i: (torch.from_numpy(p).float()[i], 1)), ALL),
        (data(lambda p, i: ((torch.tensor(p) / 255)[i], 1)), ALL),
        (lambda pictures, labels: pictures / 255, ALL),
    ],
)
def test_data_of_another_kind_is_named(kind, says):
    with pytest.raises(CheckFailed, match=says):
        for read in dataset_functions(kind):
            read(np.zeros((2, 2, 2, 3), np.uint8), np.zeros(2, int))


def train(network, loader, optimiser, device="cpu"):
    network.train()
    losses, sizes, right = [], [], 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimiser.zero_grad()
        out = network(x)
        loss = F.cross_entropy(out, y)
        loss.backward()
        optimiser.step()
        losses, sizes = [*losses, loss.item()], [*sizes, len(y)]
        right += (out.argmax(dim=1) == y).sum().item()
    return np.average(losses, weights=sizes), right / sum(sizes)


def test_the_reference_of_training_is_what_a_right_loop_gives():
    arguments = inputs("after_training")
    expected = CASES["after_training"].reference(*arguments)
    np.testing.assert_allclose(training_function(train)(*arguments), expected, rtol=1e-4)


def measure(network, loader):
    """Evaluate rightly, roughly."""
    network.eval()
    with torch.no_grad():
        for x, _ in loader:
            network(x.to("cpu"))
    return 0.0, 0.0


def then(change):
    """Return an evaluation that changes the network at the end."""

    def evaluate(network, loader):
        found = measure(network, loader)
        change(network)
        return found

    return evaluate


def overwrite(network):
    for parameter in network.parameters():
        parameter.data += 1


@pytest.mark.parametrize(
    ("evaluate", "says"),
    [
        (then(nn.Module.train), "leave it in evaluation mode"),
        (then(lambda network: network.requires_grad_(False)), "`requires_grad` alone"),
        (then(lambda network: torch.set_grad_enabled(False)), "autograd stays switched off"),
        (then(overwrite), "weights have changed"),
        (lambda network, loader: (0, 0), "called 0 times for 3 batches"),
        (lambda network, loader: 0.5, "should return two numbers"),
        (lambda network, loader: (torch.ones(1, requires_grad=True), 1), "carries its graph"),
    ],
)
def test_what_an_evaluation_leaves_behind_is_named(evaluate, says):
    with pytest.raises(CheckFailed, match=says):
        evaluation_function(evaluate)(*inputs("after_evaluation"))
    assert torch.is_grad_enabled()


@pytest.mark.filterwarnings("error")
def test_a_warning_of_the_students_code_is_not_shown():
    def evaluate(network, loader):
        warnings.warn("as PyTorch does at float(loss)", stacklevel=1)
        return measure(network, loader)

    assert len(evaluation_function(evaluate)(*inputs("after_evaluation"))) == 2


X, SCORES = on_host([torch.arange(3.0)])[0], torch.ones(1, 3).as_subclass(OnDevice)


@pytest.mark.parametrize(
    "moved",
    [
        X.to("cpu"),
        X.to(torch.device("cpu")),
        X.to(device="cpu", non_blocking=True),
        X.float().to(torch.zeros(2)),
        (X + 1).to("cpu", torch.float32),
        torch.as_tensor(SCORES.cpu()),
        SCORES.to("cpu"),
    ],
)
def test_moving_takes_the_mark_off(moved):
    assert type(arrived(moved)) is torch.Tensor
    assert not isinstance(moved, (OnHost, OnDevice))


@pytest.mark.parametrize("still", [X, X.cpu(), X.float(), X.to(torch.float64), X[:1] * 2])
def test_what_is_not_moved_keeps_its_mark(still):
    with pytest.raises(CheckFailed, match="still on the CPU"):
        arrived(still)


def test_two_devices_do_not_mix_but_an_index_may_lie_anywhere():
    places = on_host([torch.tensor(0)])[0]
    for mixed in (lambda: SCORES == X, lambda: F.cross_entropy(SCORES, places)):
        with pytest.raises(CheckFailed, match="different devices"):
            mixed()
    assert SCORES[0, places].item() == (SCORES.cpu() == X.clone() * 0 + 1)[0, 0].item()
    assert isinstance(copy.copy(SCORES) * 2, OnDevice)
