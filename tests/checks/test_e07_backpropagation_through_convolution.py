"""Exercise 07: its answers are those of the course's kernels; whole numbers meet fractions."""

import numpy as np
import pytest

from cnnedu import kernels
from cnnedu.checks.exercises import e07_backpropagation_through_convolution as e07

CASES = {check.name: check for check in e07.CHECKS[1:]}


def inputs(name, seed=0):
    """Return the visible and the hidden inputs of a function, drawn with one seed."""
    case = CASES[name]
    return [*case.inputs(np.random.default_rng(seed)), *case.hidden(np.random.default_rng(seed))]


def numeric(x, w, h):
    def loss(w):
        return np.tanh(kernels.correlate2d(x, w)).sum()

    units = h * np.eye(w.size).reshape(-1, *w.shape)
    return np.reshape([(loss(w + e) - loss(w - e)) / (2 * h) for e in units], w.shape)


KERNELS = {
    "weight_gradient": lambda dout, x, KH, KW, stride: kernels.conv2d_backward(
        dout, x, np.zeros((dout.shape[1], x.shape[1], KH, KW)), stride
    )[1],
    "input_gradient": lambda dout, w, H, W, stride: kernels.conv2d_backward(
        dout, np.zeros((len(dout), w.shape[1], H, W)), w, stride
    )[0],
    "max_pool_gradient": lambda dout, x: kernels.max_pool2d_backward(dout, x, 2),
    "numeric_gradient": numeric,
}


@pytest.mark.parametrize("name", CASES)
def test_a_reference_agrees_with_the_kernels(name):
    for arguments in inputs(name):
        expected = KERNELS[name](*arguments)
        np.testing.assert_allclose(CASES[name].reference(*arguments), expected, rtol=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_whole_numbers_meet_fractions_in_each_place(name):
    case = CASES[name]
    kinds = {
        (first.dtype.kind in "iu", second.dtype.kind in "iu")
        for first, second, *_ in case.hidden(np.random.default_rng(0))
    }
    assert {(True, False), (False, True)} <= kinds


@pytest.mark.parametrize("drawn", [e07._pictures, e07._more_pictures])
def test_each_way_in_which_pixels_can_be_equal_occurs(drawn):
    for seed in range(20):
        _, x = max(
            (pair for pair in drawn(np.random.default_rng(seed)) if pair[1].shape == (2, 1, 4, 8)),
            key=lambda pair: pair[1].max(),
        )
        windows = x.reshape(2, 2, 2, 4, 2).swapaxes(2, 3).reshape(16, 4)
        assert len({(window == x.max()).tobytes() for window in windows}) == 16
