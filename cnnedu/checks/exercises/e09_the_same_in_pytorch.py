"""What exercise 09 is compared with, and its well-known wrong answers."""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.case import Mistake
from cnnedu.checks.torch_networks import small_network


def printed():
    """Run the program of part 1; return the five numbers that it prints.

    >>> len(printed())
    5
    """
    w = torch.tensor([1.0, -2.0], requires_grad=True)
    x = torch.tensor([3.0, 1.0])
    shown = []
    for _ in range(2):
        ((w * x).sum() ** 2).backward()
        shown.append(w.grad[0].item())
    with torch.no_grad():
        w -= 0.1 * w.grad
    shown.append(w[0].item())
    w.grad = None
    ((w * x).sum() ** 2).backward()
    return [*shown, w.grad[1].item(), torch.nn.Dropout(0.5).eval()(torch.ones(4)).sum().item()]


def shapes(size=224, classes=10, side=None):
    """Return the shapes of the classic classifier's parameters, four numbers each.

    >>> shapes()[4]
    array([   128, 200704,      0,      0])
    """
    dense = 64 * (size // 4 if side is None else side) ** 2
    weights = [(32, 3, 3, 3), (64, 32, 3, 3), (128, dense, 0, 0), (classes, 128, 0, 0)]
    return np.array([row for shape in weights for row in (shape, (shape[0], 0, 0, 0))])


def _logits(x, classes, numbers, after_conv, after_dense, last, pool):
    """Compute the classic classifier's scores as a tensor, from all its numbers in one row."""
    rows = [[int(size) for size in row if size] for row in shapes(x.shape[2], classes)]
    parts = numbers.split([int(np.prod(row)) for row in rows])
    w1, b1, w2, b2, w3, b3, w4, b4 = (p.view(row) for p, row in zip(parts, rows, strict=True))
    x = pool(after_conv(F.conv2d(torch.tensor(x), w1, b1, padding=1)), 2)
    x = pool(after_conv(F.conv2d(x, w2, b2, padding=1)), 2)
    return last(F.linear(after_dense(F.linear(x.flatten(1), w3, b3)), w4, b4))


def _identity(x):
    return x


def logits(
    x, classes, numbers, after_conv=F.relu, after_dense=F.relu, last=_identity, pool=F.max_pool2d
):
    """Return the classic classifier's scores; what follows `numbers` changes one thing."""
    changed = after_conv, after_dense, last, pool
    return _logits(x, classes, torch.tensor(numbers), *changed).numpy()


def first_gradient(x, classes, numbers):
    """Return the gradient of the sum of the squared scores by conv1's weights."""
    leaf = torch.tensor(numbers, requires_grad=True)
    _logits(x, classes, leaf, F.relu, F.relu, _identity, F.max_pool2d).square().sum().backward()
    return leaf.grad[: 32 * 27].view(32, 3, 3, 3).numpy()


def trained(x, y, w, batch_size, train=True, zero="batch", step=True, pictures=True, scores=None):
    """Train `small_network` for two epochs; return losses, accuracies and the last weights.

    It comes with old gradients. Every argument after `batch_size` leaves one thing out: `zero`
    says before what the gradients are cleared ("batch", "epoch" or ""), `scores` is put between
    the network and the loss.
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
            loss = F.cross_entropy(scores(out) if scores else out, some_y)
            if zero == "batch":
                optimiser.zero_grad()
            loss.backward()
            if step:
                optimiser.step()
            losses.append(loss.item() * (len(some_y) / len(y) if pictures else 1))
            right += (out.argmax(dim=1) == some_y).sum().item()
        found += [sum(losses) if pictures else np.mean(losses), right / len(y)]
    return np.concatenate([found, network[1].weight.detach().numpy().ravel()])


def evaluated(x, y, w, batch_size, train=False, noted=False, pictures=True, left=None):
    """Evaluate `small_network`; return what `evaluation_probe` gives."""
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
    return [sum(losses) if pictures else np.mean(losses), right / len(y), float(noted), left]


def _stacked(pictures, order, scale=255):
    """Return pictures (N, H, W, 3) with other axes, on another scale."""
    return pictures.transpose(order) / scale


PRINTED = [
    ([6, 6, 0.4, -2, 4], "the second backward() adds to the gradient that is there"),
    ([6, 12, -0.2, -2, 4], "before the last backward() the old gradient is cleared"),
    ([3, 6, 0.4, -1, 4], "the derivative of out² is 2 · out"),
]

SHAPES = (
    Mistake(
        "`dense1` has the size for convolutions without padding; here they have padding 1.",
        lambda size=224, classes=10: shapes(size, classes, side=((size - 2) // 2 - 2) // 2),
    ),
    Mistake(
        "`dense1` always has the size for 224×224 pixels: work it out from `size`.",
        lambda size=224, classes=10: shapes(size, classes, side=56),
    ),
    Mistake(
        "`dense2` always gives ten scores: take `classes`.",
        lambda size=224, classes=10: shapes(size, 10),
    ),
)

LOGITS = (
    Mistake(
        "There is a softmax at the end. Return the scores as they are: `cross_entropy` takes care "
        "of it.",
        lambda *arguments: logits(*arguments, last=lambda x: F.softmax(x, dim=1)),
    ),
    Mistake(
        "There is a log-softmax at the end. Return the scores as they are: `cross_entropy` takes "
        "care of it.",
        lambda *arguments: logits(*arguments, last=lambda x: F.log_softmax(x, dim=1)),
    ),
    Mistake(
        "There is a ReLU after the last layer: scores may be negative.",
        lambda *arguments: logits(*arguments, last=F.relu),
    ),
    Mistake(
        "The ReLU between the two dense layers is missing: without it they are one.",
        lambda *arguments: logits(*arguments, after_dense=_identity),
    ),
    Mistake(
        "The ReLU after the convolutions is missing.",
        lambda *arguments: logits(*arguments, after_conv=_identity),
    ),
    Mistake(
        "You took average pooling; max pooling is asked for.",
        lambda *arguments: logits(*arguments, pool=F.avg_pool2d),
    ),
)

BATCH = (
    Mistake(
        "The pixels still go from 0 to 255: divide by 255.",
        lambda pictures, labels: _stacked(pictures, (0, 3, 1, 2), scale=1),
    ),
    Mistake(
        "Divide by 255: that is the largest number of a uint8, and white should be 1.",
        lambda pictures, labels: _stacked(pictures, (0, 3, 1, 2), scale=256),
    ),
    Mistake(
        "That has the right shape, but colours and pixels got mixed up: `reshape` and `view` don't "
        "exchange axes, `permute` does.",
        lambda pictures, labels: pictures.reshape(len(pictures), 3, *pictures.shape[1:3]) / 255,
    ),
    Mistake(
        "Rows and columns are exchanged: (H, W, 3) becomes (3, H, W).",
        lambda pictures, labels: _stacked(pictures, (0, 3, 2, 1)),
    ),
    Mistake(
        "The colours still come last: (H, W, 3) becomes (3, H, W).",
        lambda pictures, labels: _stacked(pictures, (0, 1, 2, 3)),
    ),
)

TRAIN_EPOCH = (
    Mistake(
        "The gradients of all batches pile up: `zero_grad` is missing.",
        lambda *arguments: trained(*arguments, zero=""),
    ),
    Mistake(
        "The gradients of an epoch's batches pile up: `zero_grad` belongs inside the loop.",
        lambda *arguments: trained(*arguments, zero="epoch"),
    ),
    Mistake(
        "The weights stay as they are: is `step` called, after `backward`, and without a "
        "`zero_grad` between the two?",
        lambda *arguments: trained(*arguments, step=False),
    ),
    Mistake(
        "The network isn't in training mode: the checks hand it over in evaluation mode.",
        lambda *arguments: trained(*arguments, train=False),
    ),
    Mistake(
        "You averaged over the batches, but the last one is smaller: weigh each batch's loss with "
        "its number of pictures.",
        lambda *arguments: trained(*arguments, pictures=False),
    ),
    Mistake(
        "There is a softmax before `cross_entropy`, which contains one itself.",
        lambda *arguments: trained(*arguments, scores=lambda x: F.softmax(x, dim=1)),
    ),
)

EVALUATE = (
    Mistake(
        "Both numbers are right, but the network should be left in evaluation mode.",
        lambda *arguments: evaluated(*arguments, left=1.0),
    ),
    Mistake(
        "The network isn't in evaluation mode: the checks hand it over in training mode.",
        lambda *arguments: evaluated(*arguments, train=True),
    ),
    Mistake(
        "Both numbers are right, but autograd took notes all the time: compute inside "
        "`torch.no_grad()`.",
        lambda *arguments: evaluated(*arguments, noted=True),
    ),
    Mistake(
        "You averaged over the batches, but the last one is smaller: weigh each batch's loss with "
        "its number of pictures.",
        lambda *arguments: evaluated(*arguments, pictures=False),
    ),
    Mistake(
        "The network is in training mode, and autograd took notes: both `eval()` and "
        "`torch.no_grad()` are missing.",
        lambda *arguments: evaluated(*arguments, train=True, noted=True),
    ),
)
