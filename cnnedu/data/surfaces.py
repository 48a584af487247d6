"""Surfaces: grey pictures of 48×48 pixels, cut from eight photographs.

The class of a picture says which photograph it was cut from: brick, fur, coins and so on. Grey
values are brought to one mean and one contrast, so neither colour nor brightness tells the class.
Each photograph is divided into 5×5 regions, and each picture lies in one of them: whoever sets
whole regions aside shares no pixel between training and test.
"""

from itertools import product
from typing import NamedTuple

import numpy as np

PHOTOGRAPHS = {  # class: name in `skimage.data`
    "brick": "brick",  # Poly Haven, CC0
    "cat": "chelsea",  # Stefan van der Walt, CC0
    "coins": "coins",  # Brooklyn Museum, no known copyright restrictions
    "grass": "grass",  # Poly Haven, CC0
    "gravel": "gravel",  # Poly Haven, CC0
    "retina": "retina",  # Mikael Häggström, CC0
    "stars": "hubble_deep_field",  # NASA, public domain
    "tissue": "immunohistochemistry",  # CMMI, no known copyright restrictions
}
INNER = {"retina": 210}  # pixels of the margin that are dark, because the picture is round
CLASSES = tuple(PHOTOGRAPHS)
SIZE = 48  # pixels along each side of a picture
LONGER = 512  # pixels: the longer side of a photograph, at most; larger ones are reduced
REGIONS = 5  # along each side of a photograph
EACH = 9  # pictures of a region
TRIED = 60  # places for them
FLAT = 2  # grey levels: a picture with less standard deviation shows nothing
MEAN, CONTRAST = 127, 50  # grey levels: mean and standard deviation of each picture


class Surfaces(NamedTuple):
    """N pictures, and where each is from."""

    x: np.ndarray  # uint8 (N, 3, 48, 48), three equal channels
    y: np.ndarray  # int64 (N,), indices into CLASSES
    regions: np.ndarray  # int64 (N,): pictures of one region may overlap


def load():
    """Cut the pictures, which takes about a second; they are always the same.

    Regions in which too few places have any contrast give no pictures.

    >>> surfaces = load()
    >>> surfaces.x.shape[1:], len(np.unique(surfaces.y))
    ((3, 48, 48), 8)
    """
    pictures, labels, regions = [], [], []
    for label, name in enumerate(CLASSES):
        photograph = _grey(name)
        for number, (i, j) in enumerate(product(range(REGIONS), repeat=2)):
            top, bottom = (photograph.shape[0] * k // REGIONS for k in (i, i + 1))
            left, right = (photograph.shape[1] * k // REGIONS for k in (j, j + 1))
            rng = np.random.default_rng([label, number])
            cut = _cut(photograph[top:bottom, left:right], rng)
            pictures += cut
            labels += [label] * len(cut)
            regions += [label * REGIONS**2 + number] * len(cut)
    x = np.repeat(np.array(pictures)[:, None], 3, axis=1)
    return Surfaces(x, np.array(labels), np.array(regions))


def _grey(name):
    """Return a photograph in grey, float (H, W), 0 to 255, reduced to LONGER at most."""
    from skimage import data, transform

    photograph = getattr(data, PHOTOGRAPHS[name])()
    grey = photograph.mean(axis=2) if photograph.ndim == 3 else photograph.astype(float)
    height, width, margin = *grey.shape, INNER.get(name, 0)
    grey = grey[margin : height - margin, margin : width - margin]
    return transform.rescale(grey, min(1, LONGER / max(grey.shape)), anti_aliasing=True)


def _cut(region, rng):
    """Return EACH pictures of a region, or none if most of it is flat."""
    found = []
    for _ in range(TRIED):
        top, left = (int(rng.integers(side - SIZE + 1)) for side in region.shape)
        piece = region[top : top + SIZE, left : left + SIZE]
        if piece.std() >= FLAT and len(found) < EACH:
            level = MEAN + CONTRAST * (piece - piece.mean()) / piece.std()
            found.append(level.round().clip(0, 255).astype(np.uint8))
    return found if len(found) == EACH else []
