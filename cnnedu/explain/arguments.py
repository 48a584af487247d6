"""Check what the methods are given, and say what is wrong with it and how to mend it."""

import operator

import torch


def check_picture(caller, network, x):
    """Refuse anything but one picture (C, H, W) that the network can take.

    Args:
        caller: name of the calling function, for messages.
        network: a `torch.nn.Module`, or None if there is none.
        x: what should be the picture.

    Raises:
        TypeError: `network` or `x` is of the wrong kind.
        ValueError: `x` has other axes, or is on another device.
    """
    _check_tensor(caller, network, x)
    if x.ndim != 3:
        mend = {
            2: ": add the axis of the channels, x[None]",
            4: ": it is a batch, so pass one picture of it, such as x[0]",
        }.get(x.ndim, "")
        raise ValueError(
            f"{caller}: x must be one picture (C, H, W), but has shape {tuple(x.shape)}{mend}"
        )


def check_batch(caller, network, x, axes=4):
    """Refuse anything but a batch (N, …) of at least one picture that the network can take.

    Args:
        caller, network, x: as for `check_picture`.
        axes: how many axes there should be; None for any number from two on.

    Raises:
        TypeError, ValueError: as from `check_picture`.
    """
    _check_tensor(caller, network, x)
    if x.ndim < 2 or axes not in (None, x.ndim) or not len(x):
        mend = ": make a batch of one picture, x[None]" if x.ndim == 3 else ""
        raise ValueError(
            f"{caller}: x must be a batch of pictures (N, C, H, W), but has shape "
            f"{tuple(x.shape)}{mend}"
        )


def logits_of(caller, network, x):
    """Return the network's logits (N, K) for a batch, or say why there are none.

    Raises:
        ValueError: the batch has its channels last.
        TypeError: the network's answer isn't a tensor (N, K).
    """
    try:
        logits = network(x)
    except RuntimeError as problem:
        if x.ndim == 4 and x.shape[3] in (1, 3) and x.shape[1] not in (1, 3):
            raise ValueError(
                f"{caller}: x seems to have its channels last, (H, W, C) = {tuple(x.shape[1:])}, "
                "but (C, H, W) is needed: use x.permute(2, 0, 1)"
            ) from problem
        raise
    if not isinstance(logits, torch.Tensor) or logits.ndim != 2:
        shape = getattr(logits, "shape", None)
        found = type(logits).__name__ if shape is None else f"a tensor {tuple(shape)}"
        raise TypeError(f"{caller}: the network must give logits (N, K), but gives {found}")
    return logits


def check_target(caller, target, logits):
    """Refuse a target that isn't the index of one of the classes (N, K) of `logits`."""
    whole_from("target", caller, target, logits.shape[1])


def check_labels(caller, y, logits):
    """Refuse labels that aren't int64 (N,), each the index of one of the classes of `logits`."""
    count, classes = logits.shape
    if not isinstance(y, torch.Tensor) or y.dtype != torch.int64:
        found = y.dtype if isinstance(y, torch.Tensor) else type(y).__name__
        raise TypeError(
            f"{caller}: y must be a tensor of whole numbers (int64), but is {found}: use "
            "torch.as_tensor(y).long()"
        )
    if tuple(y.shape) != (count,):
        raise ValueError(
            f"{caller}: y must hold one label for each of the {count} pictures, but has shape "
            f"{tuple(y.shape)}"
        )
    if y.min() < 0 or y.max() >= classes:
        raise ValueError(
            f"{caller}: labels must be from 0 to {classes - 1}, because the network gives "
            f"{classes} scores, but reach from {y.min()} to {y.max()}"
        )


def whole_from(name, caller, value, count):
    """Refuse a value that isn't a whole number from 0 to `count` − 1."""
    try:
        index = operator.index(value)
    except TypeError:
        raise TypeError(
            f"{caller}: {name} must be a whole number, the index of one, but is {value!r}"
        ) from None
    if not 0 <= index < count:
        raise ValueError(f"{caller}: {name} must be from 0 to {count - 1}, but is {index}")


def _check_tensor(caller, network, x):
    if network is not None and not isinstance(network, torch.nn.Module):
        mend = ": pass its .network" if hasattr(network, "network") else ""
        raise TypeError(
            f"{caller}: network must be a torch.nn.Module, but is a {type(network).__name__}{mend}"
        )
    if not isinstance(x, torch.Tensor):
        raise TypeError(
            f"{caller}: x must be a tensor, but is a {type(x).__name__}: use torch.as_tensor(x)"
        )
    if not x.is_floating_point():
        raise TypeError(
            f"{caller}: x must hold fractions, but is {x.dtype}: scale or normalise the picture "
            "first, as for training"
        )
    weight = next(network.parameters(), None) if network is not None else None
    if weight is None or not weight.is_floating_point():
        return
    if x.device != weight.device:
        raise ValueError(
            f"{caller}: x is on {x.device}, but the network is on {weight.device}: use "
            f'x.to("{weight.device}")'
        )
    if x.dtype != weight.dtype and not torch.is_autocast_enabled(x.device.type):
        raise TypeError(
            f"{caller}: x is {x.dtype}, but the network's weights are {weight.dtype}: use "
            f"x.to({weight.dtype})"
        )
