"""Distort pictures: turn, scale, shift or blur them, add noise, or save them as JPEG files."""

import copy
import io
import math

import numpy as np
import torch
from torch import nn
from torch.nn.functional import affine_grid, grid_sample

from cnnedu.models.normalise import Normalise


class FromPixels(nn.Module):
    """A frozen copy of a pretrained network that takes pictures from 0 to 1 and normalises them.

    Args:
        trained: what `load_pretrained` returns.
    """

    def __init__(self, trained):
        super().__init__()
        self.network = copy.deepcopy(trained.network).requires_grad_(False)
        self.normalise = Normalise(trained.mean, trained.std)

    def forward(self, x):
        """Return logits (N, K) of pictures (N, 3, H, W)."""
        return self.network(self.normalise(x))


def moved(x, degrees=0.0, scale=1.0, pixels=0.0):
    """Turn, scale and shift pictures about their centre; the pixels at the border repeat beyond it.

    Args:
        x: float tensor (N, C, H, W).
        degrees: counter-clockwise.
        scale: above 1 enlarges.
        pixels: to the right.

    >>> moved(torch.tensor([[[[1.0, 2.0, 3.0]]]]), pixels=1)
    tensor([[[[1., 1., 2.]]]])
    """
    turn = math.radians(degrees)
    cos, sin = math.cos(turn) / scale, math.sin(turn) / scale
    place = torch.tensor([[cos, -sin, -2 * pixels / x.shape[3]], [sin, cos, 0.0]])
    grid = affine_grid(place.expand(len(x), 2, 3), x.shape, align_corners=False)
    return grid_sample(x, grid, padding_mode="border", align_corners=False)


def distorted(x, kind, amount, seed=0):
    """Distort pictures in one way, by one amount.

    Args:
        x: float tensor (N, C, H, W), from 0 to 1.
        kind: "rotation" in degrees, "scale" as a factor, "shift" in pixels to the right, "noise"
            with a standard deviation in grey levels, "blur" with a Gaussian's in pixels, "JPEG"
            with a quality from 1 to 95.
        amount: how much; an amount that changes nothing returns x itself, not interpolated.
        seed: for the noise.
    """
    if amount == (kind == "scale"):
        return x
    if kind == "noise":
        generator = torch.Generator().manual_seed(seed)
        return (x + amount / 255 * torch.randn(x.shape, generator=generator)).clamp(0, 1)
    if kind == "blur":
        from scipy.ndimage import gaussian_filter

        return torch.from_numpy(gaussian_filter(x.numpy(), (0, 0, amount, amount)))
    if kind == "JPEG":
        return torch.stack([_saved(one, amount) for one in x])
    name = {"rotation": "degrees", "scale": "scale", "shift": "pixels"}[kind]
    return moved(x, **{name: amount})


def _saved(picture, quality):
    """Return a picture (3, H, W), from 0 to 1, as it comes back from a JPEG file."""
    from PIL import Image

    pixels = (255 * picture).round().to(torch.uint8).permute(1, 2, 0).numpy()
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="jpeg", quality=quality)
    return torch.from_numpy(np.array(Image.open(file))).permute(2, 0, 1) / 255
