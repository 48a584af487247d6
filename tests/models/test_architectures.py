"""The famous networks match their papers in sizes, parameters and multiply-adds."""

import math

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from cnnedu.models.accounting import ledger, totals
from cnnedu.models.alexnet import alexnet
from cnnedu.models.classic import classic
from cnnedu.models.efficientnet import efficientnet_lite0
from cnnedu.models.lenet5 import lenet5
from cnnedu.models.mobilenet import mobilenet_v1, mobilenet_v2
from cnnedu.models.resnet import ZeroPad, cifar_resnet, resnet18
from cnnedu.models.shufflenet import channel_shuffle, shufflenet_v2
from cnnedu.models.vgg import vgg16

LARGE, SMALL = (3, 224, 224), (3, 32, 32)
# builder, input, parameters, and multiply-adds in millions as published (None: not published)
NETWORKS = {
    "LeNet-5": (lenet5, (1, 32, 32), 61_706, None),
    "classic": (classic, SMALL, 122_570, None),
    "AlexNet": (alexnet, LARGE, 61_100_840, 714),
    "VGG-16": (vgg16, LARGE, 138_357_544, 15_470),
    "ResNet-18": (resnet18, LARGE, 11_689_512, 1_814),
    "ResNet-20": (lambda: cifar_resnet(20), SMALL, 269_722, None),
    "MobileNet v1": (mobilenet_v1, LARGE, 4_231_976, 569),
    "MobileNet v2": (mobilenet_v2, LARGE, 3_504_872, 300),
    "ShuffleNet v2": (shufflenet_v2, LARGE, 2_278_604, 146),
    "EfficientNet-Lite0": (efficientnet_lite0, LARGE, 4_652_008, None),  # published: see below
}


def on_paper(build):
    """Build a network without allocating its weights."""
    with torch.device("meta"):
        return build().eval()


@pytest.mark.parametrize("name", NETWORKS)
def test_parameters_and_multiply_adds_are_the_published_ones(name):
    build, shape, parameters, millions = NETWORKS[name]
    network = on_paper(build)
    rows = ledger(network, shape)
    assert totals(rows)["parameters"] == parameters
    counter = FlopCounterMode(display=False)
    with counter:
        out = network(torch.empty(1, *shape, device="meta"))
    assert out.shape == (1, 1000 if shape == LARGE else 10)
    counted = totals(rows)["multiply_adds"]
    assert 2 * counted == counter.get_total_flops()
    if millions:
        assert counted / 1e6 == pytest.approx(millions, rel=0.01)


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("LeNet-5", [(6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120, 1, 1), (84,)]),
        ("AlexNet", [(64, 55, 55), (64, 27, 27), (192, 13, 13), (256, 6, 6), (4096,)]),
        ("VGG-16", [(64, 112, 112), (128, 56, 56), (256, 28, 28), (512, 14, 14), (512, 7, 7)]),
        ("ResNet-18", [(64, 112, 112), (64, 56, 56), (128, 28, 28), (256, 14, 14), (512, 7, 7)]),
        ("ResNet-20", [(16, 32, 32), (32, 16, 16), (64, 8, 8), (64, 1, 1)]),
        ("MobileNet v1", [(32, 112, 112), (512, 14, 14), (1024, 7, 7), (1024, 1, 1)]),
        ("MobileNet v2", [(16, 112, 112), (24, 56, 56), (320, 7, 7), (1280, 7, 7)]),
        ("ShuffleNet v2", [(24, 112, 112), (24, 56, 56), (58, 28, 28), (1024, 7, 7)]),
        (
            "EfficientNet-Lite0",
            [
                *((32, 112, 112), (16, 112, 112), (24, 56, 56), (40, 28, 28), (80, 14, 14)),
                *((112, 14, 14), (192, 7, 7), (320, 7, 7), (1280, 7, 7), (1280, 1, 1)),
            ],
        ),
    ],
)
def test_intermediate_sizes_match_the_papers(name, sizes):
    build, shape, *_ = NETWORKS[name]
    seen = [row.output for row in ledger(on_paper(build), shape)]
    places = [seen.index(size) for size in sizes]
    assert places == sorted(places)


def test_what_the_published_multiply_adds_of_efficientnet_lite0_count():
    """The published 407 million are more than the convolutions and the dense layer do, 385 million.

    Two operations for each number that batch norm scales and shifts, and one for each ReLU6, leave
    less than a hundredth unexplained.
    """
    network = on_paper(efficientnet_lite0)
    rows, parts = ledger(network, LARGE), dict(network.named_modules())
    counted = totals(rows)["multiply_adds"]
    assert counted == 385_187_552
    numbers = {"BatchNorm2d": 0, "ReLU6": 0}
    for row in rows:
        kind = type(parts[row.name]).__name__
        if kind in numbers:
            numbers[kind] += math.prod(row.output)
    every = counted + 2 * numbers["BatchNorm2d"] + numbers["ReLU6"]
    assert every / 1e6 == pytest.approx(407, rel=0.01)


@pytest.mark.parametrize("name", ["LeNet-5", "classic", "ResNet-20"])
def test_every_weight_gets_a_gradient(name):
    build, shape, *_ = NETWORKS[name]
    torch.manual_seed(0)
    network = build()
    network(torch.randn(4, *shape)).square().sum().backward()
    for parameter in network.parameters():
        assert parameter.grad.abs().max() > 0


def test_the_shortcut_without_weights_subsamples_and_adds_zero_channels():
    x = torch.arange(32.0).reshape(1, 2, 4, 4)
    out = ZeroPad(2, 4, stride=2)(x)
    assert torch.equal(out[:, 1:3], x[:, :, ::2, ::2])
    assert not out[:, [0, 3]].any()


@pytest.mark.parametrize("depth", [2, 9, 18])
def test_an_impossible_depth_is_refused(depth):
    with pytest.raises(ValueError, match="6n"):
        cifar_resnet(depth)


def test_a_second_shuffle_undoes_the_first():
    x = torch.arange(12).reshape(1, 12, 1, 1)
    assert torch.equal(channel_shuffle(channel_shuffle(x, 3), 4), x)
    with pytest.raises(ValueError, match="5 groups"):
        channel_shuffle(x, 5)
