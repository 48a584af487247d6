"""What the mistakes with the weights and those with the input share."""

import numpy as np

SHORT = (
    "The last window of each row and each column is missing: i goes up to OH − 1 and j up to "
    "OW − 1, and so to H − KH and W − KW in steps of the stride."
)
UPHILL = "The sign is wrong: a gradient isn't yet a step, which is subtracted."


def places(dout, KH, KW, stride):
    """Yield (i, j, rows, columns) for each output and the window that it saw."""
    for i, j in np.ndindex(dout.shape[2:]):
        row, column = i * stride, j * stride
        yield i, j, slice(row, row + KH), slice(column, column + KW)


def without_last(dout, height, width, stride):
    """Set to 0 what the last window of each row and column passes back.

    `height` and `width` say how far the window can move: `range(0, H - KH, stride)` is short only
    where the stride divides H − KH; they are 0 where the loop is short in any case.
    """
    dout = dout.copy()
    if height % stride == 0:
        dout[:, :, -1] = 0
    if width % stride == 0:
        dout[:, :, :, -1] = 0
    return dout
