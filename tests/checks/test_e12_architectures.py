"""Exercise 12: the functions that run a student's blocks, and what the references compute."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from cnnedu.checks import CheckFailed
from cnnedu.checks.answers import blocks
from cnnedu.checks.answers import e12_architectures as answers
from cnnedu.checks.exercises import e12_architectures as e12
from cnnedu.checks.torch_blocks import residual_functions, residual_shapes, squeezed_functions
from cnnedu.models.resnet import BasicBlock

CASES = {check.name: check for check in e12.CHECKS}
FUNCTIONS = "in_training", "in_evaluation", "slopes"


def test_the_reference_counts_as_on_paper():
    # 5 × 4 places, 4 of 8 channels, so 36 entries in each of 4 filters.
    found = answers.conv_cost((8, 10, 7), 4, 3, 2, 1, 2, True)
    assert found == [4 * 37, 4 * 20 * 36, 4 * 4 * 20]


LAYERS = {
    "conv": lambda filters, size, stride, padding: nn.LazyConv2d(filters, size, stride, padding),
    "norm": nn.LazyBatchNorm2d,
    "relu": nn.ReLU,
    "relu6": nn.ReLU6,
    "max pool": nn.MaxPool2d,
}


@pytest.mark.parametrize("seed", range(3))
def test_the_rules_of_what_training_keeps_are_pytorchs(seed):
    """In the exercise the picture needs a gradient, too: a layer that passes it on stands first."""
    case, rng = CASES["kept_bytes"], np.random.default_rng(seed)
    for shape, layers in case.inputs(rng) + case.hidden(rng):
        network = nn.Sequential(*(LAYERS[kind](*sizes) for kind, *sizes in layers))
        x = torch.zeros(2, *shape, requires_grad=True)
        network(x)
        weights = {parameter.data_ptr() for parameter in network.parameters()}
        kept = {}

        def keep(tensor, kept=kept, weights=weights):
            if tensor.dim() == 4 and tensor.data_ptr() not in weights:
                kept[tensor.data_ptr()] = tensor
            return tensor

        with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
            network(x)
        size = sum(tensor.numel() * tensor.element_size() for tensor in kept.values())
        assert answers.kept_bytes(shape, layers) == size // 2


class Residual(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.conv3 = nn.Conv2d(channels, filters, 1, stride, bias=False)
        self.norm3 = nn.BatchNorm2d(filters)

    def forward(self, x):
        out = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return F.relu(out + self.norm3(self.conv3(x)))


class Squeezed(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.squeeze = nn.Linear(channels, (channels + 1) // 2)
        self.excite = nn.Linear((channels + 1) // 2, channels)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)

    def forward(self, x):
        maps = F.relu(self.norm1(self.depthwise(x)))
        scale = torch.sigmoid(self.excite(F.relu(self.squeeze(maps.mean(dim=(2, 3))))))
        return F.relu(self.norm2(self.pointwise(scale[:, :, None, None] * maps)))


MADE = {"residual": residual_functions(Residual), "squeezed": squeezed_functions(Squeezed)}


def arguments(block, function, number=1):
    """Return the visible inputs of a case of this number; the block has a projection in 1."""
    return CASES[f"{block}_{function}"].inputs(np.random.default_rng(1))[number]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("block", MADE)
def test_the_references_are_what_right_blocks_give(block, function):
    found = MADE[block][FUNCTIONS.index(function)](*arguments(block, function))
    expected = CASES[f"{block}_{function}"].reference(*arguments(block, function))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("function", FUNCTIONS[:2])
def test_the_block_without_projection_is_the_courses_own(function):
    x, filters, stride, numbers = arguments("residual", function, number=0)
    block = BasicBlock(filters, filters, stride, nn.Identity()).double()
    nn.utils.vector_to_parameters(torch.from_numpy(numbers), block.parameters())
    with torch.no_grad():
        passes = [block(torch.from_numpy(x)) for _ in range(2)]
        expected = passes[0] if function == "in_training" else block.eval()(torch.from_numpy(x))
    found = CASES[f"residual_{function}"].reference(x, filters, stride, numbers)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("block", MADE)
def test_the_reference_of_the_slopes_is_the_slope(block):
    x, *rest = arguments(block, "slopes")
    up, down = x.copy(), x.copy()
    up[1, 1, 2, 3] += 1e-5
    down[1, 1, 2, 3] -= 1e-5
    loss = [np.square(CASES[f"{block}_in_training"].reference(z, *rest)).mean() for z in (up, down)]
    place = np.ravel_multi_index((1, 1, 2, 3), x.shape)
    slope = CASES[f"{block}_slopes"].reference(x, *rest)[place]
    assert slope == pytest.approx((loss[0] - loss[1]) / 2e-5, rel=1e-4, abs=1e-6)


def test_no_input_lies_at_a_kink():
    for block, clearness in (
        ("residual", blocks.residual_clearness),
        ("squeezed", blocks.squeezed_clearness),
    ):
        case = CASES[f"{block}_slopes"]
        for seed in range(10):
            rng = np.random.default_rng(seed)
            assert all(clearness(*given) > 1e-3 for given in case.inputs(rng) + case.hidden(rng))


def changed(kind, change):
    """Return a class of blocks that were changed after they were made."""

    def made(*given):
        block = kind(*given)
        change(block)
        return block

    return made


def replace(name, layer):
    return lambda block: setattr(block, name, layer)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda block: delattr(block, "depthwise"), "there is no depthwise.weight"),
        (replace("depthwise", nn.Conv2d(2, 2, 3, groups=2)), "make that layer with `bias=False`"),
        (replace("extra", nn.Linear(2, 2, bias=False)), "extra.weight isn't needed here"),
        (replace("norm1", nn.BatchNorm2d(3)), r"norm1.weight has shape \(3,\), expected \(2,\)"),
        (lambda block: block.norm2.requires_grad_(False), "norm2.weight can't learn"),
    ],
)
def test_layers_of_another_kind_are_named(change, says):
    slopes = squeezed_functions(changed(Squeezed, change))[2]
    with pytest.raises(CheckFailed, match=says):
        slopes(*arguments("squeezed", "slopes"))


@pytest.mark.parametrize("cut", ["detached", "without_norm3"])
def test_a_cut_graph_is_named(cut):
    class Cut(Residual):
        def forward(self, x):
            if cut == "detached":
                return super().forward(x).detach()
            out = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
            return F.relu(out + self.conv3(x))

    says = "reaches the input" if cut == "detached" else "reaches norm3.weight: it isn't used"
    with pytest.raises(CheckFailed, match=says):
        residual_functions(Cut)[2](*arguments("residual", "slopes"))


def test_the_shapes_of_a_block_without_projection():
    assert list(residual_shapes(4, 4, 1))[-1] == "norm2.bias"
