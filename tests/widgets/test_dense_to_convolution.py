"""`DenseToConvolution` on the Python side: what is cut, what is tied, what it costs, and errors."""

import numpy as np
import pytest
from widgets.refusal import assert_refused

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets import DenseToConvolution


@pytest.mark.parametrize("shape", [(8, 8), (4, 7), (5, 4)])
def test_cut_and_tied_it_is_the_convolution(shape):
    rng = np.random.default_rng(0)
    picture, kernel = rng.integers(0, 10, shape), rng.integers(-9, 10, (3, 3))
    layer = DenseToConvolution(picture, kernel, reach=1, tied=True)
    np.testing.assert_allclose(layer.output, correlate2d(picture, kernel))
    assert layer.parameters == 9
    assert layer.multiplications == 9 * layer.output.size


def test_what_each_step_costs():
    layer = DenseToConvolution()
    costs = {}
    for name, state in {
        "dense": {"reach": 6, "tied": False},
        "local": {"reach": 1, "tied": False},
        "tied": {"reach": 6, "tied": True},
        "convolution": {"reach": 1, "tied": True},
    }.items():
        for trait, value in state.items():
            setattr(layer, trait, value)
        costs[name] = (layer.multiplications, layer.parameters)
    assert costs == {
        "dense": (36 * 64, 36 * 64),
        "local": (36 * 9, 36 * 9),
        "tied": (36 * 64, 13 * 13),
        "convolution": (36 * 9, 9),
    }


def test_own_weights_are_whole_and_differ_from_output_to_output():
    layer = DenseToConvolution()
    assert np.array_equal(layer.matrix, layer.weights)
    assert np.array_equal(layer.weights, layer.weights.round())
    assert len(np.unique(layer.matrix, axis=0)) == 36
    layer.reach = 1
    windows = layer.matrix[layer.kept].reshape(36, 9)
    assert len(np.unique(windows, axis=0)) > 30
    np.testing.assert_allclose(windows.mean(axis=0), edge_kernel().ravel(), atol=1e-12)


def test_each_output_is_its_row_times_the_pixels():
    layer = DenseToConvolution(reach=3)
    i, j = 2, 5
    row = layer.matrix[i * 6 + j].reshape(8, 8)
    assert layer.output[i, j] == (row * smiley()).sum()
    assert np.argwhere(layer.kept[i * 6 + j].reshape(8, 8)).min(axis=0).tolist() == [0, 3]
    assert np.argwhere(layer.kept[i * 6 + j].reshape(8, 8)).max(axis=0).tolist() == [6, 7]


def test_stored_picture_is_small_and_the_same_twice():
    for state in ({}, {"reach": 1, "tied": True, "position": (5, 5)}):
        layer = DenseToConvolution(**state)
        assert len(layer.picture_png()) < 100_000
        assert layer.picture_png() == layer.picture_png()


WRONG = [
    (dict(picture=np.ones((3, 8))), ValueError, "picture must have 4 to 8 rows"),
    (dict(picture=-smiley()), ValueError, "picture must hold .* from 0 to 9, but holds −1"),
    (dict(kernel=np.ones((2, 3))), ValueError, "kernel must have 3 to 3 rows"),
    (dict(reach=0), ValueError, "reach must be a whole number from 1 to 6, but is 0"),
    (dict(picture=np.ones((4, 6)), reach=5), ValueError, "from 1 to 4 on a picture of 4×6 pixels"),
    (dict(reach=1.5), TypeError, "reach must be a whole number, but is 1.5"),
    (dict(tied=1), TypeError, "tied must be True or False, but is 1"),
    (dict(position=(6, 0)), ValueError, r"of one of the 6×6 outputs, but is \(6, 0\)"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: DenseToConvolution(**arguments), error, message)
