"""Lesson 12: what depth does to a network with and without skips."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from cnnedu.experiments.store import Experiment, Part, concatenated
from cnnedu.models.resnet import cifar_resnet
from cnnedu.training.evaluate import evaluate
from cnnedu.training.fitting import take_step

DEPTHS = 8, 20, 56
STEPS, EVERY = 300, 10  # steps of a run, and steps per stored number
DATA = "CIFAR-10 (JPEG copy), shrunk to 16×16 pixels"


def build(depth, shortcuts, norm=True, seed=0):
    """Build a CIFAR ResNet, or its plain twin, with He's initialisation.

    Args:
        depth, shortcuts: as for `cnnedu.models.resnet.cifar_resnet`.
        norm: False leaves out every batch norm.
        seed: for the initial weights.

    Returns:
        `nn.Sequential`.

    Source
        He, Zhang, Ren, Sun, "Delving deep into rectifiers" (2015), for the initialisation.
    """
    torch.manual_seed(seed)
    network = cifar_resnet(depth, shortcuts)
    for module in list(network.modules()):
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        for name, child in list(module.named_children()):
            if isinstance(child, nn.BatchNorm2d) and not norm:
                setattr(module, name, nn.Identity())
    return network


def layer_gradients(network, x, y):
    """Return the norm of the loss's gradient with respect to each convolution's weights.

    Args:
        network: in training mode.
        x: float32 tensor (N, 3, H, W).
        y: int64 tensor (N,).

    Returns:
        List of floats, one per convolution.
    """
    weights = [m.weight for m in network.modules() if isinstance(m, nn.Conv2d)]
    gradients = torch.autograd.grad(F.cross_entropy(network(x), y), weights)
    return [gradient.norm().item() for gradient in gradients]


def short_run(network, x, y, steps, batch=64, lr=0.05, seed=0):
    """Train with momentum 0.9 for some steps; return the losses and what the first layer got.

    Args:
        network: any module; it is changed.
        x: float32 tensor (N, 3, H, W).
        y: int64 tensor (N,).
        steps: number of batches to draw.
        batch: pictures in each.
        lr: learning rate, which stays fixed.
        seed: for the batches.

    Returns:
        {"loss": cross-entropy of each batch, "gradient": norm of its gradient with respect to the
        first layer's weights, "weight": norm of those weights}, lists of `steps` floats.
    """
    optimiser = torch.optim.SGD(network.parameters(), lr, momentum=0.9)
    first, rng = next(network.parameters()), np.random.default_rng(seed)
    history = {"loss": [], "gradient": [], "weight": []}
    for _ in range(steps):
        chosen = torch.from_numpy(rng.integers(0, len(y), batch))
        loss = F.cross_entropy(network(x[chosen]), y[chosen])
        history["loss"].append(loss.item())
        history["weight"].append(first.norm().item())
        take_step(loss, optimiser)
        history["gradient"].append(first.grad.norm().item())
    return history


def pixels(pictures):
    """Return uint8 pictures (N, 3, H, W) as a float32 tensor with mean 0 and deviation 1."""
    x = torch.from_numpy(pictures).float()
    return (x - x.mean()) / x.std()


def halved(pictures):
    """Return uint8 pictures with half as many rows and columns, each pixel the mean of four."""
    count, channels, height, width = pictures.shape
    squares = pictures.reshape(count, channels, height // 2, 2, width // 2, 2)
    return squares.mean(axis=(3, 5)).round().astype(np.uint8)


def runs(data, seed, steps=STEPS):
    """Train plain and residual networks of 8, 20 and 56 layers on CIFAR-10, shrunk to 16×16.

    All see the same batches from the first 49,000 training pictures. The accuracy at the end is
    measured on the other 1,000.

    Args:
        data: from `cnnedu.data.cifar10.load`.
        seed: for the initial weights and the batches.
        steps: a multiple of 10.

    Returns:
        A dict for each network with the curves of `short_run`: the loss and the norm of the
        weights as means over ten steps, the norm of the gradient at every tenth step.
    """
    x, y = pixels(halved(data.x_train)), torch.from_numpy(data.y_train)
    found = []
    for depth, shortcuts in itertools.product(DEPTHS, (False, True)):
        network = build(depth, shortcuts, seed=seed)
        history = short_run(network, x[:49_000], y[:49_000], steps, seed=seed)
        run = {"depth": depth, "shortcuts": shortcuts, "seed": seed}
        for name, values in history.items():
            tens = np.reshape(values, (-1, EVERY))
            kept = tens[:, 0] if name == "gradient" else tens.mean(axis=1)
            run[name] = [float(f"{value:.4g}") for value in kept]
        run["accuracy"] = round(evaluate(network, x[49_000:], y[49_000:])[1], 4)
        found.append(run)
    return found


def _arranged(results):
    return {"data": DATA, "steps": STEPS, "every": EVERY, "runs": concatenated(results)}


figures = Experiment(
    "l12_depth",
    "deep networks with and without skips: their losses and their first layer's gradient",
    {"runs": Part(runs, minutes=15, seeds=(0, 1, 2), arrange=_arranged)},
)
