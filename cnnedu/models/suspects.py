"""Eight tiny classifiers; at least one of them is right for a wrong reason (exercise 15)."""

from torch import nn

NAMES = "ABCDEFGH"


def suspect():
    """Build one: two strided convolutions and a dense layer.

    Returns:
        `nn.Sequential` from pictures (N, 3, 16, 16) to logits (N, 2).

    >>> sum(p.numel() for p in suspect().parameters())
    666
    """
    return nn.Sequential(
        *(nn.Conv2d(3, 4, 3, stride=2, padding=1), nn.ReLU()),
        *(nn.Conv2d(4, 8, 3, stride=2, padding=1), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(8 * 4 * 4, 2)),
    )


def suspects():
    """Build all eight, as an `nn.ModuleDict` with the keys "A" to "H"."""
    return nn.ModuleDict({name: suspect() for name in NAMES})
