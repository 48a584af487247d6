"""A network that turns a picture into a point: pictures of the same thing should lie close."""

import torch
from torch import nn

from cnnedu.models.detectors import convolution


class Embedding(nn.Module):
    """Map a grey picture to a vector of length 1.

    Args:
        features: numbers in the vector, D.
        channels: maps of the three convolutions.

    Shapes
        x (N, 1, H, W), 8×8 or larger → (N, D), each row of length 1.

    Source
        Schroff, Kalenichenko, Philbin, "FaceNet: a unified embedding for face recognition and
        clustering" (2015), for the sphere; the network is our own.

    >>> Embedding()(torch.zeros(2, 1, 25, 25)).norm(dim=1).round().tolist()
    [1.0, 1.0]
    """

    def __init__(self, features=32, channels=(16, 32, 64)):
        super().__init__()
        first, second, third = channels
        self.features = nn.Sequential(
            *(convolution(1, first), nn.MaxPool2d(2)),
            *(convolution(first, second), nn.MaxPool2d(2)),
            *(convolution(second, third), nn.AdaptiveAvgPool2d(3), nn.Flatten()),
        )
        self.point = nn.Linear(9 * third, features)

    def forward(self, x):
        """Return the points."""
        return torch.nn.functional.normalize(self.point(self.features(x)), dim=1)
