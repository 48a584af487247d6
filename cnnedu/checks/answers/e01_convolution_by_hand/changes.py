"""How many outputs a pixel changes, and the mistakes that are made in counting them."""

import numpy as np

from cnnedu.checks.case import Mistake


def outputs_changed(shape, w, i, j):
    """Count the outputs (stride 1) that change with the pixel (i, j) of a picture."""
    (H, W), (KH, KW) = shape, w.shape
    rows, columns = i - np.arange(KH), j - np.arange(KW)
    fits = ((rows >= 0) & (rows <= H - KH))[:, None] & (columns >= 0) & (columns <= W - KW)
    return np.count_nonzero(w[fits])


def _seen_by(shape, w, i, j):
    """Count the windows that see the pixel, through a weight of 0 as well."""
    return outputs_changed(shape, np.ones(w.shape), i, j)


MISTAKES = (
    Mistake(
        "You counted windows whose weight on the pixel is 0: they don't notice.",
        _seen_by,
    ),
    Mistake(
        "You counted all weights that aren't 0. Near a border some of them never meet the pixel: "
        "no window lies that far out.",
        lambda shape, w, i, j: np.count_nonzero(w),
    ),
    Mistake(
        "You counted all weights. Some are 0, and near a border some never meet the pixel.",
        lambda shape, w, i, j: w.size,
    ),
    Mistake(
        "The kernel is flipped: the window at row i − u lays the weight in row u on the pixel, "
        "so it is the last windows that see it through the first weights.",
        lambda shape, w, i, j: outputs_changed(shape, w[::-1, ::-1], i, j),
    ),
    Mistake(
        "Row and column of the pixel are exchanged: i is the row.",
        lambda shape, w, i, j: (
            outputs_changed(shape[::-1], w, i, j)
            if w.shape[0] == w.shape[1]
            else outputs_changed(shape, w, j, i)
        ),
    ),
    Mistake(
        "You let the window stick out at the bottom and on the right: it starts at row H − KH, "
        "column W − KW at the latest.",
        lambda shape, w, i, j: outputs_changed(
            (shape[0] + w.shape[0] - 1, shape[1] + w.shape[1] - 1), w, i, j
        ),
    ),
    Mistake(
        "You let the window stick out at the top and on the left: it starts at row 0, column 0 "
        "at the earliest.",
        lambda shape, w, i, j: outputs_changed(
            (shape[0] + w.shape[0] - 1, shape[1] + w.shape[1] - 1),
            w,
            i + w.shape[0] - 1,
            j + w.shape[1] - 1,
        ),
    ),
    Mistake(
        "You left the last windows out: the last one starts at row H − KH, column W − KW.",
        lambda shape, w, i, j: outputs_changed((shape[0] - 1, shape[1] - 1), w, i, j),
    ),
    Mistake(
        "You counted positive weights only; an output changes through a negative one, too.",
        lambda shape, w, i, j: outputs_changed(shape, np.maximum(w, 0), i, j),
    ),
)
