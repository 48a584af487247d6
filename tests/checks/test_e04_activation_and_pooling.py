"""Exercise 04: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.exercises import e04_activation_and_pooling as e04


def told(wrong, name, arguments):
    """Return what a student is told whose `name` is `wrong`."""
    reference, known = getattr(kernels, name), e04.MISTAKES[name]
    return message(wrong, Case(name, lambda rng: [arguments(rng)], reference, mistakes=known))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, slope: np.maximum(x, 0), "plain ReLU"),
        (lambda x, slope: np.where(x > 0, x, slope), "not the slope itself"),
        (lambda x, slope: np.where(x > 0, slope * x, x), "swapped the two sides"),
        (lambda x, slope: np.where(x > 0, x, abs(slope * x)), "sign is lost"),
    ],
)
def test_mistakes_of_the_leak_are_named(wrong, says):
    def arguments(rng):
        return rng.normal(size=20), 0.25

    assert says in told(wrong, "leaky_relu", arguments)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda a: kernels.softmax(a, dim=0), "down the columns"),
        (lambda a: kernels.softmax(a.ravel()).reshape(a.shape), "All shares together"),
        (lambda a: np.exp(a - a.max(axis=1, keepdims=True)), "sum is missing"),
        (lambda a: a / a.sum(axis=1, keepdims=True), "take the powers"),
    ],
)
def test_mistakes_of_softmax_are_named(wrong, says):
    def arguments(rng):
        return (rng.normal(size=(3, 4)),)

    assert says in told(wrong, "softmax", arguments)


def test_an_overflow_is_named():
    def naive(a):
        with np.errstate(all="ignore"):
            return np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)

    def arguments(rng):
        return (np.array([[1000.0, 1001.0], [0.0, 1.0]]),)

    assert "overflows" in told(naive, "softmax", arguments)


def pictures(rng):
    return rng.normal(size=(2, 3, 8, 7)) - 1, 2, 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, k, s: kernels.max_pool2d(x, k), "by their own size"),
        (lambda x, k, s: kernels.max_pool2d(x, k, 1), "left out the stride"),
        (lambda x, k, s: kernels.avg_pool2d(x, k, s), "mean of each window"),
        (lambda x, k, s: kernels.relu(kernels.max_pool2d(x, k, s)), "Negative numbers"),
        (
            lambda x, k, s: np.repeat(
                kernels.max_pool2d(x, k, s).max(axis=1, keepdims=True), 3, axis=1
            ),
            "over the channels",
        ),
        (lambda x, k, s: kernels.max_pool2d(x, k, s, ceil_mode=True), "hang over the border"),
    ],
)
def test_mistakes_of_max_pooling_are_named(wrong, says):
    assert says in told(wrong, "max_pool2d", pictures)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, k, s: kernels.avg_pool2d(x, k), "by their own size"),
        (lambda x, k, s: kernels.avg_pool2d(x, k, s) * k * k, "added the numbers up"),
        (lambda x, k, s: kernels.avg_pool2d(x, k, s) * k, "window's height"),
        (lambda x, k, s: kernels.max_pool2d(x, k, s), "largest number"),
    ],
)
def test_mistakes_of_average_pooling_are_named(wrong, says):
    assert says in told(wrong, "avg_pool2d", pictures)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            lambda x: np.ones((2, 3, 1, 1)) * x.mean(axis=(1, 2, 3), keepdims=True),
            "channels are averaged",
        ),
        (lambda x: x.max(axis=(2, 3), keepdims=True), "largest number"),
        (lambda x: x.mean(axis=(2, 3)), "last two axes"),
        (lambda x: x.sum(axis=(2, 3), keepdims=True), "added the numbers up"),
    ],
)
def test_mistakes_of_the_global_average_are_named(wrong, says):
    def arguments(rng):
        return pictures(rng)[:1]

    assert says in told(wrong, "global_avg_pool2d", arguments)
