"""What a network costs and what it sees: sizes, parameters, multiply-adds, memory, receptive field.

A network is either a list of descriptions (`cnnedu.models.descriptions`), for which PyTorch isn't
needed, or a `torch.nn.Module`. Everything is counted for one picture.

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
)

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
        """Memory of the output in float32, which training keeps for the way back."""
        return 4 * math.prod(self.output)


class Field(NamedTuple):
    """What one output of a layer sees of the picture, in pixels as (height, width)."""

    name: str
    size: tuple  # of the part that is seen
    jump: tuple  # between the parts that two neighbours see
    start: tuple  # the middle of what the first output sees; pixel 0 has its middle at 0


def ledger(network, input_shape):
    """Account for every layer of a network.

    Args:
        network: a list of descriptions, or a `torch.nn.Module`, which is run once on zeros.
        input_shape: (C, H, W) of one picture, or (D,).

    Returns:
        A list of `Row`, in the order of computation. A module that PyTorch computes in one piece
        is one row, named by its place; parameters outside of such modules make a row of their own.

    Raises:
        TypeError, ValueError: an entry is no description, or a layer doesn't fit its input.

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
        The sums of parameters, multiply-adds and activation memory in bytes, by these names.

    >>> totals(ledger([Conv(8, 3), GlobalPool()], (1, 5, 5)))
    {'parameters': 80, 'multiply_adds': 648, 'activation_bytes': 320}
    """
    names = "parameters", "multiply_adds", "activation_bytes"
    return {name: sum(getattr(row, name) for row in rows) for name in names}


def receptive_field(network, input_shape):
    """Follow what one output sees of the picture through a chain of layers.

    Equation
        size ← size + (KH − 1) · dilation · jump
        start ← start + ((KH − 1) · dilation / 2 − top) · jump
        jump ← jump · stride, starting from size = jump = 1 and start = 0

    Args:
        network: a list of descriptions, or a `torch.nn.Sequential`.
        input_shape: (C, H, W) of one picture.

    Returns:
        A list of `Field`, one for each layer before the first `Flatten` or `Dense`, from where on
        every output sees everything. A part may reach beyond the picture, into its padding.

    Raises:
        TypeError, ValueError: an entry is no description, or a layer doesn't fit its input.

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
    """Return what to call a layer in a table."""
    return layer.name if isinstance(layer, Elementwise) else type(layer).__name__


def _descriptions(network):
    """Return the entries of a list, all of which must be descriptions."""
    for layer in network:
        if not isinstance(layer, Description):
            raise TypeError(
                f"a network's list holds descriptions such as Conv(8, 3), not {layer!r}"
            )
    return network


def _described(module):
    """Return the description of a torch module that has no parts."""
    kind = type(module).__name__
    if kind == "Conv2d":
        names = "out_channels kernel_size stride padding dilation groups".split()
        return Conv(*(getattr(module, name) for name in names), module.bias is not None)
    if kind == "Linear":
        return Dense(module.out_features, module.bias is not None)
    if kind in ("MaxPool2d", "AvgPool2d"):
        rest = module.padding, getattr(module, "dilation", 1), module.ceil_mode
        return Pool(module.kernel_size, module.stride, *rest)
    if kind in ("AdaptiveAvgPool2d", "AdaptiveMaxPool2d") and module.output_size in (1, (1, 1)):
        return GlobalPool()
    plain = {"BatchNorm2d": BatchNorm, "BatchNorm1d": BatchNorm, "Flatten": Flatten}
    return plain[kind]() if kind in plain else Elementwise(kind)


def chain(module):
    """Return the descriptions of a torch module whose parts follow one another.

    Raises:
        TypeError: they may not, as the module is no `Sequential`.
    """
    parts = list(module.children())
    if not parts:
        return [_described(module)]
    if type(module).__name__ != "Sequential":
        raise TypeError(
            f"receptive_field: the parts of a {type(module).__name__} may not follow one another; "
            "give a torch.nn.Sequential or a list of descriptions"
        )
    return [layer for part in parts for layer in chain(part)]


def _traced(network, input_shape):
    """Run a torch module on zeros and account for each of its parts when it is computed."""
    import torch

    rows, hooks, training = [], [], network.training
    for name, module in network.named_modules():
        if not list(module.children()):
            hooks.append(module.register_forward_hook(_accountant(rows, name)))
    parameter = next(network.parameters(), torch.zeros(0))
    try:
        with torch.no_grad():
            network.eval()(
                torch.zeros(1, *input_shape, dtype=parameter.dtype, device=parameter.device)
            )
    finally:
        network.train(training)
        for hook in hooks:
            hook.remove()
    missing = sum(p.numel() for p in network.parameters()) - totals(rows)["parameters"]
    return rows + [Row("other parameters", (0,), missing, 0)] * bool(missing)


def _accountant(rows, name):
    """Return a hook that adds a row for a module; parameters used twice are counted once."""

    def account(module, inputs, out):
        layer, shape = _described(module), tuple(inputs[0].shape[1:])
        place = name or type(module).__name__
        again = any(row.name == place for row in rows)
        parameters = 0 if again else sum(p.numel() for p in module.parameters())
        rows.append(Row(place, tuple(out.shape[1:]), parameters, layer.multiply_adds(shape)))

    return account
