"""The fast gradient sign method: the smallest push at each pixel that hurts the most at once."""

import torch
from torch.nn.functional import cross_entropy


def fgsm(network, x, y, epsilon, low=0.0, high=1.0):
    """Move every number of the pictures by `epsilon`, in the direction that raises the loss.

    Equation
        out = clip(x + ε · sign(∂ cross_entropy(network(x), y) / ∂ x), low, high)

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W). One
            that is fed normalised pictures: put the normalisation in front of it, so that ε is
            the same for every colour.
        x: pictures, tensor (N, C, H, W), from `low` to `high`.
        y: labels, tensor (N,), int64.
        epsilon: ε, at least 0, in the units of `x`: 8/255 is eight grey levels.
        low, high: the range of a pixel.

    Returns:
        Tensor (N, C, H, W), no number further than ε from where it was.

    Raises:
        ValueError: `epsilon` is negative, or `x` leaves its range.

    Source
        Goodfellow, Shlens, Szegedy, "Explaining and Harnessing Adversarial Examples", ICLR 2015.

    >>> network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 2))
    >>> _ = network[1].weight.data.copy_(torch.tensor([[1.0, -1.0], [0.0, 0.0]]))
    >>> fgsm(network, torch.tensor([[[[0.5, 0.5]]]]), torch.tensor([0]), epsilon=0.25)
    tensor([[[[0.2500, 0.7500]]]])
    """
    if not epsilon >= 0:
        raise ValueError(f"fgsm: epsilon must be at least 0, but is {epsilon}")
    if not (x.min() >= low and x.max() <= high):
        raise ValueError(
            f"fgsm: x must lie from {low:g} to {high:g}, but reaches from {x.min():.3g} to "
            f"{x.max():.3g}; give the pictures before they are normalised"
        )
    return (x + epsilon * loss_sign(network, x, y)).clamp(low, high)


def loss_sign(network, x, y):
    """Return the sign, −1, 0 or 1, of the gradient of the cross-entropy at each number of `x`."""
    network.eval()
    x = x.detach().clone().requires_grad_()
    with torch.enable_grad():
        loss = cross_entropy(network(x), y, reduction="sum")  # each picture by itself
    return torch.autograd.grad(loss, x)[0].sign()
