"""Well-known wrong answers of exercise 07, and the loss whose gradient its part 5 asks for."""

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.kernels import conv2d_backward, correlate2d, max_pool2d, max_pool2d_backward


def central_differences(x, w, h):
    """Return the gradient of Σ tanh(correlate2d(x, w)) by w, with central differences."""
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


def _dw(dout, x, KH, KW, stride):
    w = np.zeros((dout.shape[1], x.shape[1], KH, KW))
    return conv2d_backward(dout, x, w, stride)[1]


def _last_share(dout, x, KH, KW, stride):
    """Return the share of the last window of the last picture."""
    row, column = ((size - 1) * stride for size in dout.shape[2:])
    window = x[-1, :, row : row + KH, column : column + KW]
    return dout[-1, :, -1, -1][:, None, None, None] * window


def _cut_to_whole(x, w, h):
    """Move a copy of whole numbers, which cuts what is put into it."""
    if np.asarray(w).dtype.kind != "i":
        return None
    found = np.empty(w.shape)
    for index in np.ndindex(w.shape):
        above, below = w.copy(), w.copy()
        above[index], below[index] = above[index] + h, below[index] - h
        high, low = (np.tanh(correlate2d(x, moved)).sum() for moved in (above, below))
        found[index] = (high - low) / (2 * h)
    return found


def _dx(dout, w, H, W, stride):
    return conv2d_backward(dout, np.zeros((len(dout), w.shape[1], H, W)), w, stride)[0]


def _last_window_wins(dout, w, H, W, stride):
    """Write each window's share over those of the windows before."""
    dx = np.zeros((len(dout), w.shape[1], H, W))
    for i, j in np.ndindex(*dout.shape[2:]):
        rows = slice(i * stride, i * stride + w.shape[2])
        columns = slice(j * stride, j * stride + w.shape[3])
        dx[:, :, rows, columns] = np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
    return dx


def _winners(dout, x):
    """Return dout spread over the windows, and where the largest pixels are."""
    spread, largest = np.zeros(x.shape), np.full(x.shape, np.inf)
    height, width = (2 * size for size in dout.shape[2:])
    spread[:, :, :height, :width] = dout.repeat(2, axis=2).repeat(2, axis=3)
    pooled = max_pool2d(x, 2).repeat(2, axis=2).repeat(2, axis=3)
    largest[:, :, :height, :width] = pooled
    return spread, x == largest


def _all_of_equals(dout, x):
    """Give each of several largest pixels all of dout."""
    spread, won = _winners(dout, x)
    return spread * won


def _shared_among_equals(dout, x):
    """Share dout out among several largest pixels."""
    spread, won = _winners(dout, x)
    height, width = (2 * size for size in dout.shape[2:])
    count = won[:, :, :height, :width].reshape(*x.shape[:2], height // 2, 2, width // 2, 2)
    count = count.sum(axis=(3, 5)).repeat(2, axis=2).repeat(2, axis=3)
    shares = spread * won
    shares[:, :, :height, :width] /= count
    return shares


def _last_of_equals(dout, x):
    """Let the last of several largest pixels win."""
    height, width = (2 * size for size in dout.shape[2:])
    dx = np.zeros(x.shape)
    inner = x[:, :, :height, :width][:, :, ::-1, ::-1]
    turned = max_pool2d_backward(dout[:, :, ::-1, ::-1], inner, 2)
    dx[:, :, :height, :width] = turned[:, :, ::-1, ::-1]
    return dx


WEIGHT_GRADIENT = (
    Mistake(
        "You took the mean over the pictures of the batch; their shares add up.",
        lambda dout, x, KH, KW, stride: _dw(dout, x, KH, KW, stride) / len(x),
    ),
    Mistake(
        "That is the share of the last picture alone: add up (`+=`) over the batch.",
        lambda dout, x, KH, KW, stride: _dw(dout[-1:], x[-1:], KH, KW, stride),
    ),
    Mistake(
        "That is the share of the last window alone: add up (`+=`) over all windows and pictures.",
        _last_share,
    ),
    Mistake(
        "The stride is ignored: output (i, j) saw the window that begins at (i·stride, j·stride).",
        lambda dout, x, KH, KW, stride: _dw(
            dout, x[:, :, : dout.shape[2] + KH - 1, : dout.shape[3] + KW - 1], KH, KW, 1
        ),
    ),
    Mistake(
        "dw comes out flipped; it is a cross-correlation of x with dout, without a flip.",
        lambda *arguments: _dw(*arguments)[:, :, ::-1, ::-1],
    ),
    Mistake(
        "Filters and channels are exchanged: dw has the shape of w, (F, C, KH, KW).",
        lambda *arguments: _dw(*arguments).swapaxes(0, 1),
    ),
)

INPUT_GRADIENT = (
    Mistake(
        "You flipped the kernel where it is put down: each window passes its weights back as they "
        "lie. (The flip is needed only if you gather with a correlation.)",
        lambda dout, w, H, W, stride: _dx(dout, w[:, :, ::-1, ::-1], H, W, stride),
    ),
    Mistake(
        "A pixel lies in several windows: add their shares up (`+=`), don't overwrite them.",
        _last_window_wins,
    ),
    Mistake(
        "That is the share of the last filter alone: dx adds up over all filters.",
        lambda dout, w, H, W, stride: _dx(dout[:, -1:], w[-1:], H, W, stride),
    ),
    Mistake(
        "The stride is ignored: output (i, j) passes back to the window at (i·stride, j·stride).",
        lambda dout, w, H, W, stride: np.pad(
            _dx(dout, w, dout.shape[2] + w.shape[2] - 1, dout.shape[3] + w.shape[3] - 1, 1),
            [(0, 0), (0, 0), *_rest(dout, w, H, W)],
        ),
    ),
)

MAX_POOL_GRADIENT = (
    Mistake(
        "Where several pixels are equally large, each of yours gets all of dout; only the first "
        "should.",
        _all_of_equals,
    ),
    Mistake(
        "You share dout out among equally large pixels; the first gets it all.",
        _shared_among_equals,
    ),
    Mistake(
        "Of several equally large pixels the last gets dout in your answer; the first should.",
        _last_of_equals,
    ),
    Mistake(
        "You give each pixel a quarter: that is average pooling.",
        lambda dout, x: _winners(dout, x)[0] / 4,
    ),
    Mistake(
        "You put the largest pixel itself where dout belongs.",
        lambda dout, x: x * (max_pool2d_backward(np.ones(dout.shape), x, 2) > 0),
    ),
)

NUMERIC_GRADIENT = (
    Mistake(
        "That is the difference on one side, (L(w + h) − L(w)) / h; step to both sides.",
        lambda x, w, h: _differences(x, w, h, 0) / h,
    ),
    Mistake(
        "Both sides lie 2h apart: divide by 2h, not by h.",
        lambda x, w, h: _differences(x, w, h, -h) / h,
    ),
    Mistake(
        "The sign is the wrong way round: above minus below.",
        lambda x, w, h: _differences(x, w, -h, h) / (2 * h),
    ),
    Mistake(
        "w holds whole numbers, and so does `w.copy()`: what you put into it is cut. Copy with "
        "`w.astype(float)`.",
        _cut_to_whole,
    ),
    Mistake(
        "The difference isn't divided by 2h yet.",
        lambda x, w, h: _differences(x, w, h, -h),
    ),
)


def _rest(dout, w, H, W):
    """Return the padding that brings a dx of stride 1 to H rows and W columns."""
    rows = H - (dout.shape[2] + w.shape[2] - 1)
    return (0, rows), (0, W - (dout.shape[3] + w.shape[3] - 1))
