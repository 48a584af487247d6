"""The cost of a convolution, and the well-known mistakes in counting it."""

from cnnedu.checks.case import Mistake
from cnnedu.models.accounting import Conv, ledger, totals


def conv_cost(shape, filters, kernel_size, stride=1, padding=0, groups=1, bias=False):
    """Return parameters, multiply-adds and bytes of a convolution's output."""
    layer = Conv(filters, kernel_size, stride, padding, groups=groups, bias=bias)
    return list(totals(ledger([layer], tuple(shape))).values())


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


MISTAKES = (
    Mistake("Each filter sees the channels of its own group only: C / groups.", _groups_ignored),
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
)
