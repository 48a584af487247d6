"""The blocks of exercise 12: right, and with one thing changed."""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.checks.torch_blocks import residual_shapes, squeezed_shapes


class _Run:
    """One block's parameters, its norms with their running statistics, and its activation.

    `closest` is how near to zero, where ReLU has its kink, its activation was asked.
    """

    def __init__(self, shapes, numbers, activation=F.relu):
        sizes = [int(np.prod(shape)) for shape in shapes.values()]
        parts = torch.tensor(numbers).split(sizes)
        self.p = {
            name: part.view(shape).requires_grad_()
            for (name, shape), part in zip(shapes.items(), parts, strict=True)
        }
        self.activation, self.running = activation, {}
        self.training, self.closest = True, np.inf

    def norm(self, number, x):
        weight, bias = (self.p[f"norm{number}.{part}"] for part in ("weight", "bias"))
        start = torch.zeros(len(weight)).double(), torch.ones(len(weight)).double()
        running = self.running.setdefault(number, start)
        return F.batch_norm(x, *running, weight, bias, training=self.training)

    def relu(self, x):
        self.closest = min(self.closest, x.abs().min().item())
        return self.activation(x)


def _residual(run, x, stride, late=False, skip=True, end="add, relu", middle="norm, relu", cut=""):
    """Run a residual block; every argument after `stride` changes one thing."""
    strides = (1, stride) if late else (stride, 1)
    inside, around = (x.detach() if cut == path else x for path in ("F", "skip"))
    out = F.conv2d(inside, run.p["conv1.weight"], stride=strides[0], padding=1)
    out = {
        "norm, relu": lambda: run.relu(run.norm(1, out)),
        "norm": lambda: run.norm(1, out),
        "relu, norm": lambda: run.norm(1, run.relu(out)),
    }[middle]()
    out = F.conv2d(out, run.p["conv2.weight"], stride=strides[1], padding=1)
    if "conv3.weight" in run.p:
        around = F.conv2d(around, run.p["conv3.weight"], stride=stride)
        around = around if end == "no norm3" else run.norm(3, around)
    if end == "add, norm, relu":
        return run.relu(run.norm(2, out + around))
    out = run.norm(2, out)
    if end == "relu, add":
        return run.relu(out) + around
    if end == "relu, add, relu":
        return run.relu(run.relu(out) + around)
    out = out + around if skip else out
    return out if end == "add" else run.relu(out)


def _squeezed(
    run,
    x,
    stride,
    late=False,
    relus=(1, 2),
    norms=True,
    norm_first=True,
    asked="maps",
    pooling=lambda maps: maps.mean(dim=(2, 3)),
    gate="relu, sigmoid",
    use="multiply",
):
    """Run a separable convolution with a squeeze; arguments after `stride` change one thing."""

    def after(number, maps):
        steps = [lambda maps: run.norm(number, maps)] if norms else []
        steps += [run.relu] if number in relus else []
        for step in steps if norm_first else steps[::-1]:
            maps = step(maps)
        return maps

    strides = (1, stride) if late else (stride, 1)
    weight = run.p["depthwise.weight"]
    looked = F.conv2d(x, weight, stride=strides[0], padding=1, groups=len(weight))
    maps = after(1, looked)
    scale = pooling({"maps": maps, "input": x, "before the norm": looked}[asked])
    scale = F.linear(scale, run.p["squeeze.weight"], run.p["squeeze.bias"])
    scale = run.relu(scale) if "relu" in gate else scale
    scale = F.linear(scale, run.p["excite.weight"], run.p["excite.bias"])
    scale = torch.sigmoid(scale) if "sigmoid" in gate else scale
    scale = scale[:, :, None, None]
    maps = {
        "multiply": lambda: scale * maps,
        "add": lambda: scale + maps,
        "nothing": lambda: maps,
    }[use]()
    return after(2, F.conv2d(maps, run.p["pointwise.weight"], stride=strides[1]))


WRONG_POOLINGS = LARGEST, SUM, OF_THE_BATCH = (
    lambda maps: maps.amax(dim=(2, 3)),
    lambda maps: maps.sum(dim=(2, 3)),
    lambda maps: maps.mean(dim=(0, 2, 3)).expand(len(maps), -1),
)


def _functions(block, shapes):
    """Return in_training, in_evaluation, slopes and clearness of a block.

    The first three are what `torch_blocks.block_functions` makes; further arguments change one
    thing. The fourth returns how far the block stays away from every kink of ReLU.
    """

    def begun(x, filters, stride, numbers, activation=F.relu, **changed):
        run = _Run(shapes(x.shape[1], filters, stride), numbers, activation)
        return run, lambda maps: block(run, maps, stride, **changed)

    def in_training(x, *arguments, **changed):
        _, forward = begun(x, *arguments, **changed)
        return forward(torch.tensor(x)).detach().numpy()

    def in_evaluation(x, *arguments, evaluation=True, **changed):
        run, forward = begun(x, *arguments, **changed)
        for training in (True, True, not evaluation):
            run.training = training
            out = forward(torch.tensor(x)).detach().numpy()
        return out

    def slopes(x, *arguments, **changed):
        run, forward = begun(x, *arguments, **changed)
        maps = torch.tensor(x, requires_grad=True)
        found = torch.autograd.grad(forward(maps).square().mean(), [maps, *run.p.values()])
        return torch.cat([gradient.flatten() for gradient in found]).numpy()

    def clearness(x, *arguments):
        run, forward = begun(x, *arguments)
        forward(torch.tensor(x))
        return run.closest

    return in_training, in_evaluation, slopes, clearness


residual_in_training, residual_in_evaluation, residual_slopes, residual_clearness = _functions(
    _residual, residual_shapes
)
squeezed_in_training, squeezed_in_evaluation, squeezed_slopes, squeezed_clearness = _functions(
    _squeezed, squeezed_shapes
)
