"""Exercise 07: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.exercises import e07_backpropagation_through_convolution as e07


def dw(dout, x, KH, KW, stride):
    w = np.zeros((dout.shape[1], x.shape[1], KH, KW))
    return kernels.conv2d_backward(dout, x, w, stride)[1]


WEIGHTS = Case(
    "weight_gradient",
    lambda rng: [(rng.normal(size=(2, 3, 2, 3)), rng.normal(size=(2, 3, 5, 7)), 3, 2, 2)],
    dw,
    mistakes=e07.MISTAKES["weight_gradient"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda dout, x, *rest: dw(dout, x, *rest) / 2, "mean over the pictures"),
        (lambda dout, x, *rest: dw(dout[1:], x[1:], *rest), "last picture's share"),
        (
            lambda dout, x, *rest: dw(dout[1:, :, 1:, 2:], x[1:, :, 2:5, 4:6], 3, 2, 1),
            "last window's share",
        ),
        (lambda dout, x, *rest: dw(dout, x[:, :, :4, :4], 3, 2, 1), "stride is ignored"),
        (lambda *arguments: dw(*arguments)[:, :, ::-1, ::-1], "flipped"),
        (lambda *arguments: dw(*arguments).swapaxes(0, 1), "Filters and channels are swapped"),
    ],
)
def test_mistakes_of_dw_are_named(wrong, says):
    assert says in message(wrong, WEIGHTS)


def dx(dout, w, H, W, stride):
    x = np.zeros((len(dout), w.shape[1], H, W))
    return kernels.conv2d_backward(dout, x, w, stride)[0]


def overwritten(dout, w, H, W, stride):
    out = np.zeros((len(dout), w.shape[1], H, W))
    for i, j in np.ndindex(*dout.shape[2:]):
        share = np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
        out[:, :, i * stride : i * stride + 3, j * stride : j * stride + 2] = share
    return out


def without_stride(dout, w, H, W, stride):
    return np.pad(dx(dout, w, 4, 4, 1), [(0, 0), (0, 0), (0, 2), (0, 3)])


INPUT = Case(
    "input_gradient",
    lambda rng: [(rng.normal(size=(2, 3, 2, 3)), rng.normal(size=(3, 2, 3, 2)), 6, 7, 2)],
    dx,
    mistakes=e07.MISTAKES["input_gradient"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda dout, w, *rest: dx(dout, w[:, :, ::-1, ::-1], *rest), "flipped"),
        (overwritten, "don't overwrite"),
        (lambda dout, w, *rest: dx(dout[:, 2:], w[2:], *rest), "last filter's share"),
        (without_stride, "stride is ignored"),
    ],
)
def test_mistakes_of_dx_are_named(wrong, says):
    assert says in message(wrong, INPUT)


def equals(dout, x, share):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        won = share(window == window.max())
        out[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = dout[n, c, i, j] * won
    return out


def last(won):
    out = np.zeros(4)
    out[np.flatnonzero(won)[-1]] = 1
    return out.reshape(2, 2)


POOL = Case(
    "max_pool_gradient",
    lambda rng: [(rng.normal(size=(1, 2, 2, 3)), rng.integers(0, 2, size=(1, 2, 5, 6)))],
    lambda dout, x: kernels.max_pool2d_backward(dout, x, 2),
    mistakes=e07.MISTAKES["max_pool_gradient"],
)


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (lambda won: won, "give each of them all"),
        (lambda won: won / won.sum(), "split dout"),
        (last, "give dout to the last"),
        (lambda won: 0.25, "average pooling"),
    ],
)
def test_mistakes_of_pooling_are_named(share, says):
    assert says in message(lambda dout, x: equals(dout, x, share), POOL)


def test_pixels_in_place_of_gradients_are_named():
    def wrong(dout, x):
        return x * kernels.max_pool2d_backward(np.ones(dout.shape), x, 2)

    assert "itself" in message(wrong, POOL)


def tanh_loss(x, w):
    return np.tanh(kernels.correlate2d(x, w)).sum()


def differences(x, w, above, below):
    units = np.eye(w.size).reshape(-1, *w.shape)
    return np.reshape(
        [tanh_loss(x, w + above * e) - tanh_loss(x, w + below * e) for e in units], w.shape
    )


NUMERIC = Case(
    "numeric_gradient",
    lambda rng: [(rng.normal(size=(4, 5)), rng.normal(size=(2, 3)), 0.3)],
    e07.numeric_gradient,
    mistakes=e07.MISTAKES["numeric_gradient"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, w, h: differences(x, w, h, 0) / h, "one side"),
        (lambda x, w, h: differences(x, w, h, -h) / h, "divide by 2h"),
        (lambda x, w, h: differences(x, w, -h, h) / (2 * h), "The sign is wrong"),
        (lambda x, w, h: differences(x, w, h, -h), "haven't divided"),
    ],
)
def test_mistakes_of_finite_differences_are_named(wrong, says):
    assert says in message(wrong, NUMERIC)


def test_a_copy_of_whole_numbers_is_named():
    def wrong(x, w, h):
        out = np.empty(w.shape)
        for index in np.ndindex(w.shape):
            above, below = w.copy(), w.copy()
            above[index], below[index] = above[index] + h, below[index] - h
            out[index] = (tanh_loss(x, above) - tanh_loss(x, below)) / (2 * h)
        return out

    case = Case(
        "numeric_gradient",
        lambda rng: [(rng.normal(size=(4, 5)), rng.integers(-2, 3, size=(2, 3)), 0.3)],
        e07.numeric_gradient,
        mistakes=e07.MISTAKES["numeric_gradient"],
    )
    assert "whole numbers" in message(wrong, case)
