"""The JavaScript of the widgets computes what the NumPy kernels compute."""

import numpy as np
import pytest
from browser.pages import javascript

from cnnedu.kernels import (
    avg_pool2d,
    conv2d,
    conv2d_backward,
    correlate2d,
    im2col,
    max_pool2d,
    relu,
)
from cnnedu.widgets.assets import module


@pytest.fixture(scope="module")
def arithmetic(browser):
    """Return a function: call(name, *arguments) of static/arithmetic.js."""
    with javascript(browser, module("arithmetic")) as call:
        yield lambda *given: call("(module, name, ...given) => module[name](...given)", *given)


def test_correlate2d(arithmetic):
    random = np.random.default_rng(1)
    for _ in range(60):
        x = random.normal(0, 100, random.integers(3, 13, 2))
        w = random.normal(0, 10, random.integers(1, 6, 2).clip(max=x.shape))
        stride, padding = random.integers(1, 5).item(), random.integers(0, 3).item()
        found = arithmetic("correlate2d", x.tolist(), w.tolist(), stride, padding)
        expected = correlate2d(x, w, stride, padding)
        assert np.shape(found) == expected.shape
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


def test_im2col(arithmetic):
    random = np.random.default_rng(3)
    for _ in range(60):
        x = random.normal(0, 100, random.integers([1, 3, 3], [3, 9, 9]))
        size = random.integers(1, 4, 2).tolist()
        stride = random.integers(1, 4).item()
        found = arithmetic("im2col", x.tolist(), *size, stride)
        assert found == im2col(x[None], size, stride)[0].tolist()


def test_correlate2d_backward(arithmetic):
    """All of it, and the first few outputs alone, when the others add nothing."""
    random = np.random.default_rng(4)
    for _ in range(60):
        x = random.normal(0, 10, random.integers(3, 11, 2))
        w = random.normal(0, 10, random.integers(1, 6, 2).clip(max=x.shape))
        stride, padding = random.integers(1, 5).item(), random.integers(0, 3).item()
        dout = random.normal(0, 10, correlate2d(x, w, stride, padding).shape)
        count = random.integers(dout.size + 1).item()
        given = dout.tolist(), x.tolist(), w.tolist(), stride, padding
        some = np.where(np.arange(dout.size).reshape(dout.shape) < count, dout, 0)
        for found, gradient in (
            (arithmetic("correlate2dBackward", *given), dout),
            (arithmetic("correlate2dBackward", *given, count), some),
        ):
            arrays = (array[None, None] for array in (gradient, x, w))
            dx, dw, _ = conv2d_backward(*arrays, stride, padding)
            np.testing.assert_allclose(found["dx"], dx[0, 0], rtol=0, atol=1e-6)
            np.testing.assert_allclose(found["dw"], dw[0, 0], rtol=0, atol=1e-6)


def test_one_pixel_one_weight(arithmetic):
    assert arithmetic("correlate2d", [[2]], [[-3]], 1, 0) == [[-6]]


def test_padding_adds_separate_rows_of_zeros(arithmetic):
    assert arithmetic("pad", [[7]], 1) == [[0, 0, 0], [0, 7, 0], [0, 0, 0]]


VOLUMES = """({ createVolume, conv2d, relu, maxPool2d, avgPool2d }, x, layers) => {
  const volume = createVolume(...x.shape, Float64Array.from(x.data));
  const [filters, , height, width] = layers.w.shape;
  const w = { filters, height, width, data: layers.w.data };
  const convolved = conv2d(volume, w, layers.b, layers.stride, layers.padding);
  const pooled = [maxPool2d, avgPool2d].map((pool) => pool(convolved, layers.size, layers.step));
  return [convolved, relu(convolved), ...pooled].map((out) =>
    [[1, out.channels, out.height, out.width], [...out.data]]);
}"""


def test_volumes(browser):
    random = np.random.default_rng(2)
    with javascript(browser, module("volumes")) as call:
        for _ in range(60):
            channels, filters, *size = random.integers([1, 1, 6, 6], [5, 6, 14, 14]).tolist()
            x = random.normal(0, 10, (1, channels, *size))
            w = random.normal(0, 3, (filters, channels, *random.integers(1, 6, 2)))
            w[random.random(w.shape) < 0.2] = 0
            b = random.normal(0, 3, filters)
            stride, padding = random.integers([1, 0], [4, 3]).tolist()
            convolved = conv2d(x, w, b, stride=stride, padding=padding)
            size = random.integers(1, 1 + min(3, *convolved.shape[2:])).item()
            step = random.integers(1, 4).item()
            expected = [
                convolved,
                relu(convolved),
                max_pool2d(convolved, size, step),
                avg_pool2d(convolved, size, step),
            ]
            flat = {"w": {"shape": w.shape, "data": w.ravel().tolist()}, "b": b.tolist()}
            layers = flat | {"stride": stride, "padding": padding, "size": size, "step": step}
            given = {"shape": x.shape[1:], "data": x.ravel().tolist()}
            for (shape, data), wanted in zip(call(VOLUMES, given, layers), expected, strict=True):
                assert tuple(shape) == wanted.shape
                np.testing.assert_allclose(data, wanted.ravel(), rtol=0, atol=1e-6)
