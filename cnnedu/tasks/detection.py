"""Detection: the losses of a one-stage and a two-stage detector, and the boxes that they find."""

import numpy as np
import torch
import torch.nn.functional as F

from cnnedu.kernels.ranking import Found
from cnnedu.models.detectors import detect, encode
from cnnedu.models.two_stage import anchors, offsets_to, proposals
from cnnedu.tasks.scenes import pixels

BACKGROUND = 0.2  # weight of an anchor without a shape, since there are so many of them
NEAR, FAR = 0.5, 0.3  # an anchor holds a shape from this IoU on, and none below that one


def one_stage_loss(network, batch):
    """Return the loss of a `OneStage`, summed over cells, divided by the number of shapes.

    Equation
        Σ_cells BCE(a₀, there) + Σ_cells with a centre (CE(classes) + 2·|place| + 2·|ln size|)

    Args:
        network: `cnnedu.models.detectors.OneStage`.
        batch: `cnnedu.tasks.scenes.SceneBatch`.

    Returns:
        Scalar tensor.
    """
    answer = network(batch.x)
    target = encode(batch.boxes, batch.y, answer.shape[2:])
    there = target[:, 0] > 0
    answers, targets = (values.movedim(1, -1)[there] for values in (answer, target))
    centre = F.binary_cross_entropy_with_logits(answer[:, 0], target[:, 0], reduction="sum")
    place = (answers[:, 1:3].sigmoid() - targets[:, 1:3]).abs().sum()
    size = (answers[:, 3:5] - targets[:, 3:5]).abs().sum()
    named = F.cross_entropy(answers[:, 5:], targets[:, 5].long(), reduction="sum")
    return (centre + named + 2 * place + 2 * size) / there.sum().clamp(min=1)


def two_stage_loss(network, batch):
    """Return the loss of a `TwoStage`: that of its proposals plus that of its second stage.

    The second stage sees the true boxes as well as the proposals, so that it has something to
    name from the first step on.

    Args:
        network: `cnnedu.models.two_stage.TwoStage`.
        batch: `cnnedu.tasks.scenes.SceneBatch`.

    Returns:
        Scalar tensor.
    """
    features = network.features(batch.x)
    logits, offsets = network.propose(features)
    first = _anchor_loss(logits, offsets, batch)
    boxes, picture = proposals(logits, offsets, batch.x.shape[2:])
    true_picture, number = torch.nonzero(batch.y >= 0, as_tuple=True)
    boxes = torch.cat([boxes, batch.boxes[true_picture, number]])
    picture = torch.cat([picture, true_picture])
    best, of = best_match(boxes[:, None], batch.boxes[picture], batch.y[picture])
    best, of = best[:, 0], of[:, 0]
    near = best >= NEAR
    names, adjust = network.inspect(features, boxes, picture)
    wanted = torch.where(near, batch.y[picture, of], names.shape[1] - 1)
    shift = offsets_to(boxes[near], batch.boxes[picture, of][near])
    error = (adjust[near] - shift).abs()
    second = F.cross_entropy(names, wanted) + 2 * error.sum() / max(1, error.numel())
    return first + second


def _anchor_loss(logits, offsets, batch):
    """Return the loss of stage one, divided by the number of anchors that hold a shape."""
    start = anchors(batch.x.shape[2:])
    best, of = best_match(start.expand(len(batch.x), -1, -1), batch.boxes, batch.y)
    near, weight = best >= NEAR, torch.where(best < FAR, BACKGROUND, 0.0)
    weight[near] = 1.0
    loss = F.binary_cross_entropy_with_logits(logits, near.float(), weight, reduction="sum")
    picture, anchor = torch.nonzero(near, as_tuple=True)
    shift = offsets_to(start[anchor], batch.boxes[picture, of[near]])
    return (loss + (offsets[near] - shift).abs().sum()) / near.sum().clamp(min=1)


def best_match(boxes, truth, y):
    """Return the largest IoU of each box with a true box, and which true box that is.

    Where a box is the best match that a true box has, their IoU counts as 1, so that every true
    box has at least one box to stand for it.

    Args:
        boxes: float tensor (N, A, 4).
        truth: (N, M, 4).
        y: int64 (N, M), −1 where there is no true box.

    Returns:
        (IoU, place): float (N, A), int64 (N, A).
    """
    start = torch.maximum(boxes[:, :, None, :2], truth[:, None, :, :2])
    end = torch.minimum(boxes[:, :, None, 2:], truth[:, None, :, 2:])
    shared = (end - start).clamp(min=0).prod(dim=3)
    areas = [(b[..., 2:] - b[..., :2]).prod(dim=2) for b in (boxes, truth)]
    iou = shared / (areas[0][:, :, None] + areas[1][:, None] - shared).clamp(min=1e-6)
    if boxes.shape[1] > 1:
        top = iou.amax(dim=1, keepdim=True)
        iou = torch.where((iou == top) & (top > 0), 1.0, iou)
    return iou.masked_fill(y[:, None] < 0, 0).max(dim=2)


def find(network, x, **options):
    """Return a `Found` for each uint8 picture in x (N, 3, H, W)."""
    parts = [detect(network, part, **options) for part in pixels(x).split(50)]
    return [found for part in parts for found in part]


def flock(count=30, seed=0):
    """Return a crowd of boxes, and what a detector that finds each of them twice would return.

    Boxes of 12×12 pixels are scattered over a picture of 64×64. Each is found exactly, and again
    about a pixel off with nine tenths of the score.

    Args:
        count: number of boxes.
        seed: for places and scores.

    Returns:
        (boxes, found): float64 (count, 4); a `Found` with twice as many boxes, all of class 0.
    """
    rng = np.random.default_rng(seed)
    corners = rng.uniform(0, 52, (count, 2))
    boxes, scores = np.hstack([corners, corners + 12]), rng.uniform(0.5, 1, count)
    again = boxes + np.tile(rng.normal(0, 1, (count, 2)), 2)
    both = np.vstack([boxes, again]), np.append(scores, 0.9 * scores)
    return boxes, Found(*both, np.zeros(2 * count, int))
