"""What exercise 12 is compared with, and its well-known wrong answers."""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.case import Mistake
from cnnedu.checks.torch_blocks import residual_shapes, separable_shapes
from cnnedu.models.accounting import Conv, ledger, totals


def numbers_by_hand():
    """Return the six numbers of part 1.

    >>> numbers_by_hand()[2]
    50176
    """
    ordinary = cost((32, 14, 14), 64, 3, padding=1)
    look, mix = cost((32, 14, 14), 32, 3, padding=1, groups=32), cost((32, 14, 14), 64, 1)
    grouped = cost((32, 14, 14), 64, 3, padding=1, groups=4)
    return [*ordinary, look[0] + mix[0], look[1] + mix[1], grouped[0]]


def cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return parameters, multiply-adds and bytes of a convolution's output."""
    layer = Conv(filters, kernel_size, stride, padding, groups=groups, bias=bias)
    return list(totals(ledger([layer], tuple(shape))).values())


def _costed(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return `cost` with the parts that mistakes change: entries of a filter, outputs, biases."""
    sizes = [(size + 2 * padding - kernel_size) // stride + 1 for size in shape[1:]]
    return shape[0] // groups * kernel_size**2, filters * sizes[0] * sizes[1], filters * bias


def _no_groups(*a, **k):
    entries, outputs, biases = _costed(*a, **k)
    groups = k.get("groups", a[5] if len(a) > 5 else 1)
    return [a[1] * entries * groups + biases, outputs * entries * groups, 4 * outputs]


def _groups_twice(*a, **k):
    entries, outputs, biases = _costed(*a, **k)
    groups = k.get("groups", a[5] if len(a) > 5 else 1)
    return [a[1] * entries // groups + biases, outputs * entries // groups, 4 * outputs]


def _biases_added(*a, **k):
    entries, outputs, biases = _costed(*a, **k)
    return [a[1] * entries + biases, outputs * (entries + bool(biases)), 4 * outputs]


def _changed(weights=1, adds=1, size=1):
    """Return a wrong cost in which one of the three is multiplied by something."""

    def wrong(*a, **k):
        return [n * f for n, f in zip(cost(*a, **k), (weights, adds, size), strict=True)]

    return wrong


def _sized(size_of):
    """Return a wrong cost in which size_of(shape, kernel_size, stride, padding) gives OH, OW."""

    def wrong(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
        OH, OW = size_of(shape, kernel_size, stride, padding)
        entries, outputs = shape[0] // groups * kernel_size**2, filters * OH * OW
        return [filters * (entries + bias), outputs * entries, 4 * outputs]

    return wrong


def _rounded_up(shape, kernel_size, stride, padding):
    return [1 - (kernel_size - 2 * padding - size) // stride for size in shape[1:]]


def _square(shape, kernel_size, stride, padding):
    return [(shape[1] + 2 * padding - kernel_size) // stride + 1] * 2


def _padded_once(shape, kernel_size, stride, padding):
    return [(size + padding - kernel_size) // stride + 1 for size in shape[1:]]


def _one_place(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return a cost in which each weight works once, as in a dense layer."""
    weights, _, size = cost(shape, filters, kernel_size, stride, padding, groups, bias)
    return [weights, weights - filters * bias, size]


def _no_bias(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    return cost(shape, filters, kernel_size, stride, padding, groups)


def shuffled(x, groups):
    """Return the channels dealt out anew: first of each group, second of each group, …

    >>> shuffled(np.arange(6).reshape(1, 6, 1, 1), 2).ravel()
    array([0, 3, 1, 4, 2, 5])
    """
    order = np.arange(x.shape[1]).reshape(groups, -1).T.ravel()
    return x[:, order]


def _dealt_back(x, groups):
    return shuffled(x, x.shape[1] // groups)


def _swapped(x, groups):
    order = np.arange(x.shape[1]).reshape(groups, -1)[::-1].ravel()
    return x[:, order]


def _pixels_too(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, C // groups, groups, H, W).transpose(0, 1, 3, 4, 2).reshape(x.shape)


def _norm(x, weight, bias):
    return F.batch_norm(x, None, None, weight, bias, training=True)


def _named(shapes, numbers):
    """Cut one row of numbers into {name: tensor}."""
    sizes = [int(np.prod(shape)) for shape in shapes.values()]
    parts = torch.tensor(numbers)[: sum(sizes)].split(sizes)
    return {n: p.view(s) for (n, s), p in zip(shapes.items(), parts, strict=True)}


def _residual(x, filters, stride, numbers, skip=True, relu1=True, order="add, relu", late=False):
    p = _named(residual_shapes(x.shape[1], filters, stride), numbers)
    strides = (1, stride) if late else (stride, 1)
    out = F.conv2d(x, p["conv1.weight"], stride=strides[0], padding=1)
    out = _norm(out, p["norm1.weight"], p["norm1.bias"])
    out = F.conv2d(F.relu(out) if relu1 else out, p["conv2.weight"], stride=strides[1], padding=1)
    out = _norm(out, p["norm2.weight"], p["norm2.bias"])
    around = x
    if "conv3.weight" in p:
        around = F.conv2d(x, p["conv3.weight"], stride=stride)
        if order != "no norm3":
            around = _norm(around, p["norm3.weight"], p["norm3.bias"])
    if order == "relu, add":
        return F.relu(out) + around
    if order == "relu, add, relu":
        return F.relu(F.relu(out) + around)
    out = out + around if skip else out
    return out if order == "add" else F.relu(out)


def residual(x, filters, stride, numbers, **changed):
    """Return a residual block's output in training mode; what follows changes one thing."""
    return _residual(torch.tensor(x), filters, stride, numbers, **changed).numpy()


def _separable(x, filters, stride, numbers, relu1=True, relu2=True, norms=True, late=False):
    p = _named(separable_shapes(x.shape[1], filters, stride), numbers)
    strides = (1, stride) if late else (stride, 1)
    x = F.conv2d(x, p["depthwise.weight"], stride=strides[0], padding=1, groups=x.shape[1])
    x = _norm(x, p["norm1.weight"], p["norm1.bias"]) if norms else x
    x = F.conv2d(F.relu(x) if relu1 else x, p["pointwise.weight"], stride=strides[1])
    x = _norm(x, p["norm2.weight"], p["norm2.bias"]) if norms else x
    return F.relu(x) if relu2 else x


def separable(x, filters, stride, numbers, **changed):
    """Return a depthwise separable convolution's output; what follows changes one thing."""
    return _separable(torch.tensor(x), filters, stride, numbers, **changed).numpy()


def _gradient(block):
    """Return the gradient of Σ output² by the input, as a function of the block's arguments."""

    def gradient(x, filters, stride, numbers):
        leaf = torch.tensor(x, requires_grad=True)
        block(leaf, filters, stride, numbers).square().sum().backward()
        return leaf.grad.numpy()

    return gradient


residual_gradient, separable_gradient = _gradient(_residual), _gradient(_separable)

BY_HAND = [
    ([18496, 3612672, 50176, 2336, 457856, 4608], "there are no biases in the first layer"),
    ([18432, 18432, 50176, 2336, 457856, 4608], "each weight works at every place of the output"),
    ([18432, 3612672, 12544, 2336, 457856, 4608], "a float32 takes 4 bytes"),
    ([18432, 3612672, 50176, 2048, 457856, 4608], "the depthwise filters have weights, too"),
    ([18432, 3612672, 50176, 2624, 457856, 4608], "the depthwise layer gives 32 maps, not 64"),
    ([18432, 3612672, 50176, 2336, 457856, 1152], "in groups each filter sees fewer channels, but "
     "there are as many filters as before"),
]  # fmt: skip

COST = (
    Mistake("Each filter sees the channels of its own group only: C / groups.", _no_groups),
    Mistake(
        "You divided by `groups` twice: the filters see fewer channels, but there are as many "
        "filters as before.",
        _groups_twice,
    ),
    Mistake("A bias is added, not multiplied: it counts as parameter only.", _biases_added),
    Mistake("The biases are parameters, too: one for each filter.", _no_bias),
    Mistake("A float32 takes 4 bytes.", _changed(size=0.25)),
    Mistake("Count a multiplication with its addition once, not twice.", _changed(adds=2)),
    Mistake(
        "The output doesn't have the input's size: use the formula of lesson 03.",
        _sized(lambda shape, *rest: shape[1:]),
    ),
    Mistake("Round the size *down*: a window that doesn't fit isn't used.", _sized(_rounded_up)),
    Mistake("Height and width may differ: work both out.", _sized(_square)),
    Mistake("The padding is on both sides: 2 · padding.", _sized(_padded_once)),
    Mistake("Each weight works at every place of the output, not once.", _one_place),
)

SHUFFLE = (
    Mistake(
        "That deals the channels *back*: the table has `groups` rows before it is transposed.",
        _dealt_back,
    ),
    Mistake("Nothing has moved: transpose between the two `reshape`.", lambda x, groups: x),
    Mistake("That exchanges whole groups: their channels still don't mix.", _swapped),
    Mistake("Rows and columns got mixed up with the channels.", _pixels_too),
)

RESIDUAL = (
    Mistake(
        "The input isn't added: there is no skip.",
        lambda *arguments: residual(*arguments, skip=False),
    ),
    Mistake(
        "The last ReLU comes after the addition, not before.",
        lambda *arguments: residual(*arguments, order="relu, add"),
    ),
    Mistake(
        "There is a ReLU before the addition: F(x) couldn't take anything away.",
        lambda *arguments: residual(*arguments, order="relu, add, relu"),
    ),
    Mistake(
        "The ReLU after the addition is missing.",
        lambda *arguments: residual(*arguments, order="add"),
    ),
    Mistake(
        "The ReLU between the two convolutions is missing.",
        lambda *arguments: residual(*arguments, relu1=False),
    ),
    Mistake(
        "The stride belongs to `conv1`; yours is in `conv2`.",
        lambda *arguments: residual(*arguments, late=True) if arguments[2] > 1 else None,
    ),
    Mistake(
        "`norm3` isn't used: it follows `conv3`.",
        lambda *arguments: residual(*arguments, order="no norm3"),
    ),
)

SEPARABLE = (
    Mistake(
        "The ReLU between the two convolutions is missing.",
        lambda *arguments: separable(*arguments, relu1=False),
    ),
    Mistake(
        "The ReLU at the end is missing.",
        lambda *arguments: separable(*arguments, relu2=False),
    ),
    Mistake(
        "The stride belongs to `depthwise`; yours is in `pointwise`.",
        lambda *arguments: separable(*arguments, late=True) if arguments[2] > 1 else None,
    ),
    Mistake(
        "The norms aren't used: each follows its convolution.",
        lambda *arguments: separable(*arguments, norms=False),
    ),
)
