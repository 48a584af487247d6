"""Exercise 12: the references, the right answers by hand and the well-known mistakes."""

import numpy as np
from torch.nn import functional as F

from cnnedu.checks.answers.blocks import (
    residual_in_evaluation,
    residual_in_training,
    residual_slopes,
    separable_in_evaluation,
    separable_in_training,
)
from cnnedu.checks.case import Mistake
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


def _kernel_once(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    weights, adds, size = conv_cost(shape, filters, kernel_size, stride, padding, groups)
    return [weights // kernel_size + filters * bias, adds // kernel_size, size]


def _weights_used_once(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return the cost if each weight were used once, as in a dense layer."""
    weights, _, size = conv_cost(shape, filters, kernel_size, stride, padding, groups, bias)
    return [weights, weights - filters * bias, size]


def _without_biases(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    return conv_cost(shape, filters, kernel_size, stride, padding, groups)


def _one_bias(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    weights, *rest = conv_cost(shape, filters, kernel_size, stride, padding, groups)
    return [weights + bias, *rest]


def _groups_swapped(x, groups):
    order = np.arange(x.shape[1]).reshape(groups, -1)[::-1].ravel()
    return x[:, order]


def _pixels_mixed_in(x, groups):
    N, C, H, W = x.shape
    return x.reshape(N, C // groups, groups, H, W).transpose(0, 1, 3, 4, 2).reshape(x.shape)


RELU6 = "You used ReLU6, which cuts off at 6; use ReLU."
SKIP_CUT = "No gradient flows back along the skip: add the input itself, without `detach`."
ALWAYS = (
    "In evaluation mode the norms still use the batch's own mean and variance: `nn.BatchNorm2d` "
    "changes to its running ones by itself."
)


def _changed(says, function, **changed):
    return Mistake(says, lambda *arguments: function(*arguments, **changed))


def _late(says, function):
    """Return the mistake of striding in the second convolution."""
    return Mistake(
        says, lambda *arguments: function(*arguments, late=True) if arguments[2] > 1 else None
    )


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
        Mistake("Each filter has a bias of its own: there are F of them.", _one_bias),
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
        Mistake("Square filters have K² entries for each channel, not K.", _kernel_once),
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
    "residual_in_training": (
        _changed("The input isn't added: there is no skip.", residual_in_training, skip=False),
        _changed(
            "The last ReLU comes after the addition, not before it.",
            residual_in_training,
            end="relu, add",
        ),
        _changed(
            "There is a ReLU before the addition, so F(x) can never subtract anything.",
            residual_in_training,
            end="relu, add, relu",
        ),
        _changed("The ReLU after the addition is missing.", residual_in_training, end="add"),
        _changed(
            "`norm2` comes before the addition, not after it.",
            residual_in_training,
            end="add, norm, relu",
        ),
        _changed(
            "The ReLU between the two convolutions is missing.",
            residual_in_training,
            middle="norm",
        ),
        _changed(
            "`norm1` comes before the first ReLU, not after it.",
            residual_in_training,
            middle="relu, norm",
        ),
        _late("The stride belongs to `conv1`; yours is in `conv2`.", residual_in_training),
        _changed(
            "You don't use `norm3`, which follows `conv3`.", residual_in_training, end="no norm3"
        ),
        _changed(RELU6, residual_in_training, activation=F.relu6),
    ),
    "residual_in_evaluation": (_changed(ALWAYS, residual_in_evaluation, evaluation=False),),
    "residual_slopes": (
        _changed(SKIP_CUT, residual_slopes, cut="skip"),
        Mistake(
            SKIP_CUT,  # where the input itself is added
            lambda x, filters, stride, numbers: (
                residual_slopes(x, filters, stride, numbers, cut="skip")
                if stride == 1 and filters == x.shape[1]
                else None
            ),
        ),
        _changed(
            "No gradient flows back through F to the input: give it the input itself, without "
            "`detach`.",
            residual_slopes,
            cut="F",
        ),
    ),
    "separable_in_training": (
        _changed(
            "The ReLU between the two convolutions is missing.", separable_in_training, relus=(2,)
        ),
        _changed("The ReLU at the end is missing.", separable_in_training, relus=(1,)),
        _changed("Both ReLUs are missing.", separable_in_training, relus=()),
        _late("The stride belongs to `depthwise`; yours is in `pointwise`.", separable_in_training),
        _changed(
            "You don't use the norms: each follows its convolution.",
            separable_in_training,
            norms=False,
        ),
        _changed(
            "Each norm follows its convolution; the ReLU comes after it.",
            separable_in_training,
            norm_first=False,
        ),
        Mistake(
            "You added the input: a skip belongs to the residual block, not here.",
            lambda x, filters, stride, numbers: (
                separable_in_training(x, filters, stride, numbers, skip=True)
                if stride == 1 and filters == x.shape[1]
                else None
            ),
        ),
        _changed(RELU6, separable_in_training, activation=F.relu6),
    ),
    "separable_in_evaluation": (_changed(ALWAYS, separable_in_evaluation, evaluation=False),),
}
