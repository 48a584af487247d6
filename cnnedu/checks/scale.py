"""Kernels that a student designed; where the scale is free, 1000 times one finds the same edges."""

import numpy as np

from cnnedu.checks.compare import CheckFailed, NotNumbers, as_numbers, require


def kernel_of_nine(name, value):
    """Return a 3×3 kernel that a student designed, as floats.

    Args:
        name: the variable's name in the notebook.
        value: what the student wrote.

    Returns:
        Float array (3, 3).

    Raises:
        CheckFailed: the value isn't nine finite numbers.

    >>> kernel_of_nine("w", [[-1, 0, 1]] * 3)[0].tolist()
    [-1.0, 0.0, 1.0]
    """
    try:
        weights = as_numbers(value).astype(float)
    except NotNumbers as reason:
        raise CheckFailed(f"{name}: {reason}") from None
    require(weights.shape == (3, 3), f"{name}: it needs three rows of three numbers")
    require(np.isfinite(weights).all(), f"{name}: its weights should be finite numbers")
    return weights


def unit_kernel(name, value):
    """Return a 3×3 kernel that a student designed, divided by the size of its largest weight.

    One tolerance then suits its outputs, whatever scale the student chose.

    Args:
        name: the variable's name in the notebook.
        value: what the student wrote.

    Returns:
        Float array (3, 3) whose largest weight has the size 1.

    Raises:
        CheckFailed: the value isn't nine finite numbers, or all of them are 0.

    >>> unit_kernel("w", [[-1e-9, 0, 1e-9]] * 3)[0].tolist()
    [-1.0, 0.0, 1.0]
    """
    weights = kernel_of_nine(name, value)
    size = np.abs(weights).max()
    require(size > 0, f"{name}: all its weights are 0, so its output is 0 for every picture")
    return weights / size
