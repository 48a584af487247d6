"""Descriptions of layers: all it takes to account for a network without building it."""

import math
from dataclasses import dataclass

from cnnedu.kernels.geometry import Window, pooling_window, sliding_window
from cnnedu.kernels.validation import pair, whole
from cnnedu.nn import Layer, Sequential


class Description:
    """The base of all descriptions: a layer that changes no shape and costs nothing."""

    def window(self, shape):
        """Return the `Window` that the layer slides over a picture (C, H, W), or None."""
        return None

    def output(self, shape):
        """Return the shape of the result for an input of `shape`."""
        return shape

    def parameters(self, shape):
        """Count the learnt numbers."""
        return 0

    def multiply_adds(self, shape):
        """Count the multiplications whose results are added up; a bias adds none."""
        return 0


@dataclass(frozen=True)
class Conv(Description):
    """A convolution; the arguments are those of `cnnedu.kernels.conv2d`."""

    filters: int
    kernel_size: int | tuple
    stride: int | tuple = 1
    padding: int | tuple | str = 0
    dilation: int | tuple = 1
    groups: int = 1
    bias: bool = True

    def window(self, shape):
        """Return the window of the filters."""
        whole("Conv", "groups", self.groups, 1)
        if shape[0] % self.groups or self.filters % self.groups:
            raise ValueError(
                f"Conv: {self.groups} groups can't share {shape[0]} channels and {self.filters} "
                "filters evenly"
            )
        kernel = pair("Conv", "kernel_size", self.kernel_size, 1)
        size = _picture("Conv", shape)
        return sliding_window("Conv", size, kernel, self.stride, self.padding, self.dilation)

    def output(self, shape):
        """Return (F, OH, OW)."""
        return (whole("Conv", "filters", self.filters, 1), *self.window(shape).output)

    def parameters(self, shape):
        """Count F · C/groups · KH · KW weights, and F biases."""
        return self.filters * (self._entries(shape) + self.bias)

    def multiply_adds(self, shape):
        """Count C/groups · KH · KW for each output."""
        return math.prod(self.output(shape)) * self._entries(shape)

    def _entries(self, shape):
        """Count the weights of one filter."""
        return shape[0] // self.groups * math.prod(self.window(shape).kernel)


@dataclass(frozen=True)
class Pool(Description):
    """Max or average pooling; the arguments are those of `cnnedu.kernels.max_pool2d`."""

    kernel_size: int | tuple
    stride: int | tuple | None = None
    padding: int | tuple | str = 0
    dilation: int | tuple = 1
    ceil_mode: bool = False

    def window(self, shape):
        """Return the window of the pooling."""
        rest = self.stride, self.padding, self.dilation, self.ceil_mode
        return pooling_window("Pool", _picture("Pool", shape), self.kernel_size, *rest)

    def output(self, shape):
        """Return (C, OH, OW)."""
        return (shape[0], *self.window(shape).output)


@dataclass(frozen=True)
class GlobalPool(Description):
    """Global max or average pooling."""

    def window(self, shape):
        """Return the one window over the whole picture."""
        size = _picture("GlobalPool", shape)
        return Window(size, (1, 1), (1, 1), ((0, 0), (0, 0)), (1, 1))

    def output(self, shape):
        """Return (C, 1, 1)."""
        return (shape[0], *self.window(shape).output)


@dataclass(frozen=True)
class BatchNorm(Description):
    """Batch normalisation: a scale and a shift per channel."""

    def parameters(self, shape):
        """Count 2 · C."""
        return 2 * shape[0]


@dataclass(frozen=True)
class Elementwise(Description):
    """An activation, dropout, or anything else that leaves the shape alone."""

    name: str


@dataclass(frozen=True)
class Flatten(Description):
    """Put all numbers in one row."""

    def output(self, shape):
        """Return (D,)."""
        return (math.prod(shape),)


@dataclass(frozen=True)
class Dense(Description):
    """A layer in which every output sees every input."""

    features: int
    bias: bool = True

    def output(self, shape):
        """Return (K,)."""
        if len(shape) != 1:
            raise ValueError(f"Dense: the input must be (D,), but is {shape}; put a Flatten before")
        return (whole("Dense", "features", self.features, 1),)

    def parameters(self, shape):
        """Count K · D weights, and K biases."""
        return self.features * (shape[0] + self.bias)

    def multiply_adds(self, shape):
        """Count D for each output; in PyTorch, the layer may stand at each of many places."""
        return self.features * math.prod(shape)


def parts_of(network):
    """Return the layers of a Sequential of `torch.nn` or `cnnedu.nn`, one after the other.

    >>> from cnnedu.nn import ReLU
    >>> len(parts_of(Sequential(Sequential(ReLU(), ReLU()), ReLU())))
    3
    """
    if isinstance(network, Sequential):
        inner = network.layers
    elif isinstance(network, Layer):
        inner = ()
    else:
        inner = list(network.children())
    return [part for layer in inner for part in parts_of(layer)] if inner else [network]


def describe(layer):
    """Return the description of a layer of `torch.nn` or `cnnedu.nn` that has no parts.

    >>> from cnnedu.nn import MaxPool2d
    >>> describe(MaxPool2d(3, stride=2))
    Pool(kernel_size=3, stride=2, padding=0, dilation=1, ceil_mode=False)
    """
    kind, ours = type(layer).__name__, isinstance(layer, Layer)
    match kind:
        case "Conv2d" if ours:
            shape = layer.w.value.shape
            return Conv(shape[0], shape[2:], **layer.geometry, bias=layer.b is not None)
        case "Conv2d":
            names = "out_channels kernel_size stride padding dilation groups".split()
            return Conv(*(getattr(layer, name) for name in names), layer.bias is not None)
        case "Linear" if ours:
            return Dense(len(layer.w.value), layer.b is not None)
        case "Linear":
            return Dense(layer.out_features, layer.bias is not None)
        case "MaxPool2d" | "AvgPool2d":
            options = layer.options if ours else vars(layer)
            names = "kernel_size stride padding dilation ceil_mode".split()
            return Pool(**{name: options[name] for name in names if name in options})
        case "GlobalAvgPool2d":
            return GlobalPool()
        case "AdaptiveAvgPool2d" | "AdaptiveMaxPool2d" if layer.output_size in (1, (1, 1)):
            return GlobalPool()
        case "BatchNorm2d" | "BatchNorm1d":
            return BatchNorm()
        case "Flatten":
            return Flatten()
    return Elementwise(kind)


def _picture(caller, shape):
    """Return (H, W) of a shape (C, H, W)."""
    if len(shape) != 3:
        raise ValueError(f"{caller}: the input must be (C, H, W), but is {shape}")
    return tuple(shape[1:])
