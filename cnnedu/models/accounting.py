"""What a network costs and what it sees: sizes, parameters, multiply-adds, memory, receptive field.

A network is either a list of descriptions (`cnnedu.models.descriptions`), which needs no PyTorch,
or a `torch.nn.Module`. Everything is counted for one picture.

>>> stack = [Conv(32, 3), Elementwise("ReLU"), Pool(2), Flatten(), Dense(10)]
>>> for row in ledger(stack, (3, 32, 32)):
...     print(row.name, row.output, row.parameters, row.multiply_adds)
Conv (32, 30, 30) 896 777600
ReLU (32, 30, 30) 0 0
Pool (32, 15, 15) 0 0
Flatten (7200,) 0 0
Dense (10,) 72010 72000
"""

import math
from typing import NamedTuple

from cnnedu.models.descriptions import (
    BatchNorm,
    Conv,
    Dense,
    Description,
    Elementwise,
    Flatten,
    GlobalPool,
    Pool,
    describe,
)
from cnnedu.nn import evaluating

__all__ = [
    "BatchNorm",
    "Conv",
    "Dense",
    "Elementwise",
    "Field",
    "Flatten",
    "GlobalPool",
    "Pool",
    "Row",
    "chain",
    "ledger",
    "receptive_field",
    "totals",
]


class Row(NamedTuple):
    """One line of a ledger: a layer, the shape of its output, and what it costs."""

    name: str
    output: tuple
    parameters: int
    multiply_adds: int

    @property
    def activation_bytes(self):
        """Memory of the output in float32.

        Training keeps less of some layers and more of others, see
        `cnnedu.models.training_memory.kept_for_training`.
        """
        return 4 * math.prod(self.output)


class Field(NamedTuple):
    """What one output of a layer sees of the picture, in pixels as (height, width)."""

    name: str
    size: tuple  # of the part that the output sees
    jump: tuple  # from the part that one output sees to that of its neighbour
    start: tuple  # the centre of what the first output sees; the centre of pixel 0 is at 0


def ledger(network, input_shape):
    """Account for every layer of a network.

    Args:
        network: a list of descriptions, or a `torch.nn.Module`, which is run once on zeros.
        input_shape: (C, H, W) of one picture, or (D,).

    Returns:
        A list of `Row`, in the order of computation. Each module without parts is one row, named
        by its place in the network; parameters outside such modules get a row of their own.

    Raises:
        TypeError, ValueError: an entry isn't a description, or a layer doesn't fit its input.

    >>> [row.activation_bytes for row in ledger([Conv(8, 3), GlobalPool()], (1, 5, 5))]
    [288, 32]
    """
    if not isinstance(network, (list, tuple)):
        return _traced(network, input_shape)
    rows, shape = [], tuple(input_shape)
    for layer in _descriptions(network):
        rows.append(_row(_name(layer), layer, shape))
        shape = rows[-1].output
    return rows


def totals(rows):
    """Add a ledger up.

    Returns:
        A dict: the sums of parameters, multiply-adds and the outputs' memory in bytes.

    >>> totals(ledger([Conv(8, 3), GlobalPool()], (1, 5, 5)))
    {'parameters': 80, 'multiply_adds': 648, 'activation_bytes': 320}
    """
    names = "parameters", "multiply_adds", "activation_bytes"
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def receptive_field(network, input_shape):
    """Follow through a chain of layers what one output sees of the picture.

    Equation
        size ← size + (KH − 1) · dilation · jump
        start ← start + ((KH − 1) · dilation / 2 − top) · jump
        jump ← jump · stride, starting from size = jump = 1 and start = 0

    Args:
        network: a list of descriptions, or a `torch.nn.Sequential`.
        input_shape: (C, H, W) of one picture.

    Returns:
        A list of `Field`, one for each layer before the first `Flatten` or `Dense`, after which
        every output sees everything. A field may reach beyond the picture, into the padding.

    Raises:
        TypeError, ValueError: an entry isn't a description, or a layer doesn't fit its input.

    Source
        Araujo, Norris, Sim, "Computing receptive fields of convolutional neural networks" (2019).

    >>> [field.size for field in receptive_field([Conv(8, 3), Pool(2), Conv(8, 3)], (1, 32, 32))]
    [(3, 3), (4, 4), (8, 8)]
    """
    if not isinstance(network, (list, tuple)):
        network = chain(network)
    fields, shape, seen = [], tuple(input_shape), [(1, 1, 0.0)] * 2
    for layer in _descriptions(network):
        if isinstance(layer, (Flatten, Dense)):
            break
        window = layer.window(shape)
        if window:
            seen = [_wider(*seen[axis], window, axis) for axis in (0, 1)]
        size, jump, start = zip(*seen, strict=True)
        fields.append(Field(_name(layer), size, jump, start))
        shape = layer.output(shape)
    return fields


def _wider(size, jump, start, window, axis):
    """Return size, jump and start along one axis after one more window."""
    reach = window.dilation[axis] * (window.kernel[axis] - 1)
    start += (reach / 2 - window.padding[axis][0]) * jump
    return size + reach * jump, jump * window.stride[axis], start


def _row(name, layer, shape):
    """Account for one layer."""
    return Row(name, layer.output(shape), layer.parameters(shape), layer.multiply_adds(shape))


def _name(layer):
    """Return a layer's name for a table."""
    return layer.name if isinstance(layer, Elementwise) else type(layer).__name__


def _descriptions(network):
    """Return a network's list, whose entries must all be descriptions."""
    for layer in network:
        if not isinstance(layer, Description):
            raise TypeError(
                f"a network's list holds descriptions such as Conv(8, 3), not {layer!r}"
            )
    return network


def chain(module):
    """Return the descriptions of a torch module whose parts follow one another.

    Raises:
        TypeError: the module isn't a `Sequential`, so its parts may not follow one another.
    """
    parts = list(module.children())
    if not parts:
        return [describe(module)]
    if type(module).__name__ != "Sequential":
        raise TypeError(
            f"receptive_field: the parts of a {type(module).__name__} may not follow one another; "
            "give a torch.nn.Sequential or a list of descriptions"
        )
    return [layer for part in parts for layer in chain(part)]


def _traced(network, input_shape):
    """Run a torch module on zeros and account for each of its parts as it is computed."""
    import torch

    rows, hooks = [], []
    for name, module in network.named_modules():
        if not list(module.children()):
            hooks.append(module.register_forward_hook(_accountant(rows, name)))
    parameter = next(network.parameters(), torch.zeros(0))
    try:
        with torch.no_grad(), evaluating(network):
            network(torch.zeros(1, *input_shape, dtype=parameter.dtype, device=parameter.device))
    finally:
        for hook in hooks:
            hook.remove()
    missing = sum(p.numel() for p in network.parameters()) - totals(rows)["parameters"]
    return rows + [Row("other parameters", (0,), missing, 0)] * bool(missing)


def _accountant(rows, name):
    """Return a hook that adds a module's row; parameters used twice count once."""

    def account(module, inputs, out):
        layer, shape = describe(module), tuple(inputs[0].shape[1:])
        place = name or type(module).__name__
        again = any(row.name == place for row in rows)
        parameters = 0 if again else sum(p.numel() for p in module.parameters())
        rows.append(Row(place, tuple(out.shape[1:]), parameters, layer.multiply_adds(shape)))

    return account
