"""Exercise 12: what is checked, and on which inputs."""

import itertools

import numpy as np

from cnnedu.checks.answers import blocks
from cnnedu.checks.answers import e12_architectures as answers
from cnnedu.checks.case import Case
from cnnedu.checks.torch_blocks import residual_shapes, squeezed_shapes
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


STACKS = [
    ((1, 6, 6), [("conv", 8, 3, 1, 0), ("relu",), ("max pool", 2)]),
    (
        (3, 8, 5),
        [
            ("conv", 4, 3, 1, 1),
            ("norm",),
            ("relu",),
            ("max pool", 2),
            ("conv", 6, 3, 2, 1),
            ("relu",),
        ],
    ),
    (
        (2, 5, 7),
        [("conv", 3, 1, 1, 0), ("norm",), ("relu6",), ("max pool", 2), ("conv", 5, 1, 1, 1)],
    ),
]


def _more_stacks(rng):
    """Return stacks in which every rule decides: each kind before and after a ReLU, and last."""
    C, F, G = (int(n) for n in rng.integers(2, 9, 3))
    H = int(rng.choice([7, 11]))  # a pooling of 2 or of 3 leaves a rest, before and after a stride
    W = H + 3
    first, second = ("conv", F, 3, 1, 1), ("conv", G, 3, 2, 0)
    return [
        ((C, H, W), [first, ("relu",), second, ("norm",), ("relu",)]),
        ((C, H, W), [first, ("norm",), ("relu6",), second, ("relu",), ("max pool", 2)]),
        ((C, H, W), [first, ("norm",), ("relu",), ("max pool", 3), ("conv", G, 1, 1, 1)]),
        ((C, W, H), [("relu",), first, ("relu6",), ("norm",)]),
        ((C, W, H), [("norm",), ("max pool", 2), first, second]),
        ((1, H, H), [("max pool", 2)]),
        ((C, H, W), [("relu",), ("relu",), ("norm",)]),
        ((C, H, 6), [second]),
    ]


def _numbers(rng, shapes):
    """Return a row of numbers for parameters {name: shape}: norms spread far beyond ReLU6's 6."""
    parts = []
    for name, shape in shapes.items():
        norm = name.startswith("norm") and name.endswith("weight")
        part = rng.uniform(5, 9, shape) if norm else rng.normal(size=shape)
        gate = name.startswith(("squeeze", "excite"))  # a sigmoid that is neither 0 nor 1
        parts.append((0.4 * part if gate else part).ravel())
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


# What changes the numbers s; drawn inputs show each of these mistakes.
GATES = (
    {"gate": "sigmoid"},
    {"gate": "relu"},
    {"use": "add"},
    {"asked": "input"},
    {"asked": "before the norm"},
    *({"pooling": pooling} for pooling in blocks.WRONG_POOLINGS),
)


def _gates_show(arguments, apart):
    """Return whether each mistake with the numbers s changes the output clearly.

    With `apart`, no two of them may give the same output either, so that a message can name one.
    """
    right, *wrong = (blocks.squeezed_in_training(*arguments, **changed) for changed in ({}, *GATES))
    pairs = itertools.product([right], wrong)
    if apart:
        pairs = itertools.combinations([right, *wrong], 2)
    return all(abs(one - other).max() > 0.02 for one, other in pairs)


def _for_squeezed(rng, *sizes, apart=False):
    """Return arguments on which each mistake with the numbers s shows."""
    found = []
    for size in sizes:
        arguments = None
        while not (arguments and _gates_show(arguments, apart)):
            arguments = _clear(rng, squeezed_shapes, blocks.squeezed_clearness, *size)
        found.append(arguments)
    return found


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
        "kept_bytes",
        lambda rng: STACKS,
        answers.kept_bytes,
        _more_stacks,
        rtol=0,
        atol=0,
        whole=True,
        mistakes=answers.MISTAKES["kept_bytes"],
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
        "squeezed_in_training",
        lambda rng: _for_squeezed(rng, *VISIBLE, apart=True),
        answers.squeezed_in_training,
        lambda rng: _for_squeezed(rng, *HIDDEN[::2]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["squeezed_in_training"],
        imports=IMPORTS,
    ),
    Case(
        "squeezed_in_evaluation",
        lambda rng: _for_squeezed(rng, *VISIBLE, apart=True),
        answers.squeezed_in_evaluation,
        lambda rng: _for_squeezed(rng, *HIDDEN[:1]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        mistakes=answers.MISTAKES["squeezed_in_evaluation"],
        imports=IMPORTS,
    ),
    Case(
        "squeezed_slopes",
        lambda rng: _for_squeezed(rng, *VISIBLE, apart=True),
        blocks.squeezed_slopes,
        lambda rng: _for_squeezed(rng, *HIDDEN[:1]),
        rtol=TOLERANCE,
        atol=TOLERANCE,
        imports=IMPORTS,
    ),
)
check = checker(CHECKS)
