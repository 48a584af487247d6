"""Activations, softmax, losses, normalisation, linear and dropout against PyTorch."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from cnnedu import kernels

DTYPES = st.sampled_from([np.float64, np.float32])
SHAPES = st.lists(st.integers(0, 4), min_size=1, max_size=4).map(tuple)
ELEMENTWISE = {
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "gelu": F.gelu,
}
NAMES = st.sampled_from(sorted(ELEMENTWISE))


def both(name):
    return getattr(kernels, name), getattr(kernels, f"{name}_backward")


@given(NAMES, SHAPES, DTYPES, st.sampled_from([0.1, 1, 5, 40, 1000]))
def test_activations_are_those_of_torch(assert_matches, torch_gradients, name, shape, dtype, size):
    x = (np.random.default_rng(0).standard_normal(shape) * size).astype(dtype)
    dout = np.random.default_rng(1).standard_normal(shape).astype(dtype)
    forward, backward = both(name)
    assert_matches(forward(x), ELEMENTWISE[name](torch.tensor(x)))
    (dx,) = torch_gradients(ELEMENTWISE[name], dout, x)
    assert_matches(backward(dout, x), dx)


@given(SHAPES, DTYPES)
def test_the_tanh_form_of_gelu_is_that_of_torch(assert_matches, torch_gradients, shape, dtype):
    x = (np.random.default_rng(0).standard_normal(shape) * 3).astype(dtype)
    assert_matches(kernels.gelu(x, "tanh"), F.gelu(torch.tensor(x), approximate="tanh"))
    (dx,) = torch_gradients(lambda x: F.gelu(x, approximate="tanh"), np.ones_like(x), x)
    assert_matches(kernels.gelu_backward(np.ones_like(x), x, "tanh"), dx)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_nan_and_infinity_pass_as_in_torch(torch_gradients, name):
    x = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e300, -1e300])
    forward, backward = both(name)
    with np.errstate(all="ignore"):
        got, dx = forward(x), backward(np.ones_like(x), x)
    np.testing.assert_allclose(got, ELEMENTWISE[name](torch.tensor(x)).numpy(), rtol=1e-12)
    if name != "gelu":  # in some versions, torch's slope at x = 1e300 is 0 · ∞
        (expected,) = torch_gradients(ELEMENTWISE[name], np.ones_like(x), x)
        np.testing.assert_allclose(dx, expected.numpy(), rtol=1e-12)


def test_the_leaky_slope_is_used(assert_matches, torch_gradients):
    x = np.linspace(-2, 2, 9)
    assert_matches(kernels.leaky_relu(x, 0.3), F.leaky_relu(torch.tensor(x), 0.3))
    (dx,) = torch_gradients(lambda x: F.leaky_relu(x, 0.3), np.ones(9), x)
    assert_matches(kernels.leaky_relu_backward(np.ones(9), x, 0.3), dx)


@given(
    st.sampled_from(["softmax", "log_softmax"]),
    st.lists(st.integers(1, 4), min_size=1, max_size=4).map(tuple),
    st.integers(-4, 3),
    DTYPES,
    st.sampled_from([1, 100, 10000]),
)
def test_softmax_is_that_of_torch(assert_matches, torch_gradients, name, shape, dim, dtype, size):
    dim = max(-len(shape), min(len(shape) - 1, dim))
    x = (np.random.default_rng(0).standard_normal(shape) * size).astype(dtype)
    dout = np.random.default_rng(1).standard_normal(shape).astype(dtype)
    forward, backward = both(name)
    theirs = getattr(F, name)
    assert_matches(forward(x, dim), theirs(torch.tensor(x), dim))
    (dx,) = torch_gradients(lambda x: theirs(x, dim), dout, x)
    assert_matches(backward(dout, x, dim), dx)


@pytest.mark.parametrize("row", [[np.inf, 0], [-np.inf, 0], [np.nan, 0], [-np.inf, -np.inf]])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_of_nan_and_infinity_is_that_of_torch(name, row):
    expected = getattr(F, name)(torch.tensor([row], dtype=torch.float64), 1).numpy()
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(both(name)[0](np.array([row])), expected)


@st.composite
def labelled(draw):
    classes = draw(st.integers(1, 5))
    rest = tuple(draw(st.lists(st.integers(1, 3), max_size=2)))
    batch = draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    dtype = draw(DTYPES)
    logits = (rng.standard_normal((batch, classes, *rest)) * 3).astype(dtype)
    y = rng.integers(0, classes, (batch, *rest))
    ignore = draw(st.sampled_from([-100, 0, 2, 255]))
    if ignore < 0 or ignore >= classes:
        y[rng.random(y.shape) < 0.3] = ignore
    arguments = {
        "ignore_index": ignore,
        "reduction": draw(st.sampled_from(["mean", "sum", "none"])),
        "label_smoothing": draw(st.sampled_from([0.0, 0.1, 1.0])),
    }
    weight = rng.random(classes).astype(dtype) if draw(st.booleans()) else None
    return logits, y, weight, arguments


@given(labelled())
def test_cross_entropy_is_that_of_torch(assert_matches, torch_gradients, case):
    logits, y, weight, arguments = case

    def theirs(logits):
        w = None if weight is None else torch.tensor(weight)
        return F.cross_entropy(logits, torch.tensor(y), w, **arguments)

    loss = kernels.cross_entropy(logits, y, weight, **arguments)
    assert_matches(np.asarray(loss), theirs(torch.tensor(logits)))
    dout = np.random.default_rng(1).standard_normal(np.shape(loss)).astype(logits.dtype)
    (dlogits,) = torch_gradients(theirs, dout, logits)
    assert_matches(kernels.cross_entropy_backward(dout, logits, y, weight, **arguments), dlogits)


def test_the_mean_loss_over_nothing_is_nan_as_in_torch():
    assert np.isnan(kernels.cross_entropy(np.zeros((0, 3)), np.zeros(0, int)))
    assert np.isnan(kernels.cross_entropy(np.zeros((1, 3)), [-100]))


@given(
    st.tuples(st.integers(2, 4), st.integers(1, 4)),
    st.lists(st.integers(1, 3), max_size=3),
    DTYPES,
    st.booleans(),
    st.booleans(),
    st.sampled_from([0.0, 0.1, 1.0]),
)
def test_batch_norm_is_that_of_torch(
    assert_matches, torch_gradients, first, rest, dtype, training, affine, momentum
):
    rng = np.random.default_rng(0)
    x = (rng.standard_normal((*first, *rest)) * 3 + 1).astype(dtype)
    mean, var, weight, bias = rng.random((4, first[1])).astype(dtype)
    dout = rng.standard_normal(x.shape).astype(dtype)
    affine_arrays = (weight, bias) if affine else ()

    def theirs(x, *affine):
        copies = torch.tensor(mean), torch.tensor(var)
        return F.batch_norm(x, *copies, *affine, training=training, momentum=momentum, eps=1e-3)

    out, new_mean, new_var = kernels.batch_norm(
        x, mean, var, *affine_arrays, training=training, momentum=momentum, eps=1e-3
    )
    assert_matches(out, theirs(torch.tensor(x), *map(torch.tensor, affine_arrays)))
    running = torch.tensor(mean), torch.tensor(var)
    F.batch_norm(torch.tensor(x), *running, training=training, momentum=momentum)
    assert_matches(new_mean, running[0])
    assert_matches(new_var, running[1])
    got = (
        kernels.batch_norm_backward(dout, x, mean, var, *affine_arrays[:1], training, 1e-3)
        if (affine)
        else kernels.batch_norm_backward(dout, x, mean, var, None, training, 1e-3)
    )
    expected = torch_gradients(theirs, dout, x, *affine_arrays)
    for mine, gradient in zip(got, expected, strict=False):
        assert_matches(mine, gradient)


@given(st.integers(0, 4), st.integers(1, 4), st.integers(1, 4), DTYPES)
def test_linear_is_that_of_torch(assert_matches, torch_gradients, batch, inputs, outputs, dtype):
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((batch, inputs)), rng.standard_normal((outputs, inputs))
    b, dout = rng.standard_normal(outputs), rng.standard_normal((batch, outputs))
    x, w, b, dout = (a.astype(dtype) for a in (x, w, b, dout))
    assert_matches(kernels.linear(x, w, b), F.linear(*map(torch.tensor, (x, w, b))))
    assert_matches(kernels.linear(x, w), F.linear(*map(torch.tensor, (x, w))))
    for mine, theirs in zip(
        kernels.linear_backward(dout, x, w), torch_gradients(F.linear, dout, x, w, b), strict=True
    ):
        assert_matches(mine, theirs)


def test_flatten_goes_there_and_back_even_without_a_picture():
    for batch in (0, 2):
        x = np.random.default_rng(0).standard_normal((batch, 3, 2, 4))
        flat = kernels.flatten(np.asfortranarray(x))
        np.testing.assert_array_equal(flat, torch.flatten(torch.tensor(x), 1).numpy())
        np.testing.assert_array_equal(kernels.flatten_backward(flat, x), x)


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_dropout_keeps_the_mean_and_the_mask_is_its_gradient(p):
    x = np.random.default_rng(0).random((200, 200))
    out, mask = kernels.dropout(x, p, rng=np.random.default_rng(1))
    assert abs((mask == 0).mean() - p) < 0.01
    np.testing.assert_array_equal(out, x * mask)
    if p < 1:
        assert abs(out.mean() - x.mean()) < 0.01
        np.testing.assert_allclose(mask[mask > 0], 1 / (1 - p))
    np.testing.assert_array_equal(kernels.dropout_backward(x, mask), out)
    out, mask = kernels.dropout(x, p, training=False)
    np.testing.assert_array_equal(out, x)
    assert (mask == 1).all()


def test_inputs_are_never_written_to():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((4, 3))
    y, mean, var = np.array([0, 1, 2, 0]), np.zeros(3), np.ones(3)
    for array in (x, y, mean, var):
        array.flags.writeable = False
    for name in ELEMENTWISE:
        both(name)[0](x), both(name)[1](x, x)
    kernels.softmax_backward(x, x)
    kernels.cross_entropy_backward(1.0, x, y)
    kernels.batch_norm(x, mean, var, training=True)
    kernels.batch_norm_backward(x, x, mean, var, training=True)
    out, _ = kernels.dropout(x, training=False)
    assert out.flags.writeable
