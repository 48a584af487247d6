"""Turn the parts of a training program that a student repairs into functions on arrays."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.checks.compare import CheckFailed
from cnnedu.checks.torch_networks import Door, fill, gradients, parameters, quiet

LAYERS = [f"{layer}.{part}" for layer in ("hidden", "out") for part in ("weight", "bias")]
# An optimiser whose steps nobody copies by chance.
RATE, MOMENTUM = 0.2, 0.9


def epochs_function(train_epoch):
    """Return a function of (x, y, w, batch_size) that runs two epochs of a loop.

    The network, a dense layer with the weights `w` (K, D), comes with old gradients. The answer
    holds the loss of each epoch, then the weights.
    """

    def after_epochs(x, y, w, batch_size):
        network, optimiser = _layer(w)
        x, y = _tensors(x, y)
        network(x).sum().backward()
        batches = list(zip(x.split(batch_size), y.split(batch_size), strict=True))
        losses = [_number("train_epoch", train_epoch(network, batches, optimiser)) for _ in "12"]
        return np.concatenate([losses, network.weight.detach().numpy().ravel()])

    return quiet(after_epochs)


def scores_functions(kind):
    """Return two functions of (x, y, numbers) that run a class of classifiers.

    Its parameters are set from one row of numbers; `x` has shape (N, D), and there are as many
    classes as the numbers allow.

    Returns:
        losses: the cross-entropy of each example, as the training loop computes it.
        shares: the probabilities, shape (N, K).
    """

    def made(x, numbers):
        inputs = x.shape[1]
        classes = (len(numbers) - 32 * (inputs + 1)) // 33
        network = kind(inputs, classes)
        found = parameters(network, LAYERS)
        fill(found, numbers)
        return network, found, torch.tensor(x, dtype=torch.float32)

    def losses(x, y, numbers):
        network, found, x = made(x, numbers)
        scores = network(x)
        if not isinstance(scores, torch.Tensor) or scores.shape[0] != len(y) or scores.ndim != 2:
            raise CheckFailed("`forward` should return one tensor: scores of shape (N, classes)")
        gradients(scores, found)
        return F.cross_entropy(scores, torch.tensor(y), reduction="none").detach().numpy()

    def shares(x, y, numbers):
        network, _, x = made(x, numbers)
        found = network.probabilities(x)
        if isinstance(found, torch.Tensor) and found.requires_grad:
            raise CheckFailed("`probabilities` should compute without gradients, as it did")
        return np.asarray(found)

    return quiet(losses), quiet(shares)


def outputs_of(function, count):
    """Return `count` functions with the same arguments, each for one output of `function`."""

    def output(k):
        def one(*arguments):
            found = function(*arguments)
            if not isinstance(found, (tuple, list)) or len(found) != count:
                raise CheckFailed(f"`{function.__name__}` should return {count} arrays, as it did")
            return np.asarray(found[k])

        return one

    return [output(k) for k in range(count)]


def accuracy_function(accuracy):
    """Return a function of (x, y, w, training) that measures a network with batch norm.

    `training` says in which mode the network comes: 1 for training, 0 for evaluation.
    """

    def measured(x, y, w, training):
        layer, _ = _layer(w)
        norm = nn.BatchNorm1d(w.shape[1])
        network = nn.Sequential(Door(training=False), norm, layer).train(bool(training))
        found = _number("accuracy", accuracy(network, *_tensors(x, y)))
        if network.training != bool(training):
            came, left = ("training", "evaluation")[:: 1 if training else -1]
            raise CheckFailed(
                f"the network came in {came} mode and is left in {left} mode: leave it as it came"
            )
        if norm.training != network.training:
            raise CheckFailed("batch norm isn't in the network's mode afterwards")
        return found

    return quiet(measured)


def weights_function(initialise):
    """Return a function of (channels, filters, size, inputs, units) that draws first weights.

    They are those of a convolution of size × size and of a dense layer, which lies deeper in the
    network; both come with other weights and biases. The answer has a row for each: 2 / variance
    of the weights, their mean / standard deviation, and the largest size of a bias.
    """

    def first_weights(channels, filters, size, inputs, units):
        with torch.random.fork_rng(devices=[]):
            conv, dense = nn.Conv2d(channels, filters, size), nn.Linear(inputs, units)
            for layer in (conv, dense):
                nn.init.constant_(layer.weight, 3.0)
                nn.init.constant_(layer.bias, 3.0)
            initialise(nn.Sequential(conv, nn.ReLU(), nn.Sequential(nn.Flatten(), dense)))
        return np.array([_described(layer) for layer in (conv, dense)])

    return quiet(first_weights)


def parts_function(step_in_parts):
    """Return a function of (x, y, w, size) that takes two steps, each computed in parts.

    The network, a dense layer with the weights `w`, comes with old gradients. The answer holds the
    loss before each step, then the weights.
    """

    def after_steps(x, y, w, size):
        network, optimiser = _layer(w)
        steps = []
        optimiser.register_step_post_hook(lambda *_: steps.append(1))
        x, y = _tensors(x, y)
        network(x).sum().backward()
        arguments = network, optimiser, x, y, size
        losses = [_number("step_in_parts", step_in_parts(*arguments)) for _ in "12"]
        if len(steps) != 2:
            raise CheckFailed(
                f"two calls took {len(steps)} steps: take one step for the whole batch, however "
                "many parts it has"
            )
        return np.concatenate([losses, network.weight.detach().numpy().ravel()])

    return quiet(after_steps)


def split_functions(split):
    """Return two functions of (pictures, labels, order): what is learnt from, what is held out.

    Each answer has a row for each picture, its label and then its pixels, in sorted order.
    """

    def table(pictures, labels):
        pictures, labels = np.asarray(pictures), np.asarray(labels)
        if pictures.ndim != 3 or labels.shape != pictures.shape[:1]:
            raise CheckFailed(
                f"`split` returned pictures of shape {pictures.shape} with labels of shape "
                f"{labels.shape}: one label for each picture"
            )
        rows = np.column_stack([labels, pictures.reshape(len(pictures), -1)])
        return rows[np.lexsort(rows.T[::-1])]

    learn_x, learn_y, held_x, held_y = outputs_of(split, 4)

    def to_learn(*arguments):
        return table(learn_x(*arguments), learn_y(*arguments))

    def to_hold(*arguments):
        return table(held_x(*arguments), held_y(*arguments))

    return to_learn, to_hold


def _layer(w):
    """Return a dense layer with weights `w` and without biases, and an optimiser for it."""
    layer = nn.Linear(w.shape[1], len(w), bias=False)
    layer.weight.data = torch.tensor(w, dtype=torch.float32)
    return layer, torch.optim.SGD(layer.parameters(), lr=RATE, momentum=MOMENTUM)


def _tensors(x, y):
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y)


def _number(name, found):
    """Return what a function returned, as a float."""
    if isinstance(found, torch.Tensor) and found.requires_grad:
        raise CheckFailed(f"what `{name}` returns still carries its graph: add up `loss.item()`")
    if np.asarray(found).size != 1:
        raise CheckFailed(f"`{name}` should return one number, as it did")
    return float(found)


def _described(layer):
    """Return 2 / variance, mean / standard deviation and the largest bias of a layer."""
    with torch.no_grad():
        spread, mean = layer.weight.std().item(), layer.weight.mean().item()
        bias = layer.bias.abs().max().item()
    if not spread > 0:
        raise CheckFailed("all weights of a layer are the same: draw them at random")
    return [2 / spread**2, mean / spread, bias]
