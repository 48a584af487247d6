"""`PoolingLab` on the Python side: the layers, what moves, and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import smiley
from cnnedu.widgets import PoolingLab


def test_the_picture_moves_on_the_sheet():
    lab = PoolingLab()
    np.testing.assert_array_equal(lab.sheet[3:11, 3:11], smiley())
    assert lab.sheet.sum() == smiley().sum()
    lab.shift = (6, -1)
    np.testing.assert_array_equal(lab.sheet[9:, 2:10], smiley()[:5])
    assert lab.sheet.sum() == smiley()[:5].sum()


@pytest.mark.parametrize("blur", [False, True])
@pytest.mark.parametrize("pooling", ["max", "average", "stride"])
def test_moves_by_whole_outputs_are_equivariant(pooling, blur):
    for shift in [(2, 0), (0, -2), (-2, 2)]:
        lab = PoolingLab(pooling=pooling, blur=blur, shift=shift)
        np.testing.assert_allclose(lab.output, lab.expected, atol=1e-12)
        assert np.abs(lab.output - lab.before).max() > 0.2


@pytest.mark.parametrize("pooling", ["max", "average", "stride"])
def test_blur_mends_moves_by_half_an_output(pooling):
    plain, blurred = (
        np.abs(lab.output - lab.expected).sum() / lab.before.sum()
        for lab in (PoolingLab(pooling=pooling, blur=blur, shift=(0, 1)) for blur in (False, True))
    )
    assert blurred < 0.75 * plain


def test_average_pooling_halves_between_two_outputs():
    lab = PoolingLab(picture=np.eye(2, dtype=int), pooling="average", shift=(0, 1))
    assert lab.before[3, 3] == 0.5
    assert lab.expected[3, 3:5].tolist() == [0.25, 0.25]
    assert lab.output[3, 3:5].tolist() == [0.25, 0.25]


def test_global_average_is_invariant_until_the_picture_leaves_the_sheet():
    lab = PoolingLab(pooling="global average", shift=(3, -3), blur=True)
    assert lab.output == lab.before == lab.expected == smiley().sum() / 14**2
    lab.shift = (4, 0)
    assert lab.output < lab.before
    assert repr(lab) == (
        "PoolingLab(global average, picture 8×8 moved 4 down and 0 right, output 1×1)"
    )


def test_stored_picture_is_small_and_the_same_twice():
    lab = PoolingLab(np.full((4, 4), -12.75), np.arange(64).reshape(8, 8) / 7.5, shift=(-3, 5))
    assert len(lab.picture_png()) < 100_000
    assert lab.picture_png() == lab.picture_png()


WRONG = [
    (dict(numbers=np.ones((4, 5))), ValueError, r"numbers must have 4 to 4 rows"),
    (dict(numbers=[[100] * 4] * 4), ValueError, "from −99 to 99, but holds 100"),
    (dict(picture=np.ones((9, 9))), ValueError, "picture must have 2 to 8 rows"),
    (dict(picture=-smiley()), ValueError, "picture must hold .* from 0 to 9, but holds −1"),
    (dict(picture="cat"), TypeError, "picture must hold real numbers"),
    (dict(pooling="min"), ValueError, "pooling must be one of 'max', .* but is 'min'"),
    (dict(shift=(7, 0)), ValueError, r"shift must be .* from −6 to 6, but is \(7, 0\)"),
    (dict(shift=1), ValueError, "shift must be"),
    (dict(blur="yes"), TypeError, "blur must be True or False, but is 'yes'"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: PoolingLab(**arguments), error, message)
