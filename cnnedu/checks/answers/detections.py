"""Exercise 17, boxes: a reference, and what goes wrong in IoU and non-maximum suppression."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels.boxes import box_iou

TIES_LOST = (
    'Of equal scores, the earlier comes first: `np.argsort` promises that with `kind="stable"` '
    "only, and `[::-1]` turns it round."
)
# Orders by falling score that leave equal scores in another order.
OTHER_ORDERS = (
    lambda scores: np.argsort(-scores),
    lambda scores: np.argsort(scores)[::-1],
    lambda scores: np.argsort(scores, kind="stable")[::-1],
)
LOWEST_FIRST = "You begin with the lowest score: sort by −scores."
RISING = (
    np.argsort,
    lambda scores: np.argsort(scores, kind="stable"),
    lambda scores: falling(scores)[::-1],
)


def falling(scores):
    """Return the places by falling score; of equal scores, the earlier comes first."""
    return np.argsort(-scores, kind="stable")


def nms(iou, scores, threshold):
    """Return the kept places, the highest score first.

    >>> nms(np.array([[1, 0.6], [0.6, 1]]), np.array([0.8, 0.9]), 0.5)
    [1]
    """
    return _keep(iou, falling(scores), lambda shared: (shared <= threshold).all())


def _keep(iou, order, fits):
    kept = []
    for n in order:
        if fits(iou[n][kept]):
            kept.append(int(n))
    return kept


def _inside(start, end):
    return np.maximum(end - start, 0)


def _union(shared, area_a, area_b):
    return area_a + area_b - shared


def _iou(together=_union, side=_inside, read=lambda boxes: boxes):
    """Make a wrong IoU in which one thing is changed.

    Args:
        together: takes the shared area and those of both boxes, returns what to divide by.
        side: takes the edges of the shared box, returns its width and height.
        read: takes boxes as given, returns them as they were read.
    """

    def wrong(a, b):
        a, b = read(a), read(b)
        start, end = np.maximum(a[:, None, :2], b[:, :2]), np.minimum(a[:, None, 2:], b[:, 2:])
        shared = side(start, end).prod(axis=2)
        area_a, area_b = ((boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (a, b))
        with np.errstate(all="ignore"):
            return shared / together(shared, area_a[:, None], area_b)

    return wrong


def _last_pixel_inside(a, b):
    return box_iou(a + np.array([0, 0, 1, 1]), b + np.array([0, 0, 1, 1]))


def _box_around_both(a, b):
    start, end = np.minimum(a[:, None, :2], b[:, :2]), np.maximum(a[:, None, 2:], b[:, 2:])
    return (end - start).prod(axis=2)


def _shared_is_box_around_both(a, b):
    around = _box_around_both(a, b)
    area_a, area_b = ((boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (a, b))
    with np.errstate(all="ignore"):
        return around / (area_a[:, None] + area_b - around)


def _over_box_around_both(a, b):
    return _iou(lambda shared, area_a, area_b: 1)(a, b) / _box_around_both(a, b)


APART = (
    "Boxes that lie apart share nothing: a negative width or height must become 0. Two negative "
    "ones would even make a positive area."
)
IOU_MISTAKES = (
    Mistake(
        "Subtract the shared area from the sum of the areas, which counts it twice.",
        _iou(lambda shared, a, b: a + b),
    ),
    Mistake(
        "Subtract the shared area once: it belongs to the union.",
        _iou(lambda shared, a, b: a + b - 2 * shared),
    ),
    Mistake("That is Dice: divide by the union, without the factor 2.", lambda a, b: _dice(a, b)),
    Mistake(APART, _iou(side=lambda start, end: end - start)),
    Mistake(APART, _iou(side=lambda start, end: abs(end - start))),
    Mistake(
        APART,
        _iou(side=lambda start, end: np.maximum((end - start).prod(2, keepdims=True), 0)),
    ),
    Mistake(
        "Right and bottom lie outside the box: the width is right − left, without + 1.",
        _last_pixel_inside,
    ),
    Mistake(
        "Boxes may hold fractions: don't cut them to whole numbers.",
        _iou(read=np.trunc),
    ),
    Mistake(
        "Boxes may reach beyond the picture: leave negative numbers as they are.",
        _iou(read=lambda boxes: np.maximum(boxes, 0)),
    ),
    Mistake(
        "Divide by the area that both cover together, not by that of the first box.",
        _iou(lambda shared, a, b: a + 0 * b),
    ),
    Mistake(
        "Divide by the area that both cover together, not by that of the second box.",
        _iou(lambda shared, a, b: b + 0 * a),
    ),
    Mistake(
        "Divide by the area that both cover together, not by that of the smaller box.",
        _iou(lambda shared, a, b: np.minimum(a, b)),
    ),
    Mistake(
        "Divide by the area that both cover together, not by that of the larger box.",
        _iou(lambda shared, a, b: np.maximum(a, b)),
    ),
    Mistake(
        "The union isn't the box around both, which covers more: it is |A| + |B| − |A ∩ B|.",
        _over_box_around_both,
    ),
    Mistake(
        "The shared box begins at the *larger* left and top and ends at the *smaller* right and "
        "bottom; yours is the box around both.",
        _shared_is_box_around_both,
    ),
    Mistake(
        "The last two numbers are right and bottom, not width and height.",
        _iou(read=lambda boxes: np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])),
    ),
    Mistake(
        "A box is (left, top, right, bottom), not (left, right, top, bottom).",
        _iou(read=lambda boxes: boxes[:, [0, 2, 1, 3]]),
    ),
    Mistake("That is the shared area alone: divide it by the union.", _iou(lambda shared, a, b: 1)),
    Mistake(
        "The rows are the boxes of `a` and the columns those of `b`; yours are turned round.",
        lambda a, b: box_iou(b, a),
    ),
)


def _dice(a, b):
    iou = box_iou(a, b)
    return 2 * iou / (1 + iou)


def _by(order):
    """Make a wrong suppression that takes the boxes in another order."""
    return lambda iou, scores, threshold: _keep(
        iou, order(scores), lambda shared: (shared <= threshold).all()
    )


def _if(fits):
    """Make a wrong suppression that keeps a box if `fits(its IoUs with those kept, threshold)`."""
    return lambda iou, scores, threshold: _keep(
        iou, falling(scores), lambda shared: len(shared) == 0 or fits(shared, threshold)
    )


def _dropped_ones_drop_others(iou, scores, threshold):
    order = falling(scores)
    alike = np.triu(iou[np.ix_(order, order)] > threshold, k=1)
    return order[~alike.any(axis=0)]


def _places_in_sorted_list(iou, scores, threshold):
    order = falling(scores).tolist()
    return [order.index(n) for n in nms(iou, scores, threshold)]


def _sorted_scores_unsorted_ious(iou, scores, threshold):
    """Sort the scores, but look up the IoUs at the places in the sorted list."""
    order = falling(scores)
    return order[_keep(iou, range(len(order)), lambda shared: (shared <= threshold).all())]


NMS_MISTAKES = (
    *(Mistake(LOWEST_FIRST, _by(order)) for order in RISING),
    Mistake(
        "Take the boxes by falling score, not in the given order.", _by(lambda s: range(len(s)))
    ),
    *(Mistake(TIES_LOST, _by(order)) for order in OTHER_ORDERS),
    Mistake(
        "A dropped box drops no others: compare with the *kept* ones.", _dropped_ones_drop_others
    ),
    Mistake(
        "Compare with all kept boxes, not with the best one alone.",
        _if(lambda shared, threshold: shared[0] <= threshold),
    ),
    Mistake(
        "Compare with all kept boxes, not with the last one alone.",
        _if(lambda shared, threshold: shared[-1] <= threshold),
    ),
    Mistake(
        "A box is kept if its IoU with *each* kept box is small; with one of them isn't enough.",
        _if(lambda shared, threshold: (shared <= threshold).any()),
    ),
    Mistake(
        "Drop a box *above* the threshold; at the threshold it stays.",
        _if(lambda shared, threshold: (shared < threshold).all()),
    ),
    Mistake(
        "It is the other way round: a box that overlaps a kept one more than `threshold` is "
        "dropped.",
        _if(lambda shared, threshold: (shared > threshold).all()),
    ),
    Mistake(
        "No box is kept: the IoU of each box with itself is 1, so compare it with the others only.",
        lambda iou, scores, threshold: np.zeros(0),
    ),
    Mistake(
        "No box is dropped: compare each with those kept so far.",
        lambda iou, scores, threshold: falling(scores),
    ),
    Mistake(
        "Return the places of the boxes that are kept, not of those that are dropped.",
        lambda iou, scores, threshold: [
            n for n in falling(scores) if n not in nms(iou, scores, threshold)
        ],
    ),
    Mistake(
        "Return the highest score first.",
        lambda iou, scores, threshold: np.sort(nms(iou, scores, threshold)),
    ),
    Mistake(
        "Those are places in the sorted list: return places in the given list.",
        _places_in_sorted_list,
    ),
    Mistake(
        "You sorted the scores, but not the IoUs: `iou[n]` belongs to the box at place n of the "
        "given list.",
        _sorted_scores_unsorted_ious,
    ),
    Mistake(
        "Return places, not True and False.",
        lambda iou, scores, threshold: np.isin(np.arange(len(scores)), nms(iou, scores, threshold)),
    ),
    Mistake(
        "Return the places of the kept boxes, not their scores.",
        lambda iou, scores, threshold: scores[nms(iou, scores, threshold)],
    ),
)
