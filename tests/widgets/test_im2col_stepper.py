"""`Im2colStepper` on the Python side: state, numbers and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import conv2d, correlate2d
from cnnedu.widgets import Im2colStepper


def test_the_product_is_the_convolution():
    stepper = Im2colStepper()
    assert stepper.columns.shape == (9, 36)
    expected = correlate2d(smiley(), edge_kernel())
    np.testing.assert_array_equal(stepper.output.reshape(6, 6), expected)


def test_two_channels_and_a_stride():
    x, w = np.random.default_rng(0).normal(size=(2, 7, 6)), np.ones((2, 3, 2))
    stepper = Im2colStepper(x, w, stride=2, position=(2, 2))
    expected = conv2d(x[None], w[None], stride=2)
    np.testing.assert_allclose(stepper.output.reshape(expected.shape), expected)
    stepper.pixel = (1, 2, 2)
    assert repr(stepper) == (
        "Im2colStepper(picture 2×7×6, kernel 2×3×2, stride 2, columns 12×9, window (2, 2) framed, "
        "2 copies of pixel (1, 2, 2) marked)"
    )


@pytest.mark.parametrize(
    "pixel, copies", [(None, 0), ((0, 0, 0), 1), ((0, 0, 3), 3), ((0, 3, 3), 9), ((0, 7, 6), 2)]
)
def test_copies_of_a_pixel(pixel, copies):
    assert Im2colStepper(pixel=pixel).copies == copies


def test_copies_with_a_stride():
    assert [Im2colStepper(stride=3, pixel=(0, *at)).copies for at in ((2, 2), (6, 7))] == [1, 0]


def test_fewer_outputs_keep_the_position_inside_and_fewer_pixels_the_mark():
    stepper = Im2colStepper(position=(5, 2), pixel=(0, 7, 1))
    stepper.stride = 3
    assert stepper.position == (1, 1) and stepper.pixel == (0, 7, 1)
    stepper.picture = smiley()[:5]
    assert stepper.position == (0, 1) and stepper.pixel is None


def test_what_the_page_sends_is_taken():
    stepper = Im2colStepper()
    stepper.set_state({"position": [3, 0], "pixel": [0, 4, 1], "stride": 1})
    assert (stepper.position, stepper.pixel) == ((3, 0), (0, 4, 1))
    stepper.set_state({"pixel": None})
    assert stepper.pixel is None


def test_the_picture_is_small():
    planes, kernels = np.stack([smiley()] * 2), np.stack([edge_kernel()] * 2)
    for stepper in (Im2colStepper(pixel=(0, 3, 2)), Im2colStepper(planes, kernels)):
        assert len(stepper.picture_png()) < 100_000


WRONG = [
    (dict(picture="cat"), TypeError, "picture must hold real numbers"),
    (dict(picture=[[1, 2], [3]]), ValueError, "picture must have rows of equal length"),
    (dict(picture=np.zeros((3, 8, 8))), ValueError, r"picture must have 1 or 2 channels"),
    (dict(picture=np.zeros((9, 8))), ValueError, "picture must have 3 to 8 rows"),
    (dict(picture=np.zeros((2, 8, 8))), ValueError, "as many channels .* has 1, .* picture 2"),
    (dict(picture=np.zeros((3, 3)), kernel=np.zeros((4, 1))), ValueError, "must have 1 to 3 rows"),
    (dict(stride=4), ValueError, "stride must be a whole number from 1 to 3, but is 4"),
    (dict(position=(6, 0)), ValueError, r"position must be .* 6×6 outputs, but is \(6, 0\)"),
    (dict(pixel=(0, 8, 0)), ValueError, r"pixel must be .* 8×8 pixels, but is \(8, 0\)"),
    (dict(pixel=(1, 0, 0)), ValueError, r"pixel must be .* but is \(1, 0, 0\)"),
    (dict(pixel=3), ValueError, "pixel must be the"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: Im2colStepper(**arguments), error, message)


def test_a_wrong_value_changes_nothing():
    stepper = Im2colStepper()
    with pytest.raises(ValueError, match="as many channels"):
        stepper.kernel = np.ones((2, 3, 3))
    assert stepper.kernel.shape == (1, 3, 3)
