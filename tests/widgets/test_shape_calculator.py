"""`ShapeCalculator` on the Python side: presets, state, errors."""

import pytest
from widgets.refusal import assert_refused

from cnnedu.models.accounting import (
    BatchNorm,
    Conv,
    Dense,
    Elementwise,
    Flatten,
    GlobalPool,
    Pool,
    ledger,
    totals,
)
from cnnedu.widgets import ShapeCalculator
from cnnedu.widgets.stack import PRESETS, for_page

# LeCun et al. (1998) with full connections; torchvision's documentation for the other two.
PUBLISHED = {"LeNet-5": 61_706, "AlexNet": 61_100_840, "VGG-16": 138_357_544}


@pytest.mark.parametrize("name, parameters", PUBLISHED.items())
def test_published_parameter_counts(name, parameters):
    calculator = ShapeCalculator(name)
    assert totals(calculator.rows)["parameters"] == parameters
    assert calculator.problem == ""


def test_the_course_s_examples():
    shapes = [row.output for row in ShapeCalculator().rows]
    assert shapes[0] == (12, 32, 32) and shapes[2] == (12, 16, 16)
    rows = ShapeCalculator("224×224×3 → 200,704").rows
    assert rows[6].output == (200_704,) == (56 * 56 * 64,)


@pytest.mark.parametrize("name", PRESETS)
def test_what_the_page_sends_back_is_the_same_stack(name):
    calculator = ShapeCalculator(name)
    before = list(calculator.layers)
    calculator.set_state({"layers": for_page(before), "input_shape": [3, 99, 98]})
    assert calculator.layers == before
    assert calculator.input_shape == (3, 99, 98)
    assert len(calculator.picture_png()) < 100_000


def test_rows_end_where_the_stack_no_longer_fits():
    layers = [Conv(8, 3), Pool(2), Conv(8, 9), Flatten(), Dense(10)]
    calculator = ShapeCalculator(layers, input_shape=(1, 10, 12))
    assert calculator.rows == ledger(layers[:2], (1, 10, 12))
    assert calculator.problem == (
        "Layer 3, Conv: the kernel covers 9 pixels along H, but the padded input has 4; use a "
        "smaller kernel or more padding"
    )
    assert calculator.problem in repr(calculator)
    calculator.layers = [*layers[:2], Dense(10)]
    assert "put a Flatten before" in calculator.problem
    assert len(calculator.picture_png()) < 100_000
    calculator.layers = []
    assert (calculator.rows, calculator.problem) == ([], "")
    assert calculator.picture_png().startswith(b"\x89PNG")


def test_every_kind_of_layer_is_taken():
    layers = [Conv(8, 3, padding="valid"), BatchNorm(), Elementwise("GELU"), GlobalPool()]
    calculator = ShapeCalculator(layers, (3, 9, 9))
    assert calculator.layers == [Conv(8, 3), *layers[1:]]
    assert totals(calculator.rows)["parameters"] == 3 * 8 * 9 + 8 + 16


WRONG = [
    (dict(layers="ResNet"), ValueError, "no stack 'ResNet'; choose one of .*'LeNet-5'"),
    (dict(layers=Conv(8, 3)), TypeError, r"layers must be a list of layers such as Conv\(8, 3\)"),
    (dict(layers=["Conv"]), TypeError, "layers must hold layers such as .*'Conv'"),
    (dict(layers=[{"kind": "Magic"}]), TypeError, "layers must hold layers"),
    (dict(layers=[Conv(8, (3, 5))]), TypeError, "kernel_size must be one whole number"),
    (dict(layers=[Conv(0, 3)]), ValueError, "filters must be from 1 to 4096, but .* has 0"),
    (dict(layers=[Pool(2, padding="wide")]), TypeError, "padding must be one whole number"),
    (dict(layers=[Conv(8, True)]), TypeError, "kernel_size must be one whole number"),
    (dict(layers=[Flatten()] * 61), ValueError, "may hold 60 layers, but holds 61"),
    (dict(input_shape=(3, 32)), ValueError, r"input_shape must be \(C, H, W\)"),
    (dict(input_shape=(3, 0, 32)), ValueError, r"input_shape must be .* is \(3, 0, 32\)"),
    (dict(input_shape=(3, 32.0, 32)), ValueError, "input_shape must be"),
    (dict(input_shape="3x32x32"), ValueError, "input_shape must be"),
]


@pytest.mark.parametrize("arguments, error, message", WRONG, ids=lambda value: str(value)[:50])
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: ShapeCalculator(**arguments), error, message)
