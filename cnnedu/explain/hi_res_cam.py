"""HiResCAM: what each place in a layer's feature maps adds to a class's score."""

from cnnedu.explain.layers import maps_and_gradient


def hi_res_cam(network, x, target, layer):
    """Multiply a layer's feature maps by their gradients, place by place; add up the channels.

    Equation
        out[i, j] = Σ_k  ∂ logits[target] / ∂ A[k, i, j] · A[k, i, j]

    Unlike Grad-CAM, it doesn't average the gradient over the map first. If only a pooling layer
    and a dense layer without biases follow, the result adds up to the logit.

    Args:
        network, x, target, layer: as for `cnnedu.explain.grad_cam`.

    Returns:
        Tensor (h, w), at the layer's resolution, in units of the logit, of either sign.

    Raises:
        TypeError, ValueError: an argument can't be used; the message says how to mend it. If there
            is no such layer, it lists the layers.

    Source
        Draelos, Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations of
        convolutional neural networks" (2020).

    >>> import torch
    >>> network = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten())
    >>> hi_res_cam(network, torch.tensor([[[1.0, 4.0], [2.0, 3.0]]]), 0, "0")
    tensor([[0., 4.],
            [0., 0.]])
    """
    maps, gradient = maps_and_gradient(network, x, target, layer, "hi_res_cam")
    return (gradient * maps).sum(dim=1)[0].detach()
