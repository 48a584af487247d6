"""`layer_costs`: the reference and the well-known mistakes."""

import math

import numpy as np

from cnnedu.checks.case import Mistake
from cnnedu.models import accounting


def layer_costs(x_shape, filters):
    """Count parameters and multiply-adds of a dense, a local and a convolutional layer."""
    window = (x_shape[0], *filters[1:])
    conv = accounting.Conv(filters[0], tuple(filters[1:]))
    shared = accounting.ledger([conv], x_shape)[0]
    outputs = math.prod(shared.output)
    every, own = (
        accounting.ledger([accounting.Flatten(), accounting.Dense(outputs)], shape)[-1]
        for shape in (x_shape, window)
    )
    return [[row.parameters, row.multiply_adds] for row in (every, own, shared)]


def _costs(change):
    """Make a mistake of formulas: `change` alters the named parts of the right ones.

    It takes (C, H, W, F, KH, KW) and returns those parts that are wrong: what a unit sees, the
    outputs, the biases and, for each layer, the weights.
    """

    def wrong(x_shape, filters):
        (C, H, W), (F, KH, KW) = x_shape, filters
        part = {"all": C * H * W, "window": C * KH * KW, "F": F}
        part["outputs"] = F * (H - KH + 1) * (W - KW + 1)
        part |= change(C, H, W, F, KH, KW)
        outputs = part["outputs"]
        dense_outputs = part.get("dense_outputs", outputs)
        weights = [dense_outputs * part["all"], outputs * part["window"], F * part["window"]]
        biases = part.get("biases", (dense_outputs, outputs, F))
        done = [dense_outputs * part["all"], outputs * part["window"], outputs * part["window"]]
        return [[w + b, n] for w, b, n in zip(weights, biases, done, strict=True)]

    return wrong


def _outputs(C, H, W, F, KH, KW):
    return F * (H - KH + 1) * (W - KW + 1)


def _rows(change):
    """Make a mistake of the right table, an array of shape (3, 2)."""
    return lambda *given: change(np.array(layer_costs(*given)), *given)


def _with_shared_weights(table, x_shape, filters):
    table[1] = table[2]
    return table


def _with_shared_multiplications(table, x_shape, filters):
    table[2, 1] = x_shape[0] * math.prod(filters)
    return table


def _with_multiplied_biases(table, x_shape, filters):
    table[:, 1] += _outputs(*x_shape, *filters)
    return table


MISTAKES = (
    Mistake(
        "The biases are missing.",
        _costs(lambda *s: {"biases": (0, 0, 0)}),
    ),
    Mistake(
        "You added one bias to each layer; there are more.",
        _costs(lambda *s: {"biases": (1, 1, 1)}),
    ),
    Mistake(
        "Only in the convolutional layer do the outputs of a map share a bias; in the dense and in "
        "the local layer each output has its own.",
        _costs(lambda C, H, W, F, KH, KW: {"biases": (F, F, F)}),
    ),
    Mistake(
        "In the local layer nothing is shared: each output has a bias of its own, too.",
        _costs(lambda C, H, W, F, KH, KW: {"biases": (_outputs(C, H, W, F, KH, KW), F, F)}),
    ),
    Mistake(
        "The outputs of a map of the convolution share their bias: it has F biases.",
        _costs(lambda *s: {"biases": (_outputs(*s),) * 3}),
    ),
    Mistake(
        "The channels are missing: a unit has weights for every one of them.",
        _costs(lambda C, H, W, F, KH, KW: {"all": H * W, "window": KH * KW}),
    ),
    Mistake(
        "A window reaches through all channels; so it holds C · KH · KW numbers.",
        _costs(lambda C, H, W, F, KH, KW: {"window": KH * KW}),
    ),
    Mistake(
        "A dense unit sees all channels: C · H · W numbers.",
        _costs(lambda C, H, W, F, KH, KW: {"all": H * W}),
    ),
    Mistake(
        "Your dense layer has F outputs. All three layers have the same ones: F maps.",
        _costs(lambda C, H, W, F, KH, KW: {"dense_outputs": F}),
    ),
    Mistake(
        "You counted H · W outputs per map; without padding there are (H − KH + 1) · (W − KW + 1).",
        _costs(lambda C, H, W, F, KH, KW: {"outputs": F * H * W}),
    ),
    Mistake(
        "A map has (H − KH + 1) · (W − KW + 1) outputs: you left out the + 1.",
        _costs(lambda C, H, W, F, KH, KW: {"outputs": F * (H - KH) * (W - KW)}),
    ),
    Mistake(
        "KH belongs to H and KW to W; you exchanged them.",
        _costs(lambda C, H, W, F, KH, KW: {"outputs": _outputs(C, H, W, F, KW, KH)}),
    ),
    Mistake(
        "Those are the outputs of one map; there are F of them.",
        _costs(lambda C, H, W, F, *k: {"outputs": _outputs(C, H, W, F, *k) // F}),
    ),
    Mistake(
        "The local layer has weights of its own for each output; yours are shared.",
        _rows(_with_shared_weights),
    ),
    Mistake(
        "Sharing saves parameters, not multiplications: each output of the convolution multiplies "
        "all the numbers of its own window.",
        _rows(_with_shared_multiplications),
    ),
    Mistake(
        "A multiplication and the addition after it count as one multiply-add, not as two.",
        _rows(lambda table, *given: table * [1, 2]),
    ),
    Mistake(
        "The biases are added, not multiplied: leave them out of the multiply-adds.",
        _rows(_with_multiplied_biases),
    ),
    Mistake(
        "In each pair the parameters come first, then the multiply-adds.",
        _rows(lambda table, *given: table[:, ::-1]),
    ),
    Mistake(
        "The order of the layers is: dense, local, convolutional.",
        _rows(lambda table, *given: table[::-1]),
    ),
    Mistake(
        "Give one pair for each layer, not all parameters and then all multiply-adds.",
        _rows(lambda table, *given: table.T),
    ),
)
