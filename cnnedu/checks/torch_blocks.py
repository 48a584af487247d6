"""Turn a student's blocks of PyTorch layers into functions on arrays, which checks compare."""

import torch

from cnnedu.checks.compare import CheckFailed
from cnnedu.checks.torch_networks import fill, gradients, parameters, quiet, settle


def residual_shapes(channels, filters, stride):
    """Return {name: shape} of a residual block's parameters.

    >>> list(residual_shapes(4, 4, 1))[:3]
    ['conv1.weight', 'norm1.weight', 'norm1.bias']
    """
    weights = [(filters, channels, 3, 3), (filters, filters, 3, 3), (filters, channels, 1, 1)]
    same = stride == 1 and channels == filters
    return _convs_and_norms(["conv1", "conv2", "conv3"], weights[: 2 if same else 3])


def squeezed_shapes(channels, filters, stride):
    """Return {name: shape} of the parameters of a separable convolution with a squeeze.

    >>> squeezed_shapes(4, 8, 1)["squeeze.weight"]
    (2, 4)
    """
    narrow = (channels + 1) // 2
    weights = [(channels, 1, 3, 3), (filters, channels, 1, 1)]
    dense = {"squeeze": (narrow, channels), "excite": (channels, narrow)}
    shapes = _convs_and_norms(["depthwise", "pointwise"], weights)
    for name, weight in dense.items():
        shapes |= {f"{name}.weight": weight, f"{name}.bias": weight[:1]}
    return shapes


def residual_functions(kind):
    """Return the three functions that `block_functions` makes of residual blocks."""
    return block_functions(kind, residual_shapes)


def squeezed_functions(kind):
    """Return the three functions that `block_functions` makes of separable ones with a squeeze."""
    return block_functions(kind, squeezed_shapes)


def block_functions(kind, shapes):
    """Return three functions on arrays that run a class of blocks.

    Each takes (x, filters, stride, numbers), and sets all parameters from one row of numbers.

    Args:
        kind: the class; kind(channels, filters, stride) takes maps (N, channels, H, W).
        shapes: {name: shape} of its parameters, as a function of the same three arguments.

    Returns:
        in_training: a block's output for `x` in training mode.
        in_evaluation: its output in evaluation mode, after it has seen `x` twice in training mode.
        slopes: in one row, the gradients of the mean of output² in training mode with respect to
            `x` and to each parameter.
    """

    def made(x, filters, stride, numbers):
        arguments = x.shape[1], filters, stride
        block, maps = kind(*arguments), torch.tensor(x, dtype=torch.float32)
        settle(block, maps)
        expected = shapes(*arguments)
        try:
            found = _shaped(parameters(block, expected), expected)
        except CheckFailed as reason:
            raise CheckFailed(
                f"with {x.shape[1]} channels, {filters} filters and stride {stride}, {reason}"
            ) from None
        fill(found, numbers)
        return block, maps, found

    def in_training(x, filters, stride, numbers):
        block, maps, _ = made(x, filters, stride, numbers)
        return block(maps).detach().numpy()

    def in_evaluation(x, filters, stride, numbers):
        block, maps, _ = made(x, filters, stride, numbers)
        block(maps)
        block(maps)
        return block.eval()(maps).detach().numpy()

    def slopes(x, filters, stride, numbers):
        block, maps, found = made(x, filters, stride, numbers)
        maps.requires_grad_()
        found = gradients(block(maps), {"the input": maps} | found)
        return torch.cat([gradient.flatten() for gradient in found]).numpy()

    return tuple(map(quiet, (in_training, in_evaluation, slopes)))


def _shaped(found, expected):
    """Return parameters {name: parameter}; raise `CheckFailed` if one has another shape."""
    for name, parameter in found.items():
        if tuple(parameter.shape) != expected[name]:
            raise CheckFailed(
                f"{name} has shape {tuple(parameter.shape)}, expected {expected[name]}"
            )
    return found


def _convs_and_norms(names, weights):
    """Return {name: shape} of convolutions without biases, each followed by a batch norm."""
    shapes = {}
    for number, (name, weight) in enumerate(zip(names, weights, strict=False), start=1):
        shapes[f"{name}.weight"] = weight
        shapes |= {f"norm{number}.{part}": weight[:1] for part in ("weight", "bias")}
    return shapes
