"""Turn a student's PyTorch networks and loops into functions on arrays.

A check compares arrays, and may send its inputs to another process. So a student's cell ends with
a line that makes such functions from the student's class or loop.
"""

import functools
import warnings

import numpy as np
import torch
from torch import nn
from torch.nn.parameter import UninitializedParameter
from torch.utils.data import DataLoader, TensorDataset

from cnnedu.checks.compare import CheckFailed
from cnnedu.checks.torch_devices import OnDevice, arrived, on_host

LAYERS = "conv1", "conv2", "dense1", "dense2"
# An optimiser whose steps nobody copies by chance.
OPTIMISER = {"lr": 0.2, "momentum": 0.9, "weight_decay": 0.01}


def quiet(function):
    """Return the function without its warnings: nbgrader takes one under a test for a failure."""

    @functools.wraps(function)
    def quiet_function(*arguments):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*arguments)

    return quiet_function


def classifier_functions(kind):
    """Return two functions on arrays that run a class of image classifiers.

    Args:
        kind: the class; kind(size, classes) takes pictures (N, 3, size, size).

    Returns:
        classifier_shapes(*arguments): the parameters' shapes, in rows of four numbers, 0 for no
            axis.
        classifier_scores(x, classes, numbers): the output for `x`, with all parameters set from
            one row; every parameter must be able to learn.
    """
    names = [f"{layer}.{part}" for layer in LAYERS for part in ("weight", "bias")]

    def made(*arguments):
        network = kind(*arguments)
        size = arguments[0] if arguments else 224
        settle(network, torch.zeros(1, 3, size, size))
        return network, parameters(network, names)

    def classifier_shapes(*arguments):
        with torch.device("meta"):  # shapes without memory
            rows = [list(parameter.shape) for parameter in made(*arguments)[1].values()]
        return np.array([row + [0] * (4 - len(row)) for row in rows])

    def classifier_scores(x, classes, numbers):
        network, found = made(x.shape[2], classes)
        fill(found, numbers)
        out = network(torch.tensor(x, dtype=torch.float32))
        gradients(out, found)
        return out.detach().numpy()

    return quiet(classifier_shapes), quiet(classifier_scores)


def training_function(train_epoch):
    """Return a function of (x, y, w, batch_size) that runs two epochs of a training loop.

    The network starts with old gradients and in evaluation mode. The answer holds the loss and the
    accuracy of each epoch, then the weights.
    """

    def after_training(x, y, w, batch_size):
        small, door = small_network(w), Door(training=True)
        small(torch.tensor(x, dtype=torch.float32)).sum().backward()
        small[0].reset_running_stats()
        network = nn.Sequential(door, small, Exit()).eval()
        optimiser = torch.optim.SGD(small.parameters(), **OPTIMISER)
        loader, steps = _loader(x, y, batch_size), []
        optimiser.register_step_post_hook(lambda *_: steps.append(1))
        found = []
        for _ in range(2):
            door.calls = 0
            steps.clear()
            found += _two_numbers("train_epoch", train_epoch(network, loader, optimiser))
            _require_one_each(door.calls, loader)
            if len(steps) != len(loader):
                raise CheckFailed(
                    f"`optimiser.step()` was called {_times(len(steps))} for {_batches(loader)}: "
                    "let the optimiser change the weights, once after each batch"
                )
        return np.concatenate([found, small[1].weight.detach().numpy().ravel()])

    return quiet(after_training)


def evaluation_function(evaluate):
    """Return a function of (x, y, w, batch_size) that runs an evaluation.

    The network starts in training mode. The answer holds the loss and the accuracy.
    """

    def after_evaluation(x, y, w, batch_size):
        small, door = small_network(w), Door(training=False)
        network = nn.Sequential(door, small, Exit()).train()
        loader = _loader(x, y, batch_size)
        try:
            found = _two_numbers("evaluate", evaluate(network, loader))
            recording = torch.is_grad_enabled()
        finally:
            torch.set_grad_enabled(True)
        _require_one_each(door.calls, loader)
        if network.training:
            raise CheckFailed(
                "the network is in training mode afterwards: leave it in evaluation mode"
            )
        if not recording:
            raise CheckFailed(
                "autograd stays switched off for everything that follows: compute inside `with "
                "torch.no_grad():`, which switches it on again"
            )
        if not all(parameter.requires_grad for parameter in small.parameters()):
            raise CheckFailed("the network can't learn any more: leave its `requires_grad` alone")
        if not np.array_equal(small[1].weight.detach().numpy(), w.astype(np.float32)):
            raise CheckFailed("the network's weights have changed: measure, don't train")
        return found

    return quiet(after_evaluation)


