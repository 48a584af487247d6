"""Exercise 15: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case, CheckFailed, check_value
from cnnedu.checks.exercises import e15_when_networks_fail as failures

X, GRADIENT = np.array([0.5, 0.95, 0.2, 0.6]), np.array([-3.0, 0.01, 0.0, 2.0])
FGSM = Case(
    "fgsm",
    lambda rng: [(X, GRADIENT, 0.1)],
    lambda x, gradient, epsilon: [0.4, 1.0, 0.2, 0.7],
    mistakes=failures.FGSM,
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([0.6, 0.85, 0.2, 0.5], "down the gradient"),
        ([0.4, 1.05, 0.2, 0.7], "clip what comes out"),
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
    mistakes=failures.PGD_STEP,
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([0.62, 1.0, 0.5], "near *start*"),
        ([0.6, 1.02, 0.5], "clip once more"),
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
        mistakes=failures.PGD_STEP,
    )
    assert "Nothing brings it back" in message(lambda *arguments: [0.77], long)


# Two bins: 0.9, 0.9, 0.8 (right, right, wrong) and 0.4, 0.5 (both right; 0.5 on the edge).
P = np.array(
    [[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.8, 0.1, 0.1], [0.4, 0.3, 0.3], [0.2, 0.5, 0.3]]
)
Y = np.array([0, 1, 2, 0, 1])
ERROR = Case(
    "calibration_error",
    lambda rng: [(P, Y, 2)],
    lambda p, y, bins: 0.34,  # 0.6 · |2/3 − 13/15| + 0.4 · |1 − 0.45|
    mistakes=failures.CALIBRATION_ERROR,
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ((0.2 + 0.55) / 2, "Every bin counted the same"),
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
        mistakes=failures.CALIBRATION_ERROR,
    )
    assert "divided by the number of bins" in message(lambda *arguments: 0.75 / 4, four)
    sure = Case(
        "calibration_error",
        lambda rng: [(P[:4], Y[:4], 2)],
        lambda p, y, bins: 0.75 * 0.2 + 0.25 * 0.6,
        mistakes=failures.CALIBRATION_ERROR[4:5],
    )
    assert "all answers as one bin" in message(lambda *arguments: 0.0, sure)


LOGITS = np.array([[4.0, 0.0]] * 4)
TEMPERATURE = Case(
    "temperature",
    lambda rng: [(LOGITS, np.array([0, 0, 0, 1]), np.array([1.0, 0.25, 4.0, 8.0]))],
    lambda logits, y, candidates: [4.0, 0.25 + np.log(1 + np.exp(-1))],
    mistakes=failures.TEMPERATURE,
)
LOSS = {t: 1 / t + np.log(1 + np.exp(-4 / t)) for t in (1.0, 0.25, 4.0)}  # (4/t) / 4 + log(…)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([0.25, LOSS[4.0]], "You multiplied by T"),
        ([4.0, 4 * LOSS[4.0]], "not their sum"),
        ([0.25, LOSS[0.25]], "worst of the candidates"),
        ([2, LOSS[4.0]], "place in the list"),
        ([0.25, np.log(1 + np.exp(-16))], "answers for the labels"),
    ],
)
def test_mistakes_of_the_temperature_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, TEMPERATURE)


@pytest.mark.parametrize(("value", "says"), failures.ON_PAPER)
def test_mistakes_on_paper_are_named(value, says):
    with pytest.raises(CheckFailed) as failed:
        options = {"rtol": 0, "atol": 1e-3, "mistakes": failures.ON_PAPER}
        check_value("by_hand", {"by_hand": value}, failures.BY_HAND, **options)
    assert says in str(failed.value)
