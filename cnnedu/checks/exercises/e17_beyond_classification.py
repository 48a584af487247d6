"""Exercise 17: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels.boxes import box_iou as box_iou
from cnnedu.kernels.overlap import mask_overlap
from cnnedu.kernels.ranking import average_precision as average_precision


def nms(iou, scores, threshold):
    """Return the kept places, the highest score first.

    >>> nms(np.array([[1, 0.6], [0.6, 1]]), np.array([0.8, 0.9]), 0.5)
    [1]
    """
    return _keep(iou, np.argsort(-scores), lambda shared: shared <= threshold)


def _keep(iou, order, fits):
    kept = []
    for n in order:
        if fits(iou[n][kept]).all():
            kept.append(int(n))
    return kept


def class_overlap(y, said, classes):
    """Return IoU and Dice of each class over all pixels together, shape (2, K).

    >>> class_overlap(np.array([0, 0, 1]), np.array([0, 1, 1]), 3).round(2)
    array([[0.5 , 0.5 , 1.  ],
           [0.67, 0.67, 1.  ]])
    """
    return np.array([mask_overlap(y == k, said == k) for k in range(classes)]).T


_RIGHT = [1 / 5, 1 / 3, 1 / 2, 29 / 75, 4, 3, 0.25]

BY_HAND = {"by_hand": _RIGHT}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([9 / 54, *_RIGHT[1:]], "what both boxes share counts once in the union"),
        ([1 / 5, 1 / 4, *_RIGHT[2:]], "what both masks share counts once in the union"),
        ([1 / 5, 1 / 2, 1 / 3, *_RIGHT[3:]], "the IoU comes before Dice; Dice is the larger one"),
        ([1 / 5, 1 / 3, 1 / 4, *_RIGHT[3:]], "Dice has 2 · |A ∩ B| in the numerator"),
        ([*_RIGHT[:3], 29 / 45, *_RIGHT[4:]], "recall counts all five objects, found or not"),
        ([*_RIGHT[:3], 53 / 150, *_RIGHT[4:]], "take the best precision from this recall on"),
        ([*_RIGHT[:4], 3, 4, 0.25], "the row comes first, and it counts downwards: cy / 8"),
        ([*_RIGHT[:4], 3, 2, 0.25], "take the box's centre, not its upper left corner"),
        ([*_RIGHT[:6], 0.5], "the place across is cx / 8 minus the column"),
    ),
}


def _areas(a, b, extra=0.0, least=0.0):
    """Return each pair's shared area and its two areas; `extra` is added to each side."""
    start = np.maximum(a[:, None, :2], b[:, :2])
    end = np.minimum(a[:, None, 2:], b[:, 2:])
    shared = np.maximum(end - start + extra, least).prod(axis=2)
    area_a, area_b = ((boxes[:, 2:] - boxes[:, :2] + extra).prod(axis=1) for boxes in (a, b))
    return shared, area_a[:, None], area_b


def _over(together, **changed):
    """Make a wrong IoU that divides by together(shared, area_a, area_b)."""

    def wrong(a, b):
        shared, area_a, area_b = _areas(a, b, **changed)
        with np.errstate(all="ignore"):
            return shared / together(shared, area_a, area_b)

    return wrong


def _union(shared, area_a, area_b):
    return area_a + area_b - shared


def _read_as_width_and_height(a, b):
    a, b = (np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]]) for boxes in (a, b))
    return _over(_union)(a, b)


def _worst_first(iou, scores, threshold):
    return _keep(iou, np.argsort(scores), lambda shared: shared <= threshold)


def _dropped_at_the_threshold(iou, scores, threshold):
    return _keep(iou, np.argsort(-scores), lambda shared: shared < threshold)


def _dropped_ones_drop_others(iou, scores, threshold):
    order = np.argsort(-scores)
    alike = np.triu(iou[np.ix_(order, order)] > threshold, k=1)
    return order[~alike.any(axis=0)]


def _compared_with_best_alone(iou, scores, threshold):
    order = np.argsort(-scores)
    return order[(iou[order[0]][order] <= threshold) | (order == order[0])]


def _compared_with_last_alone(iou, scores, threshold):
    kept = []
    for n in np.argsort(-scores):
        if not kept or iou[n, kept[-1]] <= threshold:
            kept.append(n)
    return kept


def _places_in_sorted_list(iou, scores, threshold):
    order = np.argsort(-scores).tolist()
    return [order.index(n) for n in nms(iou, scores, threshold)]


def _taken_as_given(iou, scores, threshold):
    return _keep(iou, np.arange(len(scores)), lambda shared: shared <= threshold)


def _counts(y, said, classes):
    """Return for each class the pixels in both, in y, and in said."""
    masks = [(y == k, said == k) for k in range(classes)]
    rows = [((a & b).sum(), a.sum(), b.sum()) for a, b in masks]
    return np.array(rows, float).T


def _overlap_by(iou, dice):
    """Make a wrong overlap from the counts."""

    def wrong(y, said, classes):
        counts = _counts(y, said, classes)
        with np.errstate(all="ignore"):
            both = np.stack([iou(*counts), dice(*counts)])
        both[:, counts[1] + counts[2] == 0] = 1
        return both

    return wrong


