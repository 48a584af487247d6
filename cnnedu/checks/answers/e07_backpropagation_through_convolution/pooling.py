"""The gradient of max pooling, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def max_pool_gradient(dout, x):
    """Return the gradient of the loss with respect to the input of 2×2 max pooling."""
    return _spread(dout, x, lambda corners: _only(corners.argmax(axis=0)))


def _spread(dout, x, shares):
    """Give each corner of a window its share of dout; `shares` takes and returns (4, …)."""
    rows, columns = (2 * size for size in dout.shape[2:])
    corners = [np.s_[:, :, u:rows:2, v:columns:2] for u, v in np.ndindex(2, 2)]
    found = shares(np.array([x[corner] for corner in corners]))
    dx = np.zeros(x.shape)
    for corner, share in zip(corners, found, strict=True):
        dx[corner] = dout * share
    return dx


def _only(winner):
    """Return shares (4, …) that give one corner everything."""
    return np.arange(4).reshape(4, 1, 1, 1, 1) == winner


def _shared(shares):
    """Make a gradient with other shares of the corners."""
    return lambda dout, x: _spread(dout, x, shares)


def _given_to(winner):
    """Make a gradient that goes to another corner; `winner` takes (4, …) and numbers it."""
    return _shared(lambda corners: _only(winner(corners)))


def _from_zero(beats):
    """Make a search that begins with 0: the largest pixel is found only if it beats that."""
    return _shared(lambda c: _only(c.argmax(axis=0)) & beats(c.max(axis=0), 0))


def _found_in_channel(dout, x):
    """Give dout to the first pixel of the channel that is as large as the window's largest."""
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        largest = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
        row, column = np.argwhere(x[n, c] == largest)[0]
        dx[n, c, row, column] += dout[n, c, i, j]
    return dx


def _begun_at(i_times):
    """Take each window where it is, but put its dout where window (i, j) begins at i_times · i."""

    def wrong(dout, x):
        dx = np.zeros(x.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            row, column = divmod(x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].argmax(), 2)
            dx[n, c, i_times * i + row, i_times * j + column] = dout[n, c, i, j]
        return dx

    return wrong


def _largest(corners):
    return corners == corners.max(axis=0)


def _ones_back(dout, x):
    return max_pool_gradient(np.ones(dout.shape), x)


COLUMNS_FIRST = np.array([0, 2, 1, 3])

MISTAKES = (
    Mistake(
        "Where several pixels are equally large, you give each of them all of dout; only the "
        "first should get it.",
        _shared(_largest),
    ),
    Mistake(
        "You split dout among equally large pixels; the first gets it all.",
        _shared(lambda c: _largest(c) / _largest(c).sum(axis=0)),
    ),
    Mistake(
        "Of several equally large pixels, you give dout to the last; the first should get it.",
        _given_to(lambda c: 3 - c[::-1].argmax(axis=0)),
    ),
    Mistake(
        "Of several equally large pixels, you take the first column by column; go row by row.",
        _given_to(lambda c: COLUMNS_FIRST[c[COLUMNS_FIRST].argmax(axis=0)]),
    ),
    Mistake(
        "Row and column inside the window are swapped: number k of `argmax` lies in row "
        "k // 2, column k % 2.",
        _given_to(lambda c: COLUMNS_FIRST[c.argmax(axis=0)]),
    ),
    Mistake(
        "You look for the pixel that is largest in size; −3 is smaller than 1.",
        _given_to(lambda c: abs(c).argmax(axis=0)),
    ),
    Mistake(
        "You give dout to the smallest pixel; it belongs to the largest.",
        _given_to(lambda c: c.argmin(axis=0)),
    ),
    Mistake(
        "In a picture of dtype uint8, −1 is 255: look for the largest of x, not for the "
        "smallest of −x.",
        _given_to(lambda c: (-c).argmin(axis=0)),
    ),
    Mistake(
        "You look for the largest number of a window in the whole channel: add the place where "
        "the window begins to the place inside the window.",
        _found_in_channel,
    ),
    Mistake(
        "`argmax` tells the place inside the window: add the place where the window begins.",
        _begun_at(0),
    ),
    Mistake("Window (i, j) begins at row 2i and column 2j, not at (i, j).", _begun_at(1)),
    Mistake(
        "Windows without a number above 0 get nothing: they, too, have a largest pixel. Don't "
        "start the search at 0.",
        _from_zero(np.greater),
    ),
    Mistake(
        "Windows of negative numbers get nothing: they, too, have a largest pixel. Don't start "
        "the search at 0.",
        _from_zero(np.greater_equal),
    ),
    Mistake(
        "You give each pixel a quarter: that is average pooling.",
        _shared(lambda c: np.full(c.shape, 0.25)),
    ),
    Mistake(
        "You give each pixel all of dout; only the largest of a window should get it.",
        _shared(np.ones_like),
    ),
    Mistake(
        "You put the largest pixel itself where dout belongs.",
        lambda dout, x: x * _ones_back(dout, x),
    ),
    Mistake("You put 1 where dout belongs.", _ones_back),
    Mistake(
        "Rows or columns are missing: where H or W is odd, the last row or column gets 0.",
        lambda dout, x: max_pool_gradient(dout, x)[:, :, : 2 * dout.shape[2], : 2 * dout.shape[3]],
    ),
)
