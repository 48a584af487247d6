"""Well-known wrong answers of exercise 17, and its references."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels.boxes import box_iou
from cnnedu.kernels.overlap import mask_overlap
from cnnedu.kernels.ranking import average_precision


def numbers_by_hand():
    """Return the seven numbers of part 1.

    >>> [round(number, 3) for number in numbers_by_hand()]
    [0.2, 0.333, 0.5, 0.387, 4, 3, 0.25]
    """
    shared = box_iou([[1, 2, 7, 6]], [[4, 3, 10, 8]])[0, 0]
    a, b = np.arange(12) < 10, np.arange(12) >= 6  # 10 and 6 pixels, 4 of them in both
    iou, dice = mask_overlap(a, b)
    precision = average_precision([5, 4, 3, 2, 1], [False, True, True, False, True], 5)
    return [float(shared), iou, dice, precision, 4, 3, 0.25]


def _parts(a, b, extra=0.0, least=0.0):
    """Return what each pair shares, and the two areas; `extra` is added to each side."""
    start = np.maximum(a[:, None, :2], b[:, :2])
    end = np.minimum(a[:, None, 2:], b[:, 2:])
    shared = np.maximum(end - start + extra, least).prod(axis=2)
    area_a, area_b = ((boxes[:, 2:] - boxes[:, :2] + extra).prod(axis=1) for boxes in (a, b))
    return shared, area_a[:, None], area_b


def _over(together, **changed):
    """Return a wrong IoU that divides by together(shared, area_a, area_b)."""

    def wrong(a, b):
        shared, area_a, area_b = _parts(a, b, **changed)
        with np.errstate(all="ignore"):
            return shared / together(shared, area_a, area_b)

    return wrong


def _union(shared, area_a, area_b):
    return area_a + area_b - shared


def _width_and_height(a, b):
    a, b = (np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]]) for boxes in (a, b))
    return _over(_union)(a, b)


def suppressed(iou, scores, threshold):
    """Return the kept places, the highest score first.

    >>> suppressed(np.array([[1, 0.6], [0.6, 1]]), np.array([0.8, 0.9]), 0.5)
    [1]
    """
    return _keep(iou, np.argsort(-scores), lambda shared: shared <= threshold)


def _keep(iou, order, fits):
    kept = []
    for n in order:
        if fits(iou[n][kept]).all():
            kept.append(int(n))
    return kept


def _worst_first(iou, scores, threshold):
    return _keep(iou, np.argsort(scores), lambda shared: shared <= threshold)


def _at_the_threshold_too(iou, scores, threshold):
    return _keep(iou, np.argsort(-scores), lambda shared: shared < threshold)


def _by_dropped_ones_too(iou, scores, threshold):
    order = np.argsort(-scores)
    alike = np.triu(iou[np.ix_(order, order)] > threshold, k=1)
    return order[~alike.any(axis=0)]


def _by_the_best_alone(iou, scores, threshold):
    order = np.argsort(-scores)
    return order[(iou[order[0]][order] <= threshold) | (order == order[0])]


def _by_the_last_alone(iou, scores, threshold):
    kept = []
    for n in np.argsort(-scores):
        if not kept or iou[n, kept[-1]] <= threshold:
            kept.append(n)
    return kept


def _in_the_order_given(iou, scores, threshold):
    return np.sort(suppressed(iou, scores, threshold))


def _places_in_the_order(iou, scores, threshold):
    order = np.argsort(-scores).tolist()
    return [order.index(n) for n in suppressed(iou, scores, threshold)]


def _without_scores(iou, scores, threshold):
    return _keep(iou, np.arange(len(scores)), lambda shared: shared <= threshold)


def class_overlap(y, said, classes):
    """Return IoU and Dice of each class over all pixels together, shape (2, K).

    >>> class_overlap(np.array([0, 0, 1]), np.array([0, 1, 1]), 3).round(2)
    array([[0.5 , 0.5 , 1.  ],
           [0.67, 0.67, 1.  ]])
    """
    return np.array([mask_overlap(y == k, said == k) for k in range(classes)]).T


def _counts(y, said, classes):
    """Return for each class the pixels in both, in y, and in said."""
    masks = [(y == k, said == k) for k in range(classes)]
    rows = [((a & b).sum(), a.sum(), b.sum()) for a, b in masks]
    return np.array(rows, float).T


def _overlap_by(iou, dice):
    """Return a wrong overlap made of the counts."""

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


def _mean_of_pictures(y, said, classes):
    pairs = zip(y, said, strict=True)
    return np.mean([class_overlap(a, b, classes) for a, b in pairs], axis=0)


def _absent(value):
    def wrong(y, said, classes):
        counts = _counts(y, said, classes)
        both = class_overlap(y, said, classes)
        both[:, counts[1] + counts[2] == 0] = value
        return both

    return wrong


def _ap(order=lambda scores: np.argsort(-scores), best=None, over=None):
    """Return a wrong average precision in which one thing is changed."""

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


BY_HAND = [
    ([9 / 54, 1 / 3, 0.5, 29 / 75, 4, 3, 0.25], "what both boxes share counts once in the union"),
    ([0.2, 0.25, 0.5, 29 / 75, 4, 3, 0.25], "what both masks share counts once in the union"),
    ([0.2, 0.5, 1 / 3, 29 / 75, 4, 3, 0.25], "the IoU comes before Dice; Dice is the larger one"),
    ([0.2, 1 / 3, 0.25, 29 / 75, 4, 3, 0.25], "Dice has 2 · |A ∩ B| above the line"),
    ([0.2, 1 / 3, 0.5, 29 / 45, 4, 3, 0.25], "recall counts all five objects, found or not"),
    ([0.2, 1 / 3, 0.5, 53 / 150, 4, 3, 0.25], "take the best precision from this recall on"),
    ([0.2, 1 / 3, 0.5, 29 / 75, 3, 4, 0.25], "the row comes first, and the row is down: cy / 8"),
    ([0.2, 1 / 3, 0.5, 29 / 75, 3, 2, 0.25], "take the box's centre, not its upper left corner"),
    ([0.2, 1 / 3, 0.5, 29 / 75, 4, 3, 0.5], "the place across is cx / 8 less the column"),
]  # fmt: skip

BOX_IOU = (
    Mistake(
        "Subtract what both share from the sum of the areas: it is counted twice there.",
        _over(lambda shared, a, b: a + b),
    ),
    Mistake(
        "Boxes apart share nothing: a negative width or height must become 0. Two negative ones "
        "even make a positive area.",
        _over(_union, least=-np.inf),
    ),
    Mistake(
        "Right and bottom lie outside the box: the width is right − left, without + 1.",
        _over(_union, extra=1.0),
    ),
    Mistake(
        "Divide by what both cover together, not by the first box.",
        _over(lambda s, a, b: a + 0 * b),
    ),
    Mistake(
        "Divide by what both cover together, not by the smaller box.",
        _over(lambda s, a, b: np.minimum(a, b)),
    ),
    Mistake("The last two numbers are right and bottom, not width and height.", _width_and_height),
    Mistake("That is the shared area alone: divide it by the union.", _over(lambda s, a, b: 1)),
)

SUPPRESSION = (
    Mistake("You begin with the lowest score: sort by −scores.", _worst_first),
    Mistake("Boxes must be taken by falling score, not in the order given.", _without_scores),
    Mistake(
        "A box that was dropped drops no others: compare with the *kept* ones.",
        _by_dropped_ones_too,
    ),
    Mistake("Compare with all kept boxes, not with the best one alone.", _by_the_best_alone),
    Mistake("Compare with all kept boxes, not with the last one alone.", _by_the_last_alone),
    Mistake("Return the highest score first.", _in_the_order_given),
    Mistake(
        "Those are places in the sorted list: return places in the list that was given.",
        _places_in_the_order,
    ),
    Mistake(
        "A box is dropped *above* the threshold; at the threshold it stays.", _at_the_threshold_too
    ),
)

OVERLAP = (
    Mistake(
        "IoU and Dice are exchanged: IoU is the first row.",
        lambda y, said, classes: class_overlap(y, said, classes)[::-1],
    ),
    Mistake("Dice: the factor 2 is missing.", _overlap_by(_iou, lambda s, t, n: s / (t + n))),
    Mistake(
        "IoU: what both share is counted twice below the line.",
        _overlap_by(lambda s, t, n: s / (t + n), _dice),
    ),
    Mistake(
        "Count over all pictures first, then divide; yours is the mean of the pictures' shares.",
        _mean_of_pictures,
    ),
    Mistake(
        "You divide by the pixels of the right class: that is recall. What was said wrongly must "
        "count, too.",
        _overlap_by(lambda s, t, n: s / t, lambda s, t, n: s / t),
    ),
    Mistake("A class that is neither there nor said gets 1: 0 / 0 is nan.", _absent(np.nan)),
    Mistake("A class that is neither there nor said gets 1, not 0.", _absent(0)),
)

PRECISION = (
    Mistake("Sort by falling score first.", _ap(order=lambda scores: np.arange(len(scores)))),
    Mistake("You begin with the lowest score: sort by −scores.", _ap(order=np.argsort)),
    Mistake(
        "Divide by `count`, the number of true objects: those never found count, too.",
        _ap(over=lambda right: right.sum()),
    ),
    Mistake(
        "Precision is to be made to fall only: the best precision *from here on*, not here.",
        _ap(best=lambda precision: precision),
    ),
    Mistake(
        "The best precision from here *on*: yours is the best so far.",
        _ap(best=np.maximum.accumulate),
    ),
    Mistake("That is the area by trapezoids; the curve is a staircase.", _trapezoids),
    Mistake("Take the precision at the hits only, and divide by `count`.", _mean_precision),
)
