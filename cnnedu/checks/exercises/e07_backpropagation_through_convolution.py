"""Exercise 07: the references, the right answers by hand and the well-known mistakes."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d_backward, correlate2d, max_pool2d, max_pool2d_backward


def numeric_gradient(x, w, h):
    """Return the gradient of Σ tanh(correlate2d(x, w)) with respect to w, estimated."""
    return _differences(x, w, h, -h) / (2 * h)


def _differences(x, w, above, below):
    """Return loss(w + above·e) − loss(w + below·e) for each weight."""
    found = np.empty(np.shape(w))
    for index in np.ndindex(found.shape):
        e = np.zeros(found.shape)
        e[index] = 1
        high, low = (np.tanh(correlate2d(x, w + step * e)).sum() for step in (above, below))
        found[index] = high - low
    return found


def weight_gradient(dout, x, KH, KW, stride):
    """Return the gradient of the loss with respect to the filters."""
    w = np.zeros((dout.shape[1], x.shape[1], KH, KW))
    return conv2d_backward(dout, x, w, stride)[1]


def input_gradient(dout, w, H, W, stride):
    """Return the gradient of the loss with respect to the input."""
    return conv2d_backward(dout, np.zeros((len(dout), w.shape[1], H, W)), w, stride)[0]


def max_pool_gradient(dout, x):
    """Return the gradient of the loss with respect to the input of 2×2 max pooling."""
    return max_pool2d_backward(dout, x, 2)


BY_HAND = {"by_hand": [3, -1, 2, -3, 1, 1]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([3, -1, -2, 3, -1, 1], "dx uses the kernel as it lies in the forward pass: don't flip it"),
        ([3, -1, 2, -1, 1, 1], "the middle pixel lies in both windows: add up both shares"),
        ([3, -1, 2, -3, 1, 2], "db adds up all numbers of dout: the bias is part of each output"),
    ),
}


def _last_window_only(dout, x, KH, KW, stride):
    """Return the share of the last window of the last picture alone."""
    row, column = ((size - 1) * stride for size in dout.shape[2:])
    window = x[-1, :, row : row + KH, column : column + KW]
    return dout[-1, :, -1, -1][:, None, None, None] * window


def _moved_in_whole_numbers(x, w, h):
    """Change the weights in a copy that holds whole numbers only."""
    if np.asarray(w).dtype.kind != "i":
        return None
    found = np.empty(w.shape)
    for index in np.ndindex(w.shape):
        above, below = w.copy(), w.copy()
        above[index], below[index] = above[index] + h, below[index] - h
        high, low = (np.tanh(correlate2d(x, moved)).sum() for moved in (above, below))
        found[index] = (high - low) / (2 * h)
    return found


def _last_window_wins(dout, w, H, W, stride):
    """Overwrite the shares of earlier windows with each window's own."""
    dx = np.zeros((len(dout), w.shape[1], H, W))
    for i, j in np.ndindex(*dout.shape[2:]):
        rows = slice(i * stride, i * stride + w.shape[2])
        columns = slice(j * stride, j * stride + w.shape[3])
        dx[:, :, rows, columns] = np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
    return dx


def _spread_and_winners(dout, x):
    """Return dout repeated over each window, and where the largest pixels are."""
    spread, largest = np.zeros(x.shape), np.full(x.shape, np.inf)
    height, width = (2 * size for size in dout.shape[2:])
    spread[:, :, :height, :width] = dout.repeat(2, axis=2).repeat(2, axis=3)
    pooled = max_pool2d(x, 2).repeat(2, axis=2).repeat(2, axis=3)
    largest[:, :, :height, :width] = pooled
    return spread, x == largest


def _all_to_each_of_equals(dout, x):
    """Give each of several largest pixels all of dout."""
    spread, won = _spread_and_winners(dout, x)
    return spread * won


