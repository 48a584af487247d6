"""Exercise 09: the references, the right answers by hand and the well-known mistakes."""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.case import Mistake
from cnnedu.checks.torch_networks import OPTIMISER, small_network


def classifier_shapes(size=224, classes=10, side=None, maps=64):
    """Return the shapes of the classic classifier's parameters, four numbers each.

    >>> classifier_shapes()[4]
    array([   128, 200704,      0,      0])
    """
    dense = maps * (size // 4 if side is None else side) ** 2
    weights = [(32, 3, 3, 3), (64, 32, 3, 3), (128, dense, 0, 0), (classes, 128, 0, 0)]
    return np.array([row for shape in weights for row in (shape, (shape[0], 0, 0, 0))])


def _identity(x):
    return x


def classifier_scores(
    x, classes, numbers, after_conv=F.relu, after_dense=F.relu, last=_identity, pool=F.max_pool2d
):
    """Return the classic classifier's scores; arguments after `numbers` change one thing."""
    rows = [[int(size) for size in row if size] for row in classifier_shapes(x.shape[2], classes)]
    parts = torch.tensor(numbers).split([int(np.prod(row)) for row in rows])
    w1, b1, w2, b2, w3, b3, w4, b4 = (p.view(row) for p, row in zip(parts, rows, strict=True))
    x = pool(after_conv(F.conv2d(torch.tensor(x), w1, b1, padding=1)), 2)
    x = pool(after_conv(F.conv2d(x, w2, b2, padding=1)), 2)
    return last(F.linear(after_dense(F.linear(x.flatten(1), w3, b3)), w4, b4)).numpy()


def _with_axes(pictures, order, scale=255):
    """Return pictures (N, H, W, 3) with their axes in this order, divided by `scale`."""
    return pictures.transpose(order) / scale


def pictures_of_data(pictures, labels):
    """Return the pictures as one batch, colours first, from 0 to 1."""
    return _with_axes(pictures, (0, 3, 1, 2))


def labels_of_data(pictures, labels):
    """Return the labels as one batch."""
    return labels


REPORTS = (
    "batches",
    "accuracy by batches",
    "both by batches",
    "percent",
    "sum",
    "sum of means",
    "count",
    "swapped",
)


def reported(batches, how="pictures"):
    """Return (loss, accuracy) of batches (mean loss, number of right answers, size).

    `how` is "pictures", or one of `REPORTS`, which are wrong.
    """
    losses, right, sizes = np.array(batches, float).T
    loss, accuracy = losses @ sizes / sizes.sum(), right.sum() / sizes.sum()
    by_batches = losses.mean(), np.mean(right / sizes)
    return {
        "pictures": (loss, accuracy),
        "batches": (by_batches[0], accuracy),
        "accuracy by batches": (loss, by_batches[1]),
        "both by batches": by_batches,
        "percent": (loss, 100 * accuracy),
        "sum": (losses @ sizes, accuracy),
        "sum of means": (losses.sum() / sizes.sum(), accuracy),
        "count": (loss, right.sum()),
        "swapped": (accuracy, loss),
    }[how]


def _seen(network, x, y, squash=_identity):
    """Return the loss as a tensor, the number of right answers, and how clear the answers are."""
    out = network(x)
    best = out.topk(2, dim=1).values if out.shape[1] > 1 else torch.tensor([[1.0, 0.0]])
    right = (out.argmax(dim=1) == y).sum().item()
    return F.cross_entropy(squash(out), y), right, (best[:, 0] - best[:, 1]).min().item()


def _batches(x, y, batch_size):
    x, y = torch.from_numpy(np.array(x)), torch.from_numpy(np.array(y))
    return list(zip(x.split(batch_size), y.split(batch_size), strict=True))


def trained(x, y, w, batch_size, zero="before", step=True, squash=_identity, add=False):
    """Train `small_network` for two epochs; return each epoch's batches, weights, clearness.

    It starts with old gradients. `zero` says when the gradients are cleared (before or after the
    step, once per epoch, or never), `squash` goes between the network and the loss, and `add` goes
    backward from the sum of a batch's losses.
    """
    network, batches = small_network(w).double(), _batches(x, y, batch_size)
    network(torch.from_numpy(np.array(x))).sum().backward()
    optimiser = torch.optim.SGD(network.parameters(), **OPTIMISER)
    epochs, clear = [], []
    for _ in range(2):
        epochs.append([])
        if zero == "once":
            optimiser.zero_grad()
        for some_x, some_y in batches:
            loss, right, gap = _seen(network, some_x, some_y, squash)
            if zero == "before":
                optimiser.zero_grad()
            (loss * len(some_y) if add else loss).backward()
            if step:
                optimiser.step()
            if zero == "after":
                optimiser.zero_grad()
            epochs[-1].append((loss.item(), right, len(some_y)))
            clear.append(gap)
    return epochs, network[1].weight.detach().numpy().ravel(), min(clear)


def after_training(*arguments, how="pictures", **changed):
    """Return two epochs' losses and accuracies, and the weights; `changed` as for `trained`."""
    epochs, weights, _ = trained(*arguments, **changed)
    return np.concatenate([*(reported(batches, how) for batches in epochs), weights])


def evaluated(x, y, w, batch_size, squash=_identity):
    """Return what `small_network` gives in evaluation mode: its batches, and the clearness."""
    network, found, clear = small_network(w).double().eval(), [], []
    with torch.no_grad():
        for some_x, some_y in _batches(x, y, batch_size):
            loss, right, gap = _seen(network, some_x, some_y, squash)
            found.append((loss.item(), right, len(some_y)))
            clear.append(gap)
    return found, min(clear)


def after_evaluation(*arguments, how="pictures", **changed):
    """Return the loss and the accuracy; `changed` as for `evaluated`."""
    return reported(evaluated(*arguments, **changed)[0], how)


BY_HAND = {"by_hand": [6, 12, -0.2, -6, 4]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([6, 6, 0.4, -2, 4], "the second backward() adds to the gradient that is there"),
        ([6, 12, 0.4, -2, 4], "the step takes the whole gradient, which has piled up"),
        ([6, 12, -0.2, -2, 4], "the old gradient is cleared before the last backward()"),
        ([3, 6, 0.4, -1, 4], "the derivative of out² is 2 · out"),
        ([6, 12, 2.2, 10, 4], "the step goes downhill: the gradient is taken away"),
        ([6, 12, -0.2, -6, 2], "in evaluation mode dropout drops nothing"),
        ([6, 12, -0.2, -6, 8], "in evaluation mode dropout scales nothing"),
    ),
}


