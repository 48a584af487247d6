"""What the inputs of checks rely on: no rounding, cut or lost sign goes unnoticed by chance."""

import numpy as np
import pytest

from cnnedu.checks.drawn import fractions, wholes

SHAPES = [(1,), (2,), (3, 4), (2, 3, 5), (7, 1), (5, 5, 2)]


@pytest.mark.parametrize("shape", SHAPES)
def test_fractions_are_never_whole_and_even_their_sizes_differ(shape):
    drawn = fractions(np.random.default_rng(), shape)
    assert drawn.shape == shape
    assert np.all(abs(drawn - np.rint(drawn)) > 0.05)
    assert np.all(np.diff(np.sort(abs(drawn), axis=None)) > 0.1)
    assert drawn.size == 1 or drawn.min() < 0 < drawn.max()


@pytest.mark.parametrize("digits", range(7))
def test_every_fraction_feels_that_it_is_rounded(digits):
    drawn = fractions(np.random.default_rng(), (4, 5))
    assert np.all(abs(drawn.round(digits) - drawn) > 2e-9)


@pytest.mark.parametrize("shape", SHAPES)
def test_whole_numbers_differ(shape):
    drawn = wholes(np.random.default_rng(), shape)
    assert drawn.shape == shape and drawn.dtype == np.int64
    assert len(np.unique(drawn)) == drawn.size
    assert drawn.size < 3 or drawn.min() < 0 < drawn.max()


def test_each_draw_has_another_order():
    rng = np.random.default_rng(0)
    assert not np.array_equal(fractions(rng, (20,)), fractions(rng, (20,)))
