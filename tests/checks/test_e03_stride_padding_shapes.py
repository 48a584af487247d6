"""The well-known mistakes of exercise 03 are named by the message."""

import math

import numpy as np
import pytest

from cnnedu import kernels
from cnnedu.checks import Case, CheckFailed, run
from cnnedu.checks.exercises import e03_stride_padding_shapes as mistakes


def message(case, function):
    """Return what a student is told about `function`."""

    def written_by_student(*arguments):
        return function(*arguments)

    written_by_student.__module__ = "__main__"
    with pytest.raises(CheckFailed) as failed:
        run(case, {case.function: written_by_student})
    return str(failed.value)


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
        mistakes=mistakes.OUTPUT_SIZE,
    )
    assert says in message(case, wrong)


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
        "same_padding", lambda rng: [(4, 3)], lambda k, d: (4, 5), mistakes=mistakes.SAME_PADDING
    )
    assert says in message(case, wrong)


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
        mistakes=mistakes.PAD2D,
    )
    assert says in message(case, wrong)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, w, b, s, p, d: (x, w[:, :, ::-1, ::-1], b, s, p, d), "flipped"),
        (lambda x, w, b, s, p, d: (x, w, None, s, p, d), "forgot the bias"),
        (lambda x, w, b, s, p, d: (x, w, b, 1, p, d), "stride is left out"),
        (lambda x, w, b, s, p, d: (x, w, b, s, 0, d), "padding is left out"),
        (lambda x, w, b, s, p, d: (x, w, b, s, ((p, 0), (p, 0)), d), "top and on the left"),
        (lambda x, w, b, s, p, d: (x, w, b, s, p, 1), "dilation is left out"),
        (lambda x, w, b, s, p, d: (x, w, b, d, p, s), "exchanged"),
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
        mistakes=mistakes.CONV2D,
    )
    assert says in message(case, lambda *arguments: kernels.conv2d(*wrong(*arguments)))


def test_a_mistake_that_these_shapes_do_not_allow_is_passed_over():
    case = Case(
        "conv2d",
        lambda rng: [(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.zeros(1), 1, 1, 1)],
        kernels.conv2d,
        mistakes=mistakes.CONV2D,
    )
    assert "expected" in message(case, lambda *arguments: kernels.conv2d(*arguments) + 1)
