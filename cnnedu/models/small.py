"""A small network for small data, and the loop that teaches it."""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from cnnedu.nn.fitting import Batch

BATCH = 32


def small_network(classes):
    """Build three 3×3 convolutions with batch norm, and a dense layer over their means.

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential` that gives logits (N, K) for pictures (N, 3, H, W), 8×8 or larger. Layer
        "10" gives the last feature maps.

    >>> sum(p.numel() for p in small_network(3).parameters())
    14595
    """
    return nn.Sequential(
        *(nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU()),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, classes)),
    )


def teach(build, data, held_out, epochs=30, learning_rate=1e-2, seed=0, progress=None):
    """Build a network and teach it with Adam; pictures are mirrored and turned by chance.

    The learning rate falls in a straight line to 0. Nothing is chosen by the held-out pictures.

    Args:
        build: function without arguments that returns the network.
        data, held_out: (x, y) each: normalised pictures, float tensor (N, 3, H, H); labels (N,).
        epochs: how often each picture is seen.
        learning_rate: the highest.
        seed: of the first weights, the order, the mirroring and turning.
        progress: called as `cnnedu.nn.fit` calls it; None for nothing.

    Returns:
        The network, in evaluation mode.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network, (x, y) = build(), data
        optimiser = torch.optim.Adam(network.parameters(), lr=learning_rate)
        total = epochs * -(-len(y) // BATCH)
        fall = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, total)
        history = {"loss": [], "accuracy": [], "held_out_loss": [], "held_out_accuracy": []}
        done, seen = 0, None
        for _ in range(epochs):
            loss = right = 0.0
            network.train()
            for some in torch.randperm(len(y)).split(BATCH):
                seen = _step(network, optimiser, _turned(x[some]), y[some])
                fall.step()
                done += 1
                loss += seen.loss * len(some)
                right += (seen.logits.argmax(dim=1) == seen.y).sum().item()
                if progress:
                    progress(done, total, history, seen)
            figures = loss / len(y), right / len(y), *_held_out(network, *held_out)
            for name, figure in zip(history, figures, strict=True):
                history[name].append(figure)
        if progress:
            progress(done, total, history, seen)
    return network


def _step(network, optimiser, x, y):
    """Take one step down; return the `Batch`."""
    logits = network(x)
    loss = cross_entropy(logits, y)
    optimiser.zero_grad()
    loss.backward()
    rate = optimiser.param_groups[0]["lr"]
    optimiser.step()
    return Batch(x, y, logits.detach(), loss.item(), rate)


@torch.no_grad()
def _held_out(network, x, y):
    """Return loss and accuracy; leave the network in evaluation mode."""
    logits = network.eval()(x)
    return cross_entropy(logits, y).item(), (logits.argmax(dim=1) == y).float().mean().item()


def _turned(x):
    """Mirror and turn a batch by chance, by a quarter, a half or three quarters."""
    x = x.flip(3) if torch.rand(()) < 0.5 else x
    return torch.rot90(x, int(torch.randint(4, ())), dims=(2, 3))
