"""Ten thousand wrong calls: each raises a ValueError or TypeError that names the function."""

import inspect

import numpy as np
import pytest

from cnnedu import kernels
from cnnedu.kernels.convolution import dispatch

NO_ARRAYS = [
    None,
    "picture",
    {"a": 1},
    object(),
    [[1.0], [2.0, 3.0]],
    np.array(["a"]),
    np.zeros((1, 4, 6, 6), np.float16),
    np.zeros((1, 4, 6, 6), complex),
    np.zeros((1, 4, 6, 6), np.longdouble),
    np.zeros((1, 4, 6, 6), "datetime64[s]"),
    np.array([None, 1]),
    np.array([2**64 - 1], np.uint64),
]
NO_PICTURES = [np.zeros(()), np.zeros(4), np.zeros((4, 4)), np.zeros((1, 4, 6)), [[1, 2]]]
NO_PICTURES += [np.zeros((1, 0, 6, 6)), np.zeros((1, 4, 0, 6)), np.zeros((1, 1, 4, 6, 6))]
NO_COUNTS = [0, -1, 1.5, "2", None, True, np.nan, (0, 1), (1, -2), (1,), (1, 2, 3), [1.0, 1], {}]
NO_COUNTS += [np.ones(2), (1, None), (True, 1), 2.0]
NO_SIDES = [-1, 0.5, None, True, (1, -1), (1, 2, 3), ((1, 2), (3,)), ((1, -1), (0, 0)), {}]
NO_SIDES += ["full", "Same", "", ((1, 2),), (1.0, 1), ((0, 0), (0, 0.5)), np.nan, (None, None)]
NO_FLAGS = [1, 0, "yes", None, 0.5]
NO_SHARES = [-0.1, 1.1, np.nan, np.inf, "half", None, True, [0.5]]
NO_NAMES = ["magic", "", 3, None, ["mean"]]

PICTURES = NO_ARRAYS + NO_PICTURES
GEOMETRY = {"stride": NO_COUNTS, "dilation": NO_COUNTS, "padding": NO_SIDES}
GROUPS = [0, -1, 1.5, "1", None, True, (1, 1), 3, 5, 8]
FILTERS = [np.zeros((2, 3, 3, 3)), np.zeros((2, 4, 9, 3)), np.zeros((2, 4, 3, 9))]
FILTERS += [np.zeros((0, 4, 3, 3)), np.zeros((2, 4, 0, 3)), np.zeros((2, 0, 3, 3))]
VECTORS = [*NO_ARRAYS, np.zeros(7), np.zeros((2, 1)), np.zeros(())]


def pictures(rng):
    dtype = rng.choice([np.float32, np.float64])
    return rng.standard_normal((rng.integers(0, 3), 4, 6, 6)).astype(dtype)


def conv(rng):
    return {"x": pictures(rng), "w": rng.standard_normal((2, 4, 3, 3)), "b": np.zeros(2)}


def conv_backward(rng):
    x = pictures(rng)
    return {"dout": np.zeros((len(x), 2, 4, 4)), "x": x, "w": np.zeros((2, 4, 3, 3))}


def transposed(rng):
    return {"x": pictures(rng), "w": rng.standard_normal((4, 2, 3, 3)), "b": np.zeros(2)}


def transposed_backward(rng):
    x = pictures(rng)
    return {"dout": np.zeros((len(x), 2, 8, 8)), "x": x, "w": np.zeros((4, 2, 3, 3))}


def pool(rng):
    return {"x": pictures(rng), "kernel_size": 2}


def pool_backward(rng):
    x = pictures(rng)
    return {"dout": np.zeros((len(x), 4, 3, 3)), "x": x, "kernel_size": 2}


def global_backward(rng):
    x = pictures(rng)
    return {"dout": np.zeros((len(x), 4, 1, 1)), "x": x}


def same_shape(rng):
    x = pictures(rng)
    return {"dout": x, "x": x}


def scores(rng):
    return {"logits": rng.standard_normal((3, 5)), "y": rng.integers(0, 5, 3)}


def statistics(rng):
    x = rng.standard_normal((3, 4, 2, 2))
    return {"x": x, "running_mean": np.zeros(4), "running_var": np.ones(4)}


