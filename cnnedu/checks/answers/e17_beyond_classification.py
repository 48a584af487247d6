"""Exercise 17: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.answers import detections
from cnnedu.checks.answers.detections import falling
from cnnedu.checks.answers.detections import nms as nms
from cnnedu.checks.case import Mistake
from cnnedu.kernels.boxes import box_iou as box_iou
from cnnedu.kernels.overlap import mask_overlap
from cnnedu.kernels.ranking import average_precision as average_precision
from cnnedu.kernels.ranking import precision_recall_curve


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
        ([16 / 61, *_RIGHT[1:]], "right and bottom lie outside: a width is right − left"),
        ([9 / 24, *_RIGHT[1:]], "divide by the union of the boxes, not by the smaller one"),
        ([1 / 5, 1 / 4, *_RIGHT[2:]], "what both masks share counts once in the union"),
        ([1 / 5, 1 / 2, 1 / 3, *_RIGHT[3:]], "the IoU comes before Dice; Dice is the larger one"),
        ([1 / 5, 1 / 3, 1 / 4, *_RIGHT[3:]], "Dice has 2 · |A ∩ B| in the numerator"),
        ([*_RIGHT[:3], 29 / 45, *_RIGHT[4:]], "recall counts all five objects, found or not"),
        ([*_RIGHT[:3], 53 / 150, *_RIGHT[4:]], "take the best precision from this recall on"),
        ([*_RIGHT[:4], 3, 4, 0.25], "the row comes first, and it counts downwards: cy / 8"),
        ([*_RIGHT[:4], 5, 4, 0.25], "rows and columns are counted from 0"),
        ([*_RIGHT[:4], 3, 2, 0.25], "take the box's centre, not its upper left corner"),
        ([*_RIGHT[:6], 0.5], "the place across is cx / 8 minus the column"),
        ([*_RIGHT[:6], 2], "the place across is a share of the cell, not a number of pixels"),
    ),
}


def _counts(y, said, classes):
    """Return for each class the pixels in both, in y, and in said."""
    masks = [(y == k, said == k) for k in range(classes)]
    rows = [((a & b).sum(), a.sum(), b.sum()) for a, b in masks]
    return np.array(rows, float).T


def _iou(shared, there, named):
    return shared / (there + named - shared)


def _dice(shared, there, named):
    return 2 * shared / (there + named)


def _by_counts(iou=_iou, dice=_dice, absent=1):
    """Make a wrong overlap from the counts; a class neither there nor said gets `absent`."""

    def wrong(y, said, classes):
        counts = _counts(y, said, classes)
        with np.errstate(all="ignore"):
            both = np.stack([iou(*counts), dice(*counts)])
        both[:, counts[1] + counts[2] == 0] = absent
        return both

    return wrong


def _mean_of_pictures_shares(y, said, classes):
    pairs = zip(y, said, strict=True)
    return np.mean([class_overlap(a, b, classes) for a, b in pairs], axis=0)


def _pairs_in_bytes(y, said, classes):
    if y.dtype != np.uint8:
        return None
    pairs = (y * np.uint8(classes) + said).ravel()
    table = np.bincount(pairs, minlength=classes**2)[: classes**2].reshape(classes, classes)
    there, named = table.sum(axis=1), table.sum(axis=0)
    with np.errstate(all="ignore"):
        both = np.stack([share(np.diag(table), there, named) for share in (_iou, _dice)])
    both[:, there + named == 0] = 1
    return both


def _said_only(y, said, classes):
    """Give 1 to a class that isn't there, although it is said."""
    both = class_overlap(y, said, classes)
    both[:, [not (y == k).any() for k in range(classes)]] = 1
    return both


def _up_to_largest(y, said, classes):
    return class_overlap(y, said, max(y.max(), said.max()) + 1)


def _classes_found(y, said, classes):
    return class_overlap(y, said, classes)[:, np.union1d(y, said)]


def _by_curve(order=falling, area=None):
    """Make a wrong average precision from the hits in another order, or by another area."""

    def wrong(scores, hits, count):
        if not hits.any():
            return None
        right = hits[order(scores)]
        if area is None:
            return average_precision(-np.arange(len(right)), right, count)
        return area(right, *precision_recall_curve(-np.arange(len(right)), right, count))

    return wrong


def _best_from_here(precision):
    return np.maximum.accumulate(precision[::-1])[::-1]


def _at_recalls(recalls):
    """Make an area that is the mean of the best precisions from these recalls on."""

    def area(right, precision, recall):
        return np.mean([max(precision[recall >= r], default=0) for r in recalls])

    return area


def _extended(right, precision, recall):
    """Go on with the last precision from the last recall up to 1."""
    best = _best_from_here(precision)
    return np.sum(np.diff(recall, prepend=0) * best) + (1 - recall[-1]) * best[-1]


def _sorted_as_pairs(scores, hits, count):
    """Let hits come first among equal scores."""
    order = np.lexsort((~hits, -scores))
    return average_precision(scores[order], hits[order], count)


def _equal_scores_at_once(scores, hits, count):
    precision, recall = precision_recall_curve(scores, hits, count)
    last = np.flatnonzero(np.diff(np.sort(scores)[::-1], append=-np.inf))
    return np.sum(np.diff(recall[last], prepend=0) * _best_from_here(precision[last]))


def _hits_sorted(scores, hits, count):
    return average_precision(-np.arange(len(hits)), np.sort(hits)[::-1], count)


