"""Exercise 09: each well-known mistake is named."""

import warnings

import numpy as np
import pytest
import torch
from checks.told import message
from torch import nn
from torch.nn import functional as F
from torch.utils.data import Dataset

from cnnedu.checks import Case, CheckFailed
from cnnedu.checks.exercises import e09_the_same_in_pytorch as e09
from cnnedu.checks.torch_networks import (
    dataset_functions,
    evaluation_function,
    network_functions,
    training_function,
)


def classifier(relu1=True, relu2=True, pool=nn.MaxPool2d, last=None):
    """Build the classic classifier for 4×4 pixels and three classes, with something changed."""
    convolutions = []
    for channels, filters in ((3, 32), (32, 64)):
        convolutions += [nn.Conv2d(channels, filters, 3, padding=1)]
        convolutions += [nn.ReLU()] * relu1 + [pool(2)]
    dense = [nn.Linear(64, 128)] + [nn.ReLU()] * relu2 + [nn.Linear(128, 3)] + [last] * bool(last)
    return nn.Sequential(*convolutions, nn.Flatten(), *dense).double()


def scores(network, x, numbers):
    nn.utils.vector_to_parameters(torch.from_numpy(numbers), network.parameters())
    return network(torch.from_numpy(x)).detach().numpy()


COUNT = sum(p.numel() for p in classifier().parameters())
SCORES = Case(
    "logits",
    lambda rng: [(rng.normal(size=(2, 3, 4, 4)), 3, rng.normal(size=COUNT) / 8)],
    lambda x, classes, numbers: scores(classifier(), x, numbers),
    rtol=1e-6,
    mistakes=e09.MISTAKES["scores"],
)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"last": nn.Softmax(dim=1)}, "softmax at the end"),
        ({"last": nn.LogSoftmax(dim=1)}, "log-softmax at the end"),
        ({"last": nn.ReLU()}, "ReLU after the last layer"),
        ({"relu2": False}, "between the two dense layers"),
        ({"relu1": False}, "after the convolutions is missing"),
        ({"pool": nn.AvgPool2d}, "average pooling"),
    ],
)
def test_mistakes_of_the_classifier_are_named(changed, says):
    def wrong(x, classes, numbers):
        return scores(classifier(**changed), x, numbers)

    assert says in message(wrong, SCORES)


def test_the_reference_is_the_classifier():
    arguments = SCORES.inputs(np.random.default_rng(1))[0]
    np.testing.assert_allclose(e09.scores(*arguments), SCORES.reference(*arguments), rtol=1e-9)


def layers(size, classes, dense=None, outputs=None):
    """Build the classifier's layers, with something changed."""
    network = nn.Module()
    network.conv1, network.conv2 = nn.Conv2d(3, 32, 3), nn.Conv2d(32, 64, 3)
    network.dense1 = nn.Linear(dense or 64 * (size // 4) ** 2, 128)
    network.dense2 = nn.Linear(128, outputs or classes)
    return network


SHAPES = Case("shapes", lambda rng: [(30, 4)], e09.shapes, mistakes=e09.MISTAKES["shapes"])
LAYERS = "conv1", "conv2", "dense1", "dense2"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"dense": 64 * 6 * 6}, "without padding"),
        ({"dense": 200_704}, "compute it from `size`"),
        ({"outputs": 10}, "should give `classes`"),
    ],
)
def test_wrong_shapes_are_named(changed, says):
    def wrong(size, classes):
        return network_functions(lambda s, c: layers(s, c, **changed), LAYERS)[0](size, classes)

    right = network_functions(layers, LAYERS)[0](30, 4)
    np.testing.assert_array_equal(right, e09.shapes(30, 4))
    assert says in message(wrong, SHAPES)


def test_a_layer_without_its_name_and_a_cut_graph_are_named():
    shapes = network_functions(lambda s, c: nn.Linear(2, 3), LAYERS)[0]
    assert "no conv1.weight: the parameters are weight, bias" in message(shapes, SHAPES)

    class Cut(nn.Linear):
        def forward(self, x):
            return super().forward(x).detach()

    first_gradient = network_functions(lambda s, c: nn.Sequential(Cut(2, 1)), ["0"])[2]
    with pytest.raises(CheckFailed, match="cuts the graph"):
        first_gradient(np.ones((1, 1, 2, 2)), 1, np.ones(3))


def test_the_reference_gradient_is_the_slope():
    x, classes, numbers = SCORES.inputs(np.random.default_rng(2))[0]
    e = 1e-6 * (np.arange(len(numbers)) == 4)
    above, below = (e09.scores(x, classes, numbers + sign * e) for sign in (1, -1))
    slope = (np.square(above).sum() - np.square(below).sum()) / 2e-6
    assert e09.first_gradient(x, classes, numbers)[0, 0, 1, 1] == pytest.approx(slope, 1e-4)


