"""A one-stage detector in the manner of YOLO: each cell of a grid answers for one box."""

import math

import torch
from torch import nn

from cnnedu.kernels.boxes import non_maximum_suppression
from cnnedu.kernels.ranking import Found
from cnnedu.models.blocks import conv_norm_relu
from cnnedu.nn import evaluating

CELL = 8  # pixels along each side of a cell
TYPICAL_SIZE = 16.0  # pixels: the width and height that an answer of 0 stands for


class OneStage(nn.Module):
    """Say for each cell whether it holds a box's centre, where exactly, how large, and what class.

    Args:
        classes: number of classes K.
        channels: number of maps at each size, three numbers.

    Shapes
        x (N, 3, H, W) → (N, 5 + K, H/8, W/8): for each cell the logit that it holds a centre, four
        numbers for the box (see `decode`), and the logits of the classes.

    Source
        Redmon, Divvala, Girshick, Farhadi, "You only look once" (2016).

    >>> OneStage(10)(torch.zeros(2, 3, 64, 64)).shape
    torch.Size([2, 15, 8, 8])
    """

    def __init__(self, classes, channels=(16, 32, 64)):
        super().__init__()
        first, second, third = channels
        self.features = nn.Sequential(
            *(conv_norm_relu(3, first), nn.MaxPool2d(2)),
            *(conv_norm_relu(first, second), conv_norm_relu(second, second), nn.MaxPool2d(2)),
            *(conv_norm_relu(second, third), conv_norm_relu(third, third), nn.MaxPool2d(2)),
            conv_norm_relu(third, third),
        )
        self.answer = nn.Conv2d(third, 5 + classes, 1)

    def forward(self, x):
        """Return the answers of all cells."""
        return self.answer(self.features(x))

    def candidates(self, x):
        """Return the boxes, scores and classes of all cells, from `decode`."""
        return decode(self(x))


def encode(boxes, y, grid):
    """Return the right answers for all cells: the **target tensor**.

    Equation, for a box of width w and height h with its centre (cx, cy) in row i, column j
        i = ⌊cy / 8⌋, j = ⌊cx / 8⌋
        target[:, i, j] = (1, cx / 8 − j, cy / 8 − i, ln(w / 16), ln(h / 16), class)

    Args:
        boxes: float tensor (N, M, 4): left, top, right, bottom, in pixels.
        y: int64 tensor (N, M): classes, −1 where there is no box.
        grid: (rows, columns) of cells.

    Returns:
        float tensor (N, 6, rows, columns), 0 in cells without a centre. If two centres share a
        cell, the later box wins.

    >>> encode(torch.tensor([[[16.0, 6, 32, 22]]]), torch.tensor([[3]]), (8, 8))[0, :, 1, 3]
    tensor([1.0000, 0.0000, 0.7500, 0.0000, 0.0000, 3.0000])
    """
    target = torch.zeros(len(boxes), 6, *grid)
    picture, number = torch.nonzero(y >= 0, as_tuple=True)
    box = boxes[picture, number]
    place, size = (box[:, :2] + box[:, 2:]) / 2 / CELL, box[:, 2:] - box[:, :2]
    cell = place.floor()
    column, row = cell.long().unbind(1)
    numbers = [place - cell, (size / TYPICAL_SIZE).log(), y[picture, number, None]]
    target[picture, :, row, column] = torch.cat([torch.ones(len(box), 1), *numbers], dim=1)
    return target


def decode(answer):
    """Turn the answers of all cells into boxes: the inverse of `encode`.

    Equation
        cx = 8 · (j + σ(a₁)), cy = 8 · (i + σ(a₂)), w = 16 · exp(a₃), h = 16 · exp(a₄)

    Args:
        answer: float tensor (N, 5 + K, rows, columns), from `OneStage`.

    Returns:
        (boxes, scores, classes), row by row: float (N, cells, 4) in pixels; float (N, cells), the
        probability of a centre times that of the likeliest class; int64 (N, cells).

    >>> boxes, scores, _ = decode(torch.zeros(1, 6, 1, 2))
    >>> boxes[0].tolist(), scores[0].tolist()
    ([[-4.0, -4.0, 12.0, 12.0], [4.0, -4.0, 20.0, 12.0]], [0.5, 0.5])
    """
    rows, columns = answer.shape[2:]
    i, j = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    centre = CELL * (torch.stack([j, i]) + answer[:, 1:3].sigmoid())
    half = TYPICAL_SIZE / 2 * answer[:, 3:5].clamp(max=math.log(8)).exp()
    boxes = torch.cat([centre - half, centre + half], dim=1).flatten(2).transpose(1, 2)
    sure, classes = answer[:, 5:].softmax(dim=1).max(dim=1)
    return boxes, (answer[:, 0].sigmoid() * sure).flatten(1), classes.flatten(1)


@torch.no_grad()
def detect(network, x, least=0.05, threshold=0.45):
    """Find boxes: run the network, decode, drop unlikely boxes, suppress duplicates.

    Args:
        network: `OneStage` or `cnnedu.models.two_stage.TwoStage`.
        x: float tensor (N, 3, H, W), normalised.
        least: lowest score of a box to keep.
        threshold: for `non_maximum_suppression`, over all classes together.

    Returns:
        List of N `Found`, with the surest box first.
    """
    found = []
    with evaluating(network):
        candidates = network.candidates(x)
    for boxes, scores, y in zip(*candidates, strict=True):
        some = scores >= least
        boxes, scores, y = (values[some].numpy() for values in (boxes, scores, y))
        kept = non_maximum_suppression(boxes, scores, threshold)
        found.append(Found(boxes[kept], scores[kept], y[kept]))
    return found
