import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from cnnedu.kernels import (
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    global_max_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)

DTYPES = st.sampled_from([np.float64, np.float32])
SMALL = st.integers(1, 3)


@st.composite
def pools(draw, dilated):
    """Draw pictures and arguments of a pooling that torch accepts."""
    kernel, size, padding, dilation = [], [], [], []
    for _ in "HW":
        k = draw(st.integers(1, 4))
        d = draw(SMALL) if dilated else 1
        p = draw(st.integers(0, k // 2)) if d == 1 else 0
        size.append(draw(st.integers(max(1, d * (k - 1) + 1 - 2 * p), 12)))
        kernel.append(k)
        padding.append(p)
        dilation.append(d)
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    shape = (draw(st.integers(0, 3)), draw(SMALL), *size)
    x = rng.standard_normal(shape).astype(draw(DTYPES))
    if draw(st.booleans()):
        x = np.round(x)  # many ties
    stride = draw(st.none() | st.tuples(SMALL, SMALL))
    arguments = {"kernel_size": kernel, "stride": stride, "padding": padding}
    if dilated:
        arguments["dilation"] = dilation
    return x, arguments | {"ceil_mode": draw(st.booleans())}


@given(pools(dilated=True))
def test_max_pool2d_is_that_of_torch(assert_matches, torch_gradients, case):
    x, arguments = case
    expected, places = F.max_pool2d(torch.tensor(x), **arguments, return_indices=True)
    out, indices = max_pool2d(x, **arguments, return_indices=True)
    assert_matches(out, expected)
    assert_matches(max_pool2d(x, **arguments), expected)
    np.testing.assert_array_equal(indices, places.numpy())
    dout = np.random.default_rng(1).standard_normal(out.shape).astype(x.dtype)
    (dx,) = torch_gradients(lambda x: F.max_pool2d(x, **arguments), dout, x)
    assert_matches(max_pool2d_backward(dout, x, **arguments), dx)


@given(pools(dilated=False), st.booleans())
def test_avg_pool2d_is_that_of_torch(assert_matches, torch_gradients, case, include):
    x, arguments = case
    arguments["count_include_pad"] = include
    out = avg_pool2d(x, **arguments)
    assert_matches(out, F.avg_pool2d(torch.tensor(x), **arguments))
    dout = np.random.default_rng(1).standard_normal(out.shape).astype(x.dtype)
    (dx,) = torch_gradients(lambda x: F.avg_pool2d(x, **arguments), dout, x)
    assert_matches(avg_pool2d_backward(dout, x, **arguments), dx)


@given(st.tuples(st.integers(0, 3), SMALL, st.integers(1, 6), st.integers(1, 6)), DTYPES)
def test_global_pooling_is_that_of_torch(assert_matches, torch_gradients, shape, dtype):
    x = np.random.default_rng(0).standard_normal(shape).astype(dtype)
    dout = np.random.default_rng(1).standard_normal((*shape[:2], 1, 1)).astype(dtype)

    def mean(x):
        return F.adaptive_avg_pool2d(x, 1)

    def largest(x):
        return F.max_pool2d(x, shape[2:])

    for mine, backward, theirs in (
        (global_avg_pool2d, global_avg_pool2d_backward, mean),
        (global_max_pool2d, global_max_pool2d_backward, largest),
    ):
        assert_matches(mine(x), theirs(torch.tensor(x)))
        (dx,) = torch_gradients(theirs, dout, x)
        assert_matches(backward(dout, x), dx)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_pass_through_as_in_torch(torch_gradients, value):
    x = np.arange(50.0).reshape(1, 2, 5, 5)
    x[0, 0, 1:3, 1:4] = value
    for mine, theirs in ((max_pool2d, F.max_pool2d), (avg_pool2d, F.avg_pool2d)):
        np.testing.assert_array_equal(mine(x, 3, 1, 1), theirs(torch.tensor(x), 3, 1, 1).numpy())
    dout = np.arange(50.0).reshape(1, 2, 5, 5)
    (dx,) = torch_gradients(lambda x: F.max_pool2d(x, 3, 1, 1), dout, x)
    np.testing.assert_array_equal(max_pool2d_backward(dout, x, 3, 1, 1), dx.numpy())


def test_a_picture_of_minus_infinity_sends_the_gradient_to_a_pixel_not_to_the_padding():
    x = np.full((1, 1, 2, 2), -np.inf)
    dx = max_pool2d_backward(np.ones((1, 1, 1, 1)), x, 2, 2, ((1, 0), (1, 0)))
    np.testing.assert_array_equal(dx[0, 0], [[1, 0], [0, 0]])


def test_ties_send_the_gradient_to_the_first():
    x = np.zeros((1, 1, 4, 4))
    dx = max_pool2d_backward(np.ones((1, 1, 2, 2)), x, 2)
    np.testing.assert_array_equal(dx[0, 0], np.kron(np.eye(2) * 0 + 1, [[1, 0], [0, 0]]))


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, bool])
def test_whole_numbers_are_exact(dtype):
    x = np.random.default_rng(0).integers(-100, 255, (2, 3, 6, 6)).astype(dtype)
    expected = F.max_pool2d(torch.tensor(x.astype(float)), 3, 2, 1).numpy()
    np.testing.assert_array_equal(max_pool2d(x, 3, 2, 1), expected)
    assert max_pool2d(x, 3, 2, 1).dtype == dtype
    expected = F.avg_pool2d(torch.tensor(x.astype(float)), 3, 2, 1).numpy()
    np.testing.assert_allclose(avg_pool2d(x, 3, 2, 1), expected, rtol=1e-15)


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_any_memory_layout_works_and_is_not_written_to(pool):
    x = np.random.default_rng(0).standard_normal((2, 3, 6, 7))
    last = x.transpose(0, 2, 3, 1).copy().transpose(0, 3, 1, 2)
    readonly = np.asfortranarray(x)
    readonly.flags.writeable = False
    backward = {max_pool2d: max_pool2d_backward, avg_pool2d: avg_pool2d_backward}[pool]
    out = pool(x, 3, 2, 1)
    dout = np.random.default_rng(1).standard_normal(out.shape)
    for other in (last, readonly, x[:, :, ::-1].copy()[:, :, ::-1]):
        kept = other.copy()
        np.testing.assert_array_equal(pool(other, 3, 2, 1), out)
        np.testing.assert_array_equal(pool(other, 1), x)
        np.testing.assert_array_equal(backward(dout, other, 3, 2, 1), backward(dout, x, 3, 2, 1))
        np.testing.assert_array_equal(other, kept)


def test_a_window_on_padding_alone_is_refused():
    with pytest.raises(ValueError, match="sees padding alone"):
        max_pool2d(np.ones((1, 1, 4, 4)), 2, 2, 2)
