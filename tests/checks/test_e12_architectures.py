"""Exercise 12: each well-known mistake is named."""

import numpy as np
import pytest
import torch
from checks.told import message
from torch import nn
from torch.nn import functional as F

from cnnedu.checks import Case, CheckFailed
from cnnedu.checks.exercises import e12_architectures as e12
from cnnedu.checks.torch_blocks import block_functions, count, residual_shapes, separable_shapes
from cnnedu.models.resnet import BasicBlock

COST = Case(
    "conv_cost",
    lambda rng: [((8, 10, 7), 4, 3, 2, 1, 2, True)],
    e12.conv_cost,
    mistakes=e12.MISTAKES["conv_cost"],
)
# Of that layer by hand: 5 × 4 places, 4 of 8 channels, so 36 entries in each of 4 filters.
WEIGHTS, ADDS, BYTES = 4 * 37, 4 * 20 * 36, 4 * 4 * 20


def test_the_reference_counts_as_on_paper():
    assert e12.conv_cost(*COST.inputs(None)[0]) == [WEIGHTS, ADDS, BYTES]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([4 * 73, 2 * ADDS, BYTES], "its own group only"),
        ([4 * 18 + 4, ADDS // 2, BYTES], "divided by `groups` twice"),
        ([WEIGHTS, 4 * 20 * 37, BYTES], "A bias is added"),
        ([4 * 36, ADDS, BYTES], "biases are parameters, too"),
        ([WEIGHTS, ADDS, BYTES / 4], "takes 4 bytes"),
        ([WEIGHTS, 2 * ADDS, BYTES], "once, not twice"),
        ([WEIGHTS, 4 * 70 * 36, 4 * 4 * 70], "the formula of lesson 03"),
        ([WEIGHTS, 4 * 24 * 36, 4 * 4 * 24], "Round the size *down*"),
        ([WEIGHTS, 4 * 25 * 36, 4 * 4 * 25], "Height and width may differ"),
        ([WEIGHTS, 4 * 15 * 36, 4 * 4 * 15], "on both sides"),
        ([WEIGHTS, 4 * 36, BYTES], "at every place of the output"),
    ],
)
def test_mistakes_of_the_cost_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, COST)


SHUFFLE = Case(
    "channel_shuffle",
    lambda rng: [(rng.normal(size=(2, 6, 2, 3)), 2)],
    e12.channel_shuffle,
    mistakes=e12.MISTAKES["channel_shuffle"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x: x[:, [0, 2, 4, 1, 3, 5]], "deals the channels *back*"),
        (lambda x: x, "Nothing has moved"),
        (lambda x: x[:, [3, 4, 5, 0, 1, 2]], "swaps whole groups"),
        (
            lambda x: np.moveaxis(x.reshape(2, 3, 2, 2, 3), 2, -1).reshape(x.shape),
            "mixed up with the channels",
        ),
    ],
)
def test_mistakes_of_the_shuffle_are_named(wrong, says):
    assert says in message(lambda x, groups: wrong(x), SHUFFLE)


class Residual(nn.Module):
    """A residual block as a student might write it, with something changed."""

    def __init__(self, channels, filters, stride, late=False):
        super().__init__()
        strides = (1, stride) if late else (stride, 1)
        self.conv1 = nn.Conv2d(channels, filters, 3, strides[0], 1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, strides[1], 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.conv3 = nn.Conv2d(channels, filters, 1, stride, bias=False)
        self.norm3 = nn.BatchNorm2d(filters)

    end = staticmethod(lambda out, around: F.relu(out + around))
    middle, last_norm = staticmethod(F.relu), True

    def forward(self, x):
        out = self.norm2(self.conv2(self.middle(self.norm1(self.conv1(x)))))
        around = self.conv3(x)
        return self.end(out, self.norm3(around) if self.last_norm else around)


def maps(rng, shapes):
    numbers = rng.normal(size=count(shapes(3, 8, 2)))
    return [(rng.normal(size=(2, 3, 5, 6)), 8, 2, numbers)]


def changed(kind, **attributes):
    """Return a class like `kind` with other attributes."""
    return type("Changed", (kind,), attributes)


RESIDUAL = Case(
    "block_output",
    lambda rng: maps(rng, residual_shapes),
    e12.block_output,
    rtol=1e-6,
    mistakes=e12.MISTAKES["block_output"],
)


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ({"end": staticmethod(lambda out, around: F.relu(out))}, "there is no skip"),
        (
            {"end": staticmethod(lambda out, around: F.relu(out) + around)},
            "after the addition, not",
        ),
        (
            {"end": staticmethod(lambda out, around: F.relu(F.relu(out) + around))},
            "a ReLU before the addition",
        ),
        ({"end": staticmethod(lambda out, around: out + around)}, "after the addition is missing"),
        ({"middle": staticmethod(lambda x: x)}, "between the two convolutions is missing"),
        ({"last_norm": False}, "don't use `norm3`"),
    ],
)
def test_mistakes_of_the_residual_block_are_named(attributes, says):
    output, _ = block_functions(changed(Residual, **attributes), residual_shapes)
    assert says in message(output, RESIDUAL)


