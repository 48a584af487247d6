"""A two-stage detector in the manner of Faster R-CNN: propose boxes, then look at each again."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from cnnedu.kernels.boxes import non_maximum_suppression
from cnnedu.models.blocks import conv_norm_relu
from cnnedu.models.detectors import CELL

SIZES = 10.0, 16.0, 24.0  # of the anchors, in pixels
STRIDE = 4  # pixels per cell of the maps that the second stage looks at
POOLED = 4  # rows and columns taken from each box
HIDDEN = 48  # units of the second stage
MAX_PROPOSALS = 12  # per picture


class TwoStage(nn.Module):
    """Stage one scores and moves anchors; stage two pools features from each and names it.

    Args:
        classes: number of classes K.
        channels: number of maps after each of the three groups of convolutions.

    Shapes
        x (N, 3, H, W) → features (N, channels[2], H/4, W/4); for each of A = 3 · H/8 · W/8 anchors
        stage one gives a logit (N, A) and four offsets (N, A, 4); for each of R boxes stage two
        gives logits (R, K + 1), the last one for "nothing", and offsets (R, 4).

    Source
        Ren, He, Girshick, Sun, "Faster R-CNN: towards real-time object detection with region
        proposal networks" (2015).
    """

    def __init__(self, classes, channels=(16, 32, 64)):
        super().__init__()
        first, second, third = channels
        self.features = nn.Sequential(
            *(conv_norm_relu(3, first), nn.MaxPool2d(2)),
            *(conv_norm_relu(first, second), conv_norm_relu(second, second), nn.MaxPool2d(2)),
            *(conv_norm_relu(second, third), conv_norm_relu(third, third)),
        )
        self.look = conv_norm_relu(third, second, stride=2)
        self.score = nn.Conv2d(second, len(SIZES), 1)
        self.shift = nn.Conv2d(second, 4 * len(SIZES), 1)
        self.again = nn.Sequential(nn.Linear(third * POOLED**2, HIDDEN), nn.ReLU())
        self.name = nn.Linear(HIDDEN, classes + 1)
        self.adjust = nn.Linear(HIDDEN, 4)

    def propose(self, features):
        """Return stage one's logits (N, A) and offsets (N, A, 4), in the order of `anchors`."""
        seen = self.look(features)
        offsets = self.shift(seen).unflatten(1, (len(SIZES), 4)).permute(0, 3, 4, 1, 2)
        return self.score(seen).permute(0, 2, 3, 1).flatten(1), offsets.flatten(1, 3)

    def inspect(self, features, boxes, picture):
        """Return stage two's logits (R, K + 1) and offsets (R, 4) for R boxes.

        Args:
            features: (N, C, H/4, W/4).
            boxes: (R, 4), in pixels.
            picture: int64 (R,), the picture that each box belongs to.
        """
        seen = self.again(roi_align(features, boxes, picture).flatten(1))
        return self.name(seen), self.adjust(seen)

    def candidates(self, x):
        """Return (boxes, scores, classes): (N, M, 4), (N, M), (N, M) for M = `MAX_PROPOSALS`.

        A picture with fewer proposals is filled up with boxes of score 0.
        """
        features = self.features(x)
        boxes, picture = proposals(*self.propose(features), x.shape[2:])
        logits, offsets = self.inspect(features, boxes, picture)
        sure, y = logits.softmax(dim=1)[:, :-1].max(dim=1)
        boxes = apply_offsets(boxes, offsets)
        number = torch.cat([torch.arange(int(n)) for n in torch.bincount(picture)])
        filled = []
        for values in (boxes, sure, y):
            table = torch.zeros(len(x), MAX_PROPOSALS, *values.shape[1:], dtype=values.dtype)
            table[picture, number] = values
            filled.append(table)
        return filled


