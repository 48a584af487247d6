"""A network as the page computes it: a list of plain layers and one array of weights."""

import numpy as np

MOST_WEIGHTS = 2_000_000


def page_layers(network):
    """Take a `torch.nn.Sequential` apart into what static/network.js computes.

    Args:
        network: `Sequential`, whose parts may be `Sequential`, too, of Conv2d, BatchNorm2d, ReLU,
            GELU, MaxPool2d, AvgPool2d, AdaptiveAvgPool2d(1), AdaptiveMaxPool2d(1), Flatten,
            Linear, `cnnedu.models.whitened.Scale`; Dropout and Identity do nothing and are left
            out.

    Returns:
        (layers, weights): a dict for each layer, with its name, its kind and its arguments; and
        the numbers of all layers one after another, float32.

    Raises:
        TypeError, ValueError: a layer that the page can't compute, or too many weights.

    >>> from torch import nn
    >>> layers, weights = page_layers(nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU()))
    >>> [layer["kind"] for layer in layers], weights.shape
    (['conv', 'relu'], (224,))
    """
    from torch import nn

    if not isinstance(network, nn.Sequential):
        raise TypeError(
            f"NetworkExplorer: network must be a torch.nn.Sequential, whose layers follow one "
            f"another, but is a {type(network).__name__}"
        )
    parts = [
        (name, module)
        for name, module in network.named_modules()
        if not isinstance(module, nn.Sequential | nn.Dropout | nn.Identity)
    ]
    described = [_layer(name, module) for name, module in parts]
    weights = [numbers for _, numbers in described]
    count = sum(map(len, weights))
    if count > MOST_WEIGHTS:
        raise ValueError(
            f"NetworkExplorer: the page computes networks of up to {MOST_WEIGHTS:,} weights, but "
            f"this one has {count:,}"
        )
    return [layer for layer, _ in described], np.concatenate([np.zeros(0, np.float32), *weights])


def _layer(name, module):
    """Return one layer as the page gets it, and its numbers in the order the page reads them."""
    from torch import nn

    from cnnedu.models.whitened import Scale

    none = np.zeros(0, np.float32)
    match module:
        case nn.Conv2d(dilation=(1, 1), groups=1, padding_mode="zeros", stride=s, padding=p) if (
            not isinstance(p, str) and s[0] == s[1] and p[0] == p[1]
        ):
            filters, channels, height, width = module.weight.shape
            sizes = {"filters": filters, "channels": channels, "height": height, "width": width}
            layer = {"kind": "conv", "stride": s[0], "padding": p[0], **sizes}
            return {"name": name} | layer, _flat(module.weight, _bias(module, filters))
        case nn.Linear():
            layer = {
                "kind": "dense",
                "filters": module.out_features,
                "channels": module.in_features,
            }
            return {"name": name} | layer, _flat(module.weight, _bias(module, module.out_features))
        case nn.BatchNorm2d(track_running_stats=True, affine=True):
            scale = module.weight / (module.running_var + module.eps).sqrt()
            shift = module.bias - scale * module.running_mean
            return {"name": name, "kind": "scale", "channels": len(scale)}, _flat(scale, shift)
        case nn.ReLU():
            return {"name": name, "kind": "relu"}, none
        case nn.GELU(approximate="none"):
            return {"name": name, "kind": "gelu"}, none
        case Scale():
            return {"name": name, "kind": "times", "factor": module.factor}, none
        case nn.Flatten():
            return {"name": name, "kind": "flatten"}, none
        case nn.AdaptiveAvgPool2d(output_size=1 | (1, 1)):
            return {"name": name, "kind": "mean"}, none
        case nn.AdaptiveMaxPool2d(output_size=1 | (1, 1)):
            return {"name": name, "kind": "peak"}, none
        case (
            nn.MaxPool2d(padding=0, dilation=1, ceil_mode=False)
            | nn.AvgPool2d(padding=0, ceil_mode=False)
        ) if isinstance(module.kernel_size, int) and isinstance(module.stride, int):
            kind = "max" if isinstance(module, nn.MaxPool2d) else "average"
            sizes = {"size": module.kernel_size, "stride": module.stride}
            return {"name": name, "kind": kind} | sizes, none
    raise TypeError(
        f"NetworkExplorer: the page can't compute {name!r}, {module}; it knows Conv2d without "
        "groups and dilation, BatchNorm2d, ReLU, GELU, MaxPool2d, AvgPool2d, AdaptiveAvgPool2d(1), "
        "AdaptiveMaxPool2d(1), Flatten, Linear, Dropout"
    )


def _bias(module, filters):
    import torch

    return torch.zeros(filters) if module.bias is None else module.bias


def _flat(*tensors):
    numbers = [tensor.detach().cpu().numpy().ravel() for tensor in tensors]
    return np.concatenate(numbers).astype(np.float32)
