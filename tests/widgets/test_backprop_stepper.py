"""`BackpropStepper` on the Python side: gradients, errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.kernels import conv2d_backward
from cnnedu.widgets import BackpropStepper


def test_gradients_are_the_kernels():
    random = np.random.default_rng(0)
    x, w, dout = (random.normal(size=shape) for shape in ((5, 7), (3, 2), (3, 4)))
    stepper = BackpropStepper(x, w, dout, stride=2, padding=1)
    dx, dw, db = conv2d_backward(*(a[None, None] for a in (dout, x, w)), 2, 1)
    for found, expected in zip(stepper.gradients, (dx[0, 0], dw[0, 0], db[0]), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_dout_is_the_same_every_time_and_fits():
    first, second = BackpropStepper(stride=2), BackpropStepper(stride=2)
    assert first.dout.shape == (3, 3)
    np.testing.assert_array_equal(first.dout, second.dout)


def test_what_the_page_sends_is_taken():
    stepper = BackpropStepper()
    stepper.set_state({"kernel": [[1, 2, 3]] * 3, "position": [5, 5], "filled": 36})
    assert stepper.kernel.tolist() == [[1, 2, 3]] * 3
    assert (stepper.position, stepper.filled) == ((5, 5), 36)


WRONG = [
    (dict(picture="cat"), TypeError, "picture must hold real numbers"),
    (dict(picture=np.zeros((12, 12))), ValueError, "picture must have 3 to 10 rows"),
    (dict(kernel=np.zeros((6, 6))), ValueError, "kernel must have 1 to 5 rows"),
    (dict(picture=np.zeros((3, 3)), kernel=np.ones((4, 1))), ValueError, "larger than the padded"),
    (dict(dout=[[1, 2]]), ValueError, r"dout must have the output's shape \(6, 6\), .* \(1, 2\)"),
    (dict(dout=[[np.nan] * 6] * 6), ValueError, "dout must hold finite numbers"),
    (dict(stride=0), ValueError, "stride must be a whole number from 1 to 4"),
    (dict(stride="2"), TypeError, "stride must be a whole number"),
    (dict(padding=3), ValueError, "padding must be a whole number from 0 to 2"),
    (dict(position=(6, 0)), ValueError, r"one of the 6×6 outputs, but is \(6, 0\)"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: BackpropStepper(**arguments), error, message)


@pytest.mark.parametrize("name, value", [("stride", 2), ("dout", [[1]]), ("position", (9, 9))])
def test_a_refused_trait_leaves_the_state_as_it_was(name, value):
    stepper = BackpropStepper()
    before = stepper.get_state()
    with pytest.raises(ValueError, match="BackpropStepper: "):
        setattr(stepper, name, value)
    assert stepper.get_state() == before
