"""ResNet: blocks that learn what to add to their input, so that a hundred of them still train."""

import torch.nn.functional as F
from torch import nn

from cnnedu.models.blocks import conv_norm_relu, pooled_scores


class BasicBlock(nn.Module):
    """Two 3×3 convolutions and a way around them.

    Equation
        out = ReLU(F(x) + shortcut(x)),  F = norm ∘ conv ∘ ReLU ∘ norm ∘ conv

    Args:
        channels: number of input channels.
        filters: number of filters in each convolution.
        stride: stride of the first convolution; 2 halves height and width.
        shortcut: module for the way around.

    Source
        He, Zhang, Ren, Sun, "Deep residual learning for image recognition" (2016), figure 2.
    """

    def __init__(self, channels, filters, stride, shortcut):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.shortcut = shortcut
        self.relu2 = nn.ReLU()

    def forward(self, x):
        """Return the block's output: (N, C, H, W) → (N, filters, H / stride, W / stride)."""
        out = self.relu1(self.norm1(self.conv1(x)))
        out = self.norm2(self.conv2(out))
        return self.relu2(out + self.shortcut(x))


class ZeroPad(nn.Module):
    """The shortcut without weights: it takes every `stride`-th pixel and adds channels of zeros.

    Source
        He, Zhang, Ren, Sun (2016), section 3.3, option A.
    """

    def __init__(self, channels, filters, stride):
        super().__init__()
        self.new, self.stride = filters - channels, stride

    def forward(self, x):
        """Return (N, C, H, W) as (N, filters, H / stride, W / stride)."""
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, self.new // 2, self.new - self.new // 2))


def resnet18(classes=1000):
    """Build ResNet-18, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 224, 224)
        conv1    64 filters 7×7, stride 2   (N, 64, 112, 112)
        pool     max 3×3, stride 2          (N, 64, 56, 56)
        conv2_x  2 blocks                   (N, 64, 56, 56)
        conv3_x  2 blocks, stride 2         (N, 128, 28, 28)
        conv4_x  2 blocks, stride 2         (N, 256, 14, 14)
        conv5_x  2 blocks, stride 2         (N, 512, 7, 7)
        global average, dense               (N, classes)

    If the shape changes, the shortcut is a 1×1 convolution (option B).

    Args:
        classes: number of classes K.

    Returns:
        `nn.Sequential`: 11,689,512 parameters for 1,000 classes. It gives logits.

    Source
        He, Zhang, Ren, Sun, "Deep residual learning for image recognition" (2016), table 1.
    """
    start = *conv_norm_relu(3, 64, 7, stride=2), nn.MaxPool2d(3, stride=2, padding=1)
    blocks = _blocks(64, (64, 128, 256, 512), 2, _projection)
    return nn.Sequential(*start, *blocks, *pooled_scores(512, classes))


def cifar_resnet(depth, classes=10):
    """Build the paper's ResNet for 32×32 pictures, with PyTorch's own initialisation.

    Shapes, for x (N, 3, 32, 32); n = (depth − 2) / 6 blocks of each size
        16 filters 3×3, n blocks    (N, 16, 32, 32)
        n blocks, the first stride 2   (N, 32, 16, 16)
        n blocks, the first stride 2   (N, 64, 8, 8)
        global average, dense          (N, classes)

    Args:
        depth: layers with weights: 8, 14, 20, 32, 44, 56, 110, or another 6n + 2.
        classes: number of classes K.

    Returns:
        `nn.Sequential`: 269,722 parameters for depth 20 and ten classes. It gives logits.

    Raises:
        ValueError: `depth` isn't 6n + 2.

    Source
        He, Zhang, Ren, Sun, "Deep residual learning for image recognition" (2016), section 4.2.

    >>> sum(p.numel() for p in cifar_resnet(20).parameters())
    269722
    """
    if depth < 8 or depth % 6 != 2:
        raise ValueError(f"cifar_resnet: depth must be 6n + 2 (8, 14, 20 …), but is {depth}")
    start = conv_norm_relu(3, 16)
    blocks = _blocks(16, (16, 32, 64), (depth - 2) // 6, ZeroPad)
    return nn.Sequential(*start, *blocks, *pooled_scores(64, classes))


def _blocks(channels, stages, count, shortcut):
    """Return `count` blocks per stage; each stage but the first begins by halving the size."""
    blocks = []
    for stage, filters in enumerate(stages):
        for number in range(count):
            stride = 2 if stage and not number else 1
            same = channels == filters and stride == 1
            around = nn.Identity() if same else shortcut(channels, filters, stride)
            blocks.append(BasicBlock(channels, filters, stride, around))
            channels = filters
    return blocks


def _projection(channels, filters, stride):
    """Return option B of the paper's section 3.3: a 1×1 convolution as the shortcut."""
    conv = nn.Conv2d(channels, filters, 1, stride, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(filters))
