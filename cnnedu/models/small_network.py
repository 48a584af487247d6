"""A small network for small data."""

from torch import nn


def small_network(classes):
    """Build three 3×3 convolutions with batch norm, and a dense layer over their means.

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential` from pictures (N, 3, H, W), 8×8 or larger, to logits (N, K). Layer "10"
        returns the last feature maps.

    >>> sum(p.numel() for p in small_network(3).parameters())
    14595
    """
    return nn.Sequential(
        *(nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU()),
        *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, classes)),
    )
