"""Answers whose scale is free: a kernel finds the same edges when it is multiplied by 1000."""

import numpy as np

from cnnedu.checks.compare import require


def unit_kernel(name, value):
    """Return a 3×3 kernel that a student designed, divided by its largest weight's size.

    What it answers can then be held against one tolerance, whatever the scale that was chosen.

    Args:
        name: the variable's name in the notebook.
        value: what the student wrote.

    Returns:
        Float array (3, 3); the largest of its sizes is 1.

    Raises:
        CheckFailed: these are not nine finite numbers, or all are 0.

    >>> unit_kernel("w", [[-1e-9, 0, 1e-9]] * 3)[0].tolist()
    [-1.0, 0.0, 1.0]
    """
    try:
        shape = np.shape(value)
    except ValueError:
        shape = None  # rows that differ in length
    require(shape == (3, 3), f"{name}: it needs three rows of three numbers")
    require(np.isrealobj(value), f"{name}: its weights should be real numbers")
    try:
        weights = np.array(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        require(False, f"{name}: its weights should be real numbers that a float can hold")
    require(np.isfinite(weights).all(), f"{name}: its weights should be finite numbers")
    size = np.abs(weights).max()
    require(size > 0, f"{name}: all its weights are 0, so it answers 0 to every picture")
    return weights / size
