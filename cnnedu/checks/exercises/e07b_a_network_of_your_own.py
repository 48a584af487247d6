"""Exercise 07b: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e07b_a_network_of_your_own as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import CheckFailed, NotNumbers, as_numbers, require
from cnnedu.checks.drafts import shown_by_examples
from cnnedu.checks.value import checker

IMPORTS = ("numpy", "cnnedu.data", "cnnedu.checks.autograd")
MOST_NUMBERS = 100  # in each array of an example


def draft_a(dout, x, w, b):
    """Take the mean over the pictures for the biases."""
    gated = dout * (x @ w.T + b > 0)
    return gated @ w, gated.T @ x, gated.mean(axis=0)


def draft_b(dout, x, w, b):
    """Forget the biases when looking at what ReLU let through."""
    gated = dout * (x @ w.T > 0)
    return gated @ w, gated.T @ x, gated.sum(axis=0)


def draft_c(dout, x, w, b):
    """Let the inputs have what ReLU blocked."""
    gated = dout * (x @ w.T + b > 0)
    return dout @ w, gated.T @ x, gated.sum(axis=0)


DRAFTS = {
    letter: lambda *arrays, draft=draft: np.concatenate([np.ravel(part) for part in draft(*arrays)])
    for letter, draft in (("A", draft_a), ("B", draft_b), ("C", draft_c))
}


def _right(dout, x, w, b):
    gated = dout * (x @ w.T + b > 0)
    return np.concatenate([np.ravel(part) for part in (gated @ w, gated.T @ x, gated.sum(axis=0))])


def _layer(name, value):
    """Return dout, the inputs, the weights and the biases that a student wrote."""
    shapes = "dout (N, K), x (N, D), w (K, D) and b (K,)"
    require(
        isinstance(value, (tuple, list)) and len(value) == 4,
        f"{name}: write a tuple of four, (dout, x, w, b)",
    )
    arrays = []
    for letter, part, axes in zip(("dout", "x", "w", "b"), value, (2, 2, 2, 1), strict=True):
        try:
            array = as_numbers(part).astype(float)
        except NotNumbers as reason:
            raise CheckFailed(f"{name}: {letter}: {reason}") from None
        require(
            array.ndim == axes and array.size,
            f"{name}: it needs {shapes}, but {letter} has shape {array.shape}",
        )
        require(
            array.size <= MOST_NUMBERS and bool((abs(array) <= 100).all()),
            f"{name}: {letter} should hold at most {MOST_NUMBERS} numbers, each from −100 to 100",
        )
        arrays.append(array)
    dout, x, w, b = arrays
    require(
        dout.shape == (len(x), len(w)) and w.shape[1] == x.shape[1] and len(b) == len(w),
        f"{name}: it needs {shapes}, but you have {dout.shape}, {x.shape}, {w.shape} and {b.shape}",
    )
    return dout, x, w, b


# Each graph: rows (made, from), of numbers that were made in the order 0, 1, 2 … The last one but
# `rest` is the result; the `rest` was made from the others and leads nowhere.
DIAMOND = [(1, 0), (2, 1), (3, 1), (4, 2), (4, 3)], 0
SHORT_CUT = [(1, 0), (2, 1), (3, 2), (3, 1), (4, 3), (4, 1)], 0
TWICE = [(1, 0), (1, 0), (2, 1), (3, 1), (3, 2), (3, 2)], 0
DEAD_ENDS = [(2, 0), (2, 1), (3, 2), (4, 2), (4, 3), (5, 2), (6, 4), (6, 0)], 2
NOTHING = [], 0


def _graph(rng, uses, rest, names="drawn", backwards=False):
    """Return a graph's uses, slopes, count and result.

    Args:
        rng: draws the slopes, and other numbers for what is numbered.
        uses, rest: one of the graphs above.
        names: "drawn", or "made" for the order of making, or "back" for the other way round.
        backwards: whether the rows come in the other order.
    """
    count = 1 + max((made for made, _ in uses), default=0)
    made = np.arange(count)
    number = {"drawn": rng.permutation(count), "made": made, "back": made[::-1]}[names]
    rows = number[np.array(uses, int).reshape(-1, 2)]
    slopes = rng.choice([-1, 1], len(rows)) * rng.uniform(0.5, 1.5, len(rows))
    order = np.arange(len(rows))[:: -1 if backwards else 1]
    return rows[order], slopes[order], count, int(number[count - 1 - rest])


def _drawn_graph(rng, count):
    """Return a graph of numbers that are made from one to three others each; rows in any order."""
    uses = [(k, p) for k in range(1, count) for p in rng.integers(max(0, k - 4), k, 1 + k % 3)]
    return _graph(rng, [uses[i] for i in rng.permutation(len(uses))], 2)


def _graphs(rng):
    return [
        (np.array([[1, 0], [2, 1], [2, 0]]), np.array([3.0, 2.0, 6.0]), 3, 2),
        *(_graph(rng, *DIAMOND, "made", way) for way in (False, True)),
        *(_graph(rng, *SHORT_CUT, "back", way) for way in (False, True)),
        _graph(rng, *TWICE),
        _graph(rng, *DEAD_ENDS),
        _drawn_graph(rng, 9),
    ]


def _more_graphs(rng):
    return [
        *(
            _graph(rng, *graph, names, way)
            for graph in (DIAMOND, SHORT_CUT, TWICE, DEAD_ENDS)
            for names in ("made", "back", "drawn")
            for way in (False, True)
        ),
        _graph(rng, *NOTHING),
        *(_drawn_graph(rng, count) for count in (12, 12, 20)),
    ]


def _rows(rng, N, D, whole=False):
    """Return dout, x, weight and bias; no two numbers of a row of x are equal."""
    x = 2.0 * rng.permuted(np.tile(np.arange(D), (N, 1)), axis=1) + rng.uniform(0.2, 1.5, (N, D))
    arrays = rng.choice([-1, 1], (3, N, D)) * rng.uniform(0.5, 2, (3, N, D))
    if whole:
        x, arrays = np.floor(x).astype(int) * 3, np.sign(arrays).astype(int) * np.arange(2, D + 2)
    return arrays[0], x - x.dtype.type(D), arrays[1, 0], arrays[2, 0]


def _norms(rng):
    small = np.array([[1.0, 1.002, 0.999]])
    return [
        tuple(map(np.array, ([[4.0, 0, 0, 0]], [[1.0, 1, 3, 3]], [1.0] * 4, [0.0] * 4))),
        _rows(rng, 3, 4),
        _rows(rng, 2, 5, whole=True),
        (np.array([[1.0, -2, 0.5]]), small, np.array([1.0, 2, -1]), np.array([0.5, 0, 1])),
    ]


def _more_norms(rng):
    dout, x, weight, bias = _rows(rng, 2, 3)
    return [
        _rows(rng, 4, 3),
        _rows(rng, 4, 3),
        _rows(rng, 3, 6, whole=True),
        (dout, 0.002 * x, weight, bias),  # as small as eps
        (dout, 1000 + x, weight, bias),
        (dout, np.repeat(x[:, :1], 3, axis=1), weight, bias),  # all numbers of a row are equal
        _rows(rng, 1, 7),
        _rows(rng, 2, 2),
    ]


def _maps(rng, *shape, whole=False):
    dout, x = rng.choice([-1, 1], (2, *shape)) * rng.uniform(0.5, 3, (2, *shape))
    if whole:
        dout, x = (np.rint(3 * a).astype(int) for a in (dout, x))
    return dout, x


def _gates(rng):
    return [
        (np.array([[[[4.0, 0], [0, 0]]]]), np.array([[[[1.0, 2], [3, 2]]]])),
        _maps(rng, 2, 3, 2, 4),
        _maps(rng, 2, 2, 3, 3, whole=True),
    ]


def _more_gates(rng):
    return [
        _maps(rng, 3, 2, 4, 3),
        _maps(rng, 3, 2, 4, 3),
        _maps(rng, 1, 1, 2, 5),
        _maps(rng, 2, 4, 1, 3, whole=True),
        _maps(rng, 2, 1, 5, 1),
        _maps(rng, 4, 2, 1, 1),
        (_maps(rng, 2, 2, 2, 3)[0], np.zeros((2, 2, 2, 3))),
    ]


CHECKS = (
    *answers.GRADIENTS.checks(),
    Case(
        "gradients_of",
        _graphs,
        answers.gradients_of,
        _more_graphs,
        mistakes=answers.MISTAKES["gradients_of"],
        imports=IMPORTS,
    ),
    Case(
        "layer_norm_numbers",
        _norms,
        answers.layer_norm_numbers,
        _more_norms,
        rtol=1e-8,
        atol=1e-8,
        mistakes=answers.MISTAKES["layer_norm_numbers"],
        imports=IMPORTS,
    ),
    Case(
        "gate_numbers",
        _gates,
        answers.gate_numbers,
        _more_gates,
        mistakes=answers.MISTAKES["gate_numbers"],
        imports=IMPORTS,
    ),
    *shown_by_examples(DRAFTS, _layer, _right),
)
check = checker(CHECKS)
