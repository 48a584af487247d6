"""Augment whole batches at random, so that no two epochs show the same pictures.

Every function takes pictures (N, C, H, W), uint8 or float, and returns new ones of the same shape
and type. Random numbers come from `generator`, or from PyTorch's own if it is None.
"""

import math

import torch
import torch.nn.functional as F


def flip(x, mirrored):
    """Mirror some of the pictures, left to right.

    Args:
        x: pictures (N, C, H, W).
        mirrored: bool tensor (N,): which ones to mirror.

    >>> flip(torch.tensor([[[[1, 2]]], [[[3, 4]]]]), torch.tensor([True, False])).ravel()
    tensor([2, 1, 3, 4])
    """
    return torch.where(mirrored[:, None, None, None], x.flip(3), x)


def random_flip(x, generator=None):
    """Mirror each picture with probability 1/2."""
    return flip(x, torch.rand(len(x), generator=generator) < 0.5)


def alternating_flip(x, numbers, epoch, seed=0):
    """Mirror each picture in every other epoch: half of them in the even epochs, half in the odd.

    Two epochs in a row then show every picture both ways. Random flips would show half of the
    pictures the same way twice.

    Args:
        x: pictures (N, C, H, W).
        numbers: places of the pictures in the training set, whole numbers (N,).
        epoch: whole number from 0.
        seed: decides which half.

    Source
        Jordan, "94% on CIFAR-10 in 3.29 seconds on a single GPU" (2024), section 3.6.

    >>> x = torch.tensor([[[[1, 2]]]])
    >>> first, second = (alternating_flip(x, torch.tensor([7]), epoch) for epoch in (0, 1))
    >>> torch.equal(first, second.flip(3))
    True
    """
    # A hash of the number: the same in every epoch, without a table of all pictures.
    mixed = (numbers + 1 + seed * 1_000_003) * 2_654_435_761 % 2**32
    return flip(x, (mixed // 2**16 + epoch) % 2 == 1)


def random_shift(x, most, generator=None):
    """Move each picture by up to `most` pixels in each direction; its mirror image fills the gap.

    Args:
        x: pictures (N, C, H, W).
        most: pixels, from 0 to min(H, W) − 1.

    Raises:
        ValueError: `most` is out of its range.

    Source
        Padding and cropping at random, as in He, Zhang, Ren, Sun, "Deep residual learning for
        image recognition" (2016), section 4.2, here with a mirrored border.
    """
    count, _, height, width = x.shape
    if not 0 <= most < min(height, width):
        raise ValueError(
            f"random_shift: most must be from 0 to {min(height, width) - 1}, but is {most}"
        )
    by = torch.randint(-most, most + 1, (2, count, 1), generator=generator)
    rows = _mirrored(torch.arange(height) + by[0], height)
    columns = _mirrored(torch.arange(width) + by[1], width)
    x = x.gather(2, rows[:, None, :, None].expand(x.shape))
    return x.gather(3, columns[:, None, None, :].expand(x.shape))


def cutout(x, size, value=0, generator=None):
    """Cover a square of `size` × `size` pixels inside each picture.

    Args:
        x: pictures (N, C, H, W).
        size: pixels, from 0 to min(H, W).
        value: what covers it; 0 is the mean grey of normalised pictures.

    Raises:
        ValueError: the square doesn't fit.

    Source
        DeVries, Taylor, "Improved regularization of convolutional neural networks with cutout"
        (2017); there the square may reach beyond the border.

    >>> int((cutout(torch.ones(1, 1, 8, 8), 3) == 0).sum())
    9
    """
    count, _, height, width = x.shape
    if not 0 <= size <= min(height, width):
        raise ValueError(f"cutout: size must be from 0 to {min(height, width)}, but is {size}")
    top = torch.randint(height - size + 1, (count, 1), generator=generator)
    left = torch.randint(width - size + 1, (count, 1), generator=generator)
    down, right = torch.arange(height) - top, torch.arange(width) - left
    covered = ((down >= 0) & (down < size))[:, None, :, None]
    return x.masked_fill(covered & ((right >= 0) & (right < size))[:, None, None, :], value)


def random_rotation(x, most, generator=None):
    """Turn each picture about its centre by up to `most` degrees; its mirror image fills the gaps.

    Args:
        x: pictures (N, C, H, W), float.
        most: degrees, at least 0.

    Raises:
        TypeError: the pictures hold whole numbers, which can't be interpolated.
    """
    if not x.is_floating_point():
        raise TypeError(f"random_rotation: x must hold floats, but is {x.dtype}")
    angle = (2 * torch.rand(len(x), generator=generator) - 1) * math.radians(most)
    cos, sin, zero = angle.cos(), angle.sin(), torch.zeros(len(x))
    aspect = x.shape[3] / x.shape[2]  # pictures needn't be square
    turn = torch.stack([cos, -sin / aspect, zero, sin * aspect, cos, zero], dim=1)
    grid = F.affine_grid(turn.reshape(-1, 2, 3).to(x.dtype), x.shape, align_corners=False)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def quarter_turns(x, generator=None):
    """Mirror a whole batch with probability 1/2 and turn it by 0 to 3 quarter turns.

    Args:
        x: pictures (N, C, H, H).
    """
    x = x.flip(3) if torch.rand((), generator=generator) < 0.5 else x
    return torch.rot90(x, int(torch.randint(4, (), generator=generator)), dims=(2, 3))


def _mirrored(places, size):
    """Reflect places beyond either end back inside."""
    places = places.abs()
    return torch.where(places < size, places, 2 * (size - 1) - places)
