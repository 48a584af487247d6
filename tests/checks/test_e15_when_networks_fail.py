"""Exercise 15: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from cnnedu.checks.exercises import e15_when_networks_fail as e15

X, GRADIENT = np.array([0.5, 0.95, 0.2, 0.6]), np.array([-3.0, 0.01, 0.0, 2.0])
FGSM = Case(
    "fgsm",
    lambda rng: [(X, GRADIENT, 0.1)],
    lambda x, gradient, epsilon: [0.4, 1.0, 0.2, 0.7],
    mistakes=e15.MISTAKES["fgsm"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([0.6, 0.85, 0.2, 0.5], "down the gradient"),
        ([0.4, 1.05, 0.2, 0.7], "clip the result"),
        ([0.2, 0.951, 0.2, 0.8], "by the gradient itself"),
        ([0.4, 0.95 + 0.001 / 3, 0.2, 0.6 + 0.2 / 3], "by its largest number"),
        ([0.4, 1.0, 0.1, 0.7], r"sign(0) is 0"),
        ([-0.1, 0.1, 0, 0.1], "the push alone"),
    ],
)
def test_mistakes_of_fgsm_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, FGSM)


START = np.array([0.5, 0.95, 0.5])
STEP = Case(
    "pgd_step",
    lambda rng: [(np.array([0.57, 0.97, 0.55]), START, np.array([2.0, 1.0, -1.0]), 0.05, 0.1)],
    lambda *arguments: [0.6, 1.0, 0.5],
    mistakes=e15.MISTAKES["pgd_step"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([0.62, 1.0, 0.5], "near *start*"),
        ([0.6, 1.02, 0.5], "clip again"),
        ([0.55, 1.0, 0.45], "You stepped from start"),
        ([0.52, 0.92, 0.6], "down the gradient"),
    ],
)
def test_mistakes_of_a_step_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, STEP)


def test_a_step_longer_than_epsilon_is_told_to_come_back():
    long = Case(
        "pgd_step",
        lambda rng: [(np.array([0.57]), START[:1], np.array([2.0]), 0.2, 0.1)],
        lambda *arguments: [0.6],
        mistakes=e15.MISTAKES["pgd_step"],
    )
    assert "Nothing brings the result back" in message(lambda *arguments: [0.77], long)


# Two bins: 0.9, 0.9, 0.8 (right, right, wrong) and 0.4, 0.5 (both right; 0.5 on the edge).
P = np.array(
    [[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.8, 0.1, 0.1], [0.4, 0.3, 0.3], [0.2, 0.5, 0.3]]
)
Y = np.array([0, 1, 2, 0, 1])
ERROR = Case(
    "calibration_error",
    lambda rng: [(P, Y, 2)],
    lambda p, y, bins: 0.34,  # 0.6 · |2/3 − 13/15| + 0.4 · |1 − 0.45|
    mistakes=e15.MISTAKES["calibration_error"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ((0.2 + 0.55) / 2, "counted every bin the same"),
        (0.22 - 0.12, "take |…| in each bin first"),
        (0.12 - 0.22, "take |…| in each bin first"),
        (0.4 * 0.1 + 0.6 * 1 / 3, "probability of the right class"),  # 0.9, 0.9 | 0.1, 0.4, 0.5
        (0.8 * (0.775 - 0.75) + 0.2 * 0.6, "edge of two bins"),
        ((0.1 + 0.1 + 0.8 + 0.6 + 0.5) / 5, "answer by answer"),
    ],
)
def test_mistakes_of_the_calibration_error_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, ERROR)


def test_bins_divided_by_their_number_and_one_bin_are_named():
    four = Case(  # 0.9, 0.9, 0.8 lie in the fourth bin, 0.4 and 0.5 in the second
        "calibration_error",
        lambda rng: [(P, Y, 4)],
        lambda p, y, bins: 0.34,
        mistakes=e15.MISTAKES["calibration_error"],
    )
    assert "divided by the number of bins" in message(lambda *arguments: 0.75 / 4, four)
    sure = Case(
        "calibration_error",
        lambda rng: [(P[:4], Y[:4], 2)],
        lambda p, y, bins: 0.75 * 0.2 + 0.25 * 0.6,
        mistakes=e15.MISTAKES["calibration_error"][4:5],
    )
    assert "all answers into one bin" in message(lambda *arguments: 0.0, sure)


LOGITS = np.array([[4.0, 0.0]] * 4)
TEMPERATURE = Case(
    "temperature",
    lambda rng: [(LOGITS, np.array([0, 0, 0, 1]), np.array([1.0, 0.25, 4.0, 8.0]))],
    lambda logits, y, candidates: [4.0, 0.25 + np.log(1 + np.exp(-1))],
    mistakes=e15.MISTAKES["temperature"],
)
LOSS = {t: 1 / t + np.log(1 + np.exp(-4 / t)) for t in (1.0, 0.25, 4.0)}  # (4/t) / 4 + log(…)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([0.25, LOSS[4.0]], "You multiplied by T"),
        ([4.0, 4 * LOSS[4.0]], "not their sum"),
        ([0.25, LOSS[0.25]], "worst of the candidates"),
        ([2, LOSS[4.0]], "place in the list"),
        ([0.25, np.log(1 + np.exp(-16))], "own answers as labels"),
    ],
)
def test_mistakes_of_the_temperature_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, TEMPERATURE)
