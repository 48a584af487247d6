"""Boxes: how much two of them overlap, and which of many to keep."""

import numpy as np

from cnnedu.kernels.validation import float_array


def box_iou(a, b):
    """Divide the area each pair of boxes shares by the area the pair covers.

    Equation
        IoU = |A ∩ B| / |A ∪ B|, |A ∪ B| = |A| + |B| − |A ∩ B|
        |A ∩ B| = max(0, min(right) − max(left)) · max(0, min(bottom) − max(top))

    Args:
        a: boxes (N, 4): left, top, right, bottom, in pixels; right and bottom are outside.
        b: boxes (M, 4).

    Returns:
        float64 (N, M), from 0 to 1; 0 for a pair without area.

    Raises:
        ValueError: `a` or `b` isn't (·, 4), or a box ends before it begins.

    Source
        P. Jaccard's coefficient (1912); as a measure of detection, PASCAL VOC (Everingham et al.,
        2010).

    >>> box_iou([[0, 0, 2, 2]], [[1, 1, 3, 3], [0, 0, 2, 2], [2, 0, 4, 2]])
    array([[0.14285714, 1.        , 0.        ]])
    """
    a, b = _boxes("box_iou", "a", a), _boxes("box_iou", "b", b)
    start = np.maximum(a[:, None, :2], b[:, :2])
    end = np.minimum(a[:, None, 2:], b[:, 2:])
    shared = np.clip(end - start, 0, None).prod(axis=2)
    area_a, area_b = ((boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (a, b))
    together = area_a[:, None] + area_b - shared
    return np.divide(shared, together, out=np.zeros(shared.shape), where=together > 0)


def non_maximum_suppression(boxes, scores, threshold=0.5):
    """Keep the best box, drop those that overlap it too much, and repeat with the rest.

    Args:
        boxes: (N, 4), left, top, right, bottom, in pixels.
        scores: (N,), higher is better; among equals, the first counts as the best.
        threshold: a box is dropped if its IoU with a kept one is *larger* than this.

    Returns:
        int64: indices of the kept boxes, highest score first.

    Raises:
        ValueError: the shapes don't match, or the threshold isn't from 0 to 1.

    >>> boxes = [[0, 0, 4, 4], [0, 1, 4, 5], [8, 8, 12, 12]]
    >>> non_maximum_suppression(boxes, [0.8, 0.9, 0.3])  # the first two share 12 of 20 pixels
    array([1, 2])
    """
    boxes = _boxes("non_maximum_suppression", "boxes", boxes)
    scores = float_array("non_maximum_suppression", "scores", scores)
    if scores.shape != boxes.shape[:1]:
        raise ValueError(
            f"non_maximum_suppression: scores must be ({len(boxes)},), one for each box, but has "
            f"shape {scores.shape}"
        )
    if not 0 <= threshold <= 1:
        raise ValueError(
            f"non_maximum_suppression: threshold must be from 0 to 1, but is {threshold}"
        )
    alike = box_iou(boxes, boxes) > threshold
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[~alike[best, left]]
    return np.array(kept, np.int64)


def _boxes(caller, name, value):
    """Return boxes as floats (N, 4); an empty list means no boxes."""
    boxes = float_array(caller, name, value)
    if boxes.size == 0:
        return boxes.reshape(0, 4)
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise ValueError(f"{caller}: {name} must be (N, 4), but has shape {boxes.shape}")
    if (boxes[:, 2:] < boxes[:, :2]).any():
        raise ValueError(
            f"{caller}: a box in {name} ends before it begins; the order is left, top, right, "
            "bottom (not left, top, width, height)"
        )
    return boxes
