"""Exercise 03: a mistake that some shapes don't allow."""

import numpy as np
from checks.told import message

from cnnedu import kernels
from cnnedu.checks import Case
from cnnedu.checks.answers import e03_stride_padding_shapes as answers


def test_a_mistake_that_these_shapes_do_not_allow_is_passed_over():
    # Without its padding, the picture is smaller than the window.
    case = Case(
        "conv2d",
        lambda rng: [(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.zeros(1), 1, 1, 1)],
        kernels.conv2d,
        mistakes=answers.MISTAKES["conv2d"],
    )
    assert "expected" in message(lambda *arguments: kernels.conv2d(*arguments) + 1, case)
