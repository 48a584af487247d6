"""An example of a folder of one's own pictures: small things, each photographed several times."""

from pathlib import Path

import numpy as np
from PIL import Image

from cnnedu.data.shapes import CLASSES, draw_shape

KINDS = {"heart": 80, "crescent": 50, "star": 30}  # things of each class
SHOTS = 4  # pictures of each thing
SIZE = 32  # pixels


def write_found_objects(folder, seed=0):
    """Write a folder of generated pictures with one subfolder per class, always the same.

    A thing keeps its colour, its ground and nearly its size; place, angle and noise change from
    shot to shot. `heart/12-3.png` is the fourth picture of the heart number 12.

    Args:
        folder: path, made if it is missing.
        seed: whole number.

    Returns:
        {file, relative to the folder: mask, bool (32, 32)}: which pixels the thing covers.
    """
    masks = {}
    for label, (kind, things) in enumerate(KINDS.items()):
        (Path(folder) / kind).mkdir(parents=True, exist_ok=True)
        for thing in range(things):
            rng = np.random.default_rng([seed, label, thing])
            ground = rng.integers(20, 140, 3)
            colour = ground + rng.integers(40, 115, 3)  # lighter than the cloth it lies on
            radius = SIZE * rng.uniform(0.24, 0.36)
            for shot in range(SHOTS):
                picture, mask = _shot(rng, kind, colour, ground, radius)
                name = f"{kind}/{thing:02d}-{shot}.png"
                Image.fromarray(picture).save(Path(folder) / name)
                masks[name] = mask
    return masks


def object_of(file):
    """Return which thing a file shows: the pictures of one thing belong together.

    >>> object_of("heart/12-3.png")
    'heart/12'
    """
    return file.rsplit("-", 1)[0]


def _shot(rng, kind, colour, ground, radius):
    """Return a picture (32, 32, 3) and the thing's mask."""
    radius = radius * rng.uniform(0.9, 1.1)
    place = rng.uniform(radius, SIZE - radius, 2)
    cover = draw_shape(CLASSES.index(kind), SIZE, place, radius, rng.uniform(0, 2 * np.pi))
    picture = ground + cover[:, :, None] * (colour - ground)
    noisy = picture + rng.normal(0, 12, picture.shape)
    return noisy.round().clip(0, 255).astype(np.uint8), cover >= 0.5