DOUT = [*PICTURES, np.zeros((3, 2, 9, 9)), np.zeros((1, 7, 4, 4))]
POOL = {"kernel_size": [*NO_COUNTS, 30, (1, 30)], "ceil_mode": NO_FLAGS}
POOL |= {"stride": [c for c in NO_COUNTS if c is not None], "dilation": NO_COUNTS}
POOL |= {"padding": [*NO_SIDES, 2, 9, ((0, 5), (0, 0))]}
LOSS = {
    "logits": [*NO_ARRAYS, np.zeros(3), np.zeros((3, 0)), np.zeros((4, 5)), np.zeros((3, 5, 2))],
    "y": [*NO_ARRAYS, [0.0, 1.0, 2.0], [0, 1], [0, 1, 5], [0, -1, 2], [[0], [1], [2]]],
    "weight": [*[v for v in VECTORS if v is not None]],
    "ignore_index": [0.5, "0", None, True],
    "reduction": NO_NAMES,
    "label_smoothing": NO_SHARES,
}
NORM = {
    "x": [*NO_ARRAYS, np.zeros(4), np.zeros((3, 5, 2, 2)), np.zeros((3, 0))],
    "running_mean": VECTORS,
    "running_var": [*VECTORS, -np.ones(4)],
    "weight": [v for v in VECTORS if v is not None],
    "training": NO_FLAGS,
    "eps": [-1, np.nan, np.inf, "0", None, True],
}
CONV = {"x": PICTURES, "w": PICTURES + FILTERS, "groups": GROUPS} | GEOMETRY
BIAS = {"b": [v for v in VECTORS if v is not None]}
FLAT_WEIGHTS = [*NO_ARRAYS, np.zeros(4), np.zeros((2, 3)), np.zeros((0, 4))]
BIGGER = [[], 3, np.zeros((1, 2)), *NO_ARRAYS]
OTHER = [np.zeros((3, 7)), *NO_ARRAYS]
TRANSPOSED = {"x": PICTURES, "w": [*PICTURES, np.zeros((2, 3, 3, 3))], "groups": GROUPS} | GEOMETRY
TRANSPOSED["padding"] = [*NO_SIDES, "same", "valid", 4, ((8, 0), (0, 0))]
TRANSPOSED["output_padding"] = [-1, 1, 2, 0.5, None, "1", (0, 0, 0), True]
ACTIVATIONS = ("relu", "leaky_relu", "sigmoid", "tanh", "gelu")
METHOD = {"method": [*NO_NAMES, "Im2col"]}
DIM = {"dim": [4, -5, 1.5, "1", None, True, (0, 1)]}

# for each function: a right call, and what makes it wrong, argument by argument
WRONG = {
    "conv2d": (conv, CONV | BIAS | METHOD),
    "conv2d_backward": (conv_backward, CONV | METHOD | {"dout": DOUT}),
    "conv_transpose2d": (transposed, TRANSPOSED | BIAS),
    "conv_transpose2d_backward": (transposed_backward, TRANSPOSED | {"dout": DOUT}),
    "max_pool2d": (pool, POOL | {"x": PICTURES, "return_indices": NO_FLAGS}),
    "max_pool2d_backward": (pool_backward, POOL | {"x": PICTURES, "dout": DOUT}),
    "avg_pool2d": (pool, POOL | {"x": PICTURES, "count_include_pad": NO_FLAGS}),
    "avg_pool2d_backward": (pool_backward, POOL | {"x": PICTURES, "dout": DOUT}),
    "global_avg_pool2d": (lambda rng: {"x": pictures(rng)}, {"x": PICTURES}),
    "global_max_pool2d": (lambda rng: {"x": pictures(rng)}, {"x": PICTURES}),
    "global_avg_pool2d_backward": (global_backward, {"x": PICTURES, "dout": DOUT}),
    "global_max_pool2d_backward": (global_backward, {"x": PICTURES, "dout": DOUT}),
    "linear": (
        lambda rng: {"x": np.zeros((3, 4)), "w": np.zeros((2, 4)), "b": np.zeros(2)},
        {"x": [*NO_ARRAYS, np.zeros(4), np.zeros((3, 5))], "w": FLAT_WEIGHTS} | BIAS,
    ),
    "linear_backward": (
        lambda rng: {"dout": np.zeros((3, 2)), "x": np.zeros((3, 4)), "w": np.zeros((2, 4))},
        {"dout": VECTORS, "x": [*NO_ARRAYS, np.zeros((3, 5))], "w": FLAT_WEIGHTS},
    ),
    "flatten": (lambda rng: {"x": pictures(rng)}, {"x": [*NO_ARRAYS, 3.0]}),
    "flatten_backward": (
        lambda rng: {"dout": np.zeros((2, 144)), "x": np.zeros((2, 4, 6, 6))},
        {"x": [*NO_ARRAYS, 3.0, np.zeros((2, 3))], "dout": [*NO_ARRAYS, np.zeros((2, 4, 6, 6))]},
    ),
    **{name: (lambda rng: {"x": pictures(rng)}, {"x": NO_ARRAYS}) for name in ACTIVATIONS},
    **{f"{name}_backward": (same_shape, {"x": OTHER, "dout": BIGGER}) for name in ACTIVATIONS},
    "softmax": (lambda rng: {"x": pictures(rng)}, {"x": [*NO_ARRAYS, 3.0]} | DIM),
    "log_softmax": (lambda rng: {"x": pictures(rng)}, {"x": [*NO_ARRAYS, 3.0]} | DIM),
    "softmax_backward": (same_shape, {"x": OTHER, "dout": BIGGER} | DIM),
    "log_softmax_backward": (same_shape, {"x": OTHER, "dout": BIGGER} | DIM),
    "cross_entropy": (scores, LOSS),
    "cross_entropy_backward": (
        lambda rng: {"dout": 1.0} | scores(rng),
        LOSS | {"dout": [*NO_ARRAYS, np.zeros(3), [1.0]]},
    ),
    "batch_norm": (statistics, NORM | {"bias": NORM["weight"], "momentum": NO_SHARES}),
    "batch_norm_backward": (
        lambda rng: {"dout": np.zeros((3, 4, 2, 2))} | statistics(rng),
        NORM | {"dout": [*NO_ARRAYS, np.zeros((3, 4, 2)), np.zeros(())]},
    ),
    "dropout": (
        lambda rng: {"x": pictures(rng), "rng": rng},
        {"x": NO_ARRAYS, "p": NO_SHARES, "training": NO_FLAGS, "rng": [None, 0, np.random, "0"]},
    ),
    "dropout_backward": (
        lambda rng: {"dout": np.zeros((2, 3)), "mask": np.ones((2, 3))},
        {"dout": BIGGER, "mask": OTHER},
    ),
    "output_size": (
        lambda rng: {"size": 8, "kernel_size": 3},
        {"size": [0, -1, 2, 1.5, "8", None, True, (8, 8)], "kernel_size": [0, 9, 1.5, None]}
        | {"stride": [0, -1, 0.5, None], "padding": [-1, 0.5, "same"], "dilation": [0, 4, 1.5]},
    ),
    "im2col": (pool, {"x": PICTURES, "kernel_size": POOL["kernel_size"]} | GEOMETRY),
    "col2im": (
        lambda rng: {"cols": np.zeros((2, 18, 16)), "size": 6, "kernel_size": (3, 3)},
        {"cols": [*NO_ARRAYS, np.zeros((2, 18)), np.zeros((2, 18, 15)), np.zeros((2, 19, 16))]}
        | {"size": NO_COUNTS, "kernel_size": POOL["kernel_size"]}
        | GEOMETRY,
    ),
    "correlate2d": (
        lambda rng: {"x": np.ones((4, 4)), "w": np.ones((2, 2))},
        {"x": [*NO_ARRAYS, *NO_PICTURES[:2], np.zeros((0, 4))], "w": [*NO_ARRAYS, np.ones((5, 5))]}
        | {"stride": [0, -1, 1.5, (1, 1), None, True], "padding": [-1, 0.5, None, "same"]},
    ),
}


