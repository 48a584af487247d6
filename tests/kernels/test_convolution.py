import tracemalloc

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from cnnedu.kernels import (
    col2im,
    conv2d,
    conv2d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
    im2col,
)

METHODS = ["auto", "loops", "windows", "im2col", "fft"]
WINOGRAD = "winograd", "winograd4"
DTYPES = st.sampled_from([np.float64, np.float32])


@st.composite
def layers(draw, most_pixels=9, most_channels=3, padding=True):
    """Draw the shapes and the geometry of a convolution that has an output."""
    small = st.integers(1, 3)
    groups = draw(small)
    kernel = draw(st.tuples(small, small))
    dilation = draw(st.tuples(small, small))
    sides = st.tuples(st.integers(0, 3), st.integers(0, 3)) if padding else st.just((0, 0))
    pads = draw(st.tuples(sides, sides))
    size = []
    for k, d, p in zip(kernel, dilation, pads, strict=True):
        least = max(1, d * (k - 1) + 1 - sum(p))
        size.append(draw(st.integers(least, max(least, most_pixels))))
    channels = groups * draw(st.integers(1, most_channels))
    filters = groups * draw(st.integers(1, most_channels))
    return {
        "x": (draw(st.integers(0, 3)), channels, *size),
        "w": (filters, channels // groups, *kernel),
        "stride": draw(st.tuples(small, small)),
        "padding": pads,
        "dilation": dilation,
        "groups": groups,
        "dtype": draw(DTYPES),
        "seed": draw(st.integers(0, 999)),
    }


def arrays(layer):
    rng = np.random.default_rng(layer["seed"])
    x = rng.standard_normal(layer["x"]).astype(layer["dtype"])
    w = rng.standard_normal(layer["w"]).astype(layer["dtype"])
    b = rng.standard_normal(layer["w"][0]).astype(layer["dtype"])
    geometry = {k: layer[k] for k in ("stride", "padding", "dilation", "groups")}
    return x, w, b, geometry


def torch_conv(x, w, b, stride, padding, dilation, groups):
    (top, bottom), (left, right) = padding
    x = F.pad(x, (left, right, top, bottom))
    return F.conv2d(x, w, b, stride, 0, dilation, groups)


@given(layers(), st.sampled_from(METHODS))
def test_conv2d_is_that_of_torch(assert_matches, torch_gradients, layer, method):
    x, w, b, geometry = arrays(layer)
    expected = torch_conv(*map(torch.tensor, (x, w, b)), **geometry)
    out = conv2d(x, w, b, **geometry, method=method)
    assert_matches(out, expected, "out")
    dout = np.random.default_rng(1).standard_normal(out.shape).astype(x.dtype)
    grads = torch_gradients(lambda *t: torch_conv(*t, **geometry), dout, x, w, b)
    got = conv2d_backward(dout, x, w, **geometry, method=method)
    for name, mine, theirs in zip(("dx", "dw", "db"), got, grads, strict=True):
        assert_matches(mine, theirs, name)


@given(layers(most_pixels=20, most_channels=12))
def test_large_layers_cross_block_borders(monkeypatch_blocks, assert_matches, layer):
    x, w, b, geometry = arrays(layer)
    expected = torch_conv(*map(torch.tensor, (x, w, b)), **geometry)
    for method in ("auto", "im2col", "windows", "fft"):
        assert_matches(conv2d(x, w, b, **geometry, method=method), expected, method)


@pytest.fixture(scope="module")
def monkeypatch_blocks():
    """Make blocks so small that every layer needs several."""
    from cnnedu.kernels.conv import blocks, depthwise, fft

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", 300)
        patch.setattr(depthwise, "BLOCK", 300)
        patch.setattr(fft, "WORKSPACE", 100)
        yield


@given(layers(most_pixels=20, most_channels=12))
def test_small_blocks_give_the_same_gradients(monkeypatch_blocks, assert_matches, layer):
    x, w, b, geometry = arrays(layer)
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, w, b)]
    out = torch_conv(*tensors, **geometry)
    dout = np.random.default_rng(1).standard_normal(out.shape).astype(x.dtype)
    out.backward(torch.tensor(dout))
    for method in ("auto", "im2col", "windows", "fft"):
        got = conv2d_backward(dout, x, w, **geometry, method=method)
        for mine, tensor in zip(got, tensors, strict=True):
            assert_matches(mine, tensor.grad, method)


