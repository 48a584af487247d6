"""Saliency: how fast the class's score changes with each pixel, and what is made of it."""

import torch
from torch import nn

from cnnedu.explain.arguments import check_picture, check_target, logits_of
from cnnedu.nn import evaluating


def saliency(network, x, target):
    """Return the absolute gradient of the class's score at each pixel.

    Equation
        out[c, i, j] = |∂ logits[target] / ∂ x[c, i, j]|

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W).
        x: one normalised picture, tensor (C, H, W).
        target: the class's index.

    Returns:
        Tensor (C, H, W), at least 0, in logits per unit of the normalised pixel. For a single map,
        take the largest value over the channels: `.amax(dim=0)`.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: `x` isn't one picture, or there is no such class.

    Source
        Simonyan, Vedaldi, Zisserman, "Deep Inside Convolutional Networks: Visualising Image
        Classification Models and Saliency Maps", ICLR workshop 2014.

    >>> network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 2))
    >>> _ = network[1].weight.data.copy_(torch.tensor([[1.0, 2.0], [3.0, -4.0]]))
    >>> saliency(network, torch.zeros(1, 1, 2), target=1)
    tensor([[[3., 4.]]])
    """
    return _gradient("saliency", network, x, target).abs()


def smooth_grad(network, x, target, noise=0.15, samples=25, seed=0):
    """Average the gradient over noisy copies of the picture: what most of them share remains.

    Equation
        out = |(1/n) Σ_s ∂ logits[target] / ∂ x (x + ε_s)|,  ε_s normal with deviation σ

    The gradients are averaged with their signs, as in the paper: where they disagree, they cancel.

    Args:
        network, x, target: as for `saliency`.
        noise: σ, as a share of the picture's range max − min.
        samples: n, at least 1.
        seed: for the noise.

    Returns:
        Tensor (C, H, W), as from `saliency`.

    Raises:
        TypeError, ValueError: as from `saliency`, or there are no samples.

    Source
        Smilkov, Thorat, Kim, Viégas, Wattenberg, "SmoothGrad: removing noise by adding noise"
        (2017).

    >>> network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 1))
    >>> _ = network[1].weight.data.copy_(torch.tensor([[3.0, -4.0]]))
    >>> smooth_grad(network, torch.ones(1, 1, 2), target=0)
    tensor([[[3., 4.]]])
    """
    if samples < 1:
        raise ValueError(f"smooth_grad: samples must be at least 1, but is {samples}")
    check_picture("smooth_grad", network, x)
    generator = torch.Generator().manual_seed(seed)
    deviation = noise * (x.max() - x.min())
    total = torch.zeros_like(x)
    for _ in range(samples):
        noisy = x + deviation * torch.randn(x.shape, generator=generator).to(x)
        total += _gradient("smooth_grad", network, noisy, target)
    return (total / samples).abs()


def integrated_gradients(network, x, target, steps=32):
    """Share the class's score out among the pixels: the mean gradient on the way from grey.

    Equation
        out = x · (1/n) Σ_s ∂ logits[target] / ∂ x (a_s x),  a_s = (s + 1/2) / n,  s = 0 … n − 1

    The way leads from the picture of zeros, mean grey, straight to x. With many steps the numbers
    add up to logits(x)[target] − logits(0)[target].

    Args:
        network, x, target: as for `saliency`.
        steps: n, at least 1.

    Returns:
        Tensor (C, H, W), of either sign, in logits.

    Raises:
        TypeError, ValueError: as from `saliency`, or there are no steps.

    Source
        Sundararajan, Taly, Yan, "Axiomatic attribution for deep networks", ICML 2017.

    >>> network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 1))
    >>> _ = network[1].weight.data.copy_(torch.tensor([[3.0, -4.0]]))
    >>> integrated_gradients(network, torch.tensor([[[2.0, 1.0]]]), target=0)
    tensor([[[ 6., -4.]]])
    """
    if steps < 1:
        raise ValueError(f"integrated_gradients: steps must be at least 1, but is {steps}")
    check_picture("integrated_gradients", network, x)
    total = torch.zeros_like(x)
    for step in range(steps):
        total += _gradient("integrated_gradients", network, (step + 0.5) / steps * x, target)
    return x * total / steps


def guided_backpropagation(network, x, target):
    """Return the gradient, letting only its positive part pass back through each ReLU.

    Equation
        in the backward pass of every ReLU:  dx = dout where x > 0 and dout > 0, else 0

    It draws sharp edges, even with random weights (Adebayo et al., 2018).

    Args:
        network: as for `saliency`, with `nn.ReLU` layers.
        x, target: as for `saliency`.

    Returns:
        Tensor (C, H, W), of either sign, in logits per unit of the normalised pixel.

    Raises:
        TypeError, ValueError: as from `saliency`, or the network has no `nn.ReLU` layer.

    Source
        Springenberg, Dosovitskiy, Brox, Riedmiller, "Striving for simplicity: the all
        convolutional net", ICLR workshop 2015.
    """
    check_picture("guided_backpropagation", network, x)
    relus = [part for part in network.modules() if isinstance(part, nn.ReLU)]
    if not relus:
        raise ValueError("guided_backpropagation: the network has no nn.ReLU layer")

    def positive(module, into, out_of):
        return (into[0].clamp(min=0),)

    hooks = [relu.register_full_backward_hook(positive) for relu in relus]
    try:
        return _gradient("guided_backpropagation", network, x, target)
    finally:
        for hook in hooks:
            hook.remove()


def _gradient(caller, network, x, target):
    """Return ∂ logits[target] / ∂ x."""
    check_picture(caller, network, x)
    x = x.detach().clone().requires_grad_()
    with evaluating(network), torch.enable_grad():
        logits = logits_of(caller, network, x[None])
        check_target(caller, target, logits)
        return torch.autograd.grad(logits[0, target], x)[0]
