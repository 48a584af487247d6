"""Exercise 09: the references, the right answers by hand and the well-known mistakes."""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.case import Mistake
from cnnedu.checks.torch_networks import small_network


def shapes(size=224, classes=10, side=None):
    """Return the shapes of the classic classifier's parameters, four numbers each.

    >>> shapes()[4]
    array([   128, 200704,      0,      0])
    """
    dense = 64 * (size // 4 if side is None else side) ** 2
    weights = [(32, 3, 3, 3), (64, 32, 3, 3), (128, dense, 0, 0), (classes, 128, 0, 0)]
    return np.array([row for shape in weights for row in (shape, (shape[0], 0, 0, 0))])


def _classifier(x, classes, numbers, after_conv, after_dense, last, pool):
    """Compute the classic classifier's scores as a tensor, its parameters given in one row."""
    rows = [[int(size) for size in row if size] for row in shapes(x.shape[2], classes)]
    parts = numbers.split([int(np.prod(row)) for row in rows])
    w1, b1, w2, b2, w3, b3, w4, b4 = (p.view(row) for p, row in zip(parts, rows, strict=True))
    x = pool(after_conv(F.conv2d(torch.tensor(x), w1, b1, padding=1)), 2)
    x = pool(after_conv(F.conv2d(x, w2, b2, padding=1)), 2)
    return last(F.linear(after_dense(F.linear(x.flatten(1), w3, b3)), w4, b4))


def _identity(x):
    return x


def scores(
    x, classes, numbers, after_conv=F.relu, after_dense=F.relu, last=_identity, pool=F.max_pool2d
):
    """Return the classic classifier's scores; arguments after `numbers` change one thing."""
    changed = after_conv, after_dense, last, pool
    return _classifier(x, classes, torch.tensor(numbers), *changed).numpy()


def first_gradient(x, classes, numbers):
    """Return the gradient of the sum of the squared scores with respect to conv1's weights."""
    leaf = torch.tensor(numbers, requires_grad=True)
    _classifier(x, classes, leaf, F.relu, F.relu, _identity, F.max_pool2d).square().sum().backward()
    return leaf.grad[: 32 * 27].view(32, 3, 3, 3).numpy()


def after_training(
    x, y, w, batch_size, train=True, zero="batch", step=True, pictures=True, squash=None
):
    """Train `small_network` for two epochs; return losses, accuracies and the last weights.

    It starts with old gradients. Every argument after `batch_size` changes one thing: `zero` says
    how often the gradients are cleared (per "batch", per "epoch" or never, ""), `squash` goes
    between the network and the loss.
    """
    x, y = torch.from_numpy(np.array(x)), torch.from_numpy(np.array(y))
    network = small_network(w)
    network(x).sum().backward()
    network[0].reset_running_stats()
    network.train(train)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.2)
    found = []
    for _ in range(2):
        losses, right = [], 0
        if zero == "epoch":
            optimiser.zero_grad()
        for some_x, some_y in zip(x.split(batch_size), y.split(batch_size), strict=True):
            out = network(some_x)
            loss = F.cross_entropy(squash(out) if squash else out, some_y)
            if zero == "batch":
                optimiser.zero_grad()
            loss.backward()
            if step:
                optimiser.step()
            losses.append(loss.item() * (len(some_y) / len(y) if pictures else 1))
            right += (out.argmax(dim=1) == some_y).sum().item()
        found += [sum(losses) if pictures else np.mean(losses), right / len(y)]
    return np.concatenate([found, network[1].weight.detach().numpy().ravel()])


def after_evaluation(x, y, w, batch_size, train=False, recorded=False, pictures=True, left=None):
    """Evaluate `small_network`; return the answer of what `evaluation_function` makes."""
    network, left = small_network(w).train(train), float(train if left is None else left)
    x, y = torch.from_numpy(np.array(x)), torch.from_numpy(np.array(y))
    losses, right = [], 0
    for some_x, some_y in zip(x.split(batch_size), y.split(batch_size), strict=True):
        if train and len(some_y) == 1:
            return None  # batch normalisation refuses
        with torch.no_grad():
            out = network(some_x)
        loss = F.cross_entropy(out, some_y).item()
        losses.append(loss * (len(some_y) / len(y) if pictures else 1))
        right += (out.argmax(dim=1) == some_y).sum().item()
    return [sum(losses) if pictures else np.mean(losses), right / len(y), float(recorded), left]


def _with_axes(pictures, order, scale=255):
    """Return pictures (N, H, W, 3) with their axes in this order, divided by `scale`."""
    return pictures.transpose(order) / scale


def stacked_pictures(pictures, labels):
    """Return the pictures as one batch, colours first, from 0 to 1."""
    return _with_axes(pictures, (0, 3, 1, 2))


def stacked_labels(pictures, labels):
    """Return the labels as one batch."""
    return labels


BY_HAND = {"by_hand": [6, 12, -0.2, -6, 4]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([6, 6, 0.4, -2, 4], "the second backward() adds to the gradient that is there"),
        ([6, 12, -0.2, -2, 4], "the old gradient is cleared before the last backward()"),
        ([3, 6, 0.4, -1, 4], "the derivative of out² is 2 · out"),
    ),
}


