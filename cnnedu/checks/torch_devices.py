"""See on any machine whether a loop moves its tensors to the device.

Without a second device, tensors carry a mark in its place: what a loader gives is `OnHost`, what a
network gives is `OnDevice`. Moving a tensor takes the mark off, and marks of both kinds don't mix,
just as tensors on two devices don't.
"""

import torch
from torch.utils.data import default_collate

from cnnedu.checks.compare import CheckFailed

# An index may lie on the CPU.
_INDEXING = (torch.Tensor.__getitem__, torch.Tensor.__setitem__)


class _Marked(torch.Tensor):
    """A tensor with a mark; what is computed from it carries the mark, too."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        # `types` lacks the right side of `==`.
        marks = {*types, *map(type, args)}
        if {OnHost, OnDevice} <= marks and function not in _INDEXING:
            raise CheckFailed(
                "labels and scores are on different devices: `labels.to(device)` moves the labels"
            )
        with torch._C.DisableTorchFunctionSubclass():
            found = function(*args, **kwargs)
        mark = torch.Tensor if _moves(cls, function, args, kwargs) else cls
        return found.as_subclass(mark) if type(found) in (torch.Tensor, cls) else found


class OnHost(_Marked):
    """A tensor that nobody has moved to the device yet."""


class OnDevice(_Marked):
    """A tensor that was computed on the device."""


def on_host(items):
    """Stack items to a batch, as a `DataLoader` does; return its tensors as `OnHost`."""
    return [tensor.as_subclass(OnHost) for tensor in default_collate(items)]


def arrived(x):
    """Return a network's input without a mark; raise `CheckFailed` if it is still `OnHost`."""
    if isinstance(x, OnHost):
        raise CheckFailed(
            "the pictures are still on the CPU: `pictures.to(device)` moves them to the network"
        )
    return x.as_subclass(torch.Tensor)


def _moves(mark, function, args, kwargs):
    """Return whether a call moves a tensor to the other side."""
    if function is torch.Tensor.cpu:
        return mark is OnDevice
    to_where = (str, torch.device, torch.Tensor)
    return function is torch.Tensor.to and (
        "device" in kwargs or any(isinstance(argument, to_where) for argument in args[1:])
    )
