"""`auto` takes the way that was fastest when all were timed, once, and nothing besides.

The ways are those that `python benchmarks/kernels.py --threads 1` found fastest, or within 3 % of
the fastest; here they are counted, for times are no test's business.
"""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from benchmarks.kernels import LAYERS
from cnnedu.kernels import conv2d, conv2d_backward
from cnnedu.kernels.conv import depthwise, dispatch, im2col

# layer: the fastest way forward, the fastest way to dx
FASTEST = {
    "smiley 8×8": ("im2col", "scatter"),
    "LeNet conv1": ("im2col", "scatter"),
    "LeNet conv2": ("im2col", "scatter"),
    "CIFAR first, 32": ("im2col", "scatter"),
    "CIFAR middle, 32": ("im2col", "scatter"),
    "CIFAR last, 32": ("im2col", "scatter"),  # too few tiles for Winograd
    "CIFAR first, 128": ("im2col", "scatter"),
    "CIFAR middle, 128": ("im2col", "scatter"),
    "CIFAR last, 128": ("winograd4", "scatter"),
    "VGG 224×224 first": ("im2col", "scatter"),
    "VGG 56×56": ("winograd4", "winograd4"),
    "ResNet 1×1": ("im2col", "im2col"),
    "ResNet 3×3 stride 2": ("im2col", "scatter"),
    "MobileNet depthwise": ("depthwise", "depthwise"),
    "dilated": ("winograd4", "winograd4"),
}


@pytest.fixture
def taken(monkeypatch):
    """List the ways that are taken, by name, as long as the test runs."""
    taken = []

    def watched(name, way):
        return lambda *given, **named: taken.append(name) or way(*given, **named)

    for name, way in dispatch.FORWARD.items():
        monkeypatch.setitem(dispatch.FORWARD, name, watched(name, way))
    monkeypatch.setattr(depthwise, "forward", watched("depthwise", depthwise.forward))
    for module in (im2col, depthwise):
        monkeypatch.setattr(module, "input_gradient", watched("scatter", module.input_gradient))
    return taken


@pytest.mark.parametrize("layer", LAYERS)
def test_auto_takes_the_fastest_way_once(layer, taken):
    x_shape, w_shape, *geometry = LAYERS[layer]
    x, w = np.zeros(x_shape, np.float32), np.zeros(w_shape, np.float32)
    out = conv2d(x, w, None, *geometry)
    conv2d_backward(np.zeros_like(out), x, w, *geometry)
    assert tuple(taken) == FASTEST[layer]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("dilation", [1, 2])
def test_winograd_by_itself_stays_exact_both_ways(
    assert_matches, torch_gradients, taken, dtype, dilation
):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((4, 128, 16, 24)).astype(dtype)
    w = rng.standard_normal((160, 128, 3, 3)).astype(dtype)
    kwargs = {"padding": dilation, "dilation": dilation}
    out = conv2d(x, w, **kwargs)
    assert_matches(out, F.conv2d(torch.tensor(x), torch.tensor(w), **kwargs))
    dout = rng.standard_normal(out.shape).astype(dtype)
    grads = torch_gradients(lambda x, w: F.conv2d(x, w, **kwargs), dout, x, w)
    for mine, theirs in zip(conv2d_backward(dout, x, w, **kwargs), grads, strict=False):
        assert_matches(mine, theirs)
    assert taken == ["winograd4"] * 2


def test_a_number_too_large_for_a_transform_takes_the_plain_way(taken):
    x = np.zeros((16, 64, 8, 8), np.float32)
    x[0, 0, 0, 0] = math.sqrt(np.finfo(np.float32).max)
    conv2d(x, np.ones((64, 64, 3, 3), np.float32), padding=1)
    assert taken == ["im2col"]