def test_the_right_calls_are_right():
    rng = np.random.default_rng(0)
    for name, (right, _) in WRONG.items():
        getattr(kernels, name)(**right(rng))


def test_every_kernel_is_among_them():
    others = {"convolve2d", "gradcheck", "numeric_gradient", "step_size_errors"}
    functions = {name for name, value in vars(kernels).items() if inspect.isfunction(value)}
    assert set(WRONG) == functions - others


@pytest.mark.parametrize("part", range(4))
def test_wrong_calls_get_a_clear_error(part):
    rng = np.random.default_rng(part)
    names = sorted(WRONG)
    for _ in range(2500):
        name = names[rng.integers(len(names))]
        right, wrong = WRONG[name]
        arguments = right(rng)
        kinds = sorted(wrong)
        for kind in rng.choice(kinds, size=min(len(kinds), rng.integers(1, 3)), replace=False):
            arguments[kind] = wrong[kind][rng.integers(len(wrong[kind]))]
        call = f"{name}({', '.join(f'{k}={_short(v)}' for k, v in arguments.items())})"
        try:
            result = getattr(kernels, name)(**arguments)
        except (ValueError, TypeError) as error:
            message = str(error)
            assert message.startswith(f"{name}: ") and len(message) > 30, f"{call}: {message}"
        except Exception as error:
            raise AssertionError(f"{call} raised {type(error).__name__}: {error}") from error
        else:
            raise AssertionError(f"{call} returned {_short(result)}")


@pytest.mark.parametrize("method", ["fft", "winograd", "winograd4"])
def test_transforms_refuse_whole_numbers(method):
    assert method in dispatch.FORWARD
    with pytest.raises(TypeError, match="works only on floats"):
        kernels.conv2d(np.ones((1, 1, 5, 5), int), np.ones((1, 1, 3, 3), int), method=method)


@pytest.mark.parametrize("arguments", [{"w": np.ones((1, 1, 2, 2))}, {"stride": 2}])
def test_winograd_refuses_what_it_cannot_do(arguments):
    arguments = {"x": np.ones((1, 1, 5, 5)), "w": np.ones((1, 1, 3, 3))} | arguments
    with pytest.raises(ValueError, match="needs 3×3 filters and stride 1"):
        kernels.conv2d(**arguments, method="winograd")


def _short(value):
    """Return a value, or the shape of an array."""
    return f"{value.dtype}{value.shape}" if isinstance(value, np.ndarray) else repr(value)[:80]
