"""Exercise 02: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e02_filters_and_features as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import CheckFailed, NotNumbers, as_numbers, require
from cnnedu.checks.drafts import shown_by_examples
from cnnedu.checks.scale import unit_kernel
from cnnedu.checks.value import Design, checker
from cnnedu.data import edge_kernel, smiley
from cnnedu.data.chalk import make_smileys
from cnnedu.kernels import conv2d, correlate2d

MOST_NUMBERS = 1000  # in a picture, in filters or in biases
MOST_WEIGHTS = 24  # in a kernel of the network
NOISE = 0.2
# Who reaches the first on the faces that are always the same reaches the second on fresh ones: at
# 96 % right, 94 % of 2,000 is 4.6 standard deviations away.
SEEN, SEEN_SHARE = 4000, 0.96
FRESH, FRESH_SHARE = 2000, 0.94


def draft_a(x, w, b):
    """Add the bias once per channel."""
    maps = []
    for f in range(len(w)):
        total = 0
        for c in range(len(x)):
            total = total + correlate2d(x[c], w[f, c]) + b[f]
        maps.append(total)
    return np.array(maps)


def draft_b(x, w, b):
    """Use the slice for channel 0 in every channel."""
    maps = []
    for f in range(len(w)):
        total = b[f]
        for channel in x:
            total = total + correlate2d(channel, w[f, 0])
        maps.append(total)
    return np.array(maps)


def draft_c(x, w, b):
    """Carry each filter's sum on to the next filter."""
    maps, total = [], 0
    for f in range(len(w)):
        for c in range(len(x)):
            total = total + correlate2d(x[c], w[f, c])
        maps.append(total + b[f])
    return np.array(maps)


DRAFTS = {"A": draft_a, "B": draft_b, "C": draft_c}


def _layer(name, value):
    """Return the picture, the filters and the biases that a student wrote."""
    shape = "x of shape (C, H, W), w of shape (F, C, KH, KW) and b of shape (F,)"
    require(
        isinstance(value, (tuple, list)) and len(value) == 3,
        f"{name}: write a tuple of three, (x, w, b)",
    )
    arrays = []
    for letter, part, axes in zip("xwb", value, (3, 4, 1), strict=True):
        try:
            array = as_numbers(part).astype(float)
        except NotNumbers as reason:
            raise CheckFailed(f"{name}: {letter}: {reason}") from None
        require(
            array.ndim == axes and array.size,
            f"{name}: it needs {shape}, but {letter} has shape {array.shape}",
        )
        require(
            array.size <= MOST_NUMBERS and bool((abs(array) <= 100).all()),
            f"{name}: {letter} should hold at most 1,000 numbers, each from −100 to 100",
        )
        arrays.append(array)
    x, w, b = arrays
    require(
        w.shape[1] == len(x),
        f"{name}: x has {len(x)} channel{'s' * (len(x) > 1)}, but each filter has {w.shape[1]} "
        f"slice{'s' * (w.shape[1] > 1)}",
    )
    require(
        len(b) == len(w),
        f"{name}: {len(w)} filter{'s' * (len(w) > 1)} need as many biases, but b has {len(b)}",
    )
    require(
        w.shape[2] <= x.shape[1] and w.shape[3] <= x.shape[2],
        f"{name}: a kernel of {w.shape[2]}×{w.shape[3]} doesn't fit in a picture of "
        f"{x.shape[1]}×{x.shape[2]}",
    )
    return x, w, b


def _made(x, w):
    """Return a picture and the map that a kernel makes of it."""
    return x, correlate2d(x, w)


def _pictures_and_maps(rng):
    return [
        (np.array([[3, 0, 2]]), np.array([[6, 2]])),
        (np.array([[1, 2, 4]]), np.array([[1, 2]])),
        _made(smiley(), edge_kernel()),
        _made(rng.integers(0, 10, (9, 10)), rng.normal(size=(2, 3))),
        _made(2.5 * rng.normal(size=(10, 9)), rng.normal(size=(3, 3))),
        _made(np.tile(rng.normal(size=12), (6, 1)), rng.normal(size=(3, 2))),
    ]