def _sized(says, **side_of):
    """Return the mistake in the size of `dense1`: `side` is a function of the picture's size."""
    side = side_of.pop("side")
    return Mistake(
        says,
        lambda size=224, classes=10: classifier_shapes(size, classes, side(size), **side_of),
    )


def _scored(says, **changed):
    return Mistake(says, lambda *arguments: classifier_scores(*arguments, **changed))


def _softmax(x):
    return F.softmax(x, dim=1)


# What loops get wrong, beginning with what they report; the words fit `REPORTS`.
_REPORTED = (
    "You averaged the loss over the batches, but the last one is smaller: weight each batch's loss "
    "by its number of pictures.",
    "You averaged the accuracy over the batches, but the last one is smaller: divide all right "
    "answers by all pictures.",
    "You averaged over the batches, but the last one is smaller: weight each batch's loss and "
    "accuracy by its number of pictures.",
    "The accuracy is a share from 0 to 1, not a percentage.",
    "You added the losses up: divide by the number of pictures.",
    "You added the batches' mean losses up and divided by the number of pictures: weight each mean "
    "by its batch's number of pictures first.",
    "You counted the right answers: divide by the number of pictures.",
    "You returned the accuracy first: the loss comes first.",
)


def _reports(loop):
    """Return the mistakes in what a loop reports."""
    return tuple(
        Mistake(says, lambda *arguments, how=how: loop(*arguments, how=how))
        for how, says in zip(REPORTS, _REPORTED, strict=True)
    )


