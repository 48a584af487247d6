"""Colour pictures of simple shapes made by code: class, mask, box and every factor are known."""

from typing import NamedTuple

import numpy as np

CLASSES = (
    *("disk", "ring", "crescent", "heart", "triangle"),
    *("square", "pentagon", "star", "cross", "arrow"),
)
FINE = 4  # sample points along each side of a pixel
TRIES = 20  # attempts to find room for another shape in a scene
HELD_OUT_SEED = 19  # of scenes that no network was trained on


class Shapes(NamedTuple):
    """Pictures with one shape each, and how each was made."""

    x: np.ndarray  # uint8 (N, 3, size, size)
    y: np.ndarray  # int64 (N,), indices into CLASSES
    masks: np.ndarray  # bool (N, size, size): pixels of which the shape covers at least half
    boxes: np.ndarray  # int64 (N, 4): left, top, right, bottom of the mask, in pixels, end outside
    centre: np.ndarray  # float (N, 2): row and column, in pixels
    radius: np.ndarray  # float (N,), in pixels: no point of the shape is further from the centre
    angle: np.ndarray  # float (N,), in radians, clockwise
    colour: np.ndarray  # uint8 (N, 3)
    ground: np.ndarray  # uint8 (N, 3)
    noise: np.ndarray  # float (N,): standard deviation of every number, in grey levels


class Scenes(NamedTuple):
    """Pictures with several shapes each, which don't overlap."""

    x: np.ndarray  # uint8 (N, 3, size, size)
    masks: np.ndarray  # int64 (N, size, size): 0 for the background, 1 + class for a shape
    boxes: list  # N arrays int64 (objects, 4)
    y: list  # N arrays int64 (objects,)


def make_shapes(count, seed=0, size=32, first=0):
    """Make any number of pictures of one shape each; the same seed gives the same pictures.

    Class, position, size, angle, colours and noise are drawn independently, so that only the shape
    itself reveals the class. Colour and background differ by at least 60 grey levels in some
    channel.

    Args:
        count: number of pictures.
        seed: whole number; picture number i depends only on `seed` and i.
        size: height and width in pixels, at least 16.
        first: number of the first picture; a test set can begin where the training set ends.

    Returns:
        `Shapes`.

    Raises:
        ValueError: `count` is negative, or `size` is too small.

    >>> data = make_shapes(3)
    >>> data.x.shape, [CLASSES[label] for label in data.y]
    ((3, 3, 32, 32), ['pentagon', 'arrow', 'heart'])
    """
    _check("make_shapes", count, size)
    rows = []
    for number in range(first, first + count):
        rng = np.random.default_rng([seed, number])
        canvas, ground, noise = _ground(rng, size)
        shape = _random_shape(rng, size, ground, radius=(0.22, 0.42))
        mask = _paint(canvas, shape)
        picture = _noisy(rng, canvas, noise)
        rows.append((picture, shape["label"], mask, box_of(mask), *_factors(shape), ground, noise))
    shapes = [(3, size, size), (), (size, size), (4,), (2,), (), (), (3,), (3,), ()]
    kinds = ["u1", "i8", "?", "i8", "f8", "f8", "f8", "u1", "u1", "f8"]
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    return Shapes(
        *(
            np.array(list(column), kind).reshape(count, *shape)
            for column, kind, shape in zip(columns, kinds, shapes, strict=True)
        )
    )


def make_scenes(count, seed=0, size=64, most=4, first=0):
    """Make pictures of one to `most` shapes each, with exact boxes and masks.

    Args:
        count, seed, first: as for `make_shapes`.
        size: height and width in pixels, at least 16.
        most: largest number of shapes, at least 1; there are fewer where no room is left.

    Returns:
        `Scenes`.

    Raises:
        ValueError: `count` is negative, `size` is too small, or `most` is less than 1.

    >>> scenes = make_scenes(2)
    >>> scenes.x.shape, [len(boxes) for boxes in scenes.boxes]
    ((2, 3, 64, 64), [2, 3])
    """
    _check("make_scenes", count, size)
    if most < 1:
        raise ValueError(f"make_scenes: most must be at least 1, but is {most}")
    x, masks = np.zeros((count, 3, size, size), np.uint8), np.zeros((count, size, size), np.int64)
    boxes, labels = [], []
    for number in range(count):
        rng = np.random.default_rng([seed, first + number])
        canvas, ground, noise = _ground(rng, size)
        placed, wanted = [], rng.integers(1, most + 1)
        for _ in range(TRIES):
            shape = _random_shape(rng, size, ground, radius=(0.09, 0.2))
            if len(placed) < wanted and all(_apart(shape, other) for other in placed):
                placed.append(shape)
        shown = [_paint(canvas, shape) for shape in placed]
        for shape, mask in zip(placed, shown, strict=True):
            masks[number][mask] = 1 + shape["label"]
        boxes.append(np.array([box_of(mask) for mask in shown], np.int64))
        labels.append(np.array([shape["label"] for shape in placed], np.int64))
        x[number] = _noisy(rng, canvas, noise)
    return Scenes(x, masks, boxes, labels)


def held_out_scenes(count=300):
    """Return scenes that no network was trained on, with up to four shapes each, as `Scenes`."""
    return make_scenes(count, seed=HELD_OUT_SEED)


