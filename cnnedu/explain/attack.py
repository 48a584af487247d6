"""Adversarial pictures: change each pixel by too little to see, and raise the loss."""

import torch
from torch.nn.functional import cross_entropy

from cnnedu.explain.arguments import check_batch, check_labels, logits_of
from cnnedu.nn import evaluating


def fgsm(network, x, y, epsilon, low=0.0, high=1.0):
    """Move every value of the pictures by `epsilon` in the direction that raises the loss.

    Equation
        out = clip(x + ε · sign(∂ cross_entropy(network(x), y) / ∂ x), low, high)

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W). If it
            expects normalised pictures, put the normalisation in front of it, so that ε is the
            same for every colour.
        x: pictures, tensor (N, C, H, W), from `low` to `high`.
        y: labels, tensor (N,), int64.
        epsilon: ε, at least 0, in the units of `x`: 8/255 is eight grey levels.
        low, high: the range of a pixel.

    Returns:
        Tensor (N, C, H, W), in which no value differs from `x` by more than ε.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: `epsilon` is negative, a pixel lies outside the range, or `x` and `y` don't fit.

    Source
        Goodfellow, Shlens, Szegedy, "Explaining and Harnessing Adversarial Examples", ICLR 2015.

    >>> network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 2))
    >>> _ = network[1].weight.data.copy_(torch.tensor([[1.0, -1.0], [0.0, 0.0]]))
    >>> fgsm(network, torch.tensor([[[[0.5, 0.5]]]]), torch.tensor([0]), epsilon=0.25)
    tensor([[[[0.2500, 0.7500]]]])
    """
    _check("fgsm", network, x, epsilon, low, high)
    return (x + epsilon * loss_sign(network, x, y, "fgsm")).clamp(low, high)


def pgd(network, x, y, epsilon, step, steps, low=0.0, high=1.0, generator=None):
    """Take many small steps of `fgsm`, going back to within ε of the picture after each.

    Equation
        x₀ = x + uniform(−ε, ε);  xₜ₊₁ = clip(xₜ + α · sign(∂ loss / ∂ xₜ)) to x ± ε and low … high

    Args:
        network, x, y, epsilon, low, high: as for `fgsm`.
        step: α, above 0; steps · α should exceed ε.
        steps: how many, at least 1.
        generator: a `torch.Generator` that draws the starting point; None starts at `x` itself.

    Returns:
        Tensor (N, C, H, W), in which no value differs from `x` by more than ε.

    Raises:
        TypeError, ValueError: as for `fgsm`, or `step` or `steps` is too small.

    Source
        Madry, Makelov, Schmidt, Tsipras, Vladu, "Towards deep learning models resistant to
        adversarial attacks", ICLR 2018.
    """
    _check("pgd", network, x, epsilon, low, high)
    if not step > 0 or steps < 1:
        raise ValueError(f"pgd: step must be above 0 and steps at least 1, but are {step}, {steps}")
    lowest, highest = (x - epsilon).clamp(min=low), (x + epsilon).clamp(max=high)
    out = x
    if generator is not None:
        start = x + epsilon * (2 * torch.rand(x.shape, generator=generator).to(x) - 1)
        out = start.clamp(lowest, highest)
    for _ in range(steps):
        out = (out + step * loss_sign(network, out, y, "pgd")).clamp(lowest, highest)
    return out


def loss_sign(network, x, y, caller="loss_sign"):
    """Return the sign (−1, 0 or 1) of the gradient of the cross-entropy for each value of `x`."""
    check_batch(caller, network, x, axes=None)
    x = x.detach().clone().requires_grad_()
    with evaluating(network), torch.enable_grad():
        logits = logits_of(caller, network, x)
        check_labels(caller, y, logits)
        loss = cross_entropy(logits, y, reduction="sum")  # so each picture counts by itself
    return torch.autograd.grad(loss, x)[0].sign()


def _check(caller, network, x, epsilon, low, high):
    check_batch(caller, network, x, axes=None)
    if not epsilon >= 0:
        raise ValueError(f"{caller}: epsilon must be at least 0, but is {epsilon}")
    if not (x.min() >= low and x.max() <= high):
        raise ValueError(
            f"{caller}: x must lie from {low:g} to {high:g}, but reaches from {x.min():.3g} to "
            f"{x.max():.3g}; pass the pictures before they are normalised"
        )
