"""`PoolingLab` on the Python side: what pooling keeps, and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.widgets import PoolingLab


def test_what_pooling_keeps_of_sixteen_numbers():
    lab = PoolingLab()
    assert lab.largest.tolist() == [[4, 5], [6, 4]]
    assert lab.means.tolist() == [[2.5, 2], [2.25, 2.5]]
    assert lab.mean == 37 / 16
    lab.numbers = -1 - np.arange(16).reshape(4, 4)
    assert lab.largest.tolist() == [[-1, -3], [-9, -11]]
    assert repr(lab).startswith("PoolingLab(4 × 4 numbers, max [[−1, −3], [−9, −11]], average [[−3")


def test_stored_picture_is_small_and_the_same_twice():
    lab = PoolingLab(np.full((4, 4), -12.75))
    assert len(lab.picture_png()) < 100_000
    assert lab.picture_png() == lab.picture_png()


WRONG = [
    (np.ones((4, 5)), ValueError, r"numbers must have 4 to 4 rows"),
    ([[100] * 4] * 4, ValueError, "from −99 to 99, but holds 100"),
    ("cat", TypeError, "numbers must hold real numbers"),
]


@pytest.mark.parametrize("numbers, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(numbers, error, message):
    assert_refused(lambda: PoolingLab(numbers), error, message)
