"""Exercise 05: each well-known mistake is named."""

import numpy as np
import pytest
from checks.told import message

from cnnedu.checks import Case
from cnnedu.checks.exercises import e05_why_not_dense_layers as e05


def matrix(w, H, W):
    rows, columns = H - w.shape[0] + 1, W - w.shape[1] + 1
    out = np.zeros((rows, columns, H, W))
    for i, j in np.ndindex(rows, columns):
        out[i, j, i : i + w.shape[0], j : j + w.shape[1]] = w
    return out.reshape(rows * columns, H * W)


MATRIX = Case(
    "conv_matrix",
    lambda rng: [(rng.normal(size=(2, 3)), 4, 6)],
    matrix,
    mistakes=e05.MISTAKES["conv_matrix"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda w, H, W: matrix(w[::-1, ::-1], H, W), "flipped"),
        (lambda w, H, W: matrix(w, H, W).T, "transpose"),
        (
            lambda w, H, W: [np.roll(matrix(w, H, W)[0], k) for k in range(12)],
            "shifted by one place",
        ),
    ],
)
def test_mistakes_of_the_matrix_are_named(wrong, says):
    assert says in message(wrong, MATRIX)


def test_rows_counted_by_the_width_of_the_output_are_named():
    def wrong(w, H, W):
        out, OW = np.zeros((12, 24)), 4
        for i, j, u, v in np.ndindex(3, 4, 2, 3):
            out[i * OW + j, (i + u) * OW + j + v] = w[u, v]
        return out

    assert "rows of OW" in message(wrong, MATRIX)


COST = Case(
    "conv_cost",
    lambda rng: [((3, 9, 8), (4, 3, 2))],
    lambda x_shape, filters: [4 * 18 + 4, 4 * 18 * 7 * 7],
    mistakes=e05.MISTAKES["conv_cost"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([4 * 18, 4 * 18 * 49], "biases"),
        ([4 * 6 + 4, 4 * 6 * 49], "channels"),
        ([4 * 18 + 4, 4 * 18 * 72], "without padding"),
    ],
)
def test_mistakes_of_the_count_are_named(wrong, says):
    assert says in message(lambda x_shape, filters: wrong, COST)


FIELD = Case(
    "receptive_field",
    lambda rng: [([3, 2, 3], [1, 2, 1], [1, 1, 3])],
    lambda *layers: [3, 4, 16],
    mistakes=e05.MISTAKES["receptive_field"],
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([3, 4, 10], "never exceeds 1"),
        ([3, 5, 17], "after* it"),
        ([3, 4, 8], "dilation is missing"),
        ([4, 6, 24], "overlap"),
        (16, "after the last layer"),
    ],
)
def test_mistakes_of_the_receptive_field_are_named(wrong, says):
    assert says in message(lambda *layers: wrong, FIELD)
