"""How much arithmetic a recipe takes, counted by hand."""

from torch import nn

from cnnedu.training.operations import operations
from cnnedu.training.recipes import Recipe
from cnnedu.training.settings import Settings


def convolution():
    """Return a network that takes exactly 3 · 9 · 2 multiply-adds per pixel."""
    return nn.Conv2d(3, 2, 3, padding=1, bias=False)


def test_each_multiply_add_of_each_picture_is_six_operations():
    settings = Settings(epochs=4, held_out=0.1)
    assert operations(Recipe(convolution, settings)) == 6 * 4 * 45_000 * 54 * 32**2


def test_shrunk_and_left_out_pictures_cost_less():
    settings = Settings(epochs=4, held_out=0.1, left_out=0.5, sizes=((16, 0.25), (32, 1)))
    mean = 0.25 * 54 * 16**2 + 0.75 * 54 * 32**2
    assert operations(Recipe(convolution, settings)) == 6 * 4 * 22_500 * mean