def _split_among_equals(dout, x):
    """Split dout among several largest pixels."""
    spread, won = _spread_and_winners(dout, x)
    height, width = (2 * size for size in dout.shape[2:])
    count = won[:, :, :height, :width].reshape(*x.shape[:2], height // 2, 2, width // 2, 2)
    count = count.sum(axis=(3, 5)).repeat(2, axis=2).repeat(2, axis=3)
    shares = spread * won
    shares[:, :, :height, :width] /= count
    return shares


def _last_of_equals_wins(dout, x):
    """Let the last of several largest pixels win."""
    height, width = (2 * size for size in dout.shape[2:])
    dx = np.zeros(x.shape)
    inner = x[:, :, :height, :width][:, :, ::-1, ::-1]
    turned = max_pool_gradient(dout[:, :, ::-1, ::-1], inner)
    dx[:, :, :height, :width] = turned[:, :, ::-1, ::-1]
    return dx


def _padding_to(dout, w, H, W):
    """Return the padding that brings a dx of stride 1 to H rows and W columns."""
    rows = H - (dout.shape[2] + w.shape[2] - 1)
    return (0, rows), (0, W - (dout.shape[3] + w.shape[3] - 1))


MISTAKES = {
    "weight_gradient": (
        Mistake(
            "You took the mean over the pictures of the batch; their shares add up.",
            lambda dout, x, KH, KW, stride: weight_gradient(dout, x, KH, KW, stride) / len(x),
        ),
        Mistake(
            "That is the last picture's share alone: add up (`+=`) over the batch.",
            lambda dout, x, KH, KW, stride: weight_gradient(dout[-1:], x[-1:], KH, KW, stride),
        ),
        Mistake(
            "That is the last window's share alone: add up (`+=`) over all windows and pictures.",
            _last_window_only,
        ),
        Mistake(
            "The stride is ignored: output (i, j) saw the window that begins at (i·stride, "
            "j·stride).",
            lambda dout, x, KH, KW, stride: weight_gradient(
                dout, x[:, :, : dout.shape[2] + KH - 1, : dout.shape[3] + KW - 1], KH, KW, 1
            ),
        ),
        Mistake(
            "dw comes out flipped; it is a cross-correlation of x with dout, without a flip.",
            lambda *arguments: weight_gradient(*arguments)[:, :, ::-1, ::-1],
        ),
        Mistake(
            "Filters and channels are swapped: dw has the shape of w, (F, C, KH, KW).",
            lambda *arguments: weight_gradient(*arguments).swapaxes(0, 1),
        ),
    ),
    "input_gradient": (
        Mistake(
            "You flipped the kernel where you add it in: each window passes its weights back as "
            "they are. (You need the flip only if you gather with a correlation.)",
            lambda dout, w, H, W, stride: input_gradient(dout, w[:, :, ::-1, ::-1], H, W, stride),
        ),
        Mistake(
            "A pixel lies in several windows: add their shares up (`+=`), don't overwrite them.",
            _last_window_wins,
        ),
        Mistake(
            "That is the last filter's share alone: dx adds up over all filters.",
            lambda dout, w, H, W, stride: input_gradient(dout[:, -1:], w[-1:], H, W, stride),
        ),
        Mistake(
            "The stride is ignored: output (i, j) passes back to the window at (i·stride, "
            "j·stride).",
            lambda dout, w, H, W, stride: np.pad(
                input_gradient(
                    dout, w, dout.shape[2] + w.shape[2] - 1, dout.shape[3] + w.shape[3] - 1, 1
                ),
                [(0, 0), (0, 0), *_padding_to(dout, w, H, W)],
            ),
        ),
    ),
    "max_pool_gradient": (
        Mistake(
            "Where several pixels are equally large, you give each of them all of dout; only the "
            "first should get it.",
            _all_to_each_of_equals,
        ),
        Mistake(
            "You split dout among equally large pixels; the first gets it all.",
            _split_among_equals,
        ),
        Mistake(
            "Of several equally large pixels, you give dout to the last; the first should get it.",
            _last_of_equals_wins,
        ),
        Mistake(
            "You give each pixel a quarter: that is average pooling.",
            lambda dout, x: _spread_and_winners(dout, x)[0] / 4,
        ),
        Mistake(
            "You put the largest pixel itself where dout belongs.",
            lambda dout, x: x * (max_pool_gradient(np.ones(dout.shape), x) > 0),
        ),
    ),
    "numeric_gradient": (
        Mistake(
            "That is the difference on one side, (L(w + h) − L(w)) / h; step to both sides.",
            lambda x, w, h: _differences(x, w, h, 0) / h,
        ),
        Mistake(
            "The two points are 2h apart: divide by 2h, not by h.",
            lambda x, w, h: _differences(x, w, h, -h) / h,
        ),
        Mistake(
            "The sign is wrong: subtract the loss below from the loss above.",
            lambda x, w, h: _differences(x, w, -h, h) / (2 * h),
        ),
        Mistake(
            "w holds whole numbers, and so does `w.copy()`: it cuts off the fraction of what you "
            "put into it. Copy with `w.astype(float)`.",
            _moved_in_whole_numbers,
        ),
        Mistake(
            "You haven't divided the difference by 2h yet.",
            lambda x, w, h: _differences(x, w, h, -h),
        ),
    ),
}
