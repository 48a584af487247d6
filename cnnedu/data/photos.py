"""Real photographs that come with scikit-image, scikit-learn and Matplotlib: no download."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np

# Each file lies in the package that brings it. It is read from there without importing the package,
# which takes seconds.
FILES = {
    # James S. Davis, US Navy, public domain
    "admiral": "matplotlib/mpl-data/sample_data/grace_hopper.jpg",
    "astronaut": "skimage/data/astronaut.png",  # NASA, public domain
    "cat": "skimage/data/chelsea.png",  # Stefan van der Walt, CC0
    "coffee": "skimage/data/coffee.png",  # Rachel Michetti, CC0
    # vultilion, flickr.com/photos/vultilion/6056698931, CC BY 2.0
    "flower": "sklearn/datasets/images/flower.jpg",
    "retina": "skimage/data/retina.jpg",  # Mikael Häggström, CC0
    "rocket": "skimage/data/rocket.jpg",  # SpaceX, public domain
    "stars": "skimage/data/hubble_deep_field.jpg",  # NASA, public domain
    # danielbuechele, flickr.com/photos/danielbuechele/6061409035, CC BY 2.0
    "temple": "sklearn/datasets/images/china.jpg",
    "tissue": "skimage/data/ihc.png",  # CMMI, no known copyright restrictions
}
NAMES = tuple(FILES)


def photo(name):
    """Return a photograph as a uint8 array of shape (H, W, 3), each value from 0 to 255.

    Args:
        name: one of `NAMES`.

    Raises:
        ValueError: there is no photograph of that name.

    Source
        The data that comes with scikit-image, scikit-learn and Matplotlib. All may be passed on;
        "flower" (photograph: vultilion) and "temple" (photograph: danielbuechele) under the
        licence CC BY 2.0, which asks that the photographer is named.

    >>> photo("cat").shape
    (300, 451, 3)
    """
    if name not in NAMES:
        raise ValueError(f"photo: there is no {name!r}; choose one of {', '.join(NAMES)}")
    from PIL import Image

    return np.array(Image.open(package_file(FILES[name])))


def package_file(path):
    """Return where a file lies that an installed package brings; the package isn't imported.

    Args:
        path: of the file, from the package's name on.

    Raises:
        ModuleNotFoundError: the package isn't installed.

    >>> package_file("sklearn/datasets/data/digits.csv.gz").exists()
    True
    """
    package, _, rest = path.partition("/")
    found = find_spec(package)
    if found is None:
        raise ModuleNotFoundError(
            f"{path} comes with the package {package}, which isn't installed: `pip install cnnedu` "
            "brings it",
            name=package,
        )
    return Path(found.origin).parent / rest


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


def middle_squares(size):
    """Return the square in the middle of every photograph, in the order of `NAMES`.

    Args:
        size: pixels along each side.

    Returns:
        uint8 array (10, size, size, 3).

    >>> middle_squares(32).shape
    (10, 32, 32, 3)
    """
    return np.stack([shrink(middle_square(photo(name)), size) for name in NAMES])


def middle_square(picture):
    """Return the largest square in the middle of a picture (H, W, …).

    >>> middle_square(photo("cat")).shape
    (300, 300, 3)
    """
    side = min(picture.shape[:2])
    top, left = ((pixels - side) // 2 for pixels in picture.shape[:2])
    return square(picture, top, left, side)