MISTAKES = {
    "shapes": (
        Mistake(
            "The size of `dense1` fits convolutions without padding; yours need padding 1.",
            lambda size=224, classes=10: shapes(size, classes, side=((size - 2) // 2 - 2) // 2),
        ),
        Mistake(
            "`dense1` always has the size for 224×224 pixels: compute it from `size`.",
            lambda size=224, classes=10: shapes(size, classes, side=56),
        ),
        Mistake(
            "`dense2` always gives ten scores: it should give `classes`.",
            lambda size=224, classes=10: shapes(size, 10),
        ),
    ),
    "scores": (
        Mistake(
            "There is a softmax at the end. Return the scores as they are: `cross_entropy` takes "
            "care of that.",
            lambda *arguments: scores(*arguments, last=lambda x: F.softmax(x, dim=1)),
        ),
        Mistake(
            "There is a log-softmax at the end. Return the scores as they are: `cross_entropy` "
            "takes care of that.",
            lambda *arguments: scores(*arguments, last=lambda x: F.log_softmax(x, dim=1)),
        ),
        Mistake(
            "There is a ReLU after the last layer: scores may be negative.",
            lambda *arguments: scores(*arguments, last=F.relu),
        ),
        Mistake(
            "The ReLU between the two dense layers is missing: without it they are one.",
            lambda *arguments: scores(*arguments, after_dense=_identity),
        ),
        Mistake(
            "The ReLU after the convolutions is missing.",
            lambda *arguments: scores(*arguments, after_conv=_identity),
        ),
        Mistake(
            "You used average pooling; use max pooling.",
            lambda *arguments: scores(*arguments, pool=F.avg_pool2d),
        ),
    ),
    "stacked_pictures": (
        Mistake(
            "The pixels still range from 0 to 255: divide by 255.",
            lambda pictures, labels: _with_axes(pictures, (0, 3, 1, 2), scale=1),
        ),
        Mistake(
            "Divide by 255: that is the largest number of a uint8, and white should be 1.",
            lambda pictures, labels: _with_axes(pictures, (0, 3, 1, 2), scale=256),
        ),
        Mistake(
            "The shape is right, but colours and pixels got mixed up: `reshape` and `view` don't "
            "swap axes, `permute` does.",
            lambda pictures, labels: pictures.reshape(len(pictures), 3, *pictures.shape[1:3]) / 255,
        ),
        Mistake(
            "Rows and columns are swapped: (H, W, 3) becomes (3, H, W).",
            lambda pictures, labels: _with_axes(pictures, (0, 3, 2, 1)),
        ),
        Mistake(
            "The colours still come last: (H, W, 3) becomes (3, H, W).",
            lambda pictures, labels: _with_axes(pictures, (0, 1, 2, 3)),
        ),
    ),
    "after_training": (
        Mistake(
            "The gradients of all batches pile up: `zero_grad` is missing.",
            lambda *arguments: after_training(*arguments, zero=""),
        ),
        Mistake(
            "The gradients of an epoch's batches pile up: `zero_grad` belongs inside the loop.",
            lambda *arguments: after_training(*arguments, zero="epoch"),
        ),
        Mistake(
            "The weights don't change: do you call `step` after `backward`, with no `zero_grad` "
            "between the two?",
            lambda *arguments: after_training(*arguments, step=False),
        ),
        Mistake(
            "The network isn't in training mode: the checks hand it over in evaluation mode.",
            lambda *arguments: after_training(*arguments, train=False),
        ),
        Mistake(
            "You averaged over the batches, but the last one is smaller: weight each batch's loss "
            "by its number of pictures.",
            lambda *arguments: after_training(*arguments, pictures=False),
        ),
        Mistake(
            "There is a softmax before `cross_entropy`, which contains one itself.",
            lambda *arguments: after_training(*arguments, squash=lambda x: F.softmax(x, dim=1)),
        ),
    ),
    "after_evaluation": (
        Mistake(
            "Both numbers are right, but leave the network in evaluation mode.",
            lambda *arguments: after_evaluation(*arguments, left=1.0),
        ),
        Mistake(
            "The network isn't in evaluation mode: the checks hand it over in training mode.",
            lambda *arguments: after_evaluation(*arguments, train=True),
        ),
        Mistake(
            "Both numbers are right, but autograd was recording all the time: compute inside "
            "`torch.no_grad()`.",
            lambda *arguments: after_evaluation(*arguments, recorded=True),
        ),
        Mistake(
            "You averaged over the batches, but the last one is smaller: weight each batch's loss "
            "by its number of pictures.",
            lambda *arguments: after_evaluation(*arguments, pictures=False),
        ),
        Mistake(
            "The network is in training mode, and autograd was recording: both `eval()` and "
            "`torch.no_grad()` are missing.",
            lambda *arguments: after_evaluation(*arguments, train=True, recorded=True),
        ),
    ),
}
