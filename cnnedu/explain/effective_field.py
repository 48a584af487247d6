"""The effective receptive field: the pixels that a unit's gradient reaches, and how strongly."""

import numpy as np

from cnnedu.nn import Layer, evaluating


def effective_field(parts, pictures, unit):
    """Return the effective receptive field of one unit of the last layer.

    Equation
        field[p, q] = mean over the pictures x of  Σ_c |∂ Σ_f out[f, i, j] / ∂ x[c, p, q]|

    Args:
        parts: the layers of `torch.nn` or `cnnedu.nn`, up to and including that of the unit.
        pictures: float32 array (N, C, H, W).
        unit: (i, j), the unit's row and column.

    Returns:
        Array (H, W). The layers run in evaluation mode and are left as they were.

    Raises:
        TypeError, ValueError: an argument can't be used; the message says how to mend it.

    Source
        Luo, Li, Urtasun, Zemel, "Understanding the effective receptive field in deep convolutional
        neural networks" (2016).

    >>> from cnnedu.nn import AvgPool2d
    >>> effective_field([AvgPool2d(2)], np.zeros((1, 1, 2, 4), np.float32), (0, 1))
    array([[0.  , 0.  , 0.25, 0.25],
           [0.  , 0.  , 0.25, 0.25]], dtype=float32)
    """
    _check(parts, pictures, unit)
    gradient = _gradient_numpy if isinstance(parts[0], Layer) else _gradient_torch
    with evaluating(*parts):
        return np.abs(gradient(parts, pictures, unit)).sum(axis=1).mean(axis=0)


def _check(parts, pictures, unit):
    if hasattr(parts, "parameters") and not hasattr(parts, "__getitem__"):
        raise TypeError(
            f"effective_field: parts must be a list of layers, but is one {type(parts).__name__}: "
            "pass the layers up to that of the unit, such as list(network.children())[:5]"
        )
    if not isinstance(pictures, np.ndarray) or pictures.dtype.kind != "f":
        found = getattr(pictures, "dtype", type(pictures).__name__)
        raise TypeError(
            f"effective_field: pictures must be a NumPy array of float32, but are {found}: use "
            "np.asarray(pictures, np.float32)"
        )
    if pictures.ndim != 4 or not len(pictures) or len(unit) != 2:
        raise ValueError(
            "effective_field: pictures must be (N, C, H, W) and unit (row, column), but have shape "
            f"{pictures.shape} and are {unit}"
        )


def _check_unit(out, unit):
    height, width = out.shape[2:] if out.ndim == 4 else (0, 0)
    if not (0 <= unit[0] < height and 0 <= unit[1] < width):
        raise ValueError(
            f"effective_field: the last layer's output has shape {tuple(out.shape)}, which has no "
            f"unit {unit}; count rows and columns from 0"
        )


def _gradient_numpy(parts, x, unit):
    """Return the gradient of Σ out[:, :, i, j] with respect to `x`."""
    kept = [(p, p.grad) for part in parts for p in part.parameters()]
    try:
        out = x
        for part in parts:
            out = part.forward(out)
        _check_unit(out, unit)
        dout = np.zeros_like(out)
        dout[:, :, unit[0], unit[1]] = 1
        for part in reversed(parts):
            dout = part.backward(dout)
    finally:
        for parameter, grad in kept:
            parameter.grad = grad
    return dout


def _gradient_torch(parts, x, unit):
    """Return the gradient of Σ out[:, :, i, j] with respect to `x`."""
    import torch

    parameter = next((p for part in parts for p in part.parameters()), torch.zeros(0))
    x = torch.from_numpy(x).to(parameter).requires_grad_()
    out = x
    for part in parts:
        out = part(out)
    _check_unit(out, unit)
    return torch.autograd.grad(out[:, :, unit[0], unit[1]].sum(), x)[0].float().cpu().numpy()
