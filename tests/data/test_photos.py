"""The photographs are those of the libraries that bring them, which needn't be imported."""

import subprocess
import sys

import numpy as np
import pytest

from cnnedu.data import photos
from cnnedu.data.photos import FILES, NAMES, photo

BY_SCIKIT_IMAGE = {
    "astronaut": "astronaut",
    "cat": "chelsea",
    "coffee": "coffee",
    "retina": "retina",
    "rocket": "rocket",
    "stars": "hubble_deep_field",
    "tissue": "immunohistochemistry",
}


@pytest.mark.parametrize("name", BY_SCIKIT_IMAGE)
def test_scikit_image_gives_the_same(name):
    from skimage import data

    np.testing.assert_array_equal(photo(name), getattr(data, BY_SCIKIT_IMAGE[name])())


@pytest.mark.parametrize("name", ["flower", "temple"])
def test_scikit_learn_gives_the_same(name):
    from sklearn.datasets import load_sample_image

    theirs = load_sample_image(FILES[name].rpartition("/")[2])
    np.testing.assert_array_equal(photo(name), theirs)


def test_neither_photographs_nor_digits_import_another_library():
    code = (
        "import sys; from cnnedu.data import digits, photos; digits.load_digits(); "
        f"[photos.photo(name) for name in {NAMES}]; "
        "heavy = {'matplotlib', 'scipy', 'skimage', 'sklearn'} & set(sys.modules); "
        "sys.exit(f'they import {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(photos.FILES, "cat", "not_installed/cat.png")
    with pytest.raises(ModuleNotFoundError, match=r"comes with the package not_installed.*pip"):
        photo("cat")