def _shares(divisor):
    """Return (share, value of an absent class): ways to divide by one of the three counts.

    They differ in what a class gets for which the divisor is 0.
    """

    def share(empty):
        return lambda *counts: np.where(counts[divisor], counts[0] / counts[divisor], empty)

    return [(share(empty), absent) for empty in (np.nan, 0, 1) for absent in {empty, 1}]


RECALL = (
    "You divide by the pixels of the right class: that is recall. Pixels wrongly said to be of "
    "this class must count, too."
)
PRECISION = (
    "You divide by the pixels said to be of this class: that is precision. Pixels of the class "
    "that are called something else must count, too."
)
MISSING = "A class that is neither there nor said has its column, too."

MISTAKES = {
    "box_iou": detections.IOU_MISTAKES,
    "nms": detections.NMS_MISTAKES,
    "class_overlap": (
        Mistake(
            "IoU and Dice are swapped: IoU is the first row.",
            lambda y, said, classes: class_overlap(y, said, classes)[::-1],
        ),
        Mistake(
            "There should be two rows, one column for each class; yours are turned round.",
            lambda y, said, classes: class_overlap(y, said, classes).T,
        ),
        Mistake("Dice: the factor 2 is missing.", _by_counts(dice=lambda s, t, n: s / (t + n))),
        Mistake(
            "Dice isn't twice the IoU: divide by |A| + |B|, not by the union.",
            _by_counts(dice=lambda s, t, n: 2 * s / (t + n - s)),
        ),
        Mistake(
            "IoU: your denominator counts what both share twice.",
            _by_counts(iou=lambda s, t, n: s / (t + n)),
        ),
        Mistake(
            "IoU: your denominator leaves out what both share, as `^` does; the union is `|`.",
            _by_counts(iou=lambda s, t, n: s / (t + n - 2 * s)),
        ),
        Mistake(
            "Count over all pictures first, then divide; yours is the mean of each picture's "
            "share.",
            _mean_of_pictures_shares,
        ),
        *(Mistake(RECALL, _by_counts(*2 * [share], absent)) for share, absent in _shares(1)),
        *(Mistake(PRECISION, _by_counts(*2 * [share], absent)) for share, absent in _shares(2)),
        Mistake(
            "A class that is neither there nor said gets 1: 0 / 0 is nan.",
            _by_counts(absent=np.nan),
        ),
        Mistake("A class that is neither there nor said gets 1, not 0.", _by_counts(absent=0)),
        Mistake(
            "A class that is said but isn't there gets 0; only one that is neither gets 1.",
            _said_only,
        ),
        Mistake(
            "Nothing is added above and below the line: the 1 there changes every share.",
            _by_counts(
                lambda s, t, n: (s + 1) / (t + n - s + 1), lambda s, t, n: (2 * s + 1) / (t + n + 1)
            ),
        ),
        Mistake(
            "`y * classes + said` is too large for a uint8, which holds no number above 255: make "
            "`y` an array of int first.",
            _pairs_in_bytes,
        ),
        Mistake(MISSING, _up_to_largest),
        Mistake(MISSING, _classes_found),
    ),
    "average_precision": (
        Mistake("Sort by falling score first.", _by_curve(lambda scores: np.arange(len(scores)))),
        *(Mistake(detections.LOWEST_FIRST, _by_curve(order)) for order in detections.RISING),
        *(Mistake(detections.TIES_LOST, _by_curve(o)) for o in detections.OTHER_ORDERS),
        Mistake(
            "Sort by the score alone: pairs of score and hit are sorted by the hit, too.",
            _sorted_as_pairs,
        ),
        Mistake(
            "Of equal scores, the earlier comes first; you take them all at once, or misses first.",
            _equal_scores_at_once,
        ),
        Mistake("Sort the scores, and take the hits in *their* order.", _hits_sorted),
        Mistake(
            "Divide by `count`, the number of true objects: those never found count, too.",
            _by_curve(area=lambda right, p, r: _best_from_here(p)[right].mean()),
        ),
        Mistake(
            "Divide by `count`, the number of true objects, not by that of the detections.",
            _by_curve(area=lambda right, p, r: _best_from_here(p)[right].sum() / len(right)),
        ),
        Mistake(
            "Take the best precision *from here on*, not the precision here, so that it can only "
            "fall.",
            _by_curve(area=lambda right, p, r: p[right].sum() * r[-1] / right.sum()),
        ),
        Mistake(
            "The best precision from here *on*: yours is the best so far.",
            _by_curve(
                area=lambda right, p, r: np.maximum.accumulate(p)[right].sum() * r[-1] / right.sum()
            ),
        ),
        Mistake(
            "The best precision *from here on*: yours is the best of all.",
            _by_curve(area=lambda right, p, r: p.max() * r[-1]),
        ),
        Mistake(
            "That is the area by trapezoids; the curve is a staircase.",
            _by_curve(area=lambda right, p, r: np.trapezoid(p, r)),
        ),
        Mistake(
            "Take the precision at the hits only, and divide by `count`.",
            _by_curve(area=lambda right, p, r: p.mean()),
        ),
        Mistake(
            "Add up at the hits only: a miss raises the recall by nothing.",
            _by_curve(area=lambda right, p, r: _best_from_here(p).sum() * r[-1] / right.sum()),
        ),
        Mistake(
            "Beyond the last recall reached nothing was found: the precision there is 0.",
            _by_curve(area=_extended),
        ),
        Mistake(
            "That is the mean at eleven recalls; take the whole area under the staircase.",
            _by_curve(area=_at_recalls(np.arange(11) / 10)),
        ),
    ),
}
