"""Exercise 03: each well-known mistake is named."""

import math

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.exercises import e03_stride_padding_shapes as e03


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) / s + 1, "Round the quotient down"),
        (lambda n, k, s, p, d: math.ceil((n + 2 * p - d * (k - 1) - 1) / s) + 1, "rounded up"),
        (lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s, "One position is missing"),
        (lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1, "both sides"),
        (lambda n, k, s, p, d: (n + 2 * p - k) // s + 1, "left out the dilation"),
        (lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1, "one gap too many"),
        (lambda n, k, s, p, d: n + 2 * p - d * (k - 1), "left out the stride"),
    ],
)
def test_mistakes_of_the_output_size_are_named(wrong, says):
    case = Case(
        "output_size",
        lambda rng: [(15, 2, 2, 4, 7)],
        kernels.output_size,
        mistakes=e03.MISTAKES["output_size"],
    )
    assert says in message(wrong, case)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda k, d: (5, 4), "larger half belongs after"),
        (lambda k, d: (1, 2), "left out the dilation"),
        (lambda k, d: (d * k // 2, d * k // 2), "same on both sides"),
        (lambda k, d: (9, 9), "whole sum on each side"),
    ],
)
def test_mistakes_of_same_padding_are_named(wrong, says):
    case = Case(
        "same_padding",
        lambda rng: [(4, 3)],
        lambda k, d: (4, 5),
        mistakes=e03.MISTAKES["same_padding"],
    )
    assert says in message(wrong, case)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, p: np.pad(x, [(0, 0), (0, 0), p[1], p[0]]), "Rows and columns"),
        (lambda x, p: np.pad(x, [(0, 0), (0, 0), p[0][::-1], p[1][::-1]]), "Before and after"),
        (lambda x, p: np.pad(x, [*p, *p]), "the batch and the channels"),
        (lambda x, p: np.pad(x, [*p, (0, 0), (0, 0)]), "first two axes"),
        (lambda x, p: np.pad(x, [(0, 0), (0, 0), *p], mode="edge"), "repeats"),
    ],
)
def test_mistakes_of_padding_are_named(wrong, says):
    case = Case(
        "pad2d",
        lambda rng: [(rng.normal(size=(2, 3, 4, 5)), ((1, 2), (3, 0)))],
        lambda x, p: np.pad(x, [(0, 0), (0, 0), *p]),
        mistakes=e03.MISTAKES["pad2d"],
    )
    assert says in message(wrong, case)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, w, b, s, p, d: (x, w[:, :, ::-1, ::-1], b, s, p, d), "flipped"),
        (lambda x, w, b, s, p, d: (x, w, None, s, p, d), "forgot the bias"),
        (lambda x, w, b, s, p, d: (x, w, b, 1, p, d), "left out the stride"),
        (lambda x, w, b, s, p, d: (x, w, b, s, 0, d), "left out the padding"),
        (lambda x, w, b, s, p, d: (x, w, b, s, ((p, 0), (p, 0)), d), "only the top and the left"),
        (lambda x, w, b, s, p, d: (x, w, b, s, p, 1), "left out the dilation"),
        (lambda x, w, b, s, p, d: (x, w, b, d, p, s), "Stride and dilation are swapped"),
        (lambda x, w, b, s, p, d: (x[[0, 0]], w, b, s, p, d), "first picture"),
    ],
)
def test_mistakes_of_a_convolution_are_named(wrong, says):
    case = Case(
        "conv2d",
        lambda rng: [
            (
                rng.normal(size=(2, 3, 12, 11)),
                rng.normal(size=(4, 3, 3, 2)),
                rng.normal(size=4),
                2,
                2,
                3,
            )
        ],
        kernels.conv2d,
        mistakes=e03.MISTAKES["conv2d"],
    )
    assert says in message(lambda *arguments: kernels.conv2d(*wrong(*arguments)), case)


def test_a_mistake_that_these_shapes_do_not_allow_is_passed_over():
    case = Case(
        "conv2d",
        lambda rng: [(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.zeros(1), 1, 1, 1)],
        kernels.conv2d,
        mistakes=e03.MISTAKES["conv2d"],
    )
    assert "expected" in message(lambda *arguments: kernels.conv2d(*arguments) + 1, case)
