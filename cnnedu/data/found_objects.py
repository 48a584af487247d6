"""A generated example of a folder of pictures: small objects, each shown several times."""

from pathlib import Path

import numpy as np
from PIL import Image

from cnnedu.data.shapes import CLASSES, draw_shape

OBJECTS = {"heart": 80, "crescent": 50, "star": 30}  # objects of each class
SHOTS = 4  # pictures of each object
SIZE = 32  # pixels


def write_found_objects(folder, seed=0):
    """Write generated pictures, a folder per class and in it one per object: the same for a seed.

    An object keeps its colour, its background and nearly its size; position, angle and noise change
    from shot to shot. `heart/12/3.png` is the fourth picture of heart number 12.

    Args:
        folder: path, created if it is missing.
        seed: whole number.

    Returns:
        {file, relative to the folder: mask, bool (32, 32), True on the object}.
    """
    masks = {}
    for label, (kind, count) in enumerate(OBJECTS.items()):
        for number in range(count):
            (Path(folder) / f"{kind}/{number:02d}").mkdir(parents=True, exist_ok=True)
            rng = np.random.default_rng([seed, label, number])
            ground = rng.integers(20, 140, 3)
            colour = ground + rng.integers(40, 115, 3)  # lighter than its background
            radius = SIZE * rng.uniform(0.24, 0.36)
            for shot in range(SHOTS):
                picture, mask = _shot(rng, kind, colour, ground, radius)
                name = f"{kind}/{number:02d}/{shot}.png"
                Image.fromarray(picture).save(Path(folder) / name)
                masks[name] = mask
    return masks


def _shot(rng, kind, colour, ground, radius):
    """Return a picture (32, 32, 3) and the object's mask."""
    radius = radius * rng.uniform(0.9, 1.1)
    place = rng.uniform(radius, SIZE - radius, 2)
    cover = draw_shape(CLASSES.index(kind), SIZE, place, radius, rng.uniform(0, 2 * np.pi))
    picture = ground + cover[:, :, None] * (colour - ground)
    noisy = picture + rng.normal(0, 12, picture.shape)
    return noisy.round().clip(0, 255).astype(np.uint8), cover >= 0.5
