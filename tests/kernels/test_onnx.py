"""The kernels pass the test vectors that the ONNX project publishes for its operators."""

import warnings

import numpy as np
import pytest

from cnnedu import kernels

onnx = pytest.importorskip("onnx")


def padding(attributes, size, kernel, strides, dilations):
    """Return the padding that ONNX attributes ask for, as ((top, bottom), (left, right))."""
    auto = attributes.get("auto_pad", b"NOTSET").decode()
    if not auto.startswith("SAME"):
        pads = attributes.get("pads", [0] * 4)
        return tuple(zip(pads[:2], pads[2:], strict=True))
    sides = []
    for n, k, s, d in zip(size, kernel, strides, dilations, strict=True):
        total = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
        sides.append((total // 2, total - total // 2)[:: 1 if auto == "SAME_UPPER" else -1])
    return tuple(sides)


def geometry(attributes, x, kernel):
    strides = attributes.get("strides", [1, 1])
    dilations = attributes.get("dilations", [1, 1])
    pads = padding(attributes, x.shape[2:], kernel, strides, dilations)
    return {"stride": strides, "padding": pads, "dilation": dilations}


def conv(attributes, x, w, b=None):
    groups = attributes.get("group", 1)
    return kernels.conv2d(x, w, b, groups=groups, **geometry(attributes, x, w.shape[2:]))


def conv_transpose(attributes, x, w, b=None):
    strides = attributes.get("strides", [1, 1])
    dilations = attributes.get("dilations", [1, 1])
    extra = attributes.get("output_padding", [0, 0])
    groups, pads = attributes.get("group", 1), ((0, 0), (0, 0))
    full = [
        (n - 1) * s + d * (k - 1) + 1 + e
        for n, s, d, k, e in zip(x.shape[2:], strides, dilations, w.shape[2:], extra, strict=True)
    ]
    if "pads" in attributes:
        pads = padding(attributes, None, None, None, None)
    elif "auto_pad" in attributes:
        totals = [f - n * s for f, n, s in zip(full, x.shape[2:], strides, strict=True)]
        pads = tuple((t // 2, t - t // 2) for t in totals)
    elif "output_shape" in attributes:
        extra = [e + o - f for e, o, f in zip(extra, attributes["output_shape"], full, strict=True)]
    return kernels.conv_transpose2d(x, w, b, strides, pads, extra, groups, dilations)


def max_pool(attributes, x):
    kernel, ceil = attributes["kernel_shape"], bool(attributes.get("ceil_mode", 0))
    arguments = geometry(attributes, x, kernel)
    out, places = kernels.max_pool2d(x, kernel, ceil_mode=ceil, return_indices=True, **arguments)
    np.testing.assert_array_equal(kernels.max_pool2d(x, kernel, ceil_mode=ceil, **arguments), out)
    height, width = x.shape[2:]
    if attributes.get("storage_order", 0):
        places = places % width * height + places // width
    planes = np.arange(x.shape[0] * x.shape[1]).reshape(*x.shape[:2], 1, 1)
    return out, places + planes * height * width


def average_pool(attributes, x):
    kernel, ceil = attributes["kernel_shape"], bool(attributes.get("ceil_mode", 0))
    include = bool(attributes.get("count_include_pad", 0))
    arguments = geometry(attributes, x, kernel)
    return kernels.avg_pool2d(x, kernel, ceil_mode=ceil, count_include_pad=include, **arguments)


def batch_normalization(attributes, x, scale, shift, mean, var):
    training, eps = bool(attributes.get("training_mode", 0)), attributes.get("epsilon", 1e-5)
    share = 1 - attributes.get("momentum", 0.9)
    out, new_mean, new_var = kernels.batch_norm(x, mean, var, scale, shift, training, share, eps)
    count = x.size // x.shape[1]  # ONNX divides the variance by it, PyTorch by one less
    return out, new_mean, var * (1 - share) + (new_var - var * (1 - share)) * (count - 1) / count


def softmax_cross_entropy(attributes, logits, y, weight=None):
    arguments = {
        "reduction": attributes.get("reduction", b"mean").decode(),
        "ignore_index": attributes.get("ignore_index", -100),
    }
    loss = kernels.cross_entropy(logits, y, weight, **arguments)
    return np.asarray(loss), kernels.log_softmax(logits, dim=1)


ADAPTERS = {
    "Conv": conv,
    "ConvTranspose": conv_transpose,
    "MaxPool": max_pool,
    "AveragePool": average_pool,
    "GlobalAveragePool": lambda _, x: kernels.global_avg_pool2d(x),
    "GlobalMaxPool": lambda _, x: kernels.global_max_pool2d(x),
    "Softmax": lambda a, x: kernels.softmax(x, a.get("axis", -1)),
    "LogSoftmax": lambda a, x: kernels.log_softmax(x, a.get("axis", -1)),
    "BatchNormalization": batch_normalization,
    "SoftmaxCrossEntropyLoss": softmax_cross_entropy,
    "Relu": lambda _, x: kernels.relu(x),
    "LeakyRelu": lambda a, x: kernels.leaky_relu(x, a.get("alpha", 0.01)),
    "Sigmoid": lambda _, x: kernels.sigmoid(x),
    "Tanh": lambda _, x: kernels.tanh(x),
    "Gelu": lambda a, x: kernels.gelu(x, a.get("approximate", b"none").decode()),
}
PICTURES = ("Conv", "ConvTranspose", "MaxPool", "AveragePool")


@pytest.fixture(scope="module")
def published():
    """All published cases of our operators, by operator; of PICTURES the two-dimensional.

    Not collected with the tests: ONNX computes the cases of all its operators, for seconds.
    """
    from onnx.backend.test.case.node import collect_testcases

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = collect_testcases(None)
    found = {operator: [] for operator in ADAPTERS}
    for case in cases:
        nodes = case.model.graph.node if case.model else []
        if len(nodes) == 1 and nodes[0].op_type in ADAPTERS:
            inputs, outputs = case.data_sets[0]
            if nodes[0].op_type not in PICTURES or inputs[0].ndim == 4:
                found[nodes[0].op_type].append((case, nodes[0], inputs, outputs))
    return found


@pytest.mark.parametrize("operator", ADAPTERS)
def test_published_vectors(operator, published):
    assert published[operator]
    for case, node, inputs, outputs in published[operator]:
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        got = ADAPTERS[operator](attributes, *inputs)
        got = got if isinstance(got, tuple) else (got,)
        rounded = case.name == "test_averagepool_2d_ceil_last_window_starts_on_pad"
        rtol = case.rtol if rounded else 1e-5  # some are published to four digits
        for mine, expected in zip(got, outputs, strict=False):
            assert (mine.shape, mine.dtype) == (expected.shape, expected.dtype), case.name
            np.testing.assert_allclose(mine, expected, rtol, atol=1e-6, err_msg=case.name)