def anchors(size):
    """Return square boxes of three sizes around the centre of each 8×8 cell.

    Args:
        size: (H, W) of the picture in pixels.

    Returns:
        float tensor (3 · H/8 · W/8, 4): left, top, right, bottom; cell by cell, row by row.

    >>> anchors((8, 8))
    tensor([[-1., -1.,  9.,  9.],
            [-4., -4., 12., 12.],
            [-8., -8., 16., 16.]])
    """
    cy, cx = (CELL * (torch.arange(length // CELL) + 0.5) for length in size)
    centre = torch.cartesian_prod(cy, cx).flip(1).repeat_interleave(len(SIZES), dim=0)
    half = torch.tensor(SIZES).repeat(len(cy) * len(cx))[:, None] / 2
    return torch.cat([centre - half, centre + half], dim=1)


def offsets_to(boxes, truth):
    """Return the offsets that move `boxes` onto `truth`, in units of each box's own size.

    Equation, with centre (cx, cy), width w and height h
        ((cx* − cx) / w, (cy* − cy) / h, ln(w* / w), ln(h* / h))

    Args:
        boxes, truth: float tensors (R, 4): left, top, right, bottom.

    Returns:
        float tensor (R, 4).

    >>> offsets_to(torch.tensor([[0.0, 0, 10, 10]]), torch.tensor([[5.0, 0, 15, 10]]))
    tensor([[0.5000, 0.0000, 0.0000, 0.0000]])
    """
    size, wanted = boxes[:, 2:] - boxes[:, :2], truth[:, 2:] - truth[:, :2]
    way = (truth[:, :2] + truth[:, 2:] - boxes[:, :2] - boxes[:, 2:]) / 2
    return torch.cat([way / size, (wanted / size).log()], dim=1)


def apply_offsets(boxes, offsets):
    """Move and resize boxes by offsets: the inverse of `offsets_to`.

    >>> apply_offsets(torch.tensor([[0.0, 0, 10, 10]]), torch.tensor([[0.5, 0, 0, 0]]))
    tensor([[ 5.,  0., 15., 10.]])
    """
    size = boxes[:, 2:] - boxes[:, :2]
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2 + offsets[:, :2] * size
    half = size / 2 * offsets[:, 2:].clamp(max=math.log(4)).exp()
    return torch.cat([centre - half, centre + half], dim=1)


@torch.no_grad()
def proposals(logits, offsets, size, most=MAX_PROPOSALS, threshold=0.5):
    """Move the anchors, suppress duplicates, keep the best of each picture.

    Args:
        logits, offsets: from `TwoStage.propose`.
        size: (H, W) of the picture in pixels; boxes are cut off at its border.
        most: how many to keep for each picture.
        threshold: for `non_maximum_suppression`.

    Returns:
        (boxes, picture): float (R, 4) and int64 (R,), picture by picture.
    """
    found, picture, start = [], [], anchors(size)
    limit = torch.tensor([size[1], size[0], size[1], size[0]])
    for number, (score, offset) in enumerate(zip(logits, offsets, strict=True)):
        best = score.topk(min(4 * most, len(score))).indices
        boxes = torch.minimum(apply_offsets(start[best], offset[best]).clamp(min=0), limit)
        kept = non_maximum_suppression(boxes.numpy(), score[best].numpy(), threshold)[:most]
        found.append(boxes[torch.from_numpy(kept)])
        picture.append(torch.full((len(kept),), number))
    return torch.cat(found), torch.cat(picture)


def roi_align(features, boxes, picture, pooled=POOLED, stride=STRIDE):
    """Take a table of the same size from each box, however large the box is.

    The box is cut into pooled × pooled equal parts. The value of a part is the map's value at its
    centre, interpolated between the four cells around it (bilinear). The centre of cell (i, j) is
    at ((i + ½) · stride, (j + ½) · stride) pixels; beyond the border, the border cells' values
    continue.

    Args:
        features: float tensor (N, C, H, W).
        boxes: (R, 4), in pixels of the picture.
        picture: int64 (R,), the picture that each box belongs to.
        pooled: rows and columns of the result.
        stride: pixels per cell.

    Returns:
        float tensor (R, C, pooled, pooled).

    Source
        He, Gkioxari, Dollár, Girshick, "Mask R-CNN" (2017), here with one point per part. Faster
        R-CNN itself took the largest value in each part, with borders rounded to whole cells.

    >>> features = torch.arange(16.0).view(1, 1, 4, 4)
    >>> roi_align(features, torch.tensor([[0.0, 0, 4, 4]]), torch.tensor([0]), 2, 1).squeeze()
    tensor([[ 2.5000,  4.5000],
            [10.5000, 12.5000]])
    """
    part = (torch.arange(pooled) + 0.5) / pooled
    left, top, right, bottom = (boxes / stride).unbind(1)
    x = left[:, None] + part * (right - left)[:, None]
    y = top[:, None] + part * (bottom - top)[:, None]
    height, width = features.shape[2:]
    grid = torch.stack(
        [
            (2 * x / width - 1)[:, None, :].expand(-1, pooled, -1),
            (2 * y / height - 1)[:, :, None].expand(-1, -1, pooled),
        ],
        dim=3,
    )
    return F.grid_sample(features[picture], grid, padding_mode="border", align_corners=False)
