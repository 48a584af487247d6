"""Grad-CAM: which places in a layer's feature maps speak for a class."""

from cnnedu.explain.layers import maps_and_gradient


def grad_cam(network, x, target, layer):
    """Weight a layer's feature maps by how much the class's score rises with each; add them up.

    Equation
        weight[k] = mean over i, j of  ∂ logits[target] / ∂ A[k, i, j]
        out[i, j] = max(0, Σ_k weight[k] · A[k, i, j])

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W).
        x: one normalised picture, tensor (C, H, W).
        target: the class's index.
        layer: name, from `network.named_modules()`, of a layer whose output A is feature maps
            (1, F, h, w): usually the last convolution.

    Returns:
        Tensor (h, w), at the layer's resolution, in units of the logit; at least 0.

    Raises:
        TypeError, ValueError: an argument can't be used; the message says how to mend it. If there
            is no such layer, it lists the layers.

    Source
        Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
        Localization", ICCV 2017.
    """
    maps, gradient = maps_and_gradient(network, x, target, layer, "grad_cam")
    weight = gradient.mean(dim=(2, 3), keepdim=True)
    return (weight * maps).sum(dim=1)[0].relu().detach()
