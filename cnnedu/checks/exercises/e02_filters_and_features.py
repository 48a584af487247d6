"""Exercise 02: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import e02_filters_and_features as answers
from cnnedu.checks.case import Case
from cnnedu.checks.compare import require
from cnnedu.checks.scale import unit_kernel
from cnnedu.checks.value import Design, Value, checker
from cnnedu.data import edge_kernel, smiley


def _numbers(rng, kinds, shapes):
    """Return an array for each shape: of whole numbers where its letter is "w", else of floats."""
    return tuple(
        rng.integers(-9, 10, shape) if kind == "w" else rng.normal(size=shape)
        for kind, shape in zip(kinds, shapes, strict=True)
    )


def _pictures_and_filters(rng):
    return [
        (np.array([[1, 2, 4]]), np.array([[[1, 1]], [[-1, 1]]])),
        (smiley(), np.stack([edge_kernel(), edge_kernel().T])),
        (rng.normal(size=(6, 5)), rng.normal(size=(3, 2, 3))),
        (rng.integers(0, 10, (4, 4)), rng.normal(size=(2, 2, 2))),
    ]


def _more_pictures_and_filters(rng):
    shapes = [((7, 4), (1, 3, 2)), ((4, 9), (4, 4, 1)), ((3, 3), (2, 3, 3)), ((5, 6), (3, 1, 1))]
    # Each shape comes twice: with floats, then with whole numbers on one side.
    drawn = [
        _numbers(rng, kinds, pair)
        for kinds, some in (("ff", shapes), ("wf", shapes[:2]), ("fw", shapes[2:]))
        for pair in some
    ]
    x, filters = drawn[1]
    # Other filters for the same picture, another picture for the same filters, large outputs.
    return [*drawn, (x, filters[::-1]), (1000 * x, filters)]


def _layers(rng):
    colours = np.stack([smiley(), 1 - smiley(), 0 * smiley()])
    return [
        (np.array([[[2]], [[3]]]), np.array([[[[10]], [[100]]]]), np.array([1])),
        (colours, np.stack([edge_kernel()] * 6).reshape(2, 3, 3, 3), np.array([0.5, -1])),
        (rng.normal(size=(3, 6, 5)), rng.normal(size=(4, 3, 3, 2)), rng.normal(size=4)),
        (rng.integers(0, 10, (2, 4, 4)), rng.normal(size=(3, 2, 2, 2)), rng.normal(size=3)),
    ]


def _more_layers(rng):
    shapes = [
        ((1, 7, 4), (3, 1, 2, 3)),
        ((5, 4, 6), (1, 5, 4, 2)),
        ((2, 3, 3), (2, 2, 3, 3)),
        ((4, 1, 5), (2, 4, 1, 1)),
    ]
    # Each shape comes twice, and the first once more, where only the biases are floats.
    drawn = [
        _numbers(rng, kinds, (x, w, w[:1]))
        for kinds, some in (
            ("fff", shapes),
            ("wff", shapes[:2]),
            ("fww", shapes[2:]),
            ("wwf", shapes[:1]),
        )
        for x, w in some
    ]
    x, w, b = drawn[0]
    # Other filters, another picture, other biases with what was there before; large outputs.
    return [*drawn, (x, w[::-1], b), (1000 * x, w, b), (x, w, b[::-1])]


def _pictures(rng):
    return [
        (np.array([[0, 0, 3], [0, 0, 0], [1, 0, 0]]),),
        (smiley(),),
        (rng.normal(size=(5, 6)),),
    ]


def _more_pictures(rng):
    shapes = [(3, 3), (3, 7), (8, 3), (4, 5)]
    # Tones that change in one direction alone: weak edges, strong ones and none beside each other.
    stripes = np.tile([[0.25], [0.5], [0.75], [5000], [0.75], [-9]], 4)
    return [_numbers(rng, kind, [shape]) for kind in "fw" for shape in shapes] + [
        (stripes,),
        (stripes.T,),
        (np.full((4, 4), 7),),
        (1000 * rng.normal(size=(4, 5)),),
    ]


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


CHECKS = (
    Value("by_hand", answers.BY_HAND["by_hand"], mistakes=answers.BY_HAND_MISTAKES["by_hand"]),
    Case(
        "filter_bank",
        _pictures_and_filters,
        answers.filter_bank,
        _more_pictures_and_filters,
        mistakes=answers.MISTAKES["filter_bank"],
    ),
    Case("conv", _layers, answers.conv, _more_layers, mistakes=answers.MISTAKES["conv"]),
    Case(
        "sobel_magnitude",
        _pictures,
        answers.sobel_magnitude,
        _more_pictures,
        mistakes=answers.MISTAKES["sobel_magnitude"],
    ),
    Design("diagonal", _finds_diagonal_lines),
)
check = checker(CHECKS)