@given(
    st.tuples(*[st.integers(1, 3)] * 6),
    st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2),
    st.tuples(*[st.integers(7, 10)] * 2),
    st.integers(2, 5),
    DTYPES,
)
def test_depthwise_is_that_of_torch(
    monkeypatch_blocks, assert_matches, torch_gradients, pairs, padding, size, channels, dtype
):
    kernel, stride, dilation = pairs[:2], pairs[2:4], pairs[4:]
    if sum(pairs) % 2:
        stride = (1, 1)  # the long runs of memory
    geometry = {"stride": stride, "padding": padding, "dilation": dilation, "groups": channels}
    rng = np.random.default_rng(0)
    x = rng.standard_normal((2, channels, *size)).astype(dtype)
    w, b = rng.standard_normal((channels, 1, *kernel)).astype(dtype), np.zeros(channels, dtype)
    out = conv2d(x, w, b, **geometry)
    assert_matches(out, torch_conv(*map(torch.tensor, (x, w, b)), **geometry))
    dout = rng.standard_normal(out.shape).astype(dtype)
    grads = torch_gradients(lambda *t: torch_conv(*t, **geometry), dout, x, w, b)
    for mine, theirs in zip(conv2d_backward(dout, x, w, **geometry), grads, strict=True):
        assert_matches(mine, theirs)


@given(
    st.tuples(*[st.integers(1, 14)] * 2),
    st.tuples(*[st.integers(1, 3)] * 2),
    st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2),
    st.tuples(st.integers(0, 3), st.integers(1, 40), st.integers(1, 40)),
    DTYPES,
    st.sampled_from(WINOGRAD),
)
def test_winograd_is_that_of_torch(assert_matches, size, dilation, padding, counts, dtype, method):
    size = [max(n, 2 * d + 1) for n, d in zip(size, dilation, strict=True)]
    rng = np.random.default_rng(0)
    x = rng.standard_normal((counts[0], counts[1], *size)).astype(dtype)
    w = rng.standard_normal((counts[2], counts[1], 3, 3)).astype(dtype)
    expected = torch_conv(torch.tensor(x), torch.tensor(w), None, 1, padding, dilation, 1)
    got = conv2d(x, w, padding=padding, dilation=dilation, method=method)
    assert_matches(got, expected)


@given(layers())
def test_im2col_and_col2im_are_unfold_and_fold(assert_matches, layer):
    x, w, _, geometry = arrays(layer)
    x = np.concatenate([x, x[:1] * 0 + 1]) if len(x) else np.ones((1, *x.shape[1:]), x.dtype)
    padding = tuple(side[0] for side in geometry["padding"])
    arguments = (w.shape[2:], geometry["dilation"], padding, geometry["stride"])
    kernel, dilation, padding, stride = arguments
    try:
        expected = F.unfold(torch.tensor(x), *arguments)
    except RuntimeError:  # with equal padding on both sides, the window doesn't fit
        with pytest.raises(ValueError, match="use a smaller kernel"):
            im2col(x, kernel, stride, padding, dilation)
        return
    cols = im2col(x, kernel, stride, padding, dilation)
    assert_matches(cols, expected)
    back = col2im(cols, x.shape[2:], kernel, stride, padding, dilation)
    assert_matches(back, F.fold(expected, x.shape[2:], *arguments))


