"""`ConvolutionStepper` on the Python side: state, numbers and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets import ConvolutionStepper


def test_defaults_are_the_course_s_example():
    stepper = ConvolutionStepper()
    np.testing.assert_array_equal(stepper.picture, smiley())
    np.testing.assert_array_equal(stepper.kernel, edge_kernel())
    assert stepper.output.shape == (6, 6)
    assert stepper.output.dtype == np.int64


def test_output_is_the_kernels():
    picture, kernel = np.random.default_rng(0).normal(size=(2, 5, 5))
    stepper = ConvolutionStepper(picture, kernel[:2], stride=2, padding=1)
    np.testing.assert_array_equal(stepper.output, correlate2d(picture, kernel[:2], 2, 1))


def test_accepts_lists_and_booleans():
    stepper = ConvolutionStepper([[True, False, True]] * 3, [[0.5]])
    assert stepper.picture.dtype == np.int64
    assert stepper.kernel.dtype == np.float64


def test_pictures_cannot_change_behind_the_page_s_back():
    given = smiley()
    stepper = ConvolutionStepper(given)
    given[0] = 7
    assert stepper.picture.max() == 1
    with pytest.raises(ValueError, match="read-only"):
        stepper.picture[0, 0] = 1


def test_fewer_outputs_keep_the_position_inside():
    stepper = ConvolutionStepper(position=(5, 2))
    stepper.stride = 3
    assert stepper.position == (1, 1)
    stepper.padding = 2
    assert stepper.position == (1, 1)


def test_what_the_page_sends_is_taken():
    stepper = ConvolutionStepper()
    ink = [[1] * 4] * 4
    stepper.set_state({"picture": ink, "padding": 1, "position": [3, 3], "filled": 16})
    assert stepper.picture.tolist() == ink
    assert (stepper.position, stepper.filled) == ((3, 3), 16)
    assert stepper.get_state(["picture"]) == {"picture": ink}


WRONG = [
    (dict(picture="cat"), TypeError, "picture must hold real numbers"),
    (dict(picture=[[1, 2], [3]]), ValueError, "picture must have rows of equal length"),
    (dict(picture=np.zeros((3, 8, 8))), ValueError, r"picture must be .*shape \(3, 8, 8\)"),
    (dict(picture=np.zeros((2, 8))), ValueError, "picture must have 3 to 12 rows"),
    (dict(picture=np.zeros((28, 28))), ValueError, "picture must have 3 to 12 rows"),
    (dict(picture=[[0, 0, np.nan]] * 3), ValueError, "picture must hold finite numbers .*nan"),
    (dict(kernel=[[1, np.inf]]), ValueError, "kernel must hold finite numbers .*inf"),
    (dict(kernel=[[1000]]), ValueError, "from −999 to 999, but holds 1000"),
    (dict(kernel=[1, 0, -1]), ValueError, r"kernel must be \(rows, columns\)"),
    (dict(kernel=np.zeros((6, 1))), ValueError, "kernel must have 1 to 5 rows"),
    (dict(picture=np.zeros((3, 3)), kernel=np.ones((4, 1))), ValueError, "larger than the padded"),
    (dict(stride=0), ValueError, "stride must be a whole number from 1 to 4, but is 0"),
    (dict(stride=1.5), TypeError, "stride must be a whole number, but is 1.5"),
    (dict(stride=True), TypeError, "stride must be a whole number"),
    (dict(padding=-1), ValueError, "padding must be a whole number from 0 to 2"),
    (dict(position=(6, 0)), ValueError, r"position must be .* 6×6 outputs, but is \(6, 0\)"),
    (dict(position=3), ValueError, "position must be the"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: ConvolutionStepper(**arguments), error, message)


@pytest.mark.parametrize("name, value, error", [
    ("picture", [[1]], ValueError),
    ("kernel", None, TypeError),
    ("stride", 0, ValueError),
    ("padding", "1", TypeError),
    ("position", (-1, 0), ValueError),
])  # fmt: skip
def test_a_refused_trait_leaves_the_state_as_it_was(name, value, error):
    stepper = ConvolutionStepper()
    before = stepper.get_state()
    with pytest.raises(error, match=f"ConvolutionStepper: {name} must"):
        setattr(stepper, name, value)
    assert stepper.get_state() == before
