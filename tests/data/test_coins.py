"""Coins on a photograph: each has a number, and halving keeps what is coin."""

import numpy as np
import pytest

from cnnedu.data.coins import cleaned, coins, half_size
from cnnedu.data.shapes import box_of


@pytest.fixture(scope="module")
def both():
    return coins()


def test_there_are_24_coins_none_touching_another(both):
    picture, numbers = both
    assert np.unique(numbers).tolist() == list(range(25))
    for side in (slice(1, None), slice(None, -1)):
        moved = np.roll(numbers, 1, axis=1)[:, side]
        pairs = (numbers[:, side] != moved) & (numbers[:, side] > 0) & (moved > 0)
        assert not pairs.any()
    # Read off the photograph with a ruler, to two pixels: the largest coin and the smallest.
    assert np.allclose(box_of(numbers == 13), (315, 156, 380, 218), atol=2)
    assert np.allclose(box_of(numbers == 12), (134, 110, 173, 145), atol=2)
    for n in range(1, 25):
        coin, around = numbers == n, _ring(numbers == n)
        assert picture[coin].mean() > picture[around & (numbers == 0)].mean() + 20


def _ring(mask):
    """Return the pixels up to four pixels outside a mask."""
    wide = mask.copy()
    for _ in range(4):
        for axis in (0, 1):
            wide |= np.roll(wide, 1, axis) | np.roll(wide, -1, axis)
    return wide & ~mask


def test_half_the_size_is_a_quarter_of_the_pixels(both):
    picture, numbers = half_size(*both)
    assert picture.shape == numbers.shape == (152, 192) and picture.dtype == np.uint8
    large, small = (np.bincount(n.ravel()) for n in (both[1], numbers))
    assert (abs(4 * small[1:] / large[1:] - 1) < 0.05).all()
    assert abs(picture.mean() - both[0].mean()) < 0.5


def test_a_hole_is_filled_and_a_speck_dropped():
    mask = np.zeros((7, 9), bool)
    mask[1:4, 1:4] = True
    mask[2, 2] = False
    mask[5, 5:7] = True
    mask[1:4, 6] = True
    assert np.unique(cleaned(mask, speck=4)).tolist() == [0, 1]
    numbers = cleaned(mask, speck=3)
    assert numbers[2, 2] == 1 and numbers[2, 6] == 2 and not numbers[5].any()
    assert not cleaned(np.zeros((3, 3), bool), speck=1).any()
