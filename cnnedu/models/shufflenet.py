"""ShuffleNet v2: work on half of the channels, then shuffle the halves."""

import torch
from torch import nn


def channel_shuffle(x, groups):
    """Deal the channels out anew, so that each group gets some of every group.

    Equation
        out[n, c·groups + g] = x[n, g·C/groups + c]

    Args:
        x: tensor (N, C, H, W).
        groups: how many there are; must divide C.

    Returns:
        Tensor (N, C, H, W).

    Raises:
        ValueError: `groups` doesn't divide C.

    Source
        Zhang, Zhou, Lin, Sun, "ShuffleNet: an extremely efficient convolutional neural network
        for mobile devices" (2018), figure 1.

    >>> channel_shuffle(torch.arange(6).reshape(1, 6, 1, 1), groups=2).ravel()
    tensor([0, 3, 1, 4, 2, 5])
    """
    count, channels, height, width = x.shape
    if channels % groups:
        raise ValueError(f"channel_shuffle: {groups} groups can't share {channels} channels evenly")
    x = x.reshape(count, groups, channels // groups, height, width)
    return x.transpose(1, 2).reshape(count, channels, height, width)


class ShuffleUnit(nn.Module):
    """Split the channels, work on one half, join and shuffle.

    With stride 2 nothing is split: both branches see all channels, and each makes half of the
    new ones.

    Args:
        channels: of the input.
        filters: of the output.
        stride: 1 or 2; with 1 `filters` must be `channels`.

    Source
        Ma, Zhang, Zheng, Sun, "ShuffleNet V2: practical guidelines for efficient CNN architecture
        design" (2018), figure 3 (c) and (d).
    """

    def __init__(self, channels, filters, stride):
        super().__init__()
        half = filters // 2
        seen = channels if stride == 2 else half
        self.work = nn.Sequential(
            *_conv(seen, half, 1),
            *_depthwise(half, stride),
            *_conv(half, half, 1),
        )
        self.around = nn.Identity()
        if stride == 2:
            self.around = nn.Sequential(*_depthwise(channels, 2), *_conv(channels, half, 1))
        self.splits = stride == 1

    def forward(self, x):
        """Return the unit's output: (N, C, H, W) → (N, filters, H / stride, W / stride)."""
        left, right = x.chunk(2, dim=1) if self.splits else (x, x)
        return channel_shuffle(torch.cat([self.around(left), self.work(right)], dim=1), groups=2)


def shufflenet_v2(classes=1000):
    """Build ShuffleNet v2 with width 1, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224)
        conv1, max pool    24 filters 3×3, both with stride 2   (N, 24, 56, 56)
        stage2             4 units                              (N, 116, 28, 28)
        stage3             8 units                              (N, 232, 14, 14)
        stage4             4 units                              (N, 464, 7, 7)
        conv5              1024 filters 1×1                     (N, 1024, 7, 7)
        global average, dense                                   (N, classes)

    Args:
        classes: how many there are to tell apart.

    Returns:
        `nn.Sequential`: 2,278,604 parameters for 1,000 classes. It gives logits.

    Source
        Ma, Zhang, Zheng, Sun (2018), see `ShuffleUnit`, table 5.
    """
    layers, channels = [*_conv(3, 24, 3, stride=2), nn.MaxPool2d(3, stride=2, padding=1)], 24
    for filters, count in ((116, 4), (232, 8), (464, 4)):
        for number in range(count):
            layers.append(ShuffleUnit(channels, filters, stride=1 if number else 2))
            channels = filters
    layers += _conv(channels, 1024, 1)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1024, classes))


def _conv(channels, filters, kernel_size, stride=1):
    """Return a convolution that keeps the size at stride 1, its batch norm and a ReLU."""
    padding = kernel_size // 2
    conv = nn.Conv2d(channels, filters, kernel_size, stride, padding, bias=False)
    return conv, nn.BatchNorm2d(filters), nn.ReLU()


def _depthwise(channels, stride):
    """Return one 3×3 filter per channel and its batch norm."""
    conv = nn.Conv2d(channels, channels, 3, stride, padding=1, groups=channels, bias=False)
    return conv, nn.BatchNorm2d(channels)