def _iou(shared, there, named):
    return shared / (there + named - shared)


def _dice(shared, there, named):
    return 2 * shared / (there + named)


def _mean_of_pictures_shares(y, said, classes):
    pairs = zip(y, said, strict=True)
    return np.mean([class_overlap(a, b, classes) for a, b in pairs], axis=0)


def _absent_class(value):
    def wrong(y, said, classes):
        counts = _counts(y, said, classes)
        both = class_overlap(y, said, classes)
        both[:, counts[1] + counts[2] == 0] = value
        return both

    return wrong


def _changed_precision(order=lambda scores: np.argsort(-scores), best=None, over=None):
    """Make a wrong average precision in which one thing is changed."""

    def wrong(scores, hits, count):
        right = hits[order(scores)]
        if not right.any():
            return None
        precision = np.cumsum(right) / np.arange(1, len(right) + 1)
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        chosen = envelope if best is None else best(precision)
        return chosen[right].sum() / (count if over is None else over(right))

    return wrong


def _trapezoids(scores, hits, count):
    right = hits[np.argsort(-scores)]
    if not right.any():
        return None
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return np.trapezoid(precision, np.cumsum(right) / count)


def _mean_precision(scores, hits, count):
    right = hits[np.argsort(-scores)]
    return np.mean(np.cumsum(right) / np.arange(1, len(right) + 1)) if len(right) else None


MISTAKES = {
    "box_iou": (
        Mistake(
            "Subtract the shared area from the sum of the areas, which counts it twice.",
            _over(lambda shared, a, b: a + b),
        ),
        Mistake(
            "Boxes that lie apart share nothing: a negative width or height must become 0. Two "
            "negative ones would even make a positive area.",
            _over(_union, least=-np.inf),
        ),
        Mistake(
            "Right and bottom lie outside the box: the width is right − left, without + 1.",
            _over(_union, extra=1.0),
        ),
        Mistake(
            "Divide by the area that both cover together, not by that of the first box.",
            _over(lambda s, a, b: a + 0 * b),
        ),
        Mistake(
            "Divide by the area that both cover together, not by that of the smaller box.",
            _over(lambda s, a, b: np.minimum(a, b)),
        ),
        Mistake(
            "The last two numbers are right and bottom, not width and height.",
            _read_as_width_and_height,
        ),
        Mistake("That is the shared area alone: divide it by the union.", _over(lambda s, a, b: 1)),
    ),
    "nms": (
        Mistake("You begin with the lowest score: sort by −scores.", _worst_first),
        Mistake("Take the boxes by falling score, not in the given order.", _taken_as_given),
        Mistake(
            "A dropped box drops no others: compare with the *kept* ones.",
            _dropped_ones_drop_others,
        ),
        Mistake(
            "Compare with all kept boxes, not with the best one alone.", _compared_with_best_alone
        ),
        Mistake(
            "Compare with all kept boxes, not with the last one alone.", _compared_with_last_alone
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
            "Drop a box *above* the threshold; at the threshold it stays.",
            _dropped_at_the_threshold,
        ),
    ),
    "class_overlap": (
        Mistake(
            "IoU and Dice are swapped: IoU is the first row.",
            lambda y, said, classes: class_overlap(y, said, classes)[::-1],
        ),
        Mistake("Dice: the factor 2 is missing.", _overlap_by(_iou, lambda s, t, n: s / (t + n))),
        Mistake(
            "IoU: your denominator counts what both share twice.",
            _overlap_by(lambda s, t, n: s / (t + n), _dice),
        ),
        Mistake(
            "Count over all pictures first, then divide; yours is the mean of each picture's "
            "share.",
            _mean_of_pictures_shares,
        ),
        Mistake(
            "You divide by the pixels of the right class: that is recall. Pixels wrongly said to "
            "be of this class must count, too.",
            _overlap_by(lambda s, t, n: s / t, lambda s, t, n: s / t),
        ),
        Mistake(
            "A class that is neither there nor said gets 1: 0 / 0 is nan.", _absent_class(np.nan)
        ),
        Mistake("A class that is neither there nor said gets 1, not 0.", _absent_class(0)),
    ),
    "average_precision": (
        Mistake(
            "Sort by falling score first.",
            _changed_precision(order=lambda scores: np.arange(len(scores))),
        ),
        Mistake(
            "You begin with the lowest score: sort by −scores.",
            _changed_precision(order=np.argsort),
        ),
        Mistake(
            "Divide by `count`, the number of true objects: those never found count, too.",
            _changed_precision(over=lambda right: right.sum()),
        ),
        Mistake(
            "Take the best precision *from here on*, not the precision here, so that it can only "
            "fall.",
            _changed_precision(best=lambda precision: precision),
        ),
        Mistake(
            "The best precision from here *on*: yours is the best so far.",
            _changed_precision(best=np.maximum.accumulate),
        ),
        Mistake("That is the area by trapezoids; the curve is a staircase.", _trapezoids),
        Mistake("Take the precision at the hits only, and divide by `count`.", _mean_precision),
    ),
}
