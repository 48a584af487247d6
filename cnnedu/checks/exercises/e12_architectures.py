"""Exercise 12: what is checked, and on which inputs."""

import numpy as np

from cnnedu.checks.answers import blocks
from cnnedu.checks.answers import e12_architectures as answers
from cnnedu.checks.case import Case
from cnnedu.checks.torch_blocks import residual_shapes, separable_shapes
from cnnedu.checks.value import Value, checker

IMPORTS = ("numpy", "torch", "cnnedu.checks.torch_blocks")
TOLERANCE = 1e-4  # networks compute in float32

LAYERS = [
    ((3, 9, 9), 4, 3),
    ((1, 32, 32), 6, 5, 1, 0, 1, True),
    ((8, 14, 10), 16, 3, 2, 1, 4),
    ((6, 7, 8), 6, 3, 1, 1, 6, True),
]
# One by one: no square, more rows and more columns, a rest, padding, groups, biases, none of these.
MORE_LAYERS = [
    ((2, 5, 6), 3, 2),
    ((4, 6, 5), 8, 3, 2),
    ((4, 3, 4), 2, 1, 1, 2),
    ((6, 13, 9), 9, 4, 3, 2, 3, True),
    ((6, 9, 13), 9, 4, 3, 2, 3, False),
    ((5, 8, 7), 10, 5, 2, 1, 5, True),
    ((1, 4, 4), 1, 4),
    ((12, 6, 6), 4, 1, 4, 0, 2, True),
]


def _some_layers(rng):
    """Return layers of all kinds, in any order, and a few random ones."""
    layers = list(MORE_LAYERS)
    for _ in range(4):
        groups = int(rng.integers(1, 4))
        C, filters = (groups * int(n) for n in rng.integers(1, 5, 2))
        H, W, kernel_size = (int(n) for n in rng.integers([5, 5, 1], [20, 20, 6]))
        stride, padding, bias = (int(n) for n in rng.integers([1, 0, 0], [4, 3, 2]))
        layers.append(((C, H, W), filters, kernel_size, stride, padding, groups, bool(bias)))
    return layers


def _maps(rng):
    return [
        (np.arange(6).reshape(1, 6, 1, 1), 2),
        (rng.normal(size=(2, 6, 2, 3)), 3),
        (rng.normal(size=(1, 8, 3, 1)), 2),
    ]


def _more_maps(rng):
    shapes = [
        ((3, 10, 2, 5), 5),
        ((1, 12, 1, 4), 3),
        ((3, 10, 2, 5), 2),
        ((2, 4, 3, 2), 1),
        ((2, 5, 1, 1), 5),
        ((1, 12, 3, 3), 4),
    ]
    whole = (rng.permutation(2 * 6 * 4).reshape(2, 6, 2, 2), 3)
    return [whole, *((rng.normal(size=shape), groups) for shape, groups in shapes)]


def _numbers(rng, shapes):
    """Return a row of numbers for parameters {name: shape}: norms spread far beyond ReLU6's 6."""
    parts = []
    for name, shape in shapes.items():
        norm = name.startswith("norm") and name.endswith("weight")
        part = rng.uniform(5, 9, shape) if norm else rng.normal(size=shape)
        parts.append(part.ravel())
    return np.concatenate(parts)


def _clear(rng, shapes, clearness, N, channels, H, W, filters, stride):
    """Return maps and parameters, drawn until rounding can't take a ReLU across its kink."""
    while True:
        numbers = _numbers(rng, shapes(channels, filters, stride))
        arguments = rng.normal(size=(N, channels, H, W)), filters, stride, numbers
        if clearness(*arguments) > 1e-3:
            return arguments


def _for_residual(rng, *sizes):
    return [_clear(rng, residual_shapes, blocks.residual_clearness, *size) for size in sizes]


def _for_separable(rng, *sizes):
    return [_clear(rng, separable_shapes, blocks.separable_clearness, *size) for size in sizes]


# N, channels, H, W, filters, stride
VISIBLE = (2, 4, 5, 6, 4, 1), (3, 2, 6, 4, 4, 2)
HIDDEN = (2, 3, 7, 5, 2, 3), (1, 3, 4, 5, 5, 1), (2, 1, 3, 8, 1, 1), (1, 2, 5, 6, 2, 2)

CHECKS = (
    Value(
        "by_hand",
        answers.BY_HAND["by_hand"],
        rtol=0,
        atol=0.1,
        mistakes=answers.BY_HAND_MISTAKES["by_hand"],
    ),
    Case(
        "conv_cost",
        lambda rng: LAYERS,
        answers.conv_cost,
        _some_layers,
        rtol=0,
        atol=0,
        whole=True,
        mistakes=answers.MISTAKES["conv_cost"],
        imports=IMPORTS,
    ),
    Case(
        "channel_shuffle",
        _maps,
        answers.channel_shuffle,
        _more_maps,
        mistakes=answers.MISTAKES["channel_shuffle"],
        imports=IMPORTS,
    ),
    Case(
        "residual_in_training",
        lambda rng: _for_residual(rng, *VISIBLE),
        answers.residual_in_training,
        lambda rng: _for_residual(rng, *HIDDEN),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["residual_in_training"],
        imports=IMPORTS,
    ),
    Case(
        "residual_in_evaluation",
        lambda rng: _for_residual(rng, *VISIBLE),
        answers.residual_in_evaluation,
        lambda rng: _for_residual(rng, *HIDDEN[:1]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["residual_in_evaluation"],
        imports=IMPORTS,
    ),
    Case(
        "residual_slopes",
        lambda rng: _for_residual(rng, *VISIBLE),
        answers.residual_slopes,
        lambda rng: _for_residual(rng, *HIDDEN[::2]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["residual_slopes"],
        imports=IMPORTS,
    ),
    Case(
        "separable_in_training",
        lambda rng: _for_separable(rng, *VISIBLE),
        answers.separable_in_training,
        lambda rng: _for_separable(rng, *HIDDEN[::2]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["separable_in_training"],
        imports=IMPORTS,
    ),
    Case(
        "separable_in_evaluation",
        lambda rng: _for_separable(rng, *VISIBLE),
        answers.separable_in_evaluation,
        lambda rng: _for_separable(rng, *HIDDEN[:1]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["separable_in_evaluation"],
        imports=IMPORTS,
    ),
    Case(
        "separable_slopes",
        lambda rng: _for_separable(rng, *VISIBLE),
        blocks.separable_slopes,
        lambda rng: _for_separable(rng, *HIDDEN[:1]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        imports=IMPORTS,
    ),
)
check = checker(CHECKS)
