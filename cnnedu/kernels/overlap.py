"""Masks: the Dice coefficient and IoU of two masks, and the IoU of each class."""

import numpy as np


def mask_overlap(a, b):
    """Return IoU and Dice of two masks.

    Equation
        IoU = |A ∩ B| / |A ∪ B|;  Dice = 2·|A ∩ B| / (|A| + |B|) = 2·IoU / (1 + IoU)

    Args:
        a, b: boolean arrays of the same shape, True on the object.

    Returns:
        (IoU, Dice), floats from 0 to 1; both 1 where both masks are empty.

    Raises:
        ValueError: the shapes differ.
        TypeError: a mask isn't boolean.

    Source
        Dice, "Measures of the amount of ecologic association between species" (1945).

    >>> mask_overlap(np.array([1, 1, 1, 0]) > 0, np.array([0, 1, 1, 1]) > 0)  # 2 of 4; 4 of 6
    (0.5, 0.6666666666666666)
    """
    a, b = np.asarray(a), np.asarray(b)
    if a.dtype != bool or b.dtype != bool:
        raise TypeError(
            f"mask_overlap: masks must be boolean, but are {a.dtype} and {b.dtype}; compare with "
            "the class first, for example a == 3"
        )
    if a.shape != b.shape:
        raise ValueError(f"mask_overlap: the masks differ in shape: {a.shape} and {b.shape}")
    shared, either = np.sum(a & b), np.sum(a | b)
    if either == 0:
        return 1.0, 1.0
    return float(shared / either), float(2 * shared / (a.sum() + b.sum()))


def class_iou(y, said, classes):
    """Return the IoU of each class, counting the pixels of all pictures together.

    Equation
        IoU[k] = #(y = k and said = k) / #(y = k or said = k)

    Args:
        y, said: true and predicted class of each pixel, from 0 to `classes` − 1, in equal shapes.
        classes: number of classes K, including the background.

    Returns:
        float64 (K,), from 0 to 1; nan for a class that is in neither. Their mean,
        `np.nanmean`, is the **mean IoU**.

    Raises:
        ValueError: the shapes differ, or a number isn't a class.

    >>> class_iou(np.array([[0, 0], [0, 1]]), np.array([[0, 0], [1, 1]]), 2)
    array([0.66666667, 0.5       ])
    """
    y, said = np.asarray(y), np.asarray(said)
    if y.shape != said.shape:
        raise ValueError(f"class_iou: y and said differ in shape: {y.shape} and {said.shape}")
    for name, labels in (("y", y), ("said", said)):
        if labels.size and not 0 <= labels.min() <= labels.max() < classes:
            raise ValueError(f"class_iou: {name} must hold whole numbers from 0 to {classes - 1}")
    counts = np.bincount(y.ravel() * classes + said.ravel(), minlength=classes**2)
    counts = counts.reshape(classes, classes)
    shared = np.diag(counts).astype(float)
    together = counts.sum(axis=0) + counts.sum(axis=1) - shared
    return np.divide(shared, together, out=np.full(classes, np.nan), where=together > 0)
