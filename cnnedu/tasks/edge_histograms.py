"""Features made by hand: the strength of the edges in each direction, cell by cell."""

import math

import torch
from torch.nn.functional import avg_pool2d, conv2d, one_hot, pad

from cnnedu.data import edge_kernel

DIRECTIONS = 8


def edge_histograms(x, cell=4):
    """Average the edges of pictures in square cells, separately for each direction.

    Equations
        g = grey ⋆ edge kernel of lesson 01, h = grey ⋆ its transpose
        strength = √(g² + h²), direction = ⌊8 · angle(g, h) / 2π⌋ from 0 to 7
        each histogram is divided by the length of those in the 3×3 cells around it, plus 1

    Args:
        x: pictures, tensor (N, 3, H, W), uint8; H and W multiples of `cell`.
        cell: pixels along each side of a cell.

    Returns:
        float32 tensor (N, 8 · (H / cell) · (W / cell)).

    Source
        The idea, not the details, of Dalal, Triggs, "Histograms of oriented gradients for human
        detection", CVPR 2005.

    >>> stripe = torch.zeros(1, 3, 4, 4, dtype=torch.uint8)
    >>> stripe[:, :, :, 2:] = 255                                        # light on the right
    >>> edge_histograms(stripe).argmax().item()                          # direction 0: to the right
    0
    """
    return torch.cat([_histograms(some, cell) for some in x.split(1000)])  # to spare memory


def _histograms(x, cell):
    grey = pad(x.float().mean(dim=1, keepdim=True), (1, 1, 1, 1), mode="replicate")
    kernel = torch.tensor(edge_kernel(), dtype=torch.float32)
    edges = conv2d(grey, torch.stack([kernel, kernel.T])[:, None])
    strength, angle = edges.norm(dim=1), torch.atan2(edges[:, 1], edges[:, 0])
    direction = (DIRECTIONS * angle / (2 * math.pi)).floor().long() % DIRECTIONS
    layers = one_hot(direction, DIRECTIONS).permute(0, 3, 1, 2) * strength[:, None]
    cells = avg_pool2d(layers, cell)
    around = avg_pool2d(pad(cells.square().sum(1, keepdim=True), (1, 1, 1, 1)), 2, stride=1)
    length = avg_pool2d(around, 2, stride=1).sqrt()  # of the 3×3 cells around each, weighted
    return (cells / (length + 1)).flatten(1)
