"""How good a ranking is: average precision for detections, ROC for distances."""

from typing import NamedTuple

import numpy as np

from cnnedu.kernels.boxes import box_iou


class Found(NamedTuple):
    """What a detector found in one picture."""

    boxes: np.ndarray  # (N, 4): left, top, right, bottom, in pixels
    scores: np.ndarray  # (N,), higher is surer
    y: np.ndarray  # (N,), classes


def matched(boxes, scores, truth, threshold=0.5):
    """Return which boxes are hits: each true box counts once, for the surest box that matches it.

    From the highest score down, each box is paired with the free true box that it overlaps most.
    It is a hit, and takes that true box, if their IoU is at least `threshold`.

    Args:
        boxes: (N, 4), in pixels, all of the same class and picture.
        scores: (N,).
        truth: (M, 4).
        threshold: from 0 to 1.

    Returns:
        bool (N,), in the order of `boxes`.

    Source
        Lin et al., "Microsoft COCO: common objects in context" (2014), its evaluation code.

    >>> matched([[0, 0, 4, 4], [0, 0, 4, 3]], [0.6, 0.9], [[0, 0, 4, 4]])  # both match, one counts
    array([False,  True])
    """
    shared = box_iou(boxes, truth)
    hits = np.zeros(len(shared), bool)
    if shared.shape[1] == 0:
        return hits
    for number in np.argsort(-np.asarray(scores), kind="stable"):
        best = shared[number].argmax()
        if shared[number, best] >= threshold:
            hits[number] = True
            shared[:, best] = -1  # taken
    return hits


def precision_recall_curve(scores, hits, count):
    """Return the precision and recall of the n surest detections, for n = 1, 2, …

    Equation
        precision[n] = H[n] / n;  recall[n] = H[n] / count;  H[n]: hits among the n surest

    Args:
        scores: (N,).
        hits: bool (N,).
        count: number of true objects, at least 1.

    Returns:
        (precision, recall), float64 (N,) each.

    >>> precision, recall = precision_recall_curve([0.9, 0.8, 0.7], [True, False, True], 2)
    >>> precision.round(2), recall
    (array([1.  , 0.5 , 0.67]), array([0.5, 0.5, 1. ]))
    """
    if count < 1:
        raise ValueError(f"precision_recall_curve: count must be at least 1, but is {count}")
    right = np.cumsum(np.asarray(hits)[np.argsort(-np.asarray(scores), kind="stable")])
    return right / np.arange(1, len(right) + 1), right / count


def average_precision(scores, hits, count):
    """Return the area under the precision-recall curve, with precision made to fall only.

    Equation
        AP = Σ_n (recall[n] − recall[n − 1]) · max_{m ≥ n} precision[m]

    Args:
        scores, hits, count: as for `precision_recall_curve`.

    Returns:
        Float from 0 to 1.

    Source
        PASCAL VOC since 2010. COCO samples the same curve at 101 recalls.

    >>> average_precision([0.9, 0.8, 0.7], [True, False, True], 2)  # 0.5 · 1 + 0.5 · 2/3
    0.8333333333333333
    """
    precision, recall = precision_recall_curve(scores, hits, count)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(recall, prepend=0) * envelope))


def class_average_precision(found, boxes, y, classes, threshold=0.5):
    """Return the average precision of each class over several pictures.

    Args:
        found: one `Found` per picture.
        boxes: the true boxes of each picture, (objects, 4).
        y: their classes, (objects,).
        classes: number of classes K.
        threshold: the lowest IoU at which a box matches.

    Returns:
        float64 (K,); nan for a class without objects. Their mean, `np.nanmean`, is
        the **mean average precision**, mAP.

    Raises:
        ValueError: the three lists don't have one entry per picture.
    """
    if not len(found) == len(boxes) == len(y):
        raise ValueError(
            f"class_average_precision: found, boxes and y must have one entry for each picture, "
            f"but have {len(found)}, {len(boxes)} and {len(y)}"
        )
    result = np.full(classes, np.nan)
    for k in range(classes):
        count = sum(int(np.sum(labels == k)) for labels in y)
        scores, hits = [np.zeros(0)], [np.zeros(0, bool)]
        for one, truth, labels in zip(found, boxes, y, strict=True):
            some = one.y == k
            scores.append(one.scores[some])
            hits.append(matched(one.boxes[some], one.scores[some], truth[labels == k], threshold))
        if count:
            result[k] = average_precision(np.concatenate(scores), np.concatenate(hits), count)
    return result


def roc(distances, same):
    """Return the false and true accept rates for every threshold on a distance.

    Equation
        accept where distance ≤ threshold
        false accept rate = #(accepted, different) / #different
        true accept rate = #(accepted, same) / #same

    Args:
        distances: (N,), one for each pair.
        same: bool (N,); both kinds must occur.

    Returns:
        (false accept rate, true accept rate, threshold), float64 each, starting at (0, 0, −∞).

    Raises:
        ValueError: one kind of pair is missing.

    >>> false, true, _ = roc([0.1, 0.2, 0.3, 0.4], np.array([True, False, True, False]))
    >>> false, true
    (array([0. , 0. , 0.5, 0.5, 1. ]), array([0. , 0.5, 0.5, 1. , 1. ]))
    """
    distances, same = np.asarray(distances, float), np.asarray(same, bool)
    if same.all() or not same.any():
        raise ValueError("roc: there must be pairs of both kinds, same and different")
    order = np.argsort(distances, kind="stable")
    distances, same = distances[order], same[order]
    last = np.append(np.flatnonzero(np.diff(distances)), len(same) - 1)  # of equal distances
    true, false = (np.cumsum(kind)[last] / kind.sum() for kind in (same, ~same))
    return np.append(0, false), np.append(0, true), np.append(-np.inf, distances[last])


def equal_error_rate(false, true):
    """Return the error rate at which false accepts and false rejects are equal.

    Args:
        false, true: from `roc`; between its points the curve is taken to be straight.

    Returns:
        Float from 0 (perfect) to 1; guessing gives 0.5.

    Source
        Common in biometrics; for the task, see Huang et al., "Labeled faces in the wild" (2007).

    >>> equal_error_rate(*roc([0.1, 0.2, 0.3, 0.4], np.array([True, False, True, False]))[:2])
    0.5
    """
    gap = false - (1 - true)  # rises from −1 to 1
    n = int(np.argmax(gap >= 0))
    share = gap[n] / (gap[n] - gap[n - 1])
    return float(false[n] - share * (false[n] - false[n - 1]))
