"""What a test changes in the environment is undone: kernels of later tests would inherit it."""

import os

import pytest


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_leaves_no_variable_to_the_next(turn):
    """MPLBACKEND, left behind by a test of `cnnedu predict`, took the next notebook's pictures."""
    assert "CNNEDU_LEFT_BEHIND" not in os.environ
    os.environ["CNNEDU_LEFT_BEHIND"] = turn