def box_of(mask):
    """Return (left, top, right, bottom) of a mask (H, W); right and bottom are just outside.

    Raises:
        ValueError: the mask is empty.

    >>> box_of(np.array([[False, False, False], [False, True, True]]))
    (1, 1, 3, 2)
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        raise ValueError("box_of: there is no pixel in the mask")
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def draw_shape(label, size, centre, radius, angle):
    """Return how much of each pixel a shape covers, from 0 to 1.

    Args:
        label: index of the shape in `CLASSES`.
        size: height and width of the picture in pixels.
        centre: (row, column) in pixels; pixel (0, 0) reaches from 0 to 1 in both directions.
        radius: radius of the circle around the shape, in pixels.
        angle: rotation in radians, clockwise.

    Returns:
        Float array (size, size).

    >>> draw_shape(CLASSES.index("square"), 4, centre=(2, 2), radius=2**0.5, angle=0)
    array([[0., 0., 0., 0.],
           [0., 1., 1., 0.],
           [0., 1., 1., 0.],
           [0., 0., 0., 0.]])
    """
    points = (np.arange(size * FINE) + 0.5) / FINE
    down, right = (points[:, None] - centre[0]) / radius, (points - centre[1]) / radius
    cos, sin = np.cos(angle), np.sin(angle)
    inside = _inside(CLASSES[label], cos * right + sin * down, cos * down - sin * right)
    return inside.reshape(size, FINE, size, FINE).mean(axis=(1, 3))


def _check(caller, count, size):
    if count < 0 or size < 16:
        raise ValueError(
            f"{caller}: count must be at least 0 and size at least 16, but are {count} and {size}"
        )


def _ground(rng, size):
    """Return a canvas (3, size, size) that fades between colours, its mean colour and its noise."""
    ground, slope = rng.integers(20, 236, 3), rng.uniform(-20, 20, (2, 3, 1, 1))
    ramp = np.linspace(-1, 1, size)
    canvas = ground[:, None, None] + slope[0] * ramp[:, None] + slope[1] * ramp
    return canvas, ground, rng.uniform(0, 15)


def _random_shape(rng, size, ground, radius):
    """Draw at random the class, position, size, angle and colour of a shape that fits."""
    radius = size * rng.uniform(*radius)
    colour = ground
    while np.abs(colour - ground).max() < 60:
        colour = rng.integers(0, 256, 3)
    return {
        "label": rng.integers(len(CLASSES)),
        "centre": rng.uniform(radius, size - radius, 2),
        "radius": radius,
        "angle": rng.uniform(0, 2 * np.pi),
        "colour": colour,
    }


def _factors(shape):
    return shape["centre"], shape["radius"], shape["angle"], shape["colour"]


def _apart(shape, other):
    """Return whether the circles of two shapes leave a pixel between them."""
    distance = np.hypot(*(shape["centre"] - other["centre"]))
    return distance > shape["radius"] + other["radius"] + 1


def _paint(canvas, shape):
    """Paint a shape on the canvas and return its mask."""
    place = shape["centre"], shape["radius"], shape["angle"]
    cover = draw_shape(shape["label"], canvas.shape[1], *place)
    canvas += cover * (shape["colour"][:, None, None] - canvas)
    return cover >= 0.5


def _noisy(rng, canvas, noise):
    return (canvas + rng.normal(0, noise, canvas.shape)).round().clip(0, 255).astype(np.uint8)


def _inside(name, u, v):
    """Return which points (u to the right, v down, in the unit circle) belong to a shape."""
    if name in CORNERS:
        return _in_polygon(CORNERS[name], u, v)
    if name == "heart":
        a, b = 1.4 * u, 0.12 - 1.4 * v  # so that the curve stays within the unit circle
        return (a**2 + b**2 - 1) ** 3 < 1.3 * a**2 * b**3
    within = np.hypot(u, v) <= 1
    if name == "ring":
        within &= np.hypot(u, v) >= 0.55
    if name == "crescent":
        within &= np.hypot(u - 0.45, v) >= 0.76
    return within


def _in_polygon(corners, u, v):
    """Return which points are in a polygon: those whose ray to the right crosses it oddly often."""
    inside = np.zeros(np.broadcast_shapes(u.shape, v.shape), bool)
    for (u1, v1), (u2, v2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if v1 != v2:
            inside ^= ((v1 > v) != (v2 > v)) & (u < u1 + (v - v1) / (v2 - v1) * (u2 - u1))
    return inside


def _regular(corners, *radii):
    """Return corners around the centre, the first at the top, with the given radii in turn."""
    angles = 2 * np.pi * np.arange(corners) / corners - np.pi / 2
    radius = np.resize(radii, corners)
    return np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)


def _unit(corners):
    """Scale corners so that the furthest is on the unit circle."""
    corners = np.array(corners, float)
    return corners / np.hypot(*corners.T).max()


CORNERS = {
    "triangle": _regular(3, 1),
    "square": _unit([(-1, -1), (1, -1), (1, 1), (-1, 1)]),
    "pentagon": _regular(5, 1),
    "star": _regular(10, 1, 0.4),
    "cross": _unit(
        [
            *((-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1)),
            *((1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1)),
        ]
    ),
    "arrow": _unit([(0, -3), (2.4, 0), (0.9, 0), (0.9, 3), (-0.9, 3), (-0.9, 0), (-2.4, 0)]),
}