class Door(nn.Module):
    """The way into a network; raises `CheckFailed` if it is called in the wrong way.

    Args:
        training: whether the network should learn from what comes in.
    """

    def __init__(self, training):
        super().__init__()
        self.should_learn, self.calls = training, 0

    def forward(self, x):
        """Return `x` without its mark."""
        recording = torch.is_grad_enabled()
        if self.should_learn and not self.training:
            raise CheckFailed("the network is in evaluation mode: call `network.train()` first")
        if self.should_learn and not recording:
            raise CheckFailed("autograd is switched off: a network can't learn without it")
        if not self.should_learn and self.training:
            raise CheckFailed("the network is in training mode: call `network.eval()` first")
        if not self.should_learn and recording:
            raise CheckFailed("autograd is recording: compute inside `with torch.no_grad():`")
        self.calls += 1
        return arrived(x)


class Exit(nn.Module):
    """The way out of a network."""

    def forward(self, x):
        """Return `x`, marked as on the device."""
        return x.as_subclass(OnDevice)


def small_network(w):
    """Build a network of batch normalisation and a dense layer with weights `w` (K, D)."""
    network = nn.Sequential(nn.BatchNorm1d(w.shape[1]), nn.Linear(w.shape[1], len(w)))
    nn.init.zeros_(network[1].bias)
    network[1].weight.data = torch.tensor(w, dtype=torch.float32)
    return network


def settle(network, x):
    """Let lazily made layers find their sizes; does nothing if there are none."""
    if any(isinstance(parameter, UninitializedParameter) for parameter in network.parameters()):
        with torch.no_grad():
            network.eval()(x)
        network.train()


def parameters(network, names):
    """Return {name: parameter} for just these names, in that order.

    Raises:
        CheckFailed: one is missing, two are the same, or there are others.
    """
    found = dict(network.named_parameters(remove_duplicate=False))
    own = {name: found[name] for name in names if name in found}
    missing = [name for name in names if name not in found]
    if missing:
        shown = ", ".join(found) or "none at all"
        raise CheckFailed(f"there is no {missing[0]}: the parameters are {shown}")
    known = {}
    for name, parameter in own.items():
        if known.setdefault(id(parameter), name) != name:
            raise CheckFailed(f"{known[id(parameter)]} and {name} are one and the same")
    for name, parameter in found.items():
        if id(parameter) not in known:
            hint = ": make that layer with `bias=False`" if name.endswith(".bias") else " here"
            raise CheckFailed(f"{name} isn't needed{hint}")
    return own


def fill(own, numbers):
    """Set parameters {name: parameter} from one row of numbers."""
    sizes = [parameter.numel() for parameter in own.values()]
    if sum(sizes) != len(numbers):
        raise CheckFailed(f"the parameters hold {sum(sizes):,} numbers, expected {len(numbers):,}")
    with torch.no_grad():
        for parameter, part in zip(own.values(), torch.tensor(numbers).split(sizes), strict=True):
            parameter.copy_(part.view(parameter.shape))


def gradients(out, own):
    """Return the gradients of the mean of out² with respect to {name: tensor}, in that order.

    Raises:
        CheckFailed: one of them gets none.
    """
    for name, tensor in own.items():
        if not tensor.requires_grad:
            raise CheckFailed(f"{name} can't learn: its `requires_grad` is switched off")
    found = [None] * len(own)
    if out.requires_grad:
        found = torch.autograd.grad(out.square().mean(), list(own.values()), allow_unused=True)
    for name, gradient in zip(own, found, strict=True):
        if gradient is None:
            raise CheckFailed(
                f"no gradient reaches {name}: it isn't used, or `detach`, `no_grad` or NumPy cuts "
                "the graph"
            )
    return found


def _two_numbers(name, found):
    """Return what a loop returned, as two floats."""
    if not isinstance(found, (tuple, list, np.ndarray, torch.Tensor)) or len(found) != 2:
        raise CheckFailed(f"`{name}` should return two numbers, (loss, accuracy)")
    if any(isinstance(number, torch.Tensor) and number.requires_grad for number in found):
        raise CheckFailed(
            "the loss still carries its graph, and so keeps every batch in memory: add up "
            "`loss.item()`"
        )
    return [float(number) for number in found]


def _require_one_each(calls, loader):
    if calls != len(loader):
        raise CheckFailed(
            f"the network was called {_times(calls)} for {_batches(loader)}: call it once for each"
        )


def _times(number):
    return "once" if number == 1 else f"{number} times"


def _batches(loader):
    return "1 batch" if len(loader) == 1 else f"{len(loader)} batches"


def _loader(x, y, batch_size):
    data = TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y))
    return DataLoader(data, batch_size, collate_fn=on_host)
