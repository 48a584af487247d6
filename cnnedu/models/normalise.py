"""Turn pixels into a network's input."""

import torch
from torch import nn


def normalise(x, mean, std):
    """Scale each colour channel to mean 0 and standard deviation 1.

    Equation
        out[n, c, i, j] = (x[n, c, i, j] / 255 − mean[c]) / std[c]

    Args:
        x: pictures, tensor (N, C, H, W), uint8, 0 to 255.
        mean, std: one number per channel, on a scale from 0 to 1.

    Returns:
        float32 tensor (N, C, H, W), without a unit.

    Raises:
        TypeError: `x` isn't a uint8 tensor (perhaps it was already divided by 255).
        ValueError: `x` isn't (N, C, H, W) with as many channels as `mean` has numbers.

    >>> normalise(torch.tensor([[[[0, 255]]]], dtype=torch.uint8), mean=[0.5], std=[0.25])
    tensor([[[[-2.,  2.]]]])
    """
    if not isinstance(x, torch.Tensor) or x.dtype != torch.uint8:
        kind = getattr(x, "dtype", type(x).__name__)
        raise TypeError(f"normalise: x must be a uint8 tensor with values 0 to 255, but is {kind}")
    if x.ndim != 4 or x.shape[1] != len(mean):
        raise ValueError(
            f"normalise: x must be (N, {len(mean)}, H, W), but has shape {tuple(x.shape)}"
        )
    mean = torch.tensor(mean, device=x.device).view(1, -1, 1, 1)
    std = torch.tensor(std, device=x.device).view(1, -1, 1, 1)
    return (x / 255 - mean) / std


class Normalise(nn.Module):
    """Do what `normalise` does for pictures from 0 to 1, so that a gradient reaches them.

    Args:
        mean, std: one number per channel, on a scale from 0 to 1.
    """

    def __init__(self, mean, std):
        super().__init__()
        self.mean, self.std = (torch.tensor(numbers).view(-1, 1, 1) for numbers in (mean, std))

    def forward(self, x):
        """Return normalised pictures (N, C, H, W)."""
        return (x - self.mean) / self.std
