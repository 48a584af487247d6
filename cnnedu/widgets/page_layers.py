"""A network as the page computes it: a list of plain layers and one array of weights."""

import numpy as np

from cnnedu.nn import Layer, Parameter, Sequential

MOST_WEIGHTS = 2_000_000
# The kind of each layer without weights and options, as static/network.js calls it.
PLAIN = {
    "ReLU": "relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "Flatten": "flatten",
    "GlobalAvgPool2d": "mean",
}


def page_layers(caller, network):
    """Take a network apart into what static/network.js computes.

    Args:
        caller: the widget's name, for messages.
        network: a `Sequential` of `cnnedu.nn` or of `torch.nn`. Its parts may be `Sequential` too,
            and otherwise Conv2d without groups or dilation, Linear, BatchNorm2d, ReLU, GELU, Tanh,
            Sigmoid, MaxPool2d and AvgPool2d without padding, GlobalAvgPool2d,
            AdaptiveAvgPool2d(1), AdaptiveMaxPool2d(1), Flatten or `cnnedu.models.whitened.Scale`.
            Dropout and Identity do nothing here and are left out.

    Returns:
        (layers, weights): a dict for each layer, with its name, its kind and its arguments; and
        the numbers of all layers one after another, float32.

    Raises:
        TypeError, ValueError: a layer that the page can't compute, or too many weights.

    >>> from cnnedu.nn import Conv2d, ReLU
    >>> layers, weights = page_layers("NetworkExplorer", Sequential(Conv2d(3, 8, 3), ReLU()))
    >>> [layer["kind"] for layer in layers], weights.shape
    (['conv', 'relu'], (224,))
    """
    if not _is_sequential(network):
        raise TypeError(
            f"{caller}: network must be a Sequential, whose layers follow one another, but is a "
            f"{type(network).__name__}"
        )
    layers, weights = [], [np.zeros(0, np.float32)]
    for name, part in _named_parts(network):
        if type(part).__name__ in ("Dropout", "Identity"):
            continue
        layer, arrays = _described(part)
        if layer is None:
            raise TypeError(
                f"{caller}: the page can't compute layer {name!r}, {type(part).__name__}, as it is "
                "set up; it computes Conv2d (without groups or dilation), Linear, BatchNorm2d, "
                "ReLU, GELU, Tanh, Sigmoid, MaxPool2d and AvgPool2d (without padding), "
                "GlobalAvgPool2d, AdaptiveAvgPool2d(1), AdaptiveMaxPool2d(1), Flatten, Dropout"
            )
        layers.append({"name": name, **layer})
        weights += [array.ravel().astype(np.float32) for array in arrays]
    count = sum(map(len, weights))
    if count > MOST_WEIGHTS:
        raise ValueError(
            f"{caller}: the page computes networks of up to {MOST_WEIGHTS:,} weights, but this one "
            f"has {count:,}"
        )
    return layers, np.concatenate(weights)


def _is_sequential(part):
    """Tell whether a layer is a `Sequential` of either library, without importing torch."""
    return any(kind.__name__ == "Sequential" for kind in type(part).__mro__)


def _named_parts(network):
    """Yield (name, layer) for the layers of a network, those inside a `Sequential` one by one."""
    if isinstance(network, Sequential):
        for number, layer in enumerate(network.layers):
            inner = _named_parts(layer) if isinstance(layer, Sequential) else [("", layer)]
            yield from ((f"{number}.{name}".strip("."), part) for name, part in inner)
    else:
        for name, part in network.named_modules(remove_duplicate=False):
            if not _is_sequential(part):
                yield name, part


def _described(layer):
    """Return a layer as the page gets it, or None if it can't compute it, and a list of arrays."""
    name, options = type(layer).__name__, _options(layer)
    match name, options:
        case "Conv2d", {"stride": int(), "padding": int(), "dilation": 1, "groups": 1} if (
            options.get("padding_mode", "zeros") == "zeros"
        ):
            w, b = _weights(layer)
            sizes = dict(zip(("filters", "channels", "height", "width"), w.shape, strict=True))
            geometry = {key: options[key] for key in ("stride", "padding")}
            return {"kind": "conv", **geometry, **sizes}, [w, b]
        case "Linear", _:
            w, b = _weights(layer)
            return {"kind": "dense", "filters": w.shape[0], "channels": w.shape[1]}, [w, b]
        case "BatchNorm2d", _ if options.get("affine", True) and layer.running_var is not None:
            scale, shift = _weights(layer)
            scale = scale / np.sqrt(_array(layer.running_var) + layer.eps)
            shift = shift - scale * _array(layer.running_mean)
            return {"kind": "scale", "channels": len(scale)}, [scale, shift]
        case (
            "MaxPool2d" | "AvgPool2d",
            {"kernel_size": int(size), "stride": int() | None, "padding": 0, "ceil_mode": False},
        ) if options.get("dilation", 1) == 1 and options.get("divisor_override") is None:
            kind = "max" if name == "MaxPool2d" else "average"
            return {"kind": kind, "size": size, "stride": options["stride"] or size}, []
        case "GELU", _ if options.get("approximate", "none") == "none":
            return {"kind": "gelu"}, []
        case "AdaptiveAvgPool2d" | "AdaptiveMaxPool2d", {"output_size": 1}:
            return {"kind": "mean" if name == "AdaptiveAvgPool2d" else "peak"}, []
        case "Scale", {"factor": factor}:
            return {"kind": "times", "factor": factor}, []
    return ({"kind": PLAIN[name]} if name in PLAIN else None), []


def _options(layer):
    """Return how a layer is set up, with one number in place of two equal ones."""
    own = vars(layer)
    options = own | own.get("geometry", {}) | own.get("options", {})
    return {key: _one(value) for key, value in options.items()}


def _one(value):
    match value:
        case (int(first), int(second)) if first == second:
            return first
    return value


def _weights(layer):
    """Return the weights of a layer, and its biases or as many zeros, as NumPy arrays."""
    w, b = (layer.w, layer.b) if isinstance(layer, Layer) else (layer.weight, layer.bias)
    w = _array(w)
    return w, np.zeros(len(w), np.float32) if b is None else _array(b)


def _array(numbers):
    if isinstance(numbers, np.ndarray | Parameter):
        return getattr(numbers, "value", numbers)
    return numbers.detach().cpu().numpy()
