"""Layers: a kernel, its parameters, and the input it remembers for the backward pass."""

import numpy as np

from cnnedu import kernels
from cnnedu.kernels.validation import pair, whole
from cnnedu.nn.initialisation import he_normal


class Parameter:
    """A learnt array, `value`, and the gradient of the loss with respect to it, `grad`.

    >>> Parameter(np.zeros(2)).value
    array([0., 0.])
    """

    def __init__(self, value):
        self.value = value
        self.grad = np.zeros_like(value)


class Layer:
    """What all layers share: `forward`, then `backward` for the same input."""

    training = True

    def __call__(self, x):
        """Return forward(x)."""
        return self.forward(x)

    def forward(self, x):
        """Return the layer's output for a batch `x`, and remember what `backward` needs."""
        raise NotImplementedError

    def backward(self, dout):
        """Return the gradient with respect to the last input; set `grad` of each parameter."""
        raise NotImplementedError

    def parameters(self):
        """Return the layer's parameters."""
        return [value for value in vars(self).values() if isinstance(value, Parameter)]

    def modules(self):
        """Yield the layer itself and then, for a `Sequential`, all the layers in it."""
        yield self

    def train(self, mode=True):
        """Switch dropout and batch normalisation to training; return the layer itself."""
        self.training = mode
        return self

    def eval(self):
        """Switch dropout and batch normalisation to evaluation; return the layer itself."""
        return self.train(False)


class KernelLayer(Layer):
    """A layer without parameters: a pair of kernels and their options."""

    kernel = gradient = None

    def __init__(self, **options):
        self.options = options

    def forward(self, x):
        """Return kernel(x)."""
        self.x = x
        return type(self).kernel(x, **self.options)

    def backward(self, dout):
        """Return gradient(dout, x)."""
        return type(self).gradient(dout, self.x, **self.options)


class ReLU(KernelLayer):
    """`kernels.relu` as a layer."""

    kernel, gradient = kernels.relu, kernels.relu_backward


class LeakyReLU(KernelLayer):
    """`kernels.leaky_relu` as a layer."""

    kernel, gradient = kernels.leaky_relu, kernels.leaky_relu_backward

    def __init__(self, negative_slope=0.01):
        super().__init__(negative_slope=negative_slope)


class Sigmoid(KernelLayer):
    """`kernels.sigmoid` as a layer."""

    kernel, gradient = kernels.sigmoid, kernels.sigmoid_backward


class Tanh(KernelLayer):
    """`kernels.tanh` as a layer."""

    kernel, gradient = kernels.tanh, kernels.tanh_backward


class GELU(KernelLayer):
    """`kernels.gelu` as a layer."""

    kernel, gradient = kernels.gelu, kernels.gelu_backward


class Flatten(KernelLayer):
    """`kernels.flatten` as a layer."""

    kernel, gradient = kernels.flatten, kernels.flatten_backward


class MaxPool2d(KernelLayer):
    """`kernels.max_pool2d` as a layer."""

    kernel, gradient = kernels.max_pool2d, kernels.max_pool2d_backward

    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
        super().__init__(
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            ceil_mode=ceil_mode,
        )


class AvgPool2d(KernelLayer):
    """`kernels.avg_pool2d` as a layer."""

    kernel, gradient = kernels.avg_pool2d, kernels.avg_pool2d_backward

    def __init__(
        self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
    ):
        super().__init__(
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            ceil_mode=ceil_mode,
            count_include_pad=count_include_pad,
        )


class GlobalAvgPool2d(KernelLayer):
    """`kernels.global_avg_pool2d` as a layer."""

    kernel, gradient = kernels.global_avg_pool2d, kernels.global_avg_pool2d_backward