def test_a_late_stride_is_named():
    late = block_functions(lambda *a: Residual(*a, late=True), residual_shapes)[0]
    assert "yours is in `conv2`" in message(late, RESIDUAL)


class Separable(nn.Module):
    """A depthwise separable convolution as a student might write it, with something changed."""

    strides = staticmethod(lambda stride: (stride, 1))
    middle, last, norms = staticmethod(F.relu), staticmethod(F.relu), True

    def __init__(self, channels, filters, stride):
        super().__init__()
        first, second = self.strides(stride)
        self.depthwise = nn.Conv2d(channels, channels, 3, first, 1, groups=channels, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, second, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)

    def forward(self, x):
        x = self.depthwise(x)
        x = self.pointwise(self.middle(self.norm1(x) if self.norms else x))
        return self.last(self.norm2(x) if self.norms else x)


SEPARABLE = Case(
    "separable_output",
    lambda rng: maps(rng, separable_shapes),
    e12.separable_output,
    rtol=1e-6,
    mistakes=e12.MISTAKES["separable_output"],
)


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ({"middle": staticmethod(lambda x: x)}, "between the two convolutions is missing"),
        ({"last": staticmethod(lambda x: x)}, "ReLU at the end is missing"),
        ({"strides": staticmethod(lambda stride: (1, stride))}, "yours is in `pointwise`"),
        ({"norms": False}, "don't use the norms"),
    ],
)
def test_mistakes_of_the_separable_convolution_are_named(attributes, says):
    output, _ = block_functions(changed(Separable, **attributes), separable_shapes)
    assert says in message(output, SEPARABLE)


def test_the_references_are_what_right_blocks_give():
    for kind, shapes, case, slope in (
        (Residual, residual_shapes, RESIDUAL, e12.block_gradient),
        (Separable, separable_shapes, SEPARABLE, e12.separable_gradient),
    ):
        arguments = case.inputs(np.random.default_rng(1))[0]
        output, gradient = block_functions(kind, shapes)
        np.testing.assert_allclose(output(*arguments), case.reference(*arguments), rtol=1e-9)
        np.testing.assert_allclose(gradient(*arguments), slope(*arguments), rtol=1e-6, atol=1e-9)


def test_the_block_without_projection_is_the_courses_own():
    x = np.random.default_rng(2).normal(size=(2, 3, 4, 5))
    numbers = np.random.default_rng(3).normal(size=count(residual_shapes(3, 3, 1)))
    block = BasicBlock(3, 3, 1, nn.Identity()).double()
    nn.utils.vector_to_parameters(torch.from_numpy(numbers), block.parameters())
    expected = block(torch.from_numpy(x)).detach()
    np.testing.assert_allclose(e12.block_output(x, 3, 1, numbers), expected, rtol=1e-9)


def parts(**layers):
    """Return a kind of block that has these layers and passes its input on."""

    def kind(channels, filters, stride):
        block = nn.Module()
        for name, layer in layers.items():
            setattr(block, name, layer)
        return block

    return kind


RIGHT = {
    "depthwise": nn.Conv2d(3, 3, 3, groups=3, bias=False),
    "norm1": nn.BatchNorm2d(3),
    "pointwise": nn.Conv2d(3, 8, 1, bias=False),
    "norm2": nn.BatchNorm2d(8),
}


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        ({}, "there is no depthwise.weight: the parameters are none at all"),
        (RIGHT | {"depthwise": nn.Conv2d(3, 3, 3, groups=3)}, "these convolutions have no bias"),
        (RIGHT | {"extra": nn.Linear(2, 2, bias=False)}, "extra.weight isn't needed here"),
        (
            RIGHT | {"depthwise": nn.Conv2d(3, 3, 3, bias=False)},
            "depthwise.weight has shape (3, 3, 3, 3), expected (3, 1, 3, 3)",
        ),
    ],
)
def test_layers_of_another_kind_are_named(layers, says):
    assert says in message(block_functions(parts(**layers), separable_shapes)[0], SEPARABLE)


def test_a_cut_graph_is_named():
    kind = changed(Separable, forward=lambda self, x: Separable.forward(self, x).detach())
    gradient = block_functions(kind, separable_shapes)[1]
    with pytest.raises(CheckFailed, match="cuts the graph"):
        gradient(*SEPARABLE.inputs(np.random.default_rng(4))[0])
