"""Exercise 17: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import conventions
from cnnedu.checks.answers import e17_beyond_classification as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import Value, checker

# How a box can lie to (2, 3, 8, 7): around it, in it, across it, beside it, …
BOX = np.array([[2, 3, 8, 7]])
AROUND = np.array(
    [
        [2, 3, 8, 7],  # the same
        [3, 4, 5, 6],  # inside
        [2, 3, 5, 7],  # inside, with three common edges
        [-1, 1, 10, 9],  # around
        [4, 1, 6, 9],  # across
        [-6, 4, 3, 5],  # over the left edge
        [6, 5, 11, 12],  # over a corner
        [5, -2, 9, 4],
        [8, 3, 12, 7],  # touching an edge
        [4, 7, 6, 8],
        [8, 7, 9, 9],  # touching a corner
        [-4, 4, 1, 6],  # apart to the left
        [3, 9, 7, 14],  # apart below
        [10, 8, 15, 9],  # apart both ways
        [-7, -5, -1, -2],
    ]
)


def _some_boxes(rng):
    return [
        (np.array([[0.0, 0, 3, 2]]), np.array([[1.0, 1, 3, 3]])),
        (
            np.array([[0, 0, 2, 2]]),
            np.array([[4, 5, 7, 9], [4, 0, 6, 3], [0, 0, 2, 2], [1, 1, 3, 3]]),
        ),
        (np.array([[0.5, 1, 4.5, 3], [1, 2, 6, 4]]), np.array([[2, 1.5, 4, 5], [-1.5, 0, 7, 2.5]])),
    ]


def _more_boxes(rng):
    whole = np.concatenate([BOX, AROUND])[rng.permutation(16)]
    small = whole / 37 + rng.random(4)[[0, 1, 0, 1]]  # the sides are shorter than a pixel
    return [
        (small[:3], small[3:10]),
        (BOX, AROUND),
        (AROUND[:, [1, 0, 3, 2]], BOX),
        (whole[:3], whole[9:] / 4 + 2),  # a shape once more: what was kept is wrong now
        (1000 + 30 * small[:4], 1000 + 30 * small[-4:]),
        (small[:1], small[1:2]),
        (small[:3], np.zeros((0, 4))),
    ]


# Eight boxes by falling score. With the threshold 0.5, 0 drops 1 and 5, 2 drops 4, 6 drops 7.
CROWD = np.eye(8)
for first, second, shared in (
    (0, 1, 0.6),
    (1, 2, 0.7),  # but 1 is dropped
    (2, 3, 0.5),
    (2, 4, 0.8),
    (3, 4, 0.2),
    (0, 5, 0.55),
    (6, 7, 0.9),
):
    CROWD[first, second] = CROWD[second, first] = shared


def _crowd(places, scale=1.0, shift=0.0):
    """Return IoUs and scores of the crowd, in which place n holds the box `places[n]`."""
    return CROWD[np.ix_(places, places)], scale * (8 - np.array(places)) / 8 + shift


def _queue(count):
    """Return the IoUs of boxes each of which overlaps the next one."""
    return np.eye(count) + 0.75 * (np.eye(count, k=1) + np.eye(count, k=-1))


def _some_detections(rng):
    return [
        (np.array([[1, 0.6, 0], [0.6, 1, 0.5], [0, 0.5, 1]]), np.array([0.7, 0.9, 0.8]), 0.5),
        (np.array([[1, 0.6], [0.6, 1]]), np.array([0.8, 0.8]), 0.5),
        (*_crowd([3, 6, 1, 4, 0, 2, 7, 5]), 0.5),
        (_queue(40), np.tile([0.5, 0.75, 0.25, 0.75], 10), 0.5),
    ]


def _more_detections(rng):
    shuffled = rng.permutation(40)
    third = np.array([[1, 1 / 3, 0], [1 / 3, 1, 0.4], [0, 0.4, 1]])
    return [
        (*_crowd([5, 2, 7, 0, 4, 1, 6, 3]), 0.5),
        (*_crowd([5, 2, 7, 0, 4, 1, 6, 3], shift=-3), 0.5),
        (*_crowd(rng.permutation(8), scale=1e-9), 0.5),
        (*_crowd(rng.permutation(8), scale=20, shift=-10), 0.75),
        (_queue(40)[np.ix_(shuffled, shuffled)], np.repeat([-1.0, 1.0, 0.0, 1.0], 10), 0.5),
        (np.eye(40), np.tile([0.3, 0.9, 0.6, 0.9], 10), 0.3),
        (np.eye(48), rng.permutation(np.repeat([0.2, 0.4, 0.8], 16)), 0.3),
        (_queue(40), np.full(40, 0.5), 0.5),
        (third, np.array([0.2, 0.3, 0.1]), 1 / 3),
        (third, np.array([0.3, 0.2, 0.1]), 0.0),
        (np.ones((5, 5)), np.array([3.0, 1, 4, 2, 0]), 1.0),
        (np.ones((1, 1)), np.array([-2.5]), 0.0),
        (np.zeros((0, 0)), np.zeros(0), 0.5),
    ]


def _some_masks(rng):
    y = np.array([[[0, 0, 0, 1], [0, 4, 4, 1]], [[1, 1, 1, 4], [0, 1, 4, 4]]])
    said = np.array([[[0, 0, 1, 1], [3, 4, 0, 1]], [[1, 0, 1, 4], [0, 4, 4, 3]]])
    return [
        (np.array([[[0, 0, 1]]]), np.array([[[0, 1, 1]]]), 3),
        (np.array([[[0, 0], [2, 1]]]), np.array([[[0, 0], [1, 1]]]), 4),
        (y, said, 6),
        (np.array([[[20, 3]]], np.uint8), np.array([[[20, 20]]], np.uint8), 22),
    ]


def _more_masks(rng):
    y = np.repeat([0, 1, 3, 4, 6], [40, 20, 30, 6, 9])
    said = np.concatenate([y[:70], y[70:] - 1])  # 4 is said to be 3, 6 to be 5
    y, said = np.array([y, said])[:, rng.permutation(105)]
    tall, wide = (3, 7, 5), (5, 3, 7)
    many = np.array([rng.permutation(25), rng.permutation(25)], np.uint8)
    hundred = (np.arange(600) < 100).reshape(2, 300, 1).astype(np.uint8)
    return [
        (y.reshape(tall), said.reshape(tall), 9),
        (said.reshape(tall), y.reshape(tall), 9),  # the same shapes once more
        (y.reshape(wide), said.reshape(wide), 7),
        (y.reshape(wide).astype(np.uint8), said.reshape(wide).astype(np.uint8), 30),
        (*many.reshape(2, 1, 5, 5), 25),
        (np.array([[[2]]]), np.array([[[0]]]), 4),
        (np.array([[[1]], [[1]]]), np.array([[[1]], [[1]]]), 2),
        (np.zeros((1, 1, 3), int), np.zeros((1, 1, 3), int), 1),
        (np.zeros_like(hundred), hundred, 2),  # counts that a uint8 can't hold
    ]


def _ranked(pattern, places, missed, shift=0.0):
    """Return scores, hits and count; place n holds the detection that is `places[n]`-th best."""
    hits = np.array([letter == "x" for letter in pattern])
    return shift - np.array(places) / 16, hits[places], int(hits.sum()) + missed


def _some_rankings(rng):
    tied = np.tile([0.5, 0.75, 0.25, 0.75], 10)
    return [
        (np.array([0.9, 0.8, 0.7]), np.array([True, False, True]), 2),
        (np.array([0.2, 0.9, 0.5, 0.7]), np.array([True, False, True, True]), 5),
        (np.array([0.5, 0.5]), np.array([True, False]), 1),
        _ranked(".xx.x..x", [3, 6, 1, 4, 0, 2, 7, 5], 2, 1.0),
        (tied, np.arange(40) ** 2 % 7 < 3, 30),
    ]


def _more_rankings(rng):
    half = np.arange(40) < 20
    return [
        _ranked(".xx.x..x", [5, 2, 7, 0, 4, 1, 6, 3], 1),
        _ranked("x.xx.x..x.x", rng.permutation(11), 0, 1.0),
        _ranked("..x.xx.xxx....", rng.permutation(14), 7, 0.5),
        _ranked("x.xx.x..x.x", rng.permutation(11), 3, -40.0),
        (np.array([0.4]), np.array([True]), 1),
        (np.array([0.4]), np.array([True]), 3),
        (np.array([0.4, 0.6]), np.array([False, False]), 2),
        (np.array([0.1, 0.3, 0.2]), np.array([True, True, True]), 3),
        (np.full(40, 0.5), half, 20),
        (np.full(40, 0.5), ~half, 25),
        (np.tile([0.25, 0.75], 20), np.repeat([True, False, False, True], 10), 20),
        (np.repeat([-0.5, 0.0, -1.5, 0.0], 10), np.arange(40) ** 2 % 11 < 5, 30),
        (np.zeros(0), np.zeros(0, bool), 2),
    ]


# Beginning at the corner (0, 0), a square reads the same as a and as d.
AT_CORNER = np.array([[0, 0, 6, 6], [2, 3, 8, 7], [1, 5, 4, 9]])


def _file(rng, convention, count, known, first=None):
    """Return boxes of different widths and heights in a convention, and some of them as they are.

    The first one may be given. No side is 1, so that no two conventions agree on a box by chance.
    """
    n = rng.permutation(count)
    left, top = n + 0.125 * rng.integers(8, size=count), 2.5 * n[::-1] + 1
    boxes = np.stack([left, top, left + 3 + n, top + 4.25 + 2 * n], axis=1)
    if first is not None:
        boxes[0] = first
    return conventions.ENCODED[convention](boxes), boxes[:known].copy()


def _files(rng):
    whole = AT_CORNER[:, [1, 0, 3, 2]]
    return [
        (np.array([[2, 3, 5, 4], [0, 1, 2, 2]]), np.array([[2, 3, 7, 7]])),
        _file(rng, "b", 5, 2),
        _file(rng, "c", 5, 3),
        (whole, AT_CORNER[:2]),
        _file(rng, "a", 4, 1),
        _file(rng, "d", 6, 4),
    ]


def _more_files(rng):
    return [
        *(_file(rng, convention, 7, 3) for convention in "abcd"),
        *(_file(rng, convention, 4, 4) for convention in "dcba"),
        *(_file(rng, convention, 5, 2, first=(0, 0, 4, 4)) for convention in "ad"),
        *(_file(rng, convention, 3, 1) for convention in "bc"),
        (np.array([[7, 9, 3, 2]]), np.array([[7, 9, 10, 11]])),
    ]


CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=0,
        atol=0.001,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case(
        "box_iou",
        _some_boxes,
        answers.box_iou,
        _more_boxes,
        mistakes=answers.MISTAKES["box_iou"],
        imports=("numpy",),
    ),
    Case(
        "nms",
        _some_detections,
        answers.nms,
        _more_detections,
        whole=True,
        mistakes=answers.MISTAKES["nms"],
        imports=("numpy",),
    ),
    Case(
        "class_overlap",
        _some_masks,
        answers.class_overlap,
        _more_masks,
        mistakes=answers.MISTAKES["class_overlap"],
        imports=("numpy",),
    ),
    Case(
        "average_precision",
        _some_rankings,
        answers.average_precision,
        _more_rankings,
        mistakes=answers.MISTAKES["average_precision"],
        imports=("numpy",),
    ),
    Case(
        "decoded",
        _files,
        conventions.decoded,
        _more_files,
        mistakes=conventions.MISTAKES,
        imports=("numpy",),
    ),
)
check = checker(CHECKS)
