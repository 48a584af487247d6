"""ShuffleNet v2: work on half the channels, then shuffle them all."""

import torch
from torch import nn

from cnnedu.models.blocks import conv_norm_relu, pooled_scores


def channel_shuffle(x, groups):
    """Deal the channels out again, so that each new group gets some from every old one.

    Equation
        out[n, c·groups + g] = x[n, g·C/groups + c]

    Args:
        x: tensor (N, C, H, W).
        groups: number of groups; must divide C.

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
        channels: number of input channels.
        filters: number of output channels.
        stride: 1 or 2; with stride 1, `filters` must equal `channels`.

    Source
        Ma, Zhang, Zheng, Sun, "ShuffleNet V2: practical guidelines for efficient CNN architecture
        design" (2018), figure 3 (c) and (d).
    """

    def __init__(self, channels, filters, stride):
        super().__init__()
        half = filters // 2
        seen = channels if stride == 2 else half
        self.work = nn.Sequential(
            *conv_norm_relu(seen, half, 1),
            *_depthwise(half, stride),
            *conv_norm_relu(half, half, 1),
        )
        self.around = nn.Identity()
        if stride == 2:
            self.around = nn.Sequential(
                *_depthwise(channels, 2), *conv_norm_relu(channels, half, 1)
            )
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
        classes: number of classes K.

    Returns:
        `nn.Sequential`: 2,278,604 parameters for 1,000 classes. It gives logits.

    Source
        Ma, Zhang, Zheng, Sun (2018), see `ShuffleUnit`, table 5.
    """
    layers, channels = [*conv_norm_relu(3, 24, stride=2), nn.MaxPool2d(3, stride=2, padding=1)], 24
    for filters, count in ((116, 4), (232, 8), (464, 4)):
        for number in range(count):
            layers.append(ShuffleUnit(channels, filters, stride=1 if number else 2))
            channels = filters
    layers += conv_norm_relu(channels, 1024, 1)
    return nn.Sequential(*layers, *pooled_scores(1024, classes))


def _depthwise(channels, stride):
    """Return one 3×3 filter per channel and its batch norm."""
    return conv_norm_relu(channels, channels, stride=stride, groups=channels)[:2]
