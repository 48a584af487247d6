"""Exercise 12: the references, the right answers by hand and the well-known mistakes."""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.case import Mistake
from cnnedu.checks.torch_blocks import residual_shapes, separable_shapes
from cnnedu.models.accounting import Conv, ledger, totals


def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return parameters, multiply-adds and bytes of a convolution's output."""
    layer = Conv(filters, kernel_size, stride, padding, groups=groups, bias=bias)
    return list(totals(ledger([layer], tuple(shape))).values())


def channel_shuffle(x, groups):
    """Reorder the channels: the first of each group, the second of each group, and so on.

    >>> channel_shuffle(np.arange(6).reshape(1, 6, 1, 1), 2).ravel()
    array([0, 3, 1, 4, 2, 5])
    """
    order = np.arange(x.shape[1]).reshape(groups, -1).T.ravel()
    return x[:, order]


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


def block_output(x, filters, stride, numbers, **changed):
    """Return a residual block's output in training mode; `changed` changes one thing."""
    return _residual(torch.tensor(x), filters, stride, numbers, **changed).numpy()


def _separable(x, filters, stride, numbers, relu1=True, relu2=True, norms=True, late=False):
    p = _named(separable_shapes(x.shape[1], filters, stride), numbers)
    strides = (1, stride) if late else (stride, 1)
    x = F.conv2d(x, p["depthwise.weight"], stride=strides[0], padding=1, groups=x.shape[1])
    x = _norm(x, p["norm1.weight"], p["norm1.bias"]) if norms else x
    x = F.conv2d(F.relu(x) if relu1 else x, p["pointwise.weight"], stride=strides[1])
    x = _norm(x, p["norm2.weight"], p["norm2.bias"]) if norms else x
    return F.relu(x) if relu2 else x


def separable_output(x, filters, stride, numbers, **changed):
    """Return a depthwise separable convolution's output; `changed` changes one thing."""
    return _separable(torch.tensor(x), filters, stride, numbers, **changed).numpy()


def _input_gradient(block):
    """Make a function that returns the gradient of Σ output² with respect to the input."""

    def by_input(x, filters, stride, numbers):
        leaf = torch.tensor(x, requires_grad=True)
        block(leaf, filters, stride, numbers).square().sum().backward()
        return leaf.grad.numpy()

    return by_input


block_gradient, separable_gradient = _input_gradient(_residual), _input_gradient(_separable)


_RIGHT = [18_432, 3_612_672, 50_176, 2_336, 457_856, 4_608]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([18_496, *_RIGHT[1:]], "the first layer has no biases"),
        ([18_432, 18_432, *_RIGHT[2:]], "each weight is used at every place of the output"),
        ([*_RIGHT[:2], 12_544, *_RIGHT[3:]], "a float32 takes 4 bytes"),
        ([*_RIGHT[:3], 2_048, *_RIGHT[4:]], "the depthwise filters have weights, too"),
        ([*_RIGHT[:3], 2_624, *_RIGHT[4:]], "the depthwise layer gives 32 maps, not 64"),
        ([*_RIGHT[:5], 1_152], "grouped filters see fewer channels, but there are as many of them"),
    ),
}


