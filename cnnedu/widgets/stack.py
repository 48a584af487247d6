"""Stacks of layers for the widgets: a trait that holds one, and some well-known stacks."""

from dataclasses import asdict, fields

import traitlets

from cnnedu.models.descriptions import (
    Conv,
    Dense,
    Description,
    Elementwise,
    Flatten,
    Pool,
)

# The range of each number; within it every count on the page stays exact, below 2**53.
RANGES = {
    "filters": (1, 4096),
    "features": (1, 65536),
    "kernel_size": (1, 16),
    "stride": (1, 16),
    "padding": (0, 9),
    "dilation": (1, 8),
    "groups": (1, 4096),
}
MOST_LAYERS = 60
KINDS = {kind.__name__: kind for kind in Description.__subclasses__()}

_RELU = Elementwise("ReLU")


def _vgg16():
    """Return VGG-16: five blocks of 3×3 convolutions, each followed by max pooling."""
    stack = []
    for filters, count in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        stack += [Conv(filters, 3, padding=1), _RELU] * count + [Pool(2, 2)]
    return [*stack, Flatten(), Dense(4096), _RELU, Dense(4096), _RELU, Dense(1000)]


# The shape of the input and the layers of each.
PRESETS = {
    "32×32×3 → 16×16×12": (
        (3, 32, 32),
        [Conv(12, 3, padding="same"), _RELU, Pool(2, 2), Flatten(), Dense(10)],
    ),
    "224×224×3 → 200,704": (
        (3, 224, 224),
        [
            *(Conv(32, 3, padding=1), _RELU, Pool(2, 2)),
            *(Conv(64, 3, padding=1), _RELU, Pool(2, 2)),
            *(Flatten(), Dense(128), _RELU, Dense(10)),
        ],
    ),
    "Classic CIFAR-10": (
        (3, 32, 32),
        [
            *(Conv(32, 3), _RELU, Pool(2, 2), Conv(64, 3), _RELU, Pool(2, 2), Conv(64, 3), _RELU),
            *(Flatten(), Dense(64), _RELU, Dense(10)),
        ],
    ),
    "LeNet-5": (
        (1, 32, 32),
        [
            *(Conv(6, 5), Elementwise("Tanh"), Pool(2, 2)),
            *(Conv(16, 5), Elementwise("Tanh"), Pool(2, 2), Flatten()),
            *(Dense(120), Elementwise("Tanh"), Dense(84), Elementwise("Tanh"), Dense(10)),
        ],
    ),
    "AlexNet": (
        (3, 224, 224),
        [
            *(Conv(64, 11, stride=4, padding=2), _RELU, Pool(3, 2)),
            *(Conv(192, 5, padding=2), _RELU, Pool(3, 2), Conv(384, 3, padding=1), _RELU),
            *(Conv(256, 3, padding=1), _RELU, Conv(256, 3, padding=1), _RELU, Pool(3, 2)),
            *(Flatten(), Elementwise("Dropout"), Dense(4096), _RELU),
            *(Elementwise("Dropout"), Dense(4096), _RELU, Dense(1000)),
        ],
    ),
    "VGG-16": ((3, 224, 224), _vgg16()),
}


class Stack(traitlets.TraitType):
    """A list of layer descriptions; on the page a list of {kind, …its arguments}.

    Windows are square here: one number for both axes. The layers needn't fit one another, since
    a reader who builds a stack passes through many that don't.
    """

    def __init__(self):
        super().__init__()
        self.tag(sync=True, to_json=lambda stack, widget: for_page(stack))

    def validate(self, widget, value):
        """Return `value` as a list of descriptions, or raise a one-line error."""
        name = f"{type(widget).__name__}: {self.name}"
        if not isinstance(value, (list, tuple)):
            raise TypeError(f"{name} must be a list of layers such as Conv(8, 3), not {value!r}")
        if len(value) > MOST_LAYERS:
            raise ValueError(f"{name} may hold {MOST_LAYERS} layers, but holds {len(value)}")
        return [_checked(name, layer) for layer in value]


def for_page(stack):
    """Return a stack as the page receives it.

    >>> for_page([Pool(2, 2), Dense(10)])[1]
    {'kind': 'Dense', 'features': 10, 'bias': True}
    """
    return [{"kind": type(layer).__name__, **asdict(layer)} for layer in stack]


def _checked(name, layer):
    """Return a description with its arguments checked and its defaults spelt out."""
    if isinstance(layer, dict) and layer.get("kind") in KINDS:  # from the page
        layer = KINDS[layer["kind"]](**{key: layer[key] for key in layer if key != "kind"})
    if type(layer) not in KINDS.values():
        raise TypeError(f"{name} must hold layers such as Conv(8, 3), but holds {layer!r}")
    arguments = {field.name: getattr(layer, field.name) for field in fields(layer)}
    if isinstance(layer, Pool) and layer.stride is None:
        arguments["stride"] = layer.kernel_size
    if arguments.get("padding") == "valid":
        arguments["padding"] = 0
    for argument, value in arguments.items():
        if argument not in RANGES or (argument, value) == ("padding", "same"):
            continue
        least, most = RANGES[argument]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(
                f"{name}: {argument} must be one whole number, but {layer} has {value!r}"
            )
        if not least <= value <= most:
            raise ValueError(
                f"{name}: {argument} must be from {least} to {most}, but {layer} has {value}"
            )
    return type(layer)(**arguments)
