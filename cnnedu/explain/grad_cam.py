"""Grad-CAM: which places of a layer's feature maps speak for a class."""

import torch

from cnnedu.explain.layers import evaluating, outputs_of


def grad_cam(network, x, target, layer):
    """Weigh a layer's feature maps by how much the class's score rises with each.

    Equations
        weight[k] = mean over i, j of  ∂ logits[target] / ∂ A[k, i, j]
        out[i, j] = max(0, Σ_k weight[k] · A[k, i, j])

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W).
        x: one normalised picture, tensor (C, H, W).
        target: the class's index.
        layer: name of a layer whose output A is feature maps (1, F, h, w), as
            `network.named_modules()` names it: the last convolution, most often.

    Returns:
        Tensor (h, w), at the layer's resolution, in units of the logit; at least 0.

    Raises:
        ValueError: there is no such layer, or its output is no feature maps; the message lists
            the layers.

    Source
        Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
        Localization", ICCV 2017.
    """
    with evaluating(network), outputs_of(network, layer, "grad_cam") as kept, torch.enable_grad():
        score = network(x[None].detach().requires_grad_())[0, target]
    maps = kept[-1]
    if maps.ndim != 4:
        raise ValueError(
            f"grad_cam: the output of {layer!r} has shape {tuple(maps.shape)}, but feature maps "
            "(1, F, h, w) are needed; choose a layer before the flattening"
        )
    (gradient,) = torch.autograd.grad(score, maps)
    weight = gradient.mean(dim=(2, 3), keepdim=True)
    return (weight * maps).sum(dim=1)[0].relu().detach()
