"""Layers that several networks are built from."""

from torch import nn


def conv_norm_relu(channels, filters, kernel_size=3, stride=1, groups=1, activation=nn.ReLU):
    """Return a convolution that keeps the size at stride 1, its batch norm and its activation.

    >>> conv_norm_relu(3, 8)[0]
    Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
    """
    padding = kernel_size // 2
    conv = nn.Conv2d(channels, filters, kernel_size, stride, padding, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(filters), activation())


def pooled_scores(channels, classes):
    """Return global average pooling and a dense layer: (N, C, H, W) → logits (N, classes)."""
    return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes))
