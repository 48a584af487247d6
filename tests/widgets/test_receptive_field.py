"""`ReceptiveField` on the Python side: both fields, state and errors."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn
from widgets.refusal import assert_refused

import cnnedu.nn as numpy_nn
from cnnedu.explain.effective_field import effective_field
from cnnedu.models.accounting import Conv, Dense, Elementwise, Flatten, GlobalPool, Pool
from cnnedu.models.descriptions import parts_of
from cnnedu.widgets import ReceptiveField
from cnnedu.widgets.arrays import decode


def torch_network():
    torch.manual_seed(0)
    inner = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
    return nn.Sequential(inner, nn.MaxPool2d(2), nn.Conv2d(4, 5, 3, bias=False), nn.Flatten())


def numpy_network(network):
    """The same network, the same weights, in `cnnedu.nn`."""
    first, last = network[0][0], network[2]
    random = np.random.default_rng(0)
    layers = [
        numpy_nn.Conv2d(3, 4, 3, padding=1, rng=random),
        numpy_nn.BatchNorm2d(4),
        numpy_nn.ReLU(),
        numpy_nn.MaxPool2d(2),
        numpy_nn.Conv2d(4, 5, 3, bias=False, rng=random),
        numpy_nn.Flatten(),
    ]
    layers[0].w.value, layers[0].b.value = (p.detach().numpy() for p in first.parameters())
    layers[4].w.value = last.weight.detach().numpy()
    return numpy_nn.Sequential(numpy_nn.Sequential(*layers[:3]), *layers[3:])


def test_torch_and_numpy_agree():
    network = torch_network()
    fields = (
        ReceptiveField(network, (3, 12, 10)),
        ReceptiveField(numpy_network(network), (3, 12, 10)),
    )
    for levels in zip(*(field.levels for field in fields), strict=True):
        mine, other = ({**level, "effective": None} for level in levels)
        assert mine == other
        mine, other = (decode(level["effective"]) for level in levels)
        assert np.abs(mine.astype(int) - other).max() <= 1  # rounding
    assert [level["layer"] for level in fields[0].levels] == [1, 4, 5]


@pytest.mark.parametrize("unit", [(0, 0), (2, 1), (3, 2)])
def test_the_theoretical_field_holds_every_gradient(unit):
    network = torch_network()
    shown = ReceptiveField(network, (3, 12, 10), unit=unit)
    x = np.random.default_rng(1).normal(size=(8, 3, 12, 10)).astype(np.float32)
    gradient = effective_field(parts_of(network)[:5], x, unit)
    rows, columns = np.nonzero(gradient)
    (top, bottom), (left, right) = shown.seen
    assert (rows.min(), rows.max()) == (max(top, 0), min(bottom, 11))
    assert (columns.min(), columns.max()) == (max(left, 0), min(right, 9))


def test_a_network_is_left_as_it_was():
    network = torch_network()
    ReceptiveField(network, (3, 12, 10))
    assert all(module.training for module in network.modules())
    assert all(parameter.grad is None for parameter in network.parameters())
    assert network[0][1].num_batches_tracked == 0
    mine = numpy_network(network)
    grads = [parameter.grad for parameter in mine.parameters()]
    ReceptiveField(mine, (3, 12, 10))
    assert all(p.grad is grad for p, grad in zip(mine.parameters(), grads, strict=True))
    assert all(part.training for part in parts_of(mine))


def test_a_list_of_layers_has_no_effective_field():
    field = ReceptiveField([Conv(8, 3, padding="same"), Elementwise("ReLU"), Pool(2)], (1, 9, 8))
    assert [set(level) & {"effective"} for level in field.levels] == [set(), set()]
    assert field.layer == 3 and field.unit == (2, 2)
    assert field.seen == ((3, 6), (3, 6))
    field.layer = 1
    field.unit = (0, 7)
    assert field.seen == ((-1, 1), (6, 8))
    field.layer = 3
    assert field.unit == (0, 3)  # the nearest that is left
    field.set_state({"unit": [1, 1]})
    assert field.unit == (1, 1)


def test_the_picture_is_small():
    for field in (ReceptiveField(), ReceptiveField(torch_network(), (3, 96, 96), unit=(0, 0))):
        assert len(field.picture_png()) < 100_000


def test_making_one_from_numpy_imports_no_torch():
    code = (
        "import sys; from cnnedu import nn; from cnnedu.widgets import ReceptiveField;"
        "ReceptiveField(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())); ReceptiveField();"
        "print({'torch', 'matplotlib'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "set()\n", result.stderr


STACK = [Conv(8, 3), Pool(2)]
WRONG = [
    (dict(network=7), TypeError, "network must be a list of layers .*, but is 7"),
    (dict(network=[7]), TypeError, "descriptions such as Conv"),
    (dict(network=[Flatten(), Dense(3)]), ValueError, "no layer before its first Flatten"),
    (dict(network=[Conv(8, 40)]), ValueError, "Conv: the kernel covers 40 pixels"),
    (dict(network=[GlobalPool(), Conv(8, 3)]), ValueError, "Conv: the kernel covers 3 pixels"),
    (dict(network=nn.ModuleList([nn.ReLU(), nn.ReLU()])), TypeError, "may not follow one another"),
    (dict(network=STACK, input_shape=(3, 200, 32)), ValueError, "H and W from 4 to 96"),
    (dict(network=STACK, input_shape=32), ValueError, "input_shape must be"),
    (dict(network=STACK, layer=3), ValueError, "layer must be .* one of 1, 2, but is 3"),
    (dict(network=STACK, unit=(15, 0)), ValueError, "one of the 15×15 outputs of layer 2"),
    (dict(network=STACK, unit=3), ValueError, "unit must be the"),
    (dict(network=STACK, pictures=np.zeros((1, 3, 32, 32))), ValueError, "a list of layers has"),
    (dict(network=torch_network(), pictures=np.zeros((3, 8, 8))), ValueError, "pictures must be"),
    (dict(network=torch_network(), pictures=[["cat"]]), TypeError, "pictures must hold numbers"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:40])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: ReceptiveField(**arguments), error, message)
