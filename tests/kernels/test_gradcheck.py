import numpy as np
import pytest

from cnnedu import kernels
from cnnedu.kernels import gradcheck, step_size_errors

RNG = np.random.default_rng(0)
X = RNG.standard_normal((2, 4, 5, 4))
W = RNG.standard_normal((4, 2, 3, 2))
B = RNG.standard_normal(4)
GEOMETRY = {"stride": (2, 1), "padding": ((1, 0), (2, 1)), "dilation": (1, 2), "groups": 2}
VECTORS = RNG.standard_normal((3, 4))
MEAN, VAR = RNG.standard_normal(4), RNG.random(4)
Y = np.array([0, 2, 1])


def named(name, **fixed):
    """Return the function of that name and its backward pass, with some arguments fixed."""

    def forward(*arguments):
        return getattr(kernels, name)(*arguments, **fixed)

    def backward(dout, *arguments):
        return getattr(kernels, f"{name}_backward")(dout, *arguments, **fixed)

    return forward, backward


def with_bias(name, **fixed):
    """Return the same for layers whose backward pass doesn't need the biases."""
    forward, backward = named(name, **fixed)
    return forward, lambda dout, x, w, b: backward(dout, x, w)


CASES = {
    "conv2d": (*with_bias("conv2d", **GEOMETRY), X, W, B),
    "conv_transpose2d": (
        *with_bias("conv_transpose2d", stride=2, output_padding=1, groups=2),
        X,
        W,
        B,
    ),
    "max_pool2d": (*named("max_pool2d", kernel_size=3, stride=2, padding=1), X),
    "avg_pool2d": (*named("avg_pool2d", kernel_size=3, stride=2, ceil_mode=True), X),
    "global_avg_pool2d": (*named("global_avg_pool2d"), X),
    "global_max_pool2d": (*named("global_max_pool2d"), X),
    "linear": (*with_bias("linear"), VECTORS, RNG.standard_normal((5, 4)), RNG.standard_normal(5)),
    "flatten": (*named("flatten"), X),
    "relu": (*named("relu"), X),
    "leaky_relu": (*named("leaky_relu"), X),
    "sigmoid": (*named("sigmoid"), X),
    "tanh": (*named("tanh"), X),
    "gelu": (*named("gelu"), X),
    "gelu tanh": (*named("gelu", approximate="tanh"), X),
    "softmax": (*named("softmax"), VECTORS),
    "log_softmax": (*named("log_softmax"), VECTORS),
    "cross_entropy": (*named("cross_entropy", y=Y, label_smoothing=0.1), VECTORS),
    "batch_norm training": (
        lambda x, w, b: kernels.batch_norm(x, MEAN, VAR, w, b, training=True)[0],
        lambda dout, x, w, b: kernels.batch_norm_backward(dout, x, MEAN, VAR, w, training=True),
        X,
        MEAN,
        VAR,
    ),
    "batch_norm running": (
        lambda x, w, b: kernels.batch_norm(x, MEAN, VAR, w, b)[0],
        lambda dout, x, w, b: kernels.batch_norm_backward(dout, x, MEAN, VAR, w),
        X,
        MEAN,
        VAR,
    ),
    "dropout": (
        lambda x: kernels.dropout(x, rng=np.random.default_rng(1))[0],
        lambda dout, x: kernels.dropout_backward(
            dout, kernels.dropout(x, rng=np.random.default_rng(1))[1]
        ),
        X,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_every_backward_pass_agrees_with_central_differences(name):
    assert gradcheck(*CASES[name]) < 1e-6


def test_every_public_backward_pass_is_checked():
    checked = {name.split()[0] for name in CASES}
    assert {
        n.removesuffix("_backward") for n in vars(kernels) if n.endswith("_backward")
    } == checked


def test_a_failure_names_function_argument_index_values_and_step():
    def area(width, height):
        return width * height

    def wrong(dout, width, height):
        right = dout * height, dout * width
        right[1][1, 2] += 0.5
        return right

    ones = np.ones((2, 3))
    with pytest.raises(AssertionError) as error:
        gradcheck(area, wrong, ones, ones, step=1e-5)
    message = str(error.value)
    assert "area" in message and "height" in message and "(1, 2)" in message
    assert "1e-05" in message
    analytic, numeric = (float(word.rstrip(",")) for word in message.split() if "." in word)
    assert abs(analytic - numeric - 0.5) < 1e-6


@pytest.mark.parametrize(
    "wrong",
    [
        lambda dout, x: np.zeros_like(x),
        lambda dout, x: np.full_like(x, np.nan),
        lambda dout, x: -2 * x * dout,
        lambda dout, x: (2 * x * dout)[:, :1],
        lambda dout, x: (2 * x * dout).sum(),
    ],
)
def test_wrong_gradients_fail(wrong):
    with pytest.raises(AssertionError, match="gradient with respect to x"):
        gradcheck(lambda x: x**2, wrong, VECTORS)


def test_the_error_falls_with_the_step_squared_and_rises_again_by_rounding():
    _, errors = step_size_errors(np.exp, lambda dout, x: dout * np.exp(x), VECTORS)
    assert 50 < errors[0] / errors[1] < 200
    assert errors.argmin() in range(3, 8)
    assert errors[-1] > 100 * errors.min()
