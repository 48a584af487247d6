"""Exercise 01: each well-known mistake is named."""

from dataclasses import replace

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.exercises import e01_convolution_by_hand as e01
from cnnedu.data import edge_kernel, smiley

CORRELATE = Case(
    "correlate2d",
    lambda rng: [(rng.normal(size=(7, 5)), rng.normal(size=(3, 2))), (smiley(), edge_kernel())],
    kernels.correlate2d,
    mistakes=e01.MISTAKES["correlate2d"],
)
FACE = replace(CORRELATE, inputs=lambda rng: [(smiley(), edge_kernel())])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, w: kernels.convolve2d(x, w), "flipped the kernel"),
        (lambda x, w: kernels.correlate2d(x, w)[:-1, :-1], "one row and one column short"),
        (lambda x, w: kernels.correlate2d(x, w) / w.size, "mean of the products"),
        (lambda x, w: kernels.correlate2d(x, w).T, "Rows and columns are swapped"),
        (lambda x, w: np.abs(kernels.correlate2d(x, w)), "absolute values"),
        (lambda x, w: x[2:, 1:][:5, :4] * w[-1, -1], "only one product"),
    ],
)
def test_well_known_mistakes_of_correlation_are_named(wrong, says):
    assert says in message(wrong, CORRELATE)


def test_padded_answer_is_named():
    assert "padded" in message(lambda x, w: kernels.correlate2d(x, w, padding=1), FACE)


def test_transposed_kernel_is_named():
    assert "transposed" in message(lambda x, w: kernels.correlate2d(x, w.T), FACE)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda w: w[::-1], "Only the rows"),
        (lambda w: w[:, ::-1], "Only the columns"),
        (lambda w: w.T, "transpose"),
        (lambda w: -w, "sign"),
        (lambda w: w, "unchanged"),
    ],
)
def test_well_known_mistakes_of_flipping_are_named(wrong, says):
    case = Case(
        "flip",
        lambda rng: [(rng.normal(size=(3, 3)),)],
        lambda w: w[::-1, ::-1],
        mistakes=e01.MISTAKES["flip"],
    )
    assert says in message(wrong, case)
