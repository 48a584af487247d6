"""`KernelLab` on the Python side: state, numbers and errors."""

import base64

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import photo
from cnnedu.kernels import convolve2d, correlate2d, max_pool2d
from cnnedu.widgets import KernelLab


@pytest.fixture
def picture():
    return np.random.default_rng(0).integers(0, 256, (20, 31)).astype(np.uint8)


@pytest.mark.parametrize("size", [3, 5])
def test_numbers_are_the_kernels(picture, size):
    w = np.random.default_rng(1).normal(size=(size, size))
    lab = KernelLab(picture, w)
    np.testing.assert_allclose(lab.response, correlate2d(picture, w), atol=1e-9)
    lab.operation = "convolution"
    response = convolve2d(picture, w)
    np.testing.assert_allclose(lab.response, response, atol=1e-9)
    expected = max_pool2d(response.clip(0)[None, None], 2)[0, 0]
    np.testing.assert_allclose(lab.pooled, expected, atol=1e-9)


def test_colour_becomes_luminance_and_a_large_picture_small():
    lab = KernelLab(photo("coffee"))
    assert (lab.picture.shape, lab.picture.dtype) == ((200, 300), np.uint8)
    red = np.zeros((9, 9, 3), np.uint8)
    red[..., 0] = 255
    assert (KernelLab(red).picture == round(0.299 * 255)).all()


def test_pictures_travel_as_bytes(picture):
    lab = KernelLab(picture)
    sent = lab.get_state(["picture"])["picture"]
    data = base64.b64encode(picture.tobytes()).decode()
    assert sent == {"shape": [20, 31], "dtype": "uint8", "data": data}
    sent = {"shape": [8, 9], "dtype": "uint8", "data": base64.b64encode(bytes(range(72))).decode()}
    lab.set_state({"picture": sent})
    assert lab.picture.tolist() == np.arange(72).reshape(8, 9).tolist()


def test_smaller_response_keeps_the_position_inside(picture):
    lab = KernelLab(picture, position=(17, 28))
    lab.kernel = np.ones((5, 5))
    assert lab.position == (15, 26)
    lab.picture = picture[:8, :8]
    assert lab.position == (3, 3)


@pytest.mark.parametrize(
    "kernel", [[[0] * 3] * 3, [[1 / 9] * 3] * 3, [[-1] * 3, [-1, 8, -1], [-1] * 3]]
)
@pytest.mark.parametrize("name", ["cat", "astronaut"])
def test_stored_picture_is_small_and_the_same_twice(name, kernel):
    lab = KernelLab(photo(name), kernel)
    assert len(lab.picture_png()) < 100_000
    assert lab.picture_png() == lab.picture_png()


GREY = np.zeros((30, 40), np.uint8)
WRONG = [
    (dict(picture="cat"), TypeError, "picture must be an array of uint8, .* but is 'cat'"),
    (dict(picture=GREY / 255), TypeError, "from 0 to 255, but has dtype float64"),
    (dict(picture=GREY[None]), ValueError, r"\(H, W\) or \(H, W, 3\), but has shape \(1, 30, 40\)"),
    (dict(picture=GREY[0]), ValueError, r"but has shape \(40,\)"),
    (dict(picture=GREY[:7]), ValueError, r"8 or more rows and columns, but has shape \(7, 40\)"),
    (dict(picture=np.zeros((9, 900), np.uint8)), ValueError, r"8 or more .*shape \(9, 900\)"),
    (dict(kernel=np.ones((4, 4))), ValueError, r"kernel must be \(3, 3\) or \(5, 5\)"),
    (dict(kernel=np.ones((3, 5))), ValueError, r"kernel must be .* shape \(3, 5\)"),
    (dict(kernel=[[np.nan] * 3] * 3), ValueError, "kernel must hold finite numbers"),
    (dict(operation="flip"), ValueError, "'cross-correlation', 'convolution', but is 'flip'"),
    (dict(operation=None), ValueError, "operation must be one of"),
    (dict(picture=GREY, position=(28, 0)), ValueError, "28×38 outputs, but is"),
    (dict(position=3), ValueError, "position must be the"),
]  # fmt: skip


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: KernelLab(**arguments), error, message)
