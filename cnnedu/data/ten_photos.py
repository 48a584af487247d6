"""Ten Photos: 5,000 small pictures cut from ten photographs, in the layout of CIFAR-10.

The class of a picture says which photograph it was cut from. Each photograph is divided into 5×5
regions with a gap between them. A region gives pictures to one part only, so no pixel is in two
parts. A good accuracy says that a network knows these ten photographs again at places that it
hasn't seen. It doesn't say that it would know another cat.
"""

from typing import NamedTuple

import numpy as np

from cnnedu.data.photos import NAMES, photo, shrink, square

CLASSES = NAMES
# Mean and standard deviation of the training pixels: red, green, blue, on the scale 0 to 1.
MEAN = (0.4575, 0.3481, 0.2999)
STD = (0.3230, 0.2619, 0.2542)

REGIONS = 5  # along each side of a photograph
EMPTY = {  # regions that hold nearly nothing but sky or darkness: no picture is cut from them
    "admiral": (4, 9, 14, 16, 18),
    "flower": (0, 1, 4, 5, 9, 10, 19),
    "retina": (8, 11, 13, 14, 17, 18),
    "rocket": (1, 2, 3, 4, 6, 18),
    "temple": (0, 2, 3, 4, 8),
}
CONTRAST = 8  # least standard deviation of a picture's grey values, on the scale 0 to 255
TESTED, KEPT = 6, 4  # regions of each photograph for the test and for validation
TRAIN, VALIDATION, TEST = 300, 80, 120  # pictures of each class


class Pictures(NamedTuple):
    """One part of the data set: N pictures, and where each was cut."""

    x: np.ndarray  # (N, 3, 32, 32) uint8, 0 to 255
    y: np.ndarray  # (N,) int64, 0 to 9: the index into CLASSES
    places: np.ndarray  # (N, 3) int64: top, left and size in pixels of the photograph
    regions: np.ndarray  # (N,) int64, 0 to 249: pictures of one region may overlap


class TenPhotos(NamedTuple):
    """The three parts, as `load` returns them."""

    train: Pictures  # 3,000 pictures
    validation: Pictures  # 800
    test: Pictures  # 1,200


def load():
    """Cut the data set from the photographs, which takes about a second.

    A picture shows a square whose side is between 1/14 and 1/10 of the photograph's longer side,
    and at least 32 pixels. It is reduced to 32×32 pixels. Squares with almost no contrast are left
    out. In each part all classes are equally frequent, and its pictures are in a mixed order.

    Returns:
        `TenPhotos(train, validation, test)`, always the same.

    >>> [len(part.y) for part in load()]
    [3000, 800, 1200]
    """
    counts = {"train": TRAIN, "validation": VALIDATION, "test": TEST}
    return TenPhotos(**{part: _drawn(part, each) for part, each in counts.items()})


def draw(part, each, seed):
    """Cut new pictures from the regions of one part.

    Args:
        part: "train", "validation" or "test".
        each: pictures of each class.
        seed: whole number; the same one gives the same pictures.

    Returns:
        `Pictures`.

    >>> draw("test", each=2, seed=0).x.shape
    (20, 3, 32, 32)
    """
    return _drawn(part, each, seed)


def regions(name):
    """Return where the regions of one photograph lie, by part.

    Args:
        name: one of `CLASSES`.

    Returns:
        {"train", "validation", "test": list of (top, bottom, left, right), pixels}.

    >>> regions("cat")["test"][0]
    (125, 175, 366, 446)
    """
    shape = photo(name).shape
    numbers = _regions(CLASSES.index(name))
    return {part: [_box(shape, region) for region in numbers[part]] for part in TenPhotos._fields}


def with_surroundings(pictures, number, around=2):
    """Return the part of the photograph around one of the small pictures.

    Args:
        pictures: `Pictures`.
        number: which of them.
        around: sides of the small picture to show on each side of it, as far as the photograph
            goes.

    Returns:
        uint8 array (H, W, 3), and (top, left, size) of the small picture in it.
    """
    whole = photo(CLASSES[pictures.y[number]])
    top, left, size = map(int, pictures.places[number])
    first_row, first_column = max(0, top - around * size), max(0, left - around * size)
    rows = slice(first_row, top + (around + 1) * size)
    columns = slice(first_column, left + (around + 1) * size)
    return whole[rows, columns], (top - first_row, left - first_column, size)


def _drawn(part, each, *seed):
    """Cut pictures of all classes from the regions of one part; put them in a mixed order."""
    cut = []
    for label, name in enumerate(CLASSES):
        picture = photo(name)
        for number, region in enumerate(np.resize(_regions(label)[part], each)):
            place, small = _cut(
                picture, region, np.random.default_rng([*seed, label, number, region])
            )
            cut.append((small, label, place, REGIONS**2 * label + region))
    x, y, places, regions = (np.array(items) for items in zip(*cut, strict=True))
    x = np.ascontiguousarray(x.transpose(0, 3, 1, 2))
    order = np.random.default_rng(0).permutation(len(y))
    return Pictures(*(a[order] for a in (x, y, places, regions)))


def _regions(label):
    """Return the numbers of the regions that each part has of one photograph."""
    filled = [r for r in range(REGIONS**2) if r not in EMPTY.get(CLASSES[label], ())]
    order = np.random.default_rng(label).permutation(filled)
    return dict(zip(TenPhotos._fields[::-1], np.split(order, [TESTED, TESTED + KEPT]), strict=True))


def _cut(picture, region, rng):
    """Cut a square with enough contrast at a random place in a region; return place and picture."""
    top, bottom, left, right = _box(picture.shape, region)
    longer = max(picture.shape[:2])
    while True:
        size = max(32, rng.integers(longer // 14, longer // 10 + 1))
        place = rng.integers(top, bottom - size + 1), rng.integers(left, right - size + 1), size
        small = shrink(square(picture, *place), 32)
        if small.mean(axis=2).std() >= CONTRAST:
            return place, small


def _box(shape, region):
    """Return (top, bottom, left, right) of a region of a photograph, without its gaps."""
    margin = max(shape[:2]) / 100  # half of the gap between two regions
    (top, bottom), (left, right) = (
        (int(np.ceil(i * side / REGIONS + margin)), int((i + 1) * side / REGIONS - margin))
        for i, side in zip(divmod(int(region), REGIONS), shape[:2], strict=True)
    )
    return top, bottom, left, right
