"""Reach into a network: find a layer by name, keep what it computes, leave no trace."""

from contextlib import contextmanager

import torch


def find_layer(network, name, caller):
    """Return the layer of `network` that `network.named_modules()` calls `name`.

    Raises:
        ValueError: there is no such layer; the message lists the layers.

    >>> import torch
    >>> find_layer(torch.nn.Sequential(torch.nn.ReLU()), "0", "grad_cam")
    ReLU()
    """
    layers = dict(network.named_modules())
    del layers[""]  # the network itself
    if name not in layers:
        raise ValueError(f"{caller}: there is no layer {name!r}; choose one of {', '.join(layers)}")
    return layers[name]


@contextmanager
def evaluating(network):
    """Put all parts of a network in evaluation mode, and restore their modes afterwards."""
    modes = {part: part.training for part in network.modules()}
    network.eval()
    try:
        yield
    finally:
        for part, mode in modes.items():
            part.training = mode


@contextmanager
def outputs_of(network, name, caller):
    """Yield a list to which each output of the layer called `name` is appended.

    Raises:
        ValueError: there is no such layer.
    """
    kept = []

    def keep(module, inputs, output):
        kept.append(output)
        return output.clone()  # a ReLU that works in place must not change what was kept

    hook = find_layer(network, name, caller).register_forward_hook(keep)
    try:
        yield kept
    finally:
        hook.remove()


def maps_and_gradient(network, x, target, layer, caller):
    """Return a layer's feature maps for a picture, and the gradient of a class's score there.

    Args:
        network, x, target, layer: as for `cnnedu.explain.grad_cam`.
        caller: name of the calling function, for messages.

    Returns:
        Two tensors (1, F, h, w).

    Raises:
        ValueError: there is no such layer, or its output isn't feature maps.
    """
    with evaluating(network), outputs_of(network, layer, caller) as kept, torch.enable_grad():
        score = network(x[None].detach().requires_grad_())[0, target]
    maps = kept[-1]
    if maps.ndim != 4:
        raise ValueError(
            f"{caller}: the output of {layer!r} has shape {tuple(maps.shape)}, but feature maps "
            "(1, F, h, w) are needed; choose a layer before the flattening"
        )
    (gradient,) = torch.autograd.grad(score, maps)
    return maps, gradient
