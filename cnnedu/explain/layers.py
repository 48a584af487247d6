"""Reach into a network: find a layer by name, keep what it computes, leave no trace."""

from contextlib import contextmanager

import torch

from cnnedu.explain.arguments import check_picture, check_target, logits_of
from cnnedu.nn import evaluating


def find_layer(network, name, caller):
    """Return the layer of `network` that `network.named_modules()` calls `name`.

    Raises:
        TypeError: `name` isn't a string.
        ValueError: there is no such layer; the message lists the layers.

    >>> import torch
    >>> find_layer(torch.nn.Sequential(torch.nn.ReLU()), "0", "grad_cam")
    ReLU()
    """
    layers = dict(network.named_modules())
    del layers[""]  # the network itself
    if not isinstance(name, str):
        known = next((known for known, layer in layers.items() if layer is name), None)
        mend = f": pass its name, {known!r}" if known else f", one of {', '.join(layers)}"
        raise TypeError(
            f"{caller}: layer must be a name, but is of type {type(name).__name__}{mend}"
        )
    if name not in layers:
        raise ValueError(f"{caller}: there is no layer {name!r}; choose one of {', '.join(layers)}")
    return layers[name]


@contextmanager
def outputs_of(network, name, caller):
    """Yield a list to which each output of the layer called `name` is appended.

    Raises:
        ValueError: there is no such layer.
    """
    kept = []

    def keep(module, inputs, output):
        if not isinstance(output, torch.Tensor):
            raise TypeError(
                f"{caller}: the output of {name!r} is a {type(output).__name__}, not a tensor; "
                "choose another layer"
            )
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
        TypeError: an argument is of the wrong kind.
        ValueError: `x` isn't one picture; there is no such layer or class; the layer's output
            isn't feature maps, or doesn't count for the score.
    """
    check_picture(caller, network, x)
    with evaluating(network), outputs_of(network, layer, caller) as kept, torch.enable_grad():
        logits = logits_of(caller, network, x[None].detach().requires_grad_())
        check_target(caller, target, logits)
        score = logits[0, target]
    unused = f"{caller}: the network's score doesn't depend on {layer!r}; choose another layer"
    if not kept:
        raise ValueError(unused)
    maps = kept[-1]
    if maps.ndim != 4:
        raise ValueError(
            f"{caller}: the output of {layer!r} has shape {tuple(maps.shape)}, but feature maps "
            "(1, F, h, w) are needed; choose a layer before the flattening"
        )
    (gradient,) = torch.autograd.grad(score, maps, allow_unused=True)
    if gradient is None:
        raise ValueError(unused)
    return maps, gradient