def _more_pictures_and_maps(rng):
    sizes = [((8, 9), (2, 3)), ((10, 10), (3, 3)), ((9, 8), (4, 2)), ((4, 5), (1, 1))]
    floats = [(3 * rng.normal(size=x), rng.normal(size=w)) for x, w in sizes]
    # A light picture of whole numbers, and a whole kernel.
    whole = [
        (rng.integers(0, 10, (10, 9)), rng.normal(size=(1, 4))),
        (floats[0][0], 1 + np.eye(2, 3)),
    ]
    # Equal rows, equal columns and a chequerboard: many kernels make the same map.
    row, column = rng.normal(size=(1, 12)), rng.normal(size=(12, 1))
    board = 1 + np.add.outer(np.arange(7), np.arange(6)) % 2
    many = [(np.tile(row, (7, 1)), (2, 3)), (np.tile(column, (1, 5)), (3, 3)), (board, (2, 2))]
    again = [(floats[1][0], rng.normal(size=(3, 3))), (floats[1][0][::-1], floats[1][1])]
    drawn = [(x, rng.normal(size=size)) for x, size in many]
    return [_made(x, w) for x, w in [*floats, *whole, *drawn, *again]]


def _finds_diagonal_lines(value):
    w = unit_kernel("diagonal", value)
    for sums, change, lines in (
        (w.sum(axis=0), "from left to right", "column"),
        (w.sum(axis=1), "from top to bottom", "row"),
    ):
        require(
            np.all(abs(sums) < 1e-6),
            f"diagonal: it answers to a change {change}; look at the sum of each {lines}",
        )
    # `trace(k)` is the answer to a line ╲ that runs k columns right of the window's middle.
    on_line, on_other = np.trace(w), np.trace(w[:, ::-1])
    beside = max(np.trace(w, k) for k in (-2, -1, 1, 2))
    require(on_line > 1e-6, "diagonal: the line ╲ through the middle gets no positive answer")
    require(on_line - on_other > 1e-6, "diagonal: the other diagonal ╱ gets as large an answer")
    require(
        beside - on_line < 1e-6,
        "diagonal: a window beside the line ╲ gets a larger answer than one on the line",
    )


def _judge_network(value):
    _enough(_two_kernels(value), *make_smileys(SEEN, seed=7, noise=NOISE), SEEN_SHARE)


def _judge_network_on_fresh_faces(value, rng):
    faces = make_smileys(FRESH, seed=int(rng.integers(10**9)), noise=NOISE)
    _enough(_two_kernels(value), *faces, FRESH_SHARE)


def _two_kernels(value):
    """Return the two kernels that a student designed: (2, KH, KW)."""
    try:
        network = as_numbers(value).astype(float)
    except NotNumbers as reason:
        raise CheckFailed(f"network: {reason}; it needs two kernels of the same shape") from None
    require(
        network.ndim == 3 and len(network) == 2 and network.size,
        f"network: it needs two kernels of the same shape, (2, KH, KW), not {network.shape}",
    )
    require(np.isfinite(network).all(), "network: its weights should be finite numbers")
    require(
        network[0].size <= MOST_WEIGHTS,
        f"network: a kernel may have {MOST_WEIGHTS} weights at most, but yours have "
        f"{network[0].size}",
    )
    require(max(network[0].shape) <= 12, "network: a kernel must fit on the board of 12 × 12")
    size = abs(network).max()
    require(size > 0, "network: all its weights are 0, so it always says sad")
    return network / size


def _enough(network, faces, happy, share):
    """Require that the network is right often enough; say in which way it is wrong."""
    answers = np.maximum(0, conv2d(faces[:, None], network[:, None]))
    first, second = answers.max(axis=(2, 3)).T
    said = first > second
    right = np.mean(said == happy)
    if right < 0.2:
        told = "it says sad to happy faces and happy to sad ones: the kernel for happy comes first"
    elif said.mean() > 0.7:
        told = "it nearly always says happy: does the first kernel answer more loudly to anything?"
    elif said.mean() < 0.3:
        told = "it nearly always says sad: does the second kernel answer more loudly to anything?"
    else:
        told = (
            f"it calls {np.sum((happy == 1) & ~said):,} happy faces sad and "
            f"{np.sum((happy == 0) & said):,} sad ones happy"
        )
    require(
        right >= share,
        f"network: {100 * right:.1f} % of {len(happy):,} faces are right, and {100 * share:.0f} % "
        f"are asked for; {told}",
    )


CHECKS = (
    *answers.PICTURE.checks(),
    *shown_by_examples(DRAFTS, _layer, lambda x, w, b: conv2d(x[None], w, b)[0]),
    Case(
        "find_kernel",
        _pictures_and_maps,
        answers.find_kernel,
        _more_pictures_and_maps,
        rtol=0,
        atol=1e-3,
        mistakes=answers.MISTAKES["find_kernel"],
        imports=("numpy", "cnnedu.data", "cnnedu.kernels"),
    ),
    Design("diagonal", _finds_diagonal_lines),
    Design("network", _judge_network, _judge_network_on_fresh_faces),
)
check = checker(CHECKS)
