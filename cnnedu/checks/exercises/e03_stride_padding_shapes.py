"""Exercise 03: what is checked, and on which inputs."""

from itertools import product

import numpy as np

from cnnedu.checks.answers import e03_stride_padding_shapes as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import NotNumbers, as_numbers, require
from cnnedu.checks.value import Design, checker
from cnnedu.data import edge_kernel, smiley

WINDOWS, BEFORE, AFTER = (1, 3, 1), 56, 28
BLOCK = ((1, 2, 0), (3, 1, 1), (1, 1, 0))


def _judge_block(value):
    layers = _layers_of(value)
    require(
        layers != BLOCK,
        "mended: that is the block as it was; three of four places reach no output",
    )
    windows = tuple(window for window, _, _ in layers)
    require(windows == WINDOWS, f"mended: the windows should stay 1, 3 and 1, but are {windows}")
    for number, (_, stride, padding) in enumerate(layers, start=1):
        require(1 <= stride <= 4, f"mended: the stride of layer {number} should be from 1 to 4")
        require(0 <= padding <= 4, f"mended: the padding of layer {number} should be from 0 to 4")
    places = _used_by_outputs(layers)
    require(
        len(places) == AFTER,
        f"mended: this block gives maps of {len(places)}×{len(places)}, not of {AFTER}×{AFTER}",
    )
    used = len(set().union(*places)) ** 2  # rows and columns follow the same rule
    require(
        used == BEFORE**2,
        f"mended: {BEFORE**2 - used:,} of the {BEFORE**2:,} places still reach no output",
    )


def _layers_of(value):
    """Return the three (window, stride, padding) that a student wrote."""
    try:
        array = as_numbers(value)
    except NotNumbers:
        array = np.zeros(0)
    require(
        array.shape == (3, 3) and bool((array == np.round(array)).all()),
        "mended: write three layers, each as (window, stride, padding), all whole numbers",
    )
    return tuple(tuple(map(int, layer)) for layer in array)


def _used_by_outputs(layers):
    """Return, for each output along one axis, the set of places of the input that it uses."""
    places = [{place} for place in range(BEFORE)]
    for window, stride, padding in layers:
        border = [set()] * padding
        padded = border + places + border
        starts = range(0, len(padded) - window + 1, stride)
        places = [set().union(*padded[start : start + window]) for start in starts]
    return places


def _strides(rng):
    return [
        (8, 3, 2, 1),
        (7, 3, 1, 1),
        (7, 4, 1, 1),
        (10, 3, 4, 2),
        (9, 1, 3, 1),
        (11, 3, 4, 3),
        (6, 5, 2, 3),
    ]


def _more_strides(rng):
    sizes, windows, strides, dilations = (
        (1, 5, 6, 7, 8, 12, 224),
        range(1, 7),
        range(1, 6),
        (1, 2, 3),
    )
    return list(product(sizes, windows, strides, dilations))


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
    *answers.SIZES.checks(),
    answers.UNSEEN,
    Design("mended", _judge_block),
    Case(
        "same_padding",
        _strides,
        answers.same_padding,
        _more_strides,
        whole=True,
        mistakes=answers.MISTAKES["same_padding"],
    ),
    Case("pad2d", _batches, answers.pad2d, _more_batches, mistakes=answers.MISTAKES["pad2d"]),
    Case("conv2d", _layers, answers.conv2d, _more_layers, mistakes=answers.MISTAKES["conv2d"]),
)
check = checker(CHECKS)
