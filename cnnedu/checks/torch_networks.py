"""Turn a student's PyTorch networks, data sets and loops into functions on arrays.

A check compares arrays, and may send its inputs to another process. So a student's cell ends with
a line that makes such functions from the student's class or loop.
"""

import functools
import warnings

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from cnnedu.checks.compare import CheckFailed


def network_functions(kind, layers):
    """Return three functions on arrays that run a class of networks.

    Args:
        kind: the class; kind(size, classes) takes pictures (N, 3, size, size).
        layers: names of its layers with weights and biases, in the order of use.

    Returns:
        shapes(*arguments): the parameters' shapes, in rows of four numbers, 0 for no axis.
        scores(x, classes, numbers): the output for `x`, with all parameters set from one row.
        first_gradient(x, classes, numbers): the gradient of Σ scores² with respect to the first
            parameter.
    """

    names = [f"{layer}.{part}" for layer in layers for part in ("weight", "bias")]

    def shapes(*arguments):
        with torch.device("meta"):  # shapes without memory
            parameters = _named(kind(*arguments), names)
        rows = [list(parameter.shape) for parameter in parameters]
        return np.array([row + [0] * (4 - len(row)) for row in rows])

    def filled(x, classes, numbers):
        network = kind(x.shape[2], classes)
        parameters = _named(network, names)
        nn.utils.vector_to_parameters(torch.tensor(numbers), parameters)
        return parameters[0], network(torch.tensor(x))

    def scores(x, classes, numbers):
        return filled(x, classes, numbers)[1].detach().numpy()

    def first_gradient(x, classes, numbers):
        first, out = filled(x, classes, numbers)
        gradient = None
        if out.requires_grad:
            gradient = torch.autograd.grad(out.square().sum(), first, allow_unused=True)[0]
        if gradient is None:
            raise CheckFailed(
                f"no gradient reaches {names[0]}: `detach` or `no_grad` cuts the graph"
            )
        return gradient.numpy()

    return tuple(map(_quiet, (shapes, scores, first_gradient)))


def dataset_functions(kind):
    """Return two functions of (pictures, labels) that read a class of data sets.

    Returns:
        stacked_pictures: all pictures in one batch, float32.
        stacked_labels: all labels in one batch, whole numbers.
    """

    def batch(pictures, labels):
        data = kind(pictures, labels)
        if len(data) != len(labels):
            raise CheckFailed(f"there are {len(labels)} pictures, but len gives {len(data)}")
        return next(iter(DataLoader(data, batch_size=len(labels))))

    def stacked_pictures(pictures, labels):
        found = batch(pictures, labels)[0]
        if found.dtype != torch.float32:
            raise CheckFailed(f"the pictures should be float32, but they are {found.dtype}")
        return found.numpy()

    def stacked_labels(pictures, labels):
        found = batch(pictures, labels)[1]
        if found.dtype != torch.int64:
            raise CheckFailed(f"the labels should be int64, but they are {found.dtype}")
        return found.numpy()

    return _quiet(stacked_pictures), _quiet(stacked_labels)


def training_function(train_epoch):
    """Return a function of (x, y, w, batch_size) that runs two epochs of a training loop.

    The network starts with old gradients and in evaluation mode. The answer holds the loss and the
    accuracy of each epoch, then the weights.
    """

    def after_training(x, y, w, batch_size):
        network = small_network(w)
        network(torch.tensor(x)).sum().backward()
        network[0].reset_running_stats()
        network.eval()
        optimiser = torch.optim.SGD(network.parameters(), lr=0.2)
        found = [train_epoch(network, _loader(x, y, batch_size), optimiser) for epoch in range(2)]
        return np.concatenate([*found, network[1].weight.detach().numpy().ravel()])

    return _quiet(after_training)


def evaluation_function(evaluate):
    """Return a function of (x, y, w, batch_size) that runs an evaluation.

    The network starts in training mode. The answer holds the loss and the accuracy, then 1 if
    autograd was recording, then 1 if the network is left in training mode.
    """

    def after_evaluation(x, y, w, batch_size):
        spy = Spy()
        network = nn.Sequential(small_network(w), spy)
        network.train()
        loss, accuracy = evaluate(network, _loader(x, y, batch_size))
        return [loss, accuracy, float(spy.recorded), float(network.training)]

    return _quiet(after_evaluation)


class Spy(nn.Module):
    """Pass everything on, and remember whether autograd was recording."""

    recorded = False

    def forward(self, x):
        """Return `x`."""
        self.recorded = self.recorded or torch.is_grad_enabled()
        return x


def small_network(w):
    """Build a network of batch normalisation and a dense layer with weights `w` (K, D)."""
    network = nn.Sequential(nn.BatchNorm1d(w.shape[1]), nn.Linear(w.shape[1], len(w))).double()
    nn.init.zeros_(network[1].bias)
    network[1].weight.data = torch.tensor(w)
    return network


def _quiet(function):
    """Silence warnings: nbgrader takes one under a test for a failure."""

    @functools.wraps(function)
    def quiet(*arguments):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*arguments)

    return quiet


def _named(network, names):
    """Return the parameters of these names."""
    found = dict(network.named_parameters())
    missing = [name for name in names if name not in found]
    if missing:
        raise CheckFailed(
            f"there is no {missing[0]}: the parameters are {', '.join(found) or 'none at all'}"
        )
    return [found[name] for name in names]


def _loader(x, y, batch_size):
    return DataLoader(TensorDataset(torch.tensor(x), torch.tensor(y)), batch_size)
