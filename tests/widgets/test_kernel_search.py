"""`KernelSearch` on the Python side: error, slopes, what begins again, and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import photo
from cnnedu.kernels import conv2d_backward, correlate2d
from cnnedu.widgets import KernelSearch

LAPLACIAN = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]


@pytest.fixture
def picture():
    return np.random.default_rng(0).integers(0, 256, (20, 31)).astype(np.uint8)


def test_slopes_by_trying_are_those_of_calculus(picture):
    """The gradient of the mean square, by the backward pass of lesson 07."""
    weights = np.random.default_rng(1).normal(size=(3, 3))
    search = KernelSearch(picture, LAPLACIAN, weights=weights)
    x = (picture - picture.mean()) / picture.std()
    difference = correlate2d(x, weights) - correlate2d(x, LAPLACIAN)
    assert search.error == pytest.approx(np.sqrt(np.mean(difference**2)))
    dout = 2 * difference / difference.size
    _, slopes, _ = conv2d_backward(dout[None, None], x[None, None], weights[None, None])
    np.testing.assert_allclose(search.slopes, slopes[0, 0], atol=1e-8)


def test_scale_and_offset_of_the_picture_do_not_matter(picture):
    dark = KernelSearch(picture // 4)
    light = KernelSearch(picture // 4 * 2 + 60)
    np.testing.assert_allclose(dark.target, light.target, atol=1e-12)


@pytest.mark.parametrize("name", ["cat", "astronaut", "coffee"])
def test_the_given_rate_goes_downhill_on_photographs(name):
    search = KernelSearch(photo(name)[::9, ::9])
    errors = [search.error]
    for _ in range(30):
        search.weights = search.weights - search.rate * search.slopes
        errors.append(search.error)
    assert (np.diff(errors) < 0).all()
    assert errors[-1] < 0.4 * errors[0]


def test_another_search_begins_again(picture):
    search = KernelSearch(picture, weights=np.eye(3))
    search.errors = [3.0, 2.0, 1.0]
    assert repr(search).startswith("KernelSearch(picture 20×31, hidden kernel 3×3, 2 moves, error")
    search.kernel = LAPLACIAN
    assert search.errors == [search.error]
    search.errors = [3.0, 2.0]
    search.picture = picture[:9, :9]
    assert search.errors == [search.error]
    assert search.weights.tolist() == np.eye(3).tolist()


def test_stored_picture_is_small_and_the_same_twice():
    search = KernelSearch(photo("coffee"), weights=-np.eye(3) / 3)
    search.errors = [3.0, 2.0]
    for revealed in (False, True):
        search.revealed = revealed
        assert len(search.picture_png()) < 100_000
        assert search.picture_png() == search.picture_png()


GREY = np.full((30, 40), 7, np.uint8)
WRONG = [
    (dict(picture=GREY), ValueError, "picture must have pixels of different values, .* are 7"),
    (dict(picture=GREY / 255), TypeError, "from 0 to 255, but has dtype float64"),
    (dict(picture=GREY[:7]), ValueError, r"8 or more rows and columns, but has shape \(7, 40\)"),
    (dict(kernel=np.ones((5, 5))), ValueError, r"kernel must have 3 to 3 rows"),
    (dict(kernel=np.zeros((3, 3))), ValueError, "kernel must not be all 0"),
    (dict(weights=[[np.nan] * 3] * 3), ValueError, "weights must hold finite numbers"),
    (dict(rate=0), ValueError, "rate must be above 0 and at most 1, but is 0"),
    (dict(rate=float("nan")), ValueError, "rate must be above 0 and at most 1, but is nan"),
    (dict(rate="fast"), TypeError, "rate must be a number, but is 'fast'"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: KernelSearch(**arguments), error, message)
