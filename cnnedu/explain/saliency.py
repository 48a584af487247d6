"""Saliency: how fast the class's score changes with each pixel."""

import torch


def saliency(network, x, target):
    """Return the size of the gradient of the class's score at each pixel.

    Equation
        out[c, i, j] = |∂ logits[target] / ∂ x[c, i, j]|

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W).
        x: one normalised picture, tensor (C, H, W).
        target: the class's index.

    Returns:
        Tensor (C, H, W), at least 0: logit per unit of the normalised pixel. For one map, take
        the largest of the channels: `.amax(dim=0)`.

    Raises:
        ValueError: `x` is not one picture.

    Source
        Simonyan, Vedaldi, Zisserman, "Deep Inside Convolutional Networks: Visualising Image
        Classification Models and Saliency Maps", ICLR workshop 2014.

    >>> network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 2))
    >>> _ = network[1].weight.data.copy_(torch.tensor([[1.0, 2.0], [3.0, -4.0]]))
    >>> saliency(network, torch.zeros(1, 1, 2), target=1)
    tensor([[[3., 4.]]])
    """
    if x.ndim != 3:
        raise ValueError(
            f"saliency: x must be one picture (C, H, W), but has shape {tuple(x.shape)}"
        )
    network.eval()
    x = x.detach().clone().requires_grad_()
    with torch.enable_grad():
        score = network(x[None])[0, target]
    return torch.autograd.grad(score, x)[0].abs()
