"""Mirroring and shifting of pictures, and well-known mistakes with it."""

import numpy as np

from cnnedu.checks.case import Mistake


def augment(x, mirrored, down, right):
    """Mirror some pictures, then shift each by its own amount; zeros come in."""
    _, _, height, width = x.shape
    x = np.where(mirrored[:, None, None, None], x[..., ::-1], x)
    rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
    inside = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
    moved = _picked(x, rows.clip(0, height - 1), columns.clip(0, width - 1))
    return moved * (inside[0][:, None, :, None] & inside[1][:, None, None, :])


def _picked(x, rows, columns):
    """Return x with row rows[n, i] and column columns[n, j] of picture n at place (i, j)."""
    x = np.take_along_axis(x, rows[:, None, :, None], axis=2)
    return np.take_along_axis(x, columns[:, None, None, :], axis=3)


def _coming_in(source):
    """Make a mistake about what comes in: the row (or column) `source(number, how many)`."""

    def wrong(x, mirrored, down, right):
        _, _, height, width = x.shape
        rows, columns = np.arange(height) - down[:, None], np.arange(width) - right[:, None]
        return _picked(_mirrored(x, mirrored), source(rows, height), source(columns, width))

    return wrong


def _mirrored(x, mirrored):
    return augment(x, mirrored, *np.zeros((2, len(x)), int))


def _shifted(x, down, right):
    return augment(x, np.zeros(len(x), bool), down, right)


def _shifts(other):
    """Make a mistake in the shifts alone: they are `other(down, right)`."""
    return lambda x, mirrored, *shifts: augment(x, mirrored, *other(*shifts))


def _where(other):
    """Make a mistake in which pictures are mirrored: where `other(mirrored)`."""
    return lambda x, mirrored, *shifts: augment(x, other(mirrored), *shifts)


def _along(*axes):
    """Make a mistake in the axes along which pictures are mirrored."""
    return lambda x, mirrored, *shifts: _shifted(
        np.where(mirrored[:, None, None, None], np.flip(x, axes), x), *shifts
    )


MISTAKES = (
    Mistake(
        "What leaves on one side comes in on the other, as with np.roll; zeros should come in.",
        _coming_in(lambda number, count: number % count),
    ),
    Mistake(
        "The border is repeated into the gap; zeros should come in.",
        _coming_in(lambda number, count: number.clip(0, count - 1)),
    ),
    Mistake(
        "You shifted the pictures the other way: down = 1 puts row 0 into row 1.",
        _shifts(lambda down, right: (-down, -right)),
    ),
    Mistake(
        "You shifted the rows the other way: down = 1 puts row 0 into row 1.",
        _shifts(lambda down, right: (-down, right)),
    ),
    Mistake(
        "You shifted the columns the other way: right = 1 puts column 0 into column 1.",
        _shifts(lambda down, right: (down, -right)),
    ),
    Mistake(
        "Rows and columns are swapped: `down` shifts along axis 2, `right` along axis 3.",
        _shifts(lambda down, right: (right, down)),
    ),
    Mistake(
        "Negative amounts shift up and left; you left out their sign.",
        _shifts(lambda down, right: (abs(down), abs(right))),
    ),
    Mistake(
        "Negative amounts shift up and left; you left those pictures where they were.",
        _shifts(lambda down, right: (down.clip(0), right.clip(0))),
    ),
    Mistake("You mirrored and did not shift.", lambda x, mirrored, *_: _mirrored(x, mirrored)),
    Mistake("You shifted and did not mirror.", lambda x, _, *shifts: _shifted(x, *shifts)),
    Mistake("Mirror left and right, axis 3; your pictures are upside down.", _along(2)),
    Mistake(
        "You turned the pictures by 180°: mirror left and right, axis 3, and leave the rows where "
        "they are.",
        _along(2, 3),
    ),
    Mistake("You reversed the channels: in a batch, left and right are axis 3.", _along(1)),
    Mistake("You reversed the order of the pictures: left and right are axis 3.", _along(0)),
    Mistake(
        "You reversed all four axes, pictures and channels as well: mirror axis 3 alone.",
        _along(0, 1, 2, 3),
    ),
    Mistake(
        "You reversed the channels and the rows as well: mirror axis 3 alone.", _along(1, 2, 3)
    ),
    Mistake(
        "You shifted first and then mirrored, so mirrored pictures went the wrong way. Mirror "
        "first.",
        lambda x, mirrored, *shifts: _mirrored(_shifted(x, *shifts), mirrored),
    ),
    Mistake(
        "You mirrored all pictures; mirror only those where `mirrored` is True.",
        _where(lambda mirrored: mirrored | True),
    ),
    Mistake(
        "You mirrored the pictures where `mirrored` is False; mirror the others.",
        _where(lambda mirrored: ~mirrored),
    ),
    Mistake(
        "You mirrored all pictures or none, as the first one asks: mirrored[n] belongs to picture "
        "n.",
        _where(lambda mirrored: np.full(mirrored.shape, mirrored[0])),
    ),
    Mistake(
        "Pictures that aren't mirrored are missing; they are only shifted.",
        lambda x, mirrored, *shifts: augment(x, mirrored, *shifts) * mirrored[:, None, None, None],
    ),
    Mistake(
        "You shifted all pictures like the first one: down[n] and right[n] belong to picture n.",
        _shifts(lambda *shifts: [np.full(shift.shape, shift[0]) for shift in shifts]),
    ),
)