class Conv2d(Layer):
    """`kernels.conv2d` as a layer: filters `w` (F, C/groups, KH, KW), biases `b` (F,).

    Args:
        in_channels, out_channels: C and F.
        kernel_size, stride, padding, dilation, groups: as for `kernels.conv2d`.
        bias: learn biases; if False, `b` is None.
        rng: the `numpy.random.Generator` that draws the initial filters; None for a new one.

    >>> layer = Conv2d(3, 8, kernel_size=3, padding=1, rng=np.random.default_rng(0))
    >>> layer(np.zeros((2, 3, 5, 5), np.float32)).shape
    (2, 8, 5, 5)
    """

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        rng=None,
    ):
        groups = whole("Conv2d", "groups", groups, least=1)
        if whole("Conv2d", "in_channels", in_channels, least=1) % groups:
            raise ValueError(f"Conv2d: {groups} groups can't share {in_channels} channels evenly")
        shape = out_channels, in_channels // groups, *pair("Conv2d", "kernel_size", kernel_size, 1)
        self.w = Parameter(he_normal(shape, rng))
        self.b = Parameter(np.zeros(out_channels, np.float32)) if bias else None
        self.geometry = {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
        }

    def forward(self, x):
        """Return the convolution of `x` with the filters."""
        self.x = x
        return kernels.conv2d(x, self.w.value, self.b and self.b.value, **self.geometry)

    def backward(self, dout):
        """Return dx; set the gradients of the filters and the biases."""
        dx, self.w.grad, db = kernels.conv2d_backward(dout, self.x, self.w.value, **self.geometry)
        if self.b:
            self.b.grad = db
        return dx


class Linear(Layer):
    """`kernels.linear` as a layer: weights `w` (out_features, in_features), biases `b`.

    >>> Linear(4, 2)(np.zeros((3, 4), np.float32)).shape
    (3, 2)
    """

    def __init__(self, in_features, out_features, bias=True, rng=None):
        self.w = Parameter(he_normal((out_features, in_features), rng))
        self.b = Parameter(np.zeros(out_features, np.float32)) if bias else None

    def forward(self, x):
        """Return x · wᵀ + b."""
        self.x = x
        return kernels.linear(x, self.w.value, self.b and self.b.value)

    def backward(self, dout):
        """Return dx; set the gradients of the weights and the biases."""
        dx, self.w.grad, db = kernels.linear_backward(dout, self.x, self.w.value)
        if self.b:
            self.b.grad = db
        return dx


class BatchNorm2d(Layer):
    """`kernels.batch_norm` as a layer: scale `w` and shift `b` per channel, running statistics.

    >>> BatchNorm2d(3)(np.zeros((2, 3, 4, 4), np.float32)).shape
    (2, 3, 4, 4)
    """

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.w = Parameter(np.ones(num_features, np.float32))
        self.b = Parameter(np.zeros(num_features, np.float32))
        self.running_mean = np.zeros(num_features, np.float32)
        self.running_var = np.ones(num_features, np.float32)
        self.eps, self.momentum = eps, momentum

    def forward(self, x):
        """Return the normalised `x`; in training, update the running statistics."""
        self.x, self.statistics = x, (self.running_mean, self.running_var)
        out, self.running_mean, self.running_var = kernels.batch_norm(
            x, *self.statistics, self.w.value, self.b.value, self.training, self.momentum, self.eps
        )
        return out

    def backward(self, dout):
        """Return dx; set the gradients of the scale and the shift."""
        dx, self.w.grad, self.b.grad = kernels.batch_norm_backward(
            dout, self.x, *self.statistics, self.w.value, self.training, self.eps
        )
        return dx


class Dropout(Layer):
    """`kernels.dropout` as a layer, with its own random generator.

    >>> Dropout(0.5).eval()(np.ones(2))
    array([1., 1.])
    """

    def __init__(self, p=0.5, rng=None):
        self.p = p
        self.rng = np.random.default_rng() if rng is None else rng

    def forward(self, x):
        """Return `x`, with some numbers switched off in training."""
        out, self.mask = kernels.dropout(x, self.p, self.training, self.rng)
        return out

    def backward(self, dout):
        """Return the gradient for the numbers that were left on."""
        return kernels.dropout_backward(dout, self.mask)


class Sequential(Layer):
    """Layers in sequence.

    >>> model = Sequential(Flatten(), Linear(4, 2))
    >>> model(np.zeros((1, 1, 2, 2), np.float32)).shape
    (1, 2)
    """

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        """Return the last layer's output."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        """Send the gradient back through all layers, last to first."""
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def parameters(self):
        """Return the parameters of all layers."""
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def modules(self):
        """Yield the network itself, then all its layers."""
        yield self
        for layer in self.layers:
            yield from layer.modules()

    def train(self, mode=True):
        """Switch all layers to training or evaluation; return the network itself."""
        for layer in self.layers:
            layer.train(mode)
        return super().train(mode)
