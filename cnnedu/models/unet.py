"""U-Net: a class for every pixel."""

import torch
from torch import nn

from cnnedu.models.blocks import conv_norm_relu


class UNet(nn.Module):
    """Shrink the picture to see far, enlarge it again to say where; skips carry the details over.

    Each level has two 3×3 convolutions. On the way down, a 2×2 max pooling follows each level but
    the last. On the way up, a 2×2 transposed convolution with stride 2 enlarges the maps, and the
    maps of the same size from the way down are appended. A final 1×1 convolution gives the logits.

    Args:
        classes: number of classes K, including the ground.
        channels: number of maps at each level, from the largest maps to the smallest.
        skips: False leaves out the appended maps, for comparison.

    Shapes
        x (N, 3, H, W) → logits (N, K, H, W); H and W are multiples of 2^(levels − 1).

    Raises:
        ValueError: height or width can't be halved often enough.

    Source
        Ronneberger, Fischer, Brox, "U-Net: convolutional networks for biomedical image
        segmentation" (2015); here with padding and batch norm, and far fewer channels.

    >>> UNet(11)(torch.zeros(1, 3, 64, 32)).shape
    torch.Size([1, 11, 64, 32])
    """

    def __init__(self, classes, channels=(16, 32, 64), skips=True):
        super().__init__()
        self.skips = skips
        self.down = nn.ModuleList(
            _twice(before, after) for before, after in zip((3, *channels), channels, strict=False)
        )
        self.pool = nn.MaxPool2d(2)
        self.enlarge, self.up = nn.ModuleList(), nn.ModuleList()
        for large, small in zip(channels[::-1], channels[-2::-1], strict=False):
            self.enlarge.append(nn.ConvTranspose2d(large, small, 2, stride=2))
            self.up.append(_twice(2 * small if skips else small, small))
        self.classify = nn.Conv2d(channels[0], classes, 1)

    def forward(self, x):
        """Return the logits."""
        step = 2 ** len(self.up)
        if x.shape[2] % step or x.shape[3] % step:
            raise ValueError(
                f"UNet: height and width must be multiples of {step}, but x is {tuple(x.shape)}"
            )
        kept = []
        for level in self.down[:-1]:
            x = level(x)
            kept.append(x)
            x = self.pool(x)
        x = self.down[-1](x)
        for enlarge, level in zip(self.enlarge, self.up, strict=True):
            x, same_size = enlarge(x), kept.pop()
            x = level(torch.cat([same_size, x], dim=1) if self.skips else x)
        return self.classify(x)


def _twice(before, after):
    """Return two 3×3 convolutions, each with batch norm and ReLU."""
    return nn.Sequential(*conv_norm_relu(before, after), *conv_norm_relu(after, after))
