"""HiResCAM: what each place of a layer's feature maps adds to a class's score."""

import torch

from cnnedu.explain.layers import evaluating, outputs_of


def hi_res_cam(network, x, target, layer):
    """Multiply a layer's feature maps by their gradients, place by place, and add the channels up.

    Equation
        out[i, j] = Σ_k  ∂ logits[target] / ∂ A[k, i, j] · A[k, i, j]

    Grad-CAM with one difference: the gradient isn't averaged over the map first. Where only a
    pooling and a dense layer without biases follow, the numbers add up to the logit.

    Args:
        network, x, target, layer: as for `cnnedu.explain.grad_cam`.

    Returns:
        Tensor (h, w), at the layer's resolution, in units of the logit, of either sign.

    Raises:
        ValueError: there is no such layer, or its output is no feature maps.

    Source
        Draelos, Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations of
        convolutional neural networks" (2020).

    >>> network = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten())
    >>> hi_res_cam(network, torch.tensor([[[1.0, 4.0], [2.0, 3.0]]]), 0, "0")
    tensor([[0., 4.],
            [0., 0.]])
    """
    with evaluating(network), outputs_of(network, layer, "hi_res_cam") as kept, torch.enable_grad():
        score = network(x[None].detach().requires_grad_())[0, target]
    maps = kept[-1]
    if maps.ndim != 4:
        raise ValueError(
            f"hi_res_cam: the output of {layer!r} has shape {tuple(maps.shape)}, but feature maps "
            "(1, F, h, w) are needed; choose a layer before the flattening"
        )
    (gradient,) = torch.autograd.grad(score, maps)
    return (gradient * maps).sum(dim=1)[0].detach()
