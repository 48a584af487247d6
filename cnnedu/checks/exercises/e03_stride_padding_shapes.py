"""Exercise 03: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e03_stride_padding_shapes as answers
from cnnedu.checks.case import Case
from cnnedu.checks.value import Value, checker
from cnnedu.data import edge_kernel, smiley


def _settings(rng):
    # In the last, nearly every well-known mistake gives another number.
    return [
        (7, 3, 1, 0, 1),
        (7, 3, 3, 0, 1),
        (8, 4, 1, 1, 1),
        (8, 3, 2, 0, 1),
        (224, 7, 2, 3, 1),
        (15, 2, 2, 4, 7),
    ]


def _more_settings(rng):
    fixed = [
        (1, 1, 1, 0, 1),  # one place
        (3, 3, 2, 0, 1),
        (2, 4, 5, 1, 1),
        (8, 3, 2, 0, 1),  # the quotient is 2.5, then 3.5; `round` makes 2 and 4 of them
        (10, 3, 2, 0, 1),
        (10, 1, 3, 0, 4),  # a window of one tap has no gaps
        (2, 4, 1, 2, 1),  # a window that is larger than the picture, in three places
        (12, 3, 5, 2, 3),
        (6, 5, 4, 3, 2),
        (4, 2, 9, 0, 3),  # a stride that is larger than the picture
        (3, 1, 1, 2, 1),  # more positions than pixels
    ]
    low, high = [20, 1, 1, 0, 1], [60, 6, 5, 4, 4]
    return fixed + [tuple(rng.integers(low, high).tolist()) for _ in range(12)]


def _windows(rng):
    return [(4, 3), (3, 1), (4, 1), (1, 1)]


def _more_windows(rng):
    return [(kernel_size, dilation) for kernel_size in range(1, 7) for dilation in range(1, 5)]


def _batches(rng):
    return [
        (np.array([[[[5, 6]]]]), ((0, 1), (2, 0))),
        (smiley()[None, None], ((1, 1), (1, 1))),
        (rng.normal(size=(2, 3, 4, 5)), ((1, 2), (3, 0))),
    ]


def _more_batches(rng):
    shapes = [(1, 1, 1, 1), (3, 2, 5, 2), (2, 4, 1, 6)]
    paddings = [((2, 0), (0, 3)), ((0, 0), (0, 0)), ((0, 3), (1, 2)), ((0, 2), (3, 0))]
    # Each batch comes with several paddings, and its shape once more with other numbers.
    floats = [(x, p) for x in (rng.normal(size=shape) for shape in shapes) for p in paddings]
    return floats + [(rng.integers(1, 10, x.shape), p) for x, p in floats[::3]]


def _layers(rng):
    row, pair = np.array([[[[1, 2, 4, 8, 16]]]]), np.array([[[[1, 1]]]])
    face, edges = smiley()[None, None], edge_kernel()[None, None]
    nothing = np.zeros(1)
    batch = rng.normal(size=(2, 3, 7, 6))
    filters, biases = rng.normal(size=(4, 3, 3, 2)), rng.normal(size=4)
    return [
        (row, pair, nothing, 1, 0, 1),
        (row, pair, nothing, 2, 0, 1),
        (row, pair, nothing, 1, 0, 2),
        (face, edges, nothing, 1, 1, 1),
        (face, edges, nothing, 1, 0, 2),
        (batch, filters, biases, 1, 0, 1),
        (batch, filters, biases, 2, 1, 1),
        (batch, filters, biases, 1, 2, 2),
    ]


def _more_layers(rng):
    shapes = [
        ((1, 1, 8, 5), (1, 1, 3, 3), 3, 0, 1),
        ((3, 2, 5, 9), (3, 2, 1, 4), 2, 1, 2),
        ((1, 4, 6, 6), (2, 4, 2, 2), 3, 2, 3),
        ((2, 3, 3, 3), (5, 3, 3, 3), 1, 0, 1),
        ((2, 1, 9, 4), (2, 1, 4, 1), 4, 3, 2),
    ]
    # Most shapes come twice, and the first once more, where only the biases are floats.
    drawn = [
        (*_numbers(rng, kinds, (x, w, w[:1])), *setting)
        for kinds, some in (
            ("fff", shapes),
            ("wff", shapes[:2]),
            ("fww", shapes[3:]),
            ("wwf", shapes[:1]),
        )
        for x, w, *setting in some
    ]
    x, w, b, *setting = drawn[1]
    # Another batch, other filters or steps with what was there before; large outputs.
    again = [(1000 * x, w, b, *setting), (x, w[::-1], b, *setting), (x, w, b, 3, 0, 1)]
    return drawn + again


def _numbers(rng, kinds, shapes):
    """Return an array for each shape: of whole numbers where its letter is "w", else of floats."""
    return tuple(
        rng.integers(-9, 10, shape) if kind == "w" else rng.normal(size=shape)
        for kind, shape in zip(kinds, shapes, strict=True)
    )


CHECKS = (
    Value("sizes", answers.BY_HAND["sizes"], mistakes=answers.BY_HAND_MISTAKES["sizes"]),
    Case(
        "output_size",
        _settings,
        answers.output_size,
        _more_settings,
        whole=True,
        mistakes=answers.MISTAKES["output_size"],
    ),
    Case(
        "same_padding",
        _windows,
        answers.same_padding,
        _more_windows,
        whole=True,
        mistakes=answers.MISTAKES["same_padding"],
    ),
    Case("pad2d", _batches, answers.pad2d, _more_batches, mistakes=answers.MISTAKES["pad2d"]),
    Case("conv2d", _layers, answers.conv2d, _more_layers, mistakes=answers.MISTAKES["conv2d"]),
)
check = checker(CHECKS)
