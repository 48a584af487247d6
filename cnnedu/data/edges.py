"""Pictures made by code of one straight edge each, whose direction is known."""

import numpy as np


def make_edges(count, seed=0, size=32):
    """Make pictures of two colours that meet at a straight line.

    Direction, position, colours and noise are drawn independently. The colours differ
    by at least 60 grey levels in one channel.

    Args:
        count: how many.
        seed: whole number.
        size: height and width in pixels.

    Returns:
        (x, angle): uint8 (N, 3, size, size), and float (N,), the direction of the line's normal in
        radians from 0 to π, clockwise from the right. Exchanging the colours of an edge doesn't
        change its direction.

    >>> x, angle = make_edges(4)
    >>> x.shape, angle.shape
    ((4, 3, 32, 32), (4,))
    """
    rng = np.random.default_rng(seed)
    angle, offset = rng.uniform(0, np.pi, count), rng.uniform(-size / 4, size / 4, count)
    colours = rng.integers(0, 256, (count, 2, 3))
    while (alike := np.abs(np.subtract(*colours.swapaxes(0, 1))).max(axis=1) < 60).any():
        colours[alike] = rng.integers(0, 256, (alike.sum(), 2, 3))
    right = np.arange(size) - (size - 1) / 2
    across, down = (
        np.cos(angle)[:, None, None] * right,
        np.sin(angle)[:, None, None] * right[:, None],
    )
    beyond = np.clip(across + down - offset[:, None, None] + 0.5, 0, 1)[:, None]
    one, other = colours[:, 0, :, None, None], colours[:, 1, :, None, None]
    noise = rng.normal(0, rng.uniform(0, 15, (count, 1, 1, 1)), (count, 3, size, size))
    return (one + beyond * (other - one) + noise).round().clip(0, 255).astype(np.uint8), angle