MISTAKES = {
    "classifier_shapes": (
        _sized(
            "The size of `dense1` fits convolutions without padding; yours need padding 1.",
            side=lambda size: ((size - 2) // 2 - 2) // 2,
        ),
        _sized(
            "`dense1` always has the size for 224×224 pixels: compute it from `size`.",
            side=lambda size: 56,
        ),
        _sized("Pooling rounds down: a map of 15×15 becomes 7×7.", side=lambda size: -(-size // 4)),
        _sized(
            "The size of `dense1` fits one pooling; there are two.", side=lambda size: size // 2
        ),
        _sized(
            "The size of `dense1` fits 32 maps; the second convolution gives 64.",
            side=lambda size: size // 4,
            maps=32,
        ),
        Mistake(
            "`dense2` always gives ten scores: it should give `classes`.",
            lambda size=224, classes=10: classifier_shapes(size, 10),
        ),
    ),
    "classifier_scores": (
        _scored(
            "There is a softmax at the end. Return the scores as they are: `cross_entropy` takes "
            "care of that.",
            last=_softmax,
        ),
        _scored(
            "There is a log-softmax at the end. Return the scores as they are: `cross_entropy` "
            "takes care of that.",
            last=lambda x: F.log_softmax(x, dim=1),
        ),
        _scored(
            "There is a sigmoid at the end: return the scores as they are.", last=torch.sigmoid
        ),
        _scored("There is a ReLU after the last layer: scores may be negative.", last=F.relu),
        _scored(
            "The ReLU between the two dense layers is missing: without it they are one.",
            after_dense=_identity,
        ),
        _scored("The ReLU after the convolutions is missing.", after_conv=_identity),
        _scored(
            "All ReLUs are missing: without them the layers can't do more than one.",
            after_conv=_identity,
            after_dense=_identity,
        ),
        _scored(
            "You used ReLU6, which cuts off at 6; use ReLU.",
            after_conv=F.relu6,
            after_dense=F.relu6,
        ),
        _scored(
            "You used leaky ReLU; use ReLU.", after_conv=F.leaky_relu, after_dense=F.leaky_relu
        ),
        _scored("You used average pooling; use max pooling.", pool=F.avg_pool2d),
    ),
    "pictures_of_data": (
        Mistake(
            "The pixels still range from 0 to 255: divide by 255.",
            lambda pictures, labels: _with_axes(pictures, (0, 3, 1, 2), scale=1),
        ),
        Mistake(
            "Divide by 255: that is the largest number of a uint8, and white should be 1.",
            lambda pictures, labels: _with_axes(pictures, (0, 3, 1, 2), scale=256),
        ),
        Mistake(
            "The pixels range from −1 to 1: they should range from 0 to 1.",
            lambda pictures, labels: _with_axes(pictures, (0, 3, 1, 2), scale=127.5) - 1,
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
        Mistake(
            "Blue comes first: keep the order red, green, blue.",
            lambda pictures, labels: _with_axes(pictures, (0, 3, 1, 2))[:, ::-1],
        ),
    ),
    "labels_of_data": (
        Mistake(
            "You returned `i` itself: the label of picture `i` is `labels[i]`.",
            lambda pictures, labels: np.arange(len(labels)),
        ),
    ),
    "after_training": (
        Mistake(
            "The gradients of all batches pile up: `zero_grad` is missing.",
            lambda *arguments: after_training(*arguments, zero="never"),
        ),
        Mistake(
            "The gradients of an epoch's batches pile up: `zero_grad` belongs inside the loop.",
            lambda *arguments: after_training(*arguments, zero="once"),
        ),
        Mistake(
            "The first step uses old gradients: call `zero_grad` before `backward`, not after "
            "`step`.",
            lambda *arguments: after_training(*arguments, zero="after"),
        ),
        Mistake(
            "The weights don't change: is there a `zero_grad` between `backward` and `step`, or "
            "does `backward` come after `step`?",
            lambda *arguments: after_training(*arguments, step=False),
        ),
        Mistake(
            "You went backward from the sum of the losses: take the mean of the batch's losses.",
            lambda *arguments: after_training(*arguments, add=True),
        ),
        Mistake(
            "There is a softmax before `cross_entropy`, which contains one itself.",
            lambda *arguments: after_training(*arguments, squash=_softmax),
        ),
        *_reports(after_training),
    ),
    "after_evaluation": (
        Mistake(
            "There is a softmax before `cross_entropy`, which contains one itself.",
            lambda *arguments: after_evaluation(*arguments, squash=_softmax),
        ),
        *_reports(after_evaluation),
    ),
}