def _counts(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return the entries of a filter, the outputs and the biases."""
    sizes = [(size + 2 * padding - kernel_size) // stride + 1 for size in shape[1:]]
    return shape[0] // groups * kernel_size**2, filters * sizes[0] * sizes[1], filters * bias


def _groups_ignored(*a, **k):
    entries, outputs, biases = _counts(*a, **k)
    groups = k.get("groups", a[5] if len(a) > 5 else 1)
    return [a[1] * entries * groups + biases, outputs * entries * groups, 4 * outputs]


def _divided_by_groups_twice(*a, **k):
    entries, outputs, biases = _counts(*a, **k)
    groups = k.get("groups", a[5] if len(a) > 5 else 1)
    return [a[1] * entries // groups + biases, outputs * entries // groups, 4 * outputs]


def _biases_as_multiply_adds(*a, **k):
    entries, outputs, biases = _counts(*a, **k)
    return [a[1] * entries + biases, outputs * (entries + bool(biases)), 4 * outputs]


def _multiplied(weights=1, adds=1, size=1):
    """Make a wrong cost in which one of the three is multiplied by something."""

    def wrong(*a, **k):
        return [n * f for n, f in zip(conv_cost(*a, **k), (weights, adds, size), strict=True)]

    return wrong


def _with_output_size(size_of):
    """Make a wrong cost from size_of(shape, kernel_size, stride, padding), giving OH, OW."""

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


def _weights_used_once(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return the cost if each weight were used once, as in a dense layer."""
    weights, _, size = conv_cost(shape, filters, kernel_size, stride, padding, groups, bias)
    return [weights, weights - filters * bias, size]


def _without_biases(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    return conv_cost(shape, filters, kernel_size, stride, padding, groups)


def _groups_swapped(x, groups):
    order = np.arange(x.shape[1]).reshape(groups, -1)[::-1].ravel()
    return x[:, order]


def _pixels_mixed_in(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, C // groups, groups, H, W).transpose(0, 1, 3, 4, 2).reshape(x.shape)


MISTAKES = {
    "conv_cost": (
        Mistake(
            "Each filter sees the channels of its own group only: C / groups.", _groups_ignored
        ),
        Mistake(
            "You divided by `groups` twice: the filters see fewer channels, but there are as many "
            "filters as before.",
            _divided_by_groups_twice,
        ),
        Mistake(
            "A bias is added, not multiplied: it counts as a parameter only.",
            _biases_as_multiply_adds,
        ),
        Mistake("The biases are parameters, too: one for each filter.", _without_biases),
        Mistake("A float32 takes 4 bytes.", _multiplied(size=0.25)),
        Mistake("Count a multiplication with its addition once, not twice.", _multiplied(adds=2)),
        Mistake(
            "The output doesn't have the input's size: use the formula of lesson 03.",
            _with_output_size(lambda shape, *rest: shape[1:]),
        ),
        Mistake(
            "Round the size *down*: a window that doesn't fit isn't used.",
            _with_output_size(_rounded_up),
        ),
        Mistake("Height and width may differ: compute both.", _with_output_size(_square)),
        Mistake("The padding is on both sides: 2 · padding.", _with_output_size(_padded_once)),
        Mistake("Each weight is used at every place of the output, not once.", _weights_used_once),
    ),
    "channel_shuffle": (
        Mistake(
            "That deals the channels *back*: the table has `groups` rows before it is transposed.",
            lambda x, groups: channel_shuffle(x, x.shape[1] // groups),
        ),
        Mistake(
            "Nothing has moved: transpose between the two calls of `reshape`.", lambda x, groups: x
        ),
        Mistake("That swaps whole groups: their channels still don't mix.", _groups_swapped),
        Mistake("Rows and columns got mixed up with the channels.", _pixels_mixed_in),
    ),
    "block_output": (
        Mistake(
            "The input isn't added: there is no skip.",
            lambda *arguments: block_output(*arguments, skip=False),
        ),
        Mistake(
            "The last ReLU comes after the addition, not before it.",
            lambda *arguments: block_output(*arguments, order="relu, add"),
        ),
        Mistake(
            "There is a ReLU before the addition, so F(x) can never subtract anything.",
            lambda *arguments: block_output(*arguments, order="relu, add, relu"),
        ),
        Mistake(
            "The ReLU after the addition is missing.",
            lambda *arguments: block_output(*arguments, order="add"),
        ),
        Mistake(
            "The ReLU between the two convolutions is missing.",
            lambda *arguments: block_output(*arguments, relu1=False),
        ),
        Mistake(
            "The stride belongs to `conv1`; yours is in `conv2`.",
            lambda *arguments: block_output(*arguments, late=True) if arguments[2] > 1 else None,
        ),
        Mistake(
            "You don't use `norm3`, which follows `conv3`.",
            lambda *arguments: block_output(*arguments, order="no norm3"),
        ),
    ),
    "separable_output": (
        Mistake(
            "The ReLU between the two convolutions is missing.",
            lambda *arguments: separable_output(*arguments, relu1=False),
        ),
        Mistake(
            "The ReLU at the end is missing.",
            lambda *arguments: separable_output(*arguments, relu2=False),
        ),
        Mistake(
            "The stride belongs to `depthwise`; yours is in `pointwise`.",
            lambda *arguments: (
                separable_output(*arguments, late=True) if arguments[2] > 1 else None
            ),
        ),
        Mistake(
            "You don't use the norms: each follows its convolution.",
            lambda *arguments: separable_output(*arguments, norms=False),
        ),
    ),
}
