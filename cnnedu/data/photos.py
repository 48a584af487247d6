"""Real photographs that come with scikit-image, so that no lesson needs a download."""

import numpy as np

NAMES = {"cat": "chelsea", "astronaut": "astronaut", "coffee": "coffee", "retina": "retina"}


def photo(name):
    """Return a photograph as a uint8 array of shape (H, W, 3), each value from 0 to 255.

    Args:
        name: "cat", "astronaut", "coffee" or "retina".

    Raises:
        ValueError: there is no photograph of that name.

    Source
        scikit-image's package data; `skimage.data` names the licences.

    >>> photo("cat").shape
    (300, 451, 3)
    """
    from skimage import data

    if name not in NAMES:
        raise ValueError(f"photo: there is no {name!r}; choose one of {', '.join(NAMES)}")
    return getattr(data, NAMES[name])()


def square(picture, top, left, size):
    """Return the square of `size`×`size` pixels whose top left pixel is (top, left).

    Raises:
        ValueError: the square isn't inside the picture.

    >>> square(photo("cat"), top=0, left=70, size=300).shape
    (300, 300, 3)
    """
    height, width = picture.shape[:2]
    if min(top, left) < 0 or size < 1 or top + size > height or left + size > width:
        raise ValueError(
            f"square: rows {top} to {top + size} and columns {left} to {left + size} are not "
            f"inside a picture of {height} × {width} pixels"
        )
    return picture[top : top + size, left : left + size]


def shrink(picture, size):
    """Resize a square photograph to `size`×`size` pixels, each the mean of what it covers.

    Args:
        picture: uint8 array (H, H, 3).
        size: pixels along each side of the result.

    Returns:
        uint8 array (size, size, 3).
    """
    from PIL import Image

    small = Image.fromarray(picture).resize((size, size), Image.Resampling.BOX)
    return np.array(small)
