"""Exercise 11: each well-known mistake is named."""

import numpy as np
import pytest

from cnnedu.checks import Case, CheckFailed, check_value, run
from cnnedu.checks.exercises import e11_regularisation as regularisation


def message(given, right, wrong, mistakes):
    """Return what a student is told whose function returns `wrong` instead of `right`."""
    case = Case("answer", lambda rng: [given], lambda *given: right, mistakes=mistakes)

    def answer(*given):
        return np.array(wrong)

    answer.__module__ = "__main__"
    with pytest.raises(CheckFailed) as failed:
        run(case, {"answer": answer}, seed=0)
    return str(failed.value)


X, U = np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.6, 0.1, 0.4, 0.9])


@pytest.mark.parametrize(
    ("wrong", "training", "says"),
    [
        ([1, 0, 3, 4], True, "divided by 1 − p"),
        ([0, 8 / 3, 0, 0], True, "kept what should go"),
        ([4, 0, 12, 16], True, "not by p"),
        ([4 / 3, 0, 4, 16 / 3], False, "nothing is switched off"),
        ([0.75, 1.5, 2.25, 3], False, "in evaluation the numbers stay"),
    ],
)
def test_mistakes_of_dropout_are_named(wrong, training, says):
    given = X, 0.25, U, training
    right = [4 / 3, 0, 4, 16 / 3] if training else X
    assert says in message(given, right, wrong, regularisation.DROPOUT)


@pytest.mark.parametrize(
    ("wrong", "training", "says"),
    [
        ([1, 2, 3, 4], True, "The mask is missing"),
        ([4 / 3, 8 / 3, 4, 16 / 3], True, "scaled all gradients"),
        ([1, 0, 3, 4], True, "holds 1 / (1 − p)"),
        ([16 / 9, 0, 16 / 3, 64 / 9], True, "went in twice"),
        ([0, 8 / 3, 0, 0], True, "kept what should go"),
        ([4 / 3, 0, 4, 16 / 3], False, "passes unchanged"),
    ],
)
def test_mistakes_of_dropouts_gradient_are_named(wrong, training, says):
    given = X, 0.25, U, training
    right = [4 / 3, 0, 4, 16 / 3] if training else X
    assert says in message(given, right, wrong, regularisation.DROPOUT_BACKWARD)


BATCH = np.arange(1.0, 13).reshape(2, 1, 2, 3)  # two pictures, rows (1 2 3; 4 5 6), (7 8 9; …)
MIRRORED, DOWN, RIGHT = np.array([True, False]), np.array([1, 0]), np.array([1, -1])
MOVED = [[[[0, 0, 0], [0, 3, 2]]], [[[8, 9, 0], [11, 12, 0]]]]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([[[[4, 6, 5], [1, 3, 2]]], [[[8, 9, 7], [11, 12, 10]]]], "np.roll goes round"),
        ([[[[3, 3, 2], [3, 3, 2]]], [[[8, 9, 9], [11, 12, 12]]]], "border is repeated"),
        ([[[[5, 4, 0], [0, 0, 0]]], [[[0, 7, 8], [0, 10, 11]]]], "the other way"),
        ([[[[0, 0, 0], [0, 3, 2]]], [[[10, 11, 12], [0, 0, 0]]]], "Rows and columns"),
        ([[[[0, 0, 0], [0, 4, 5]]], [[[8, 9, 0], [11, 12, 0]]]], "stand on their heads"),
        ([[[[0, 0, 0], [2, 1, 0]]], [[[8, 9, 0], [11, 12, 0]]]], "First mirror"),
        ([[[[0, 0, 0], [0, 3, 2]]], [[[8, 7, 0], [11, 10, 0]]]], "mirrored all"),
        ([[[[0, 0, 0], [0, 1, 2]]], [[[8, 7, 0], [11, 10, 0]]]], "is False"),
        ([[[[0, 0, 0], [0, 3, 2]]], [[[0, 0, 0], [0, 7, 8]]]], "the way of the first one"),
    ],
)
def test_mistakes_of_augmentation_are_named(wrong, says):
    given = BATCH, MIRRORED, DOWN, RIGHT
    assert says in message(given, MOVED, wrong, regularisation.AUGMENT)


W1, B1, W2, B2 = np.array([[1.0, -2.0]]), np.array([5.0]), np.array([[3.0]]), np.array([7.0])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (1.4, "half is missing"),
        (0.05 * (14 + 25 + 49), "biases are among them"),
        (0.05 * (2.5 + 9), "mean of the squares"),
        (0.05 * (5**0.5 + 3), "took the root"),
        (0.05 * 6, "That is L1"),
    ],
)
def test_mistakes_of_the_penalty_are_named(wrong, says):
    assert says in message((W1, B1, W2, B2, 0.1), 0.7, wrong, regularisation.L2_LOSS)


@pytest.mark.parametrize(
    ("parameter", "wrong", "says"),
    [
        (B1, [0.5], "their gradient is 0"),
        (W1, [[0.2, -0.4]], "not 2 λ w"),
        (W1, [[0.05, -0.1]], "not λ w / 2"),
        (W1, [[0.1, -0.1]], "L1's gradient"),
        (W1, [[-0.1, 0.2]], "sign is turned round"),
    ],
)
def test_mistakes_of_the_penaltys_gradient_are_named(parameter, wrong, says):
    right = 0 * B1 if parameter is B1 else 0.1 * W1
    assert says in message((parameter, 0.1), right, wrong, regularisation.L2_GRADIENT)


@pytest.mark.parametrize(
    ("losses", "patience", "least", "right", "wrong", "says"),
    [
        ([0.9, 0.6, 0.7, 0.8, 0.5], 2, 0.0, (4, 2), (3, 1), "count from 1"),
        ([0.9, 0.6, 0.58, 0.57, 0.7, 0.8], 2, 0.05, (4, 2), (6, 4), "`least` is ignored"),
        ([0.9, 0.6, 0.7, 0.8, 0.9], 2, 0.0, (4, 2), (5, 2), "One too late"),
        ([0.5, 0.9, 0.8, 0.95, 0.6], 2, 0.0, (3, 1), (5, 5), "best one so far"),
        ([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.5], 2, 0.0, (7, 7), (5, 4), "in a row"),
        ([0.9, 0.6, 0.7, 0.8, 0.5], 2, 0.0, (4, 2), (4, 5), "the whole list"),
        ([0.9, 0.6, 0.7, 0.8, 0.5], 2, 0.0, (4, 2), (2, 4), "The order"),
    ],
)
def test_mistakes_of_early_stopping_are_named(losses, patience, least, right, wrong, says):
    given = np.array(losses), patience, least
    assert says in message(given, right, wrong, regularisation.EARLY_STOP)
    assert tuple(regularisation.early_stop(*given)) == right


@pytest.mark.parametrize(("value", "says"), regularisation.ON_PAPER)
def test_mistakes_on_paper_are_named(value, says):
    expected, mistakes = regularisation.BY_HAND, regularisation.ON_PAPER
    with pytest.raises(CheckFailed) as failed:
        check_value("by_hand", {"by_hand": value}, expected, mistakes=mistakes)
    assert says in str(failed.value)
