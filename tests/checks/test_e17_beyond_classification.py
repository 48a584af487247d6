"""Exercise 17: each well-known mistake is named."""

from dataclasses import replace

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from cnnedu.checks.exercises import e17_beyond_classification as e17

# 4×4 and 4×4 that share 2×3; the second pair lies apart both ways.
BOXES = np.array([[0.0, 0, 4, 4], [9, 9, 11, 12]]), np.array([[2.0, 1, 6, 5]])
BOX_IOU = Case("box_iou", lambda rng: [BOXES], e17.box_iou, mistakes=e17.MISTAKES["box_iou"])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([6 / 32, 0], "which counts it twice"),
        ([6 / 26, 12 / (22 - 12)], "Boxes that lie apart share nothing"),
        ([12 / (25 + 25 - 12), 0], "without + 1"),
        ([6 / 16, 0], "not by that of the first box"),
        ([6, 0], "divide it by the union"),
    ],
)
def test_mistakes_of_the_iou_are_named(wrong, says):
    assert says in message(lambda a, b: np.array(wrong)[:, None], BOX_IOU)


def test_more_mistakes_of_the_iou_are_named():
    unequal = np.array([[0.0, 0, 4, 4]]), np.array([[2.0, 1, 8, 5]])
    case = Case("box_iou", lambda rng: [unequal], e17.box_iou, mistakes=e17.MISTAKES["box_iou"])
    turned = replace(case, inputs=lambda rng: [unequal[::-1]])
    assert "smaller box" in message(lambda a, b: [[6 / 16]], turned)
    assert "not width and height" in message(lambda a, b: [[2 * 3 / (16 + 40 - 6)]], case)


IOU = np.array([[1, 0.6, 0.1, 0], [0.6, 1, 0.6, 0], [0.1, 0.6, 1, 0.5], [0, 0, 0.5, 1]])
NMS = Case(
    "nms",
    lambda rng: [(IOU, np.array([0.6, 0.7, 0.8, 0.9]), 0.5)],
    e17.nms,
    mistakes=e17.MISTAKES["nms"],
)


def test_suppression_by_hand():
    assert e17.nms(*NMS.inputs(None)[0]) == [3, 2, 0]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([3, 2], "dropped box drops no others"),
        ([3, 2, 1, 0], "not with the best one alone"),
        ([0, 1, 3], "places in the sorted list"),
        ([3, 1], "at the threshold it stays"),
    ],
)
def test_mistakes_of_the_suppression_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, NMS)


@pytest.mark.parametrize(
    ("scores", "wrong", "says"),
    [
        ([0.9, 0.5, 0.6, 0.7], [1, 3], "You begin with the lowest"),
        ([0.7, 0.9, 0.6, 0.8], [0, 2, 3], "not in the given order"),
        ([0.6, 0.7, 0.8, 0.9], [0, 2, 3], "highest score first"),
        ([0.9, 0.7, 0.6, 0.8], [0, 3, 1], "not with the last one alone"),
    ],
)
def test_more_mistakes_of_the_suppression_are_named(scores, wrong, says):
    inputs = IOU, np.array(scores), 0.5
    # With few boxes several mistakes give the same answer.
    wanted = tuple(mistake for mistake in e17.MISTAKES["nms"] if says in mistake.says)
    case = Case(NMS.function, lambda rng: [inputs], NMS.reference, mistakes=wanted)
    assert says in message(lambda *arguments: wrong, case)


Y = np.array([[[0, 0, 0, 1]], [[0, 0, 1, 1]]])
SAID = np.array([[[0, 0, 1, 1]], [[0, 1, 1, 0]]])
OVERLAP = Case(
    "class_overlap",
    lambda rng: [(Y, SAID, 3)],
    lambda y, said, classes: [[3 / 6, 2 / 5, 1], [6 / 9, 4 / 7, 1]],
    mistakes=e17.MISTAKES["class_overlap"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([[6 / 9, 4 / 7, 1], [3 / 6, 2 / 5, 1]], "IoU and Dice are swapped"),
        ([[3 / 6, 2 / 5, 1], [3 / 9, 2 / 7, 1]], "factor 2 is missing"),
        ([[3 / 9, 2 / 7, 1], [6 / 9, 4 / 7, 1]], "counts what both share twice"),
        ([[1 / 2, 5 / 12, 1], [13 / 20, 7 / 12, 1]], "over all pictures first"),
        ([[3 / 5, 2 / 3, 1], [3 / 5, 2 / 3, 1]], "that is recall"),
        ([[3 / 6, 2 / 5, np.nan], [6 / 9, 4 / 7, np.nan]], "0 / 0 is nan"),
        ([[3 / 6, 2 / 5, 0], [6 / 9, 4 / 7, 0]], "gets 1, not 0"),
    ],
)  # fmt: skip
def test_mistakes_of_the_overlap_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, OVERLAP)


# By falling score: miss, hit, hit, miss, hit, of 5: precisions 0, 1/2, 2/3, 1/2, 3/5.
SCORES, HITS = np.array([0.5, 0.9, 0.7, 0.8, 0.6]), np.array([1, 0, 1, 1, 0], bool)
PRECISION = Case(
    "average_precision",
    lambda rng: [(SCORES, HITS, 5)],
    lambda scores, hits, count: 29 / 75,
    mistakes=e17.MISTAKES["average_precision"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ((1 + 3 / 4 + 3 / 4) / 5, "Sort by falling score"),
        (29 / 45, "those never found count"),
        ((1 / 2 + 2 / 3 + 3 / 5) / 5, "best precision *from here on*, not the precision here"),
        ((1 / 2 + 2 / 3 + 2 / 3) / 5, "yours is the best so far"),
        (np.trapezoid([0, 1 / 2, 2 / 3, 1 / 2, 3 / 5], [0, 0.2, 0.4, 0.4, 0.6]), "trapezoids"),
        ((0 + 1 / 2 + 2 / 3 + 1 / 2 + 3 / 5) / 5, "at the hits only"),
    ],
)  # fmt: skip
def test_mistakes_of_the_average_precision_are_named(wrong, says):
    assert says in message(lambda *arguments: wrong, PRECISION)


def test_the_wrong_way_round_is_named():
    scores, hits = np.array([0.9, 0.8, 0.7]), np.array([False, False, True])
    case = Case(
        PRECISION.function,
        lambda rng: [(scores[[1, 0, 2]], hits, 2)],
        e17.average_precision,
        mistakes=e17.MISTAKES["average_precision"],
    )
    assert "You begin with the lowest" in message(lambda *arguments: 1 / 2, case)
    assert message(lambda *arguments: 0.123, case).startswith("In average_precision")
