"""Turn a student's blocks of PyTorch layers into functions on arrays, which checks compare."""

import math
import warnings

import torch

from cnnedu.checks.compare import CheckFailed


def residual_shapes(channels, filters, stride):
    """Return {name: shape} of a residual block's parameters.

    >>> list(residual_shapes(4, 4, 1))[:3]
    ['conv1.weight', 'norm1.weight', 'norm1.bias']
    """
    weights = [(filters, channels, 3, 3), (filters, filters, 3, 3), (filters, channels, 1, 1)]
    same = stride == 1 and channels == filters
    return _convs_and_norms(["conv1", "conv2", "conv3"], weights[: 2 if same else 3])


def separable_shapes(channels, filters, stride):
    """Return {name: shape} of a depthwise separable convolution's parameters.

    >>> separable_shapes(4, 8, 1)["depthwise.weight"]
    (4, 1, 3, 3)
    """
    weights = [(channels, 1, 3, 3), (filters, channels, 1, 1)]
    return _convs_and_norms(["depthwise", "pointwise"], weights)


def block_functions(kind, shapes):
    """Return two functions on arrays that run a class of blocks.

    Args:
        kind: the class; kind(channels, filters, stride) takes maps (N, channels, H, W).
        shapes: {name: shape} of its parameters, as a function of the same three arguments.

    Returns:
        output(x, filters, stride, numbers): a block's output for `x` in training mode, with all
            parameters set from one row.
        gradient(x, filters, stride, numbers): the gradient of Σ output² with respect to `x`.
    """

    def filled(x, filters, stride, numbers):
        arguments = x.shape[1], filters, stride
        block = kind(*arguments).double()
        parameters, start = _expected(block, shapes(*arguments)), 0
        for parameter in parameters:
            part = numbers[start : start + parameter.numel()]
            parameter.data = torch.tensor(part).reshape(parameter.shape)
            start += len(part)
        leaf = torch.tensor(x, requires_grad=True)
        with warnings.catch_warnings():  # nbgrader takes a warning under a test for a failure
            warnings.simplefilter("ignore")
            return leaf, block.train()(leaf)

    def output(x, filters, stride, numbers):
        return filled(x, filters, stride, numbers)[1].detach().numpy()

    def gradient(x, filters, stride, numbers):
        leaf, out = filled(x, filters, stride, numbers)
        if not out.requires_grad:
            raise CheckFailed("no gradient reaches the input: `detach` or `no_grad` cuts the graph")
        return torch.autograd.grad(out.square().sum(), leaf)[0].numpy()

    return output, gradient


def count(shapes):
    """Return how many numbers the parameters of these shapes hold."""
    return sum(map(math.prod, shapes.values()))


def _convs_and_norms(names, weights):
    """Return {name: shape} of convolutions without biases, each followed by a batch norm."""
    shapes = {}
    for number, (name, weight) in enumerate(zip(names, weights, strict=False), start=1):
        shapes[f"{name}.weight"] = weight
        shapes |= {f"norm{number}.{part}": weight[:1] for part in ("weight", "bias")}
    return shapes


def _expected(block, shapes):
    """Return the block's parameters, which must match `shapes` exactly, in that order."""
    found = dict(block.named_parameters())
    for name in [*shapes, *found]:
        if name not in found:
            raise CheckFailed(
                f"there is no {name}: the parameters are {', '.join(found) or 'none at all'}"
            )
        if name not in shapes:
            hint = ": these convolutions have no bias" if name.endswith("bias") else " here"
            raise CheckFailed(f"{name} isn't needed{hint}")
        if tuple(found[name].shape) != shapes[name]:
            raise CheckFailed(
                f"{name} has shape {tuple(found[name].shape)}, expected {shapes[name]}"
            )
    return [found[name] for name in shapes]
