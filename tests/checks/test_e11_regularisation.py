"""Exercise 11: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from cnnedu.checks.exercises import e11_regularisation as e11


def told(name, given, right, wrong):
    """Return what a student is told whose `name` returns `wrong` instead of `right`."""
    case = Case(name, lambda rng: [given], lambda *given: right, mistakes=e11.MISTAKES[name])
    return message(lambda *given: np.array(wrong), case)


X, U = np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.6, 0.1, 0.4, 0.9])


@pytest.mark.parametrize(
    ("wrong", "training", "says"),
    [
        ([1, 0, 3, 4], True, "Divide the kept numbers by 1 − p"),
        ([0, 8 / 3, 0, 0], True, "kept the numbers that should go"),
        ([4, 0, 12, 16], True, "not by p"),
        ([4 / 3, 0, 4, 16 / 3], False, "nothing is switched off"),
        ([0.75, 1.5, 2.25, 3], False, "in evaluation the numbers stay"),
    ],
)
def test_mistakes_of_dropout_are_named(wrong, training, says):
    given = X, 0.25, U, training
    right = [4 / 3, 0, 4, 16 / 3] if training else X
    assert says in told("dropout", given, right, wrong)


@pytest.mark.parametrize(
    ("wrong", "training", "says"),
    [
        ([1, 2, 3, 4], True, "The mask is missing"),
        ([4 / 3, 8 / 3, 4, 16 / 3], True, "scaled all gradients"),
        ([1, 0, 3, 4], True, "holds 1 / (1 − p)"),
        ([16 / 9, 0, 16 / 3, 64 / 9], True, "multiplied by 1 / (1 − p) twice"),
        ([0, 8 / 3, 0, 0], True, "kept the numbers that should go"),
        ([4 / 3, 0, 4, 16 / 3], False, "passes unchanged"),
    ],
)
def test_mistakes_of_dropouts_gradient_are_named(wrong, training, says):
    given = X, 0.25, U, training
    right = [4 / 3, 0, 4, 16 / 3] if training else X
    assert says in told("dropout_backward", given, right, wrong)


BATCH = np.arange(1.0, 13).reshape(2, 1, 2, 3)  # two pictures, rows (1 2 3; 4 5 6), (7 8 9; …)
MIRRORED, DOWN, RIGHT = np.array([True, False]), np.array([1, 0]), np.array([1, -1])
MOVED = [[[[0, 0, 0], [0, 3, 2]]], [[[8, 9, 0], [11, 12, 0]]]]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([[[[4, 6, 5], [1, 3, 2]]], [[[8, 9, 7], [11, 12, 10]]]], "as with np.roll"),
        ([[[[3, 3, 2], [3, 3, 2]]], [[[8, 9, 9], [11, 12, 12]]]], "border is repeated"),
        ([[[[5, 4, 0], [0, 0, 0]]], [[[0, 7, 8], [0, 10, 11]]]], "the other way"),
        ([[[[0, 0, 0], [0, 3, 2]]], [[[10, 11, 12], [0, 0, 0]]]], "Rows and columns"),
        ([[[[0, 0, 0], [0, 4, 5]]], [[[8, 9, 0], [11, 12, 0]]]], "upside down"),
        ([[[[0, 0, 0], [2, 1, 0]]], [[[8, 9, 0], [11, 12, 0]]]], "Mirror first"),
        ([[[[0, 0, 0], [0, 3, 2]]], [[[8, 7, 0], [11, 10, 0]]]], "mirrored all"),
        ([[[[0, 0, 0], [0, 1, 2]]], [[[8, 7, 0], [11, 10, 0]]]], "is False"),
        ([[[[0, 0, 0], [0, 3, 2]]], [[[0, 0, 0], [0, 7, 8]]]], "like the first one"),
    ],
)
def test_mistakes_of_augmentation_are_named(wrong, says):
    given = BATCH, MIRRORED, DOWN, RIGHT
    assert says in told("augment", given, MOVED, wrong)


W1, B1, W2, B2 = np.array([[1.0, -2.0]]), np.array([5.0]), np.array([[3.0]]), np.array([7.0])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (1.4, "factor ½ is missing"),
        (0.05 * (14 + 25 + 49), "included the biases"),
        (0.05 * (2.5 + 9), "mean of the squares"),
        (0.05 * (5**0.5 + 3), "took the square root"),
        (0.05 * 6, "That is L1"),
    ],
)
def test_mistakes_of_the_penalty_are_named(wrong, says):
    assert says in told("l2_loss", (W1, B1, W2, B2, 0.1), 0.7, wrong)


@pytest.mark.parametrize(
    ("parameter", "wrong", "says"),
    [
        (B1, [0.5], "their gradient is 0"),
        (W1, [[0.2, -0.4]], "not 2 λ w"),
        (W1, [[0.05, -0.1]], "not λ w / 2"),
        (W1, [[0.1, -0.1]], "L1's gradient"),
        (W1, [[-0.1, 0.2]], "The sign is wrong"),
    ],
)
def test_mistakes_of_the_penaltys_gradient_are_named(parameter, wrong, says):
    right = 0 * B1 if parameter is B1 else 0.1 * W1
    assert says in told("l2_gradient", (parameter, 0.1), right, wrong)


@pytest.mark.parametrize(
    ("losses", "patience", "least", "right", "wrong", "says"),
    [
        ([0.9, 0.6, 0.7, 0.8, 0.5], 2, 0.0, (4, 2), (3, 1), "Count epochs from 1"),
        ([0.9, 0.6, 0.58, 0.57, 0.7, 0.8], 2, 0.05, (4, 2), (6, 4), "ignore `least`"),
        ([0.9, 0.6, 0.7, 0.8, 0.9], 2, 0.0, (4, 2), (5, 2), "one epoch too late"),
        ([0.5, 0.9, 0.8, 0.95, 0.6], 2, 0.0, (3, 1), (5, 5), "best one so far"),
        ([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.5], 2, 0.0, (7, 7), (5, 4), "in a row"),
        ([0.9, 0.6, 0.7, 0.8, 0.5], 2, 0.0, (4, 2), (4, 5), "the whole list"),
        ([0.9, 0.6, 0.7, 0.8, 0.5], 2, 0.0, (4, 2), (2, 4), "The order"),
    ],
)
def test_mistakes_of_early_stopping_are_named(losses, patience, least, right, wrong, says):
    given = np.array(losses), patience, least
    assert says in told("early_stop", given, right, wrong)
    assert tuple(e11.early_stop(*given)) == right
