"""Exercise 02: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.exercises import e02_filters_and_features as e02


def bank(x, filters):
    return kernels.conv2d(x[None, None], filters[:, None])[0]


def conv(x, w, b):
    return kernels.conv2d(x[None], w, b)[0]


SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def gradients(x):
    return bank(x, np.stack([SOBEL, SOBEL.T]))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, filters: bank(x, filters[:, ::-1, ::-1]), "flipped"),
        (lambda x, filters: bank(x, filters).sum(axis=0), "added the maps up"),
        (lambda x, filters: np.moveaxis(bank(x, filters), 0, -1), "last axis"),
        (lambda x, filters: bank(x, filters[[0, 0, 0]]), "comes from the first filter"),
        (lambda x, filters: bank(x, filters * [[[0]], [[0]], [[1]]]), "Only the last map"),
    ],
)
def test_mistakes_of_a_filter_bank_are_named(wrong, says):
    case = Case(
        "filter_bank",
        lambda rng: [(rng.normal(size=(6, 5)), rng.normal(size=(3, 2, 3)))],
        bank,
        mistakes=e02.MISTAKES["filter_bank"],
    )
    assert says in message(wrong, case)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x, w, b: conv(x, w[:, :, ::-1, ::-1], b), "flipped"),
        (lambda x, w, b: conv(x, w, 0 * b), "forgot the bias"),
        (lambda x, w, b: conv(x, w, 3 * b), "once per channel"),
        (lambda x, w, b: conv(x, w / 3, b), "mean over the channels"),
        (lambda x, w, b: conv(x[:1], w[:, :1], b), "Only the first channel"),
        (lambda x, w, b: conv(x[2:], w[:, 2:], b), "Only the last channel"),
        (lambda x, w, b: conv(x, w[:, [0, 0, 0]], b), "slice for channel 0"),
    ],
)
def test_mistakes_of_a_layer_are_named(wrong, says):
    case = Case(
        "conv",
        lambda rng: [
            (rng.normal(size=(3, 6, 5)), rng.normal(size=(2, 3, 3, 2)), rng.normal(size=2))
        ],
        conv,
        mistakes=e02.MISTAKES["conv"],
    )
    assert says in message(wrong, case)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x: gradients(x)[0], "g_x alone"),
        (lambda x: abs(gradients(x)[0]), "That is |g_x| alone"),
        (lambda x: abs(gradients(x)).sum(axis=0), "added |g_x| and |g_y|"),
        (lambda x: (gradients(x) ** 2).sum(axis=0), "square root is missing"),
        (lambda x: abs(gradients(x).sum(axis=0)), "before squaring"),
        (
            lambda x: np.hypot(
                *bank(x, np.array([[[-1, 0, 1]] * 3, np.transpose([[-1, 0, 1]] * 3)]))
            ),
            "counts twice",
        ),
    ],
)
def test_mistakes_of_sobels_magnitude_are_named(wrong, says):
    case = Case(
        "sobel_magnitude",
        lambda rng: [(rng.normal(size=(5, 6)),)],
        lambda x: np.hypot(*gradients(x)),
        mistakes=e02.MISTAKES["sobel_magnitude"],
    )
    assert says in message(wrong, case)
