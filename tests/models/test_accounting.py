import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

from cnnedu.kernels import conv2d
from cnnedu.models.accounting import (
    BatchNorm,
    Conv,
    Dense,
    Elementwise,
    Flatten,
    GlobalPool,
    Pool,
    describe,
    ledger,
    receptive_field,
    totals,
)
from cnnedu.nn import GlobalAvgPool2d

# the classic introductory network for CIFAR-10
CLASSIC = [
    Conv(32, 3),
    Elementwise("ReLU"),
    Pool(2),
    Conv(64, 3),
    Elementwise("ReLU"),
    Pool(2),
    Conv(64, 3),
    Elementwise("ReLU"),
    Flatten(),
    Dense(64),
    Elementwise("ReLU"),
    Dense(10),
]
CLASSIC_TORCH = nn.Sequential(
    nn.Sequential(nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2)),
    nn.Sequential(nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
    *(nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten()),
    *(nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 10)),
)
ODD = [
    Conv(8, (3, 5), stride=(2, 1), padding=((1, 0), (2, 1)), groups=2, bias=False),
    BatchNorm(),
    Elementwise("GELU"),
    Pool(3, 2, 1, ceil_mode=True),
    Conv(8, 3, dilation=2, padding="same", groups=8),
    GlobalPool(),
]


def test_the_classic_network_has_122570_parameters():
    rows = ledger(CLASSIC, (3, 32, 32))
    assert totals(rows)["parameters"] == 122_570
    assert [row.output for row in rows if row.name == "Conv"] == [
        (32, 30, 30),
        (64, 13, 13),
        (64, 4, 4),
    ]
    multiply_adds = 27 * 32 * 900 + 288 * 64 * 169 + 576 * 64 * 16 + 1024 * 64 + 640
    assert totals(rows)["multiply_adds"] == multiply_adds
    assert rows[0].activation_bytes == 4 * 32 * 900


def test_a_dense_layer_on_a_photograph_has_150_million_weights():
    rows = ledger([Flatten(), Dense(1000, bias=False)], (3, 224, 224))
    assert totals(rows)["parameters"] == 150_528_000


def test_descriptions_and_torch_agree():
    rows, traced = ledger(CLASSIC, (3, 32, 32)), ledger(CLASSIC_TORCH, (3, 32, 32))
    assert [row[1:] for row in rows] == [row[1:] for row in traced]
    assert traced[0].name == "0.0"
    mine = [field[1:] for field in receptive_field(CLASSIC, (3, 32, 32))]
    assert mine == [field[1:] for field in receptive_field(CLASSIC_TORCH, (3, 32, 32))]


def test_a_torch_model_with_branches_is_accounted_for_and_left_as_it_was():
    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.ones(5))
            self.conv = nn.Conv2d(4, 4, 3, padding=1, bias=False)
            self.norm = nn.BatchNorm2d(4)

        def forward(self, x):
            return self.norm(self.conv(self.conv(x))) + x

    model = Residual()
    rows = ledger(model, (4, 6, 7))
    assert [row.name for row in rows] == ["conv", "conv", "norm", "other parameters"]
    assert totals(rows)["parameters"] == sum(p.numel() for p in model.parameters())
    assert totals(rows)["multiply_adds"] == 2 * 4 * 36 * 42
    assert model.training and not model.conv._forward_hooks
    assert model.norm.num_batches_tracked == 0
    with pytest.raises(TypeError, match="may not follow one another"):
        receptive_field(model, (4, 6, 7))


def seen_by(network, shape, row, column):
    """Return the rows and columns of the picture that one output depends on, from gradients."""
    x = torch.zeros(1, *shape, dtype=torch.float64, requires_grad=True)
    network(x)[0, :, row, column].sum().backward()
    rows, columns = np.nonzero(x.grad[0].abs().sum(0).numpy())
    return (rows.min(), rows.max()), (columns.min(), columns.max())


@pytest.mark.parametrize("place", [(0, 0), (2, 3)])
def test_the_receptive_field_is_what_gradients_reach(place):
    network = nn.Sequential(
        nn.Conv2d(1, 2, (3, 2), stride=(2, 1)),
        nn.AvgPool2d(2),
        nn.Conv2d(2, 1, 3, dilation=(1, 2), bias=False),
    ).double()
    field = receptive_field(network, (1, 30, 30))[-1]
    seen = seen_by(network, (1, 30, 30), *place)
    for axis in (0, 1):
        middle = field.start[axis] + place[axis] * field.jump[axis]
        half = (field.size[axis] - 1) / 2
        assert seen[axis] == (middle - half, middle + half)


def test_global_pooling_is_recognised_in_both_libraries():
    for layer in (nn.AdaptiveAvgPool2d(1), nn.AdaptiveMaxPool2d((1, 1)), GlobalAvgPool2d()):
        assert describe(layer) == GlobalPool()


def test_padding_moves_the_start_of_the_field():
    fields = receptive_field(
        [Conv(1, 3, padding=1), Conv(1, 3, padding="same", stride=2)], (1, 8, 8)
    )
    assert [field.start for field in fields] == [(0.0, 0.0), (1.0, 1.0)]
    assert fields[-1].size == (5, 5) and fields[-1].jump == (2, 2)


def test_output_sizes_are_those_of_the_kernels():
    rows = ledger(ODD, (4, 13, 9))
    x, w = np.zeros((1, 4, 13, 9)), np.zeros((8, 2, 3, 5))
    out = conv2d(x, w, stride=(2, 1), padding=((1, 0), (2, 1)), groups=2)
    assert rows[0].output == out.shape[1:]
    assert rows[0].parameters == w.size
    assert rows[1].parameters == 16
    assert rows[4].parameters == 8 * 10
    assert rows[-1].output == (8, 1, 1)


@pytest.mark.parametrize(
    ("stack", "shape", "error", "message"),
    [
        ([Dense(3)], (1, 4, 4), ValueError, "put a Flatten before"),
        ([Conv(3, 5)], (1, 4, 4), ValueError, "Conv: the kernel covers 5 pixels"),
        ([Conv(3, 2, groups=3)], (4, 4, 4), ValueError, "3 groups can't share 4 channels"),
        ([Conv(3, 2)], (4,), ValueError, "must be \\(C, H, W\\)"),
        ([nn.ReLU()], (1, 4, 4), TypeError, "holds descriptions"),
    ],
)
def test_what_does_not_fit_is_refused(stack, shape, error, message):
    for function in (ledger, receptive_field):
        if not (function is receptive_field and isinstance(stack[0], Dense)):
            with pytest.raises(error, match=message):
                function(stack, shape)


def test_descriptions_need_no_torch():
    code = (
        "import sys; from cnnedu.models.accounting import *;"
        "from cnnedu.models.accounting import Conv, ledger; ledger([Conv(3, 3)], (1, 5, 5));"
        "print('torch' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