@pytest.mark.parametrize(
    ("item", "length", "says"),
    [
        ((torch.zeros(3, 2, 2, dtype=torch.float64), 1), 2, "should be float32"),
        ((torch.zeros(3, 2, 2), 1.5), 2, "should be int64"),
        ((torch.zeros(3, 2, 2), 1), 3, "len gives 3"),
    ],
)
def test_data_of_another_kind_is_named(item, length, says):
    class Data(Dataset):
        def __init__(self, pictures, labels):
            pass

        def __len__(self):
            return length

        def __getitem__(self, i):
            return item

    with pytest.raises(CheckFailed, match=says):
        for read in dataset_functions(Data):
            read(np.zeros((2, 2, 2, 3)), np.zeros(2))


PICTURES = Case(
    "batch",
    lambda rng: [(rng.integers(0, 256, (2, 4, 4, 3), np.uint8), np.arange(2))],
    lambda pictures, labels: pictures.transpose(0, 3, 1, 2) / 255,
    mistakes=e09.MISTAKES["stacked_pictures"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda p: p.transpose(0, 3, 1, 2), "from 0 to 255"),
        (lambda p: p.transpose(0, 3, 1, 2) / 256, "white should be 1"),
        (lambda p: p.reshape(2, 3, 4, 4) / 255, "`permute` does"),
        (lambda p: p.transpose(0, 3, 2, 1) / 255, "Rows and columns are swapped"),
        (lambda p: p / 255, "colours still come last"),
    ],
)
def test_mistakes_of_the_pictures_are_named(wrong, says):
    assert says in message(lambda pictures, labels: wrong(pictures), PICTURES)


def learn(x, y, w, size, zero=True, once=False, step=True, train=True, twice=False, n=True):
    """Train as a student might write it."""

    def train_epoch(network, loader, optimiser):
        network.train(train)
        losses, sizes, right = [], [], 0
        if once:
            network.zero_grad()
        for pictures, labels in loader:
            out = network(pictures)
            loss = F.cross_entropy(out.softmax(dim=1) if twice else out, labels)
            if zero:
                network.zero_grad()
            loss.backward()
            if step:
                optimiser.step()
            losses, sizes = [*losses, loss.item()], [*sizes, len(labels)]
            right += int((out.argmax(dim=1) == labels).sum())
        return np.average(losses, weights=sizes if n else None), right / sum(sizes)

    return training_function(train_epoch)(x, y, w, size)


def examples(rng):
    return [(rng.normal(size=(10, 3)), rng.integers(0, 2, 10), rng.normal(size=(2, 3)), 4)]


LEARN = Case(
    "after_training",
    examples,
    e09.after_training,
    rtol=1e-6,
    mistakes=e09.MISTAKES["after_training"],
)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"zero": False}, "all batches pile up"),
        ({"zero": False, "once": True}, "belongs inside the loop"),
        ({"step": False}, "The weights don't change"),
        ({"train": False}, "isn't in training mode"),
        ({"n": False}, "averaged over the batches"),
        ({"twice": True}, "softmax before `cross_entropy`"),
    ],
)
def test_mistakes_of_the_loop_are_named(changed, says):
    assert says in message(lambda *arguments: learn(*arguments, **changed), LEARN)


def measure(x, y, w, size, train=False, recorded=False, n=True, leave=False):
    """Evaluate as a student might write it."""

    def evaluate(network, loader):
        network.train(train)
        losses, sizes, right = [], [], 0
        with torch.set_grad_enabled(recorded):
            for pictures, labels in loader:
                out = network(pictures)
                losses.append(F.cross_entropy(out, labels).item())
                sizes.append(len(labels))
                right += int((out.argmax(dim=1) == labels).sum())
        network.train(train or leave)
        return np.average(losses, weights=sizes if n else None), right / sum(sizes)

    return evaluation_function(evaluate)(x, y, w, size)


MEASURE = Case(
    "after_evaluation",
    examples,
    e09.after_evaluation,
    rtol=1e-6,
    mistakes=e09.MISTAKES["after_evaluation"],
)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"leave": True}, "leave the network in evaluation mode"),
        ({"train": True}, "isn't in evaluation mode"),
        ({"recorded": True}, "autograd was recording all the time"),
        ({"n": False}, "averaged over the batches"),
        ({"train": True, "recorded": True}, "both `eval()` and"),
    ],
)
def test_mistakes_of_the_evaluation_are_named(changed, says):
    assert says in message(lambda *arguments: measure(*arguments, **changed), MEASURE)


def test_the_references_are_what_right_loops_give():
    for case, right in ((LEARN, learn), (MEASURE, measure)):
        for arguments in examples(np.random.default_rng(3)):
            np.testing.assert_allclose(right(*arguments), case.reference(*arguments), rtol=1e-9)


@pytest.mark.filterwarnings("error")
def test_a_warning_of_the_students_code_is_not_shown():
    def evaluate(network, loader):
        warnings.warn("as PyTorch does at float(loss)", stacklevel=1)
        return 0.0, 0.0

    assert len(evaluation_function(evaluate)(*examples(np.random.default_rng(4))[0])) == 4
