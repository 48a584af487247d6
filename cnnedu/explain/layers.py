"""Find a layer of a network by its name."""


def find_layer(network, name, caller):
    """Return the layer of `network` called `name`, as `network.named_modules()` names it.

    Raises:
        ValueError: there is no such layer; the message lists those that there are.

    >>> import torch
    >>> find_layer(torch.nn.Sequential(torch.nn.ReLU()), "0", "grad_cam")
    ReLU()
    """
    layers = dict(network.named_modules())
    del layers[""]  # the network itself
    if name not in layers:
        raise ValueError(f"{caller}: there is no layer {name!r}; choose one of {', '.join(layers)}")
    return layers[name]
