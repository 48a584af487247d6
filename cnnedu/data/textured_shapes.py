"""Upright shapes with a second cue that may reveal the class: a texture or a mark."""

import numpy as np

from cnnedu.data.shapes import draw_shape

TEXTURES = ("stripes", "checks", "grain")
PERIOD = 4  # pixels from one stripe to the next
SQUARE = 3  # pixels along each side of a square of the checks
MARK = np.kron([[1, 0], [0, 1]], np.full((2, 2), 255)).astype(np.uint8)  # 4×4: white on black


def make_upright(labels, textures=None, seed=0, size=32):
    """Make pictures of one upright shape each, in the middle, plain or filled with a texture.

    Colours, size, noise and the texture's phase are drawn independently of the class.

    Args:
        labels: indices into `cnnedu.data.shapes.CLASSES`, shape (N,).
        textures: indices into `TEXTURES`, shape (N,), or None for plain shapes.
        seed: whole number; picture number i depends only on `seed`, i, its label and its texture.
        size: height and width in pixels, at least 16.

    Returns:
        uint8 array (N, 3, size, size).

    Raises:
        ValueError: `size` is less than 16, or there isn't one texture per label.

    >>> make_upright([0, 5], textures=[0, 2]).shape
    (2, 3, 32, 32)
    """
    if size < 16 or (textures is not None and len(textures) != len(labels)):
        raise ValueError(
            f"make_upright: size must be at least 16 and there must be one texture per label, but "
            f"size is {size} and there are {len(labels)} labels and "
            f"{0 if textures is None else len(textures)} textures"
        )
    x = np.empty((len(labels), 3, size, size), np.uint8)
    for number, label in enumerate(labels):
        rng = np.random.default_rng([seed, number])
        ground = rng.integers(90, 166, (3, 1, 1))
        dark, light = rng.integers(0, 61, (3, 1, 1)), rng.integers(195, 256, (3, 1, 1))
        radius = size * rng.uniform(0.3, 0.38)
        cover = draw_shape(label, size, (size / 2, size / 2), radius, angle=0)
        if textures is None:
            inside = light if rng.random() < 0.5 else dark
        else:
            inside = np.where(_texture(TEXTURES[textures[number]], size, rng), light, dark)
        canvas = ground + cover * (inside - ground) + rng.normal(0, 6, (3, size, size))
        x[number] = canvas.round().clip(0, 255)
    return x


def mark(x, top, left):
    """Return a copy of the pictures with a small black-and-white mark on each.

    Args:
        x: uint8 array (N, 3, H, W).
        top, left: place of the mark, which has 4×4 pixels.

    >>> int(mark(np.zeros((1, 3, 8, 8), np.uint8), 0, 4)[0, 0].sum()) // 255
    8
    """
    x = x.copy()
    x[:, :, top : top + len(MARK), left : left + len(MARK)] = MARK
    return x


def _texture(name, size, rng):
    """Return which of the (size, size) pixels of a texture are light."""
    if name == "grain":
        grains = rng.random((-(-size // 2), -(-size // 2))) < 0.5
        return grains.repeat(2, axis=0).repeat(2, axis=1)[:size, :size]
    down, right = np.mgrid[:size, :size]
    if name == "checks":
        first, second = rng.integers(2 * SQUARE, size=2)
        return ((down + first) // SQUARE + (right + second) // SQUARE) % 2 == 1
    angle, phase = rng.uniform(0, np.pi), rng.uniform(0, PERIOD)
    along = np.cos(angle) * right + np.sin(angle) * down + phase
    return np.sin(2 * np.pi * along / PERIOD) > 0
