"""The well-known mistakes of exercise 02 are named by the message."""

import numpy as np
import pytest

from cnnedu import kernels
from cnnedu.checks import Case, CheckFailed, run
from cnnedu.checks.exercises import e02_filters_and_features as mistakes


def message(case, function):
    """Return what a student is told about `function`."""

    def written_by_student(*arguments):
        return function(*arguments)

    written_by_student.__module__ = "__main__"
    with pytest.raises(CheckFailed) as failed:
        run(case, {case.function: written_by_student})
    return str(failed.value)


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
        (lambda x, filters: bank(x, filters[[0, 0, 0]]), "that of the first filter"),
        (lambda x, filters: bank(x, filters * [[[0]], [[0]], [[1]]]), "Only the last map"),
    ],
)
def test_mistakes_of_a_filter_bank_are_named(wrong, says):
    case = Case(
        "filter_bank",
        lambda rng: [(rng.normal(size=(6, 5)), rng.normal(size=(3, 2, 3)))],
        bank,
        mistakes=mistakes.FILTER_BANK,
    )
    assert says in message(case, wrong)


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
        mistakes=mistakes.CONV,
    )
    assert says in message(case, wrong)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda x: gradients(x)[0], "g_x alone"),
        (lambda x: abs(gradients(x)[0]), "size of g_x alone"),
        (lambda x: abs(gradients(x)).sum(axis=0), "added up the sizes"),
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
        mistakes=mistakes.SOBEL_MAGNITUDE,
    )
    assert says in message(case, wrong)