def test_im2col_copies_once():
    """It holds the padded picture and one set of columns at a time."""
    x = np.zeros((1, 16, 40, 40), np.float32)
    tracemalloc.start()
    columns = im2col(x, 3, padding=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.02 * (columns.nbytes + 16 * 42 * 42 * 4)


@pytest.mark.parametrize("size", [5, 6, 7, 8])
@pytest.mark.parametrize("kernel", [(3, 3), (2, 4), (1, 5)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_same_padding_keeps_the_size_as_in_torch(assert_matches, size, kernel, dilation):
    x = np.random.default_rng(0).standard_normal((2, 2, size, size + 3))
    w = np.random.default_rng(1).standard_normal((3, 2, *kernel))
    expected = F.conv2d(torch.tensor(x), torch.tensor(w), padding="same", dilation=dilation)
    assert_matches(conv2d(x, w, padding="same", dilation=dilation), expected)


def test_same_padding_with_a_stride_rounds_up():
    assert conv2d(np.ones((1, 1, 7, 8)), np.ones((1, 1, 3, 3)), stride=2, padding="same").shape == (
        1,
        1,
        4,
        4,
    )


@given(layers(), st.tuples(*[st.integers(0, 2)] * 2))
def test_conv_transpose2d_is_that_of_torch(assert_matches, torch_gradients, layer, extra):
    x, w, _, geometry = arrays(layer)
    groups, stride, dilation = geometry["groups"], geometry["stride"], geometry["dilation"]
    padding = tuple(side[0] for side in geometry["padding"])
    extra = tuple(min(e, max(s, d) - 1) for e, s, d in zip(extra, stride, dilation, strict=True))
    w = np.ascontiguousarray(w.reshape(groups, -1, *w.shape[1:]).transpose(0, 2, 1, 3, 4)).reshape(
        x.shape[1], -1, *w.shape[2:]
    )
    b = np.random.default_rng(2).standard_normal(w.shape[1] * groups).astype(x.dtype)
    args = (stride, padding, extra, groups, dilation)
    size = [
        (n - 1) * s - 2 * p + d * (k - 1) + e + 1
        for n, s, p, d, k, e in zip(
            x.shape[2:], stride, padding, dilation, w.shape[2:], extra, strict=True
        )
    ]
    if min(size) < 1:
        with pytest.raises(ValueError, match="use less padding"):
            conv_transpose2d(x, w, b, *args)
        return
    out = conv_transpose2d(x, w, b, *args)
    assert_matches(out, F.conv_transpose2d(*map(torch.tensor, (x, w, b)), *args))
    dout = np.random.default_rng(1).standard_normal(out.shape).astype(x.dtype)
    grads = torch_gradients(lambda *t: F.conv_transpose2d(*t, *args), dout, x, w, b)
    for mine, theirs in zip(conv_transpose2d_backward(dout, x, w, *args), grads, strict=True):
        assert_matches(mine, theirs)


def layouts(x):
    """Return the same numbers in other memory layouts."""
    readonly = x.copy()
    readonly.flags.writeable = False
    holes = np.full((*x.shape[:3], x.shape[3] * 2), 7, x.dtype)
    holes[..., ::2] = x
    return {
        "fortran": np.asfortranarray(x),
        "read-only": readonly,
        "holes": holes[..., ::2],
        "backwards": x[::-1, :, ::-1, ::-1].copy()[::-1, :, ::-1, ::-1],
        "channels last": x.transpose(0, 2, 3, 1).copy().transpose(0, 3, 1, 2),
        "list": x.tolist(),
    }


@pytest.mark.parametrize("method", [*METHODS, *WINOGRAD])
@pytest.mark.parametrize("layout", layouts(np.zeros((1, 1, 1, 1))))
@pytest.mark.parametrize(("channels", "filters", "groups"), [(2, 3, 1), (4, 4, 4), (9, 2, 1)])
def test_any_memory_layout_works_and_is_not_written_to(method, layout, channels, filters, groups):
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((2, channels, 5, 4)), rng.standard_normal((filters, channels, 3, 3))
    w = w[:, : channels // groups]
    dout = rng.standard_normal((2, filters, 5, 4))
    expected = conv2d(x, w, padding=1, groups=groups, method="loops")
    a, k, d = layouts(x)[layout], layouts(w)[layout], layouts(dout)[layout]
    np.testing.assert_allclose(
        conv2d(a, k, padding=1, groups=groups, method=method), expected, atol=1e-12
    )
    if method not in WINOGRAD:
        want = conv2d_backward(dout, x, w, padding=1, groups=groups, method="loops")
        got = conv2d_backward(d, a, k, padding=1, groups=groups, method=method)
        for mine, theirs in zip(got, want, strict=True):
            np.testing.assert_allclose(mine, theirs, atol=1e-12)
    for original, given_ in ((x, a), (w, k), (dout, d)):
        np.testing.assert_array_equal(original, given_)


@pytest.mark.parametrize("method", [*METHODS, *WINOGRAD])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nan_and_infinity_reach_the_outputs_that_see_them_alone(method, value, dtype):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((1, 64, 16, 17)).astype(dtype)
    w = rng.standard_normal((64, 64, 3, 3)).astype(dtype)
    if method == "loops":
        x, w = x[:, :2, :6, :6].copy(), w[:2, :2].copy()
    x[0, 1, 3, 2] = value
    expected = F.conv2d(torch.tensor(x), torch.tensor(w), padding=1).numpy()
    got = conv2d(x, w, padding=1, method=method)
    np.testing.assert_array_equal(np.isnan(got), np.isnan(expected))
    np.testing.assert_array_equal(np.isinf(got), np.isinf(expected))


@pytest.mark.parametrize("method", METHODS)
def test_nan_in_the_gradient_stays_where_it_belongs(method):
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((1, 2, 6, 6)), rng.standard_normal((3, 2, 3, 3))
    dout = rng.standard_normal((1, 3, 4, 4))
    dout[0, 1, 0, 0] = np.nan
    dx, dw, db = conv2d_backward(dout, x, w, method=method)
    assert np.isnan(dx).sum() == 2 * 9
    assert np.isnan(dw).sum() == 2 * 9
    assert np.isnan(db).tolist() == [False, True, False]


@pytest.mark.parametrize("method", ["auto", "loops", "windows", "im2col"])
@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int32, bool])
def test_whole_numbers_are_exact(method, dtype):
    rng = np.random.default_rng(0)
    x = rng.integers(0, 2 if dtype is bool else 127, (2, 3, 6, 5)).astype(dtype)
    w = rng.integers(-100, 100, (4, 3, 3, 2)).astype(np.int8)
    got = conv2d(x, w, method=method)
    assert got.dtype == np.int64
    expected = F.conv2d(torch.tensor(x.astype(float)), torch.tensor(w.astype(float)))
    np.testing.assert_array_equal(got, expected.numpy())


def test_a_byte_picture_takes_the_float_type_of_the_filter():
    x = np.full((1, 1, 2, 2), 255, np.uint8)
    w = np.full((1, 1, 2, 2), 255, np.float32)
    assert conv2d(x, w).dtype == np.float32
    assert conv2d(x, w).item() == 4 * 255 * 255


def test_whole_numbers_too_large_to_sum_are_refused():
    x = np.full((1, 1, 2, 2), 2**31)
    with pytest.raises(ValueError, match="may not fit in int64"):
        conv2d(x, x)


@pytest.mark.parametrize("method", ["auto", "windows", "im2col", "fft", *WINOGRAD])
def test_workspace_is_bounded(method):
    import tracemalloc

    x = np.zeros((1, 32, 224, 224), np.float32)
    w = np.zeros((48, 32, 3, 3), np.float32)
    tracemalloc.start()
    out = conv2d(x, w, padding=1, method=method)
    peak = tracemalloc.get_traced_memory()[1] - out.nbytes
    tracemalloc.stop()
    assert peak < 64e6


def test_depthwise_workspace_is_bounded():
    import tracemalloc

    x, w = np.zeros((1, 16, 1024, 1024), np.float32), np.zeros((16, 1, 3, 3), np.float32)
    tracemalloc.start()
    out = conv2d(x, w, padding=1, groups=16)
    peak = tracemalloc.get_traced_memory()[1] - out.nbytes
    tracemalloc.stop()
    assert peak < 64e6


def test_backward_workspace_is_bounded():
    import tracemalloc

    x = np.zeros((4, 32, 64, 64), np.float32)
    w = np.zeros((64, 32, 3, 3), np.float32)
    dout = np.zeros((4, 64, 64, 64), np.float32)
    tracemalloc.start()
    dx, dw, db = conv2d_backward(dout, x, w, padding=1)
    peak = tracemalloc.get_traced_memory()[1] - dx.nbytes - dw.nbytes - db.nbytes
    tracemalloc.stop()
    assert peak < 64e6


def test_the_message_for_channels_that_differ():
    with pytest.raises(ValueError) as error:
        conv2d(np.zeros((1, 3, 8, 8)), np.zeros((2, 4, 3, 3)))
    assert str(error.value) == (
        "conv2d: w has 4 input channels but x has 3 (x is (N, C, H, W) = (1, 3, 8, 8))"
    )


@pytest.mark.parametrize("name", ["stride", "padding", "dilation", "groups"])
@pytest.mark.parametrize("same", [True, 1.0, np.True_])
def test_what_equals_a_whole_number_is_refused_after_that_number_was_used(name, same):
    x, w = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    conv2d(x, w, **{name: 1})
    conv2d_backward(conv2d(x, w, **{name: 1}), x, w, **{name: 1})
    with pytest.raises(TypeError, match=f"{name} must be a whole number"):
        conv2d(x, w, **{name: same})
    with pytest.raises(TypeError, match=f"{name} must be a whole number"):
        conv2d_backward(np.ones((1, 1, 3, 3)), x, w, **{name: same})
