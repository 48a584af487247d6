"""The JavaScript of the widgets computes what the NumPy kernels compute."""

import base64

import numpy as np
import pytest

from cnnedu.kernels import correlate2d
from cnnedu.widgets.assets import module


@pytest.fixture(scope="module")
def javascript(browser):
    """Return a function: call(name, *arguments) of static/arithmetic.js."""
    page = browser.new_page()
    url = "data:text/javascript;base64," + base64.b64encode(module("arithmetic").encode()).decode()

    def call(name, *arguments):
        return page.evaluate(
            "async ([url, name, given]) => (await import(url))[name](...given)",
            [url, name, list(arguments)],
        )

    yield call
    page.close()


def test_correlate2d(javascript):
    random = np.random.default_rng(1)
    for _ in range(60):
        x = random.normal(0, 100, random.integers(3, 13, 2))
        w = random.normal(0, 10, random.integers(1, 6, 2).clip(max=x.shape))
        stride, padding = random.integers(1, 5).item(), random.integers(0, 3).item()
        found = javascript("correlate2d", x.tolist(), w.tolist(), stride, padding)
        expected = correlate2d(x, w, stride, padding)
        assert np.shape(found) == expected.shape
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


def test_one_pixel_one_weight(javascript):
    assert javascript("correlate2d", [[2]], [[-3]], 1, 0) == [[-6]]


def test_padding_lays_separate_rows_of_zeros(javascript):
    assert javascript("pad", [[7]], 1) == [[0, 0, 0], [0, 7, 0], [0, 0, 0]]
