"""A kernel of a student's own design: only its shape counts, but it has to have one."""

import numpy as np
import pytest

from cnnedu.checks import CheckFailed, unit_kernel

SHAPE = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])


@pytest.mark.parametrize("scale", [1, -3, 1e-3, 1e-12, 5e-324, 1e300])
def test_the_scale_goes_and_the_sign_stays(scale):
    np.testing.assert_array_equal(unit_kernel("w", scale * SHAPE), np.sign(scale) * SHAPE / 2)


@pytest.mark.parametrize("kind", [list, tuple, np.float32, np.int8])
def test_numbers_of_any_kind(kind):
    np.testing.assert_array_equal(unit_kernel("w", kind(SHAPE.tolist())), SHAPE / 2)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ([[1, 2, 3], [4, 5], [6]], "differ in length"),
        (np.ones((1, 3, 3)), "three rows"),
        ([["a"] * 3] * 3, "real numbers"),
        ([["1", "0", "-1"]] * 3, "real numbers"),
        ([[1j] * 3] * 3, "real numbers"),
        (np.full((3, 3), 1j), "real numbers"),
        ([[10**400] * 3] * 3, "real numbers"),
        ([[1, 0, -1], [0, np.nan, 0], [0, 0, 0]], "finite"),
        ([[np.inf] * 3, [0] * 3, [-np.inf] * 3], "finite"),
        (np.zeros((3, 3)), "all its weights are 0"),
    ],
)
def test_what_is_no_kernel_is_told_so(value, says):
    with pytest.raises(CheckFailed, match=f"w: .*{says}"):
        unit_kernel("w", value)
