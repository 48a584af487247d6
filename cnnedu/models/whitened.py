"""The small, fast networks for CIFAR-10: a whitening layer, then blocks of 3×3 convolutions."""

from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

PATCH = 2  # pixels: the whitening layer looks at patches of 2×2 pixels
DIRECTIONS = 8  # of the 12 in which such patches differ; the others are little more than noise


class Residual(nn.Module):
    """x + GELU(norm(conv(x))): a 3×3 convolution and the way around it.

    Args:
        filters: number of input channels and of filters.
    """

    def __init__(self, filters):
        super().__init__()
        self.conv = _conv(filters, filters)
        self.norm = _norm(filters)
        self.gelu = nn.GELU()

    def forward(self, x):
        """Return x plus what the convolution adds to it; both (N, C, H, W)."""
        return x + self.gelu(self.norm(self.conv(x)))


class Block(nn.Sequential):
    """Two 3×3 convolutions with batch norm and GELU; max pooling halves the size after the first.

    A third convolution, with a way around it, can follow. The first filters start as the identity
    on the input's channels (Dirac), so that a picture passes through at the start; if there are
    more filters than channels, the rest start at random. Batch norm learns only its shift: its
    scale stays 1.

    Args:
        channels: number of input channels.
        filters: number of filters in each convolution.
        third: whether there is a third convolution.
    """

    def __init__(self, channels, filters, third):
        layers = OrderedDict(
            conv1=_conv(channels, filters),
            pool=nn.MaxPool2d(2),
            norm1=_norm(filters),
            gelu1=nn.GELU(),
            conv2=_conv(filters, filters),
            norm2=_norm(filters),
            gelu2=nn.GELU(),
        )
        if third:
            layers["residual"] = Residual(filters)
        super().__init__(layers)


class Scale(nn.Module):
    """Multiply by a fixed number.

    Args:
        factor: the number.
    """

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        """Return x · factor."""
        return self.factor * x


class Whitened(nn.Sequential):
    """The whole network, with random filters; `whiten_patches` sets and freezes the first layer.

    Shapes, for x (N, 3, 32, 32) and widths (a, b, c); any size from 15×15 works
        whiten  16 filters 2×2           (N, 16, 31, 31)
        block1                           (N, a, 15, 15)
        block2                           (N, b, 7, 7)
        block3                           (N, c, 3, 3)
        pool    global max               (N, c, 1, 1)
        flatten, dense without bias, scale 1/c

    Args:
        widths: number of filters in each block.
        third: whether each block has a third convolution.

    Source
        Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU" (2024), after Page, "How to
        train your ResNet" (2019).
    """

    computed = ("whiten",)  # the layers whose weights aren't learnt

    def __init__(self, widths, third=False):
        whiten = nn.Conv2d(3, 2 * DIRECTIONS, PATCH, bias=False)
        layers = OrderedDict(whiten=whiten, gelu=nn.GELU())
        channels = whiten.out_channels
        for number, filters in enumerate(widths, 1):
            layers[f"block{number}"] = Block(channels, filters, third)
            channels = filters
        dense = nn.Linear(channels, 10, bias=False)
        with torch.no_grad():
            dense.weight /= dense.weight.std()
        super().__init__(
            layers
            | OrderedDict(
                pool=nn.AdaptiveMaxPool2d(1),
                flatten=nn.Flatten(),
                dense=dense,
                scale=Scale(1 / channels),
            )
        )

    @torch.no_grad()
    def whiten_patches(self, x, floor=5e-4):
        """Set and freeze the first filters, so that they decorrelate these pictures' patches.

        Equation
            cov = (1/M) Σ_m p_m p_mᵀ = E diag(λ) Eᵀ   over all patches p, flattened
            filter k = e_k / √(λ_k + floor), and its negative, for the largest variances λ_k

        The filters' answers have variance 1 and no correlation, so no direction of the input is
        learnt faster than another. GELU cuts off one side, but every filter comes with its
        negative, so nothing is lost. Because the layer is frozen, no gradient has to be computed
        where the maps are largest.

        Args:
            x: pictures (N, 3, H, W), normalised, float32; a few thousand are enough.
            floor: added to the variances, so that noise isn't amplified.
        """
        patches = F.unfold(x, PATCH).transpose(1, 2).reshape(-1, 3 * PATCH**2)
        variances, directions = torch.linalg.eigh(patches.T @ patches / len(patches))
        filters = (directions / (variances + floor).sqrt()).T.flip(0)[:DIRECTIONS]
        filters = filters.reshape(DIRECTIONS, 3, PATCH, PATCH)
        self.whiten.weight.copy_(torch.cat([filters, -filters]))
        self.whiten.weight.requires_grad_(False)


def fast():
    """Build the network of the recipe `fast`: `Whitened` with 32, 96 and 192 filters.

    >>> sum(p.numel() for p in fast().parameters())
    625472
    """
    return Whitened((32, 96, 192))


def record():
    """Build the network of `record`: 96, 256 and 384 filters, three convolutions in each block.

    >>> sum(p.numel() for p in record().parameters())
    5127936
    """
    return Whitened((96, 256, 384), third=True)


def _conv(channels, filters):
    conv = nn.Conv2d(channels, filters, 3, padding=1, bias=False)
    nn.init.dirac_(conv.weight[:channels])
    return conv


def _norm(filters):
    norm = nn.BatchNorm2d(filters, momentum=0.4)
    norm.weight.requires_grad_(False)
    return norm
