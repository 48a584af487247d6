"""A network that turns a picture into a point; the same thing should land close together."""

import torch
from torch import nn

from cnnedu.models.blocks import conv_norm_relu


class Embedding(nn.Module):
    """Map a grey picture to a vector of length 1.

    Args:
        features: numbers in the vector, D.
        channels: number of maps of each of the three convolutions.

    Shapes
        x (N, 1, H, W), 8×8 or larger → (N, D), each row of length 1.

    Source
        Schroff, Kalenichenko, Philbin, "FaceNet: a unified embedding for face recognition and
        clustering" (2015), for the unit sphere; the network is our own.

    >>> Embedding()(torch.zeros(2, 1, 25, 25)).norm(dim=1).round().tolist()
    [1.0, 1.0]
    """

    def __init__(self, features=32, channels=(16, 32, 64)):
        super().__init__()
        first, second, third = channels
        self.features = nn.Sequential(
            *(conv_norm_relu(1, first), nn.MaxPool2d(2)),
            *(conv_norm_relu(first, second), nn.MaxPool2d(2)),
            *(conv_norm_relu(second, third), nn.AdaptiveAvgPool2d(3), nn.Flatten()),
        )
        self.point = nn.Linear(9 * third, features)

    def forward(self, x):
        """Return the points."""
        return torch.nn.functional.normalize(self.point(self.features(x)), dim=1)
