"""Three functions to review in exercise 06: each lays out windows as columns, and each has a slip.

The exercise's notebook shows the same text.
"""

import numpy as np


def colleague_a(x, KH, KW, stride):
    """Return the columns, with a slip."""
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    columns = np.zeros((N, C * KH * KW, OH * OW), x.dtype)
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + KH, left : left + KW]
            columns[:, :, i * OH + j] = window.reshape(N, -1)
    return columns


def colleague_b(x, KH, KW, stride):
    """Return the columns, with a slip."""
    N, C, H, W = x.shape
    OH, OW = (H - KH + 1) // stride, (W - KW + 1) // stride
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride][:, :, :OH, :OW]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * KH * KW, OH * OW)


def colleague_c(x, KH, KW, stride):
    """Return the columns, with a slip."""
    N, C, H, W = x.shape
    OH, OW = (H - KH) // stride + 1, (W - KW) // stride + 1
    columns = np.zeros((N, C, KH, KW, OH, OW), dtype=int)
    for u in range(KH):
        for v in range(KW):
            seen = x[:, :, u : u + H - KH + 1, v : v + W - KW + 1]
            columns[:, :, u, v] = seen[:, :, ::stride, ::stride]
    return columns.reshape(N, C * KH * KW, OH * OW)
