"""Shapes with cues: a texture fills only the shape, and a mark changes exactly 16 pixels."""

import numpy as np
import pytest

from cnnedu.data.shapes import CLASSES
from cnnedu.data.textured_shapes import MARK, make_upright, mark

DISK, SQUARE = CLASSES.index("disk"), CLASSES.index("square")


def test_a_picture_depends_on_its_seed_number_and_cues_alone():
    first = make_upright([DISK, SQUARE], [0, 1], seed=3)
    again = make_upright([DISK, SQUARE, DISK], [0, 1, 2], seed=3)
    assert np.array_equal(first, again[:2])
    assert not np.array_equal(first[0], make_upright([DISK], [0], seed=4)[0])


def test_a_texture_is_light_and_dark_and_a_plain_shape_is_not():
    plain, textured = make_upright([SQUARE], seed=1)[0], make_upright([SQUARE], [1], seed=1)[0]
    inside = (slice(None), slice(12, 20), slice(12, 20))
    assert plain[inside].std(axis=(1, 2)).max() < 12  # the noise, and no more
    assert textured[inside].std(axis=(1, 2)).min() > 40
    corner = (slice(None), slice(0, 4), slice(0, 4))
    assert abs(plain[corner].mean() - textured[corner].mean()) < 60  # both are ground


def test_a_mark_leaves_the_rest_and_the_original_alone():
    x = make_upright([DISK], seed=0)
    kept = x.copy()
    changed = mark(x, 2, 5)
    assert np.array_equal(x, kept)
    assert (changed[0, 1, 2:6, 5:9] == MARK).all()
    assert (changed != x).any(axis=(0, 1)).sum() <= MARK.size


def test_textures_must_fit_labels():
    with pytest.raises(ValueError, match="one texture per label"):
        make_upright([0, 1], [0])
