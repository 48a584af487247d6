"""The effective receptive field: the pixels that a unit's gradient reaches, and how strongly."""

import numpy as np

from cnnedu.nn import Layer


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

    Source
        Luo, Li, Urtasun, Zemel, "Understanding the effective receptive field in deep convolutional
        neural networks" (2016).

    >>> from cnnedu.nn import AvgPool2d
    >>> effective_field([AvgPool2d(2)], np.zeros((1, 1, 2, 4), np.float32), (0, 1))
    array([[0.  , 0.  , 0.25, 0.25],
           [0.  , 0.  , 0.25, 0.25]], dtype=float32)
    """
    gradient = _gradient_numpy if isinstance(parts[0], Layer) else _gradient_torch
    modes = [part.training for part in parts]
    try:
        for part in parts:
            part.eval()
        return np.abs(gradient(parts, pictures, unit)).sum(axis=1).mean(axis=0)
    finally:
        for part, mode in zip(parts, modes, strict=True):
            part.train(mode)


def _gradient_numpy(parts, x, unit):
    """Return the gradient of Σ out[:, :, i, j] with respect to `x`."""
    kept = [(p, p.grad) for part in parts for p in part.parameters()]
    out = x
    for part in parts:
        out = part.forward(out)
    dout = np.zeros_like(out)
    dout[:, :, unit[0], unit[1]] = 1
    for part in reversed(parts):
        dout = part.backward(dout)
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
    return torch.autograd.grad(out[:, :, unit[0], unit[1]].sum(), x)[0].float().cpu().numpy()
