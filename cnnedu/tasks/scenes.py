"""Scenes with boxes and masks as tensors, and the loop that trains networks on them."""

from typing import NamedTuple

import torch

from cnnedu.data.shapes import make_scenes
from cnnedu.models.normalise import normalise
from cnnedu.training.fitting import take_step

TRAINING_SEED = 17
MOST = 8  # shapes in a training scene; full scenes teach more in the same time
MEAN, STD = (0.5, 0.5, 0.5), (0.25, 0.25, 0.25)


class SceneBatch(NamedTuple):
    """Some scenes; if one has fewer shapes than others, its lists are padded."""

    x: torch.Tensor  # float32 (N, 3, H, H), normalised
    masks: torch.Tensor  # int64 (N, H, H): 0 for the background, 1 + class for a shape
    boxes: torch.Tensor  # float32 (N, M, 4): left, top, right, bottom in pixels; 0 as padding
    y: torch.Tensor  # int64 (N, M): class; −1 as padding


def pixels(x):
    """Return uint8 pictures (N, 3, H, W), NumPy or PyTorch, as the networks' input, about −2 to 2.

    >>> import numpy as np
    >>> pixels(np.full((1, 3, 1, 1), 255, np.uint8)).squeeze()
    tensor([2., 2., 2.])
    """
    return normalise(torch.as_tensor(x), MEAN, STD)


def prepared(scenes):
    """Turn `cnnedu.data.shapes.Scenes` into one `SceneBatch`."""
    most = max(len(labels) for labels in scenes.y)
    boxes = torch.zeros(len(scenes.y), most, 4)
    y = torch.full((len(scenes.y), most), -1)
    for number, (some, labels) in enumerate(zip(scenes.boxes, scenes.y, strict=True)):
        boxes[number, : len(labels)] = torch.from_numpy(some).float()
        y[number, : len(labels)] = torch.from_numpy(labels)
    return SceneBatch(pixels(scenes.x), torch.from_numpy(scenes.masks), boxes, y)


def training_scenes(count=3000):
    """Return the scenes to train on, as a `SceneBatch`; 3,000 take about 20 s."""
    return prepared(make_scenes(count, seed=TRAINING_SEED, most=MOST))


def turned(batch, mirror, flip, transpose, colours):
    """Mirror scenes, turn them upside down, transpose them, or reorder their colours.

    Args:
        batch: a `SceneBatch` of square pictures.
        mirror, flip, transpose: booleans, applied in this order; together they give all eight
            symmetries of a square.
        colours: the new order of the three colour channels.

    Returns:
        A `SceneBatch` whose masks and boxes have moved with the pictures.
    """
    x, masks, boxes = batch.x[:, list(colours)], batch.masks, batch.boxes
    there = (batch.y >= 0).unsqueeze(2)
    size = x.shape[-1]
    if mirror:
        x, masks = x.flip(3), masks.flip(2)
        left, top, right, bottom = boxes.unbind(2)
        boxes = torch.stack([size - right, top, size - left, bottom], dim=2)
    if flip:
        x, masks = x.flip(2), masks.flip(1)
        left, top, right, bottom = boxes.unbind(2)
        boxes = torch.stack([left, size - bottom, right, size - top], dim=2)
    if transpose:
        x, masks, boxes = x.transpose(2, 3), masks.transpose(1, 2), boxes[:, :, [1, 0, 3, 2]]
    return SceneBatch(x, masks, boxes * there, batch.y)


def learn(network, loss_of, data, epochs, learning_rate=5e-3, batch=32):
    """Train a network with Adam, one cycle of the learning rate and randomly turned scenes.

    It uses PyTorch's global random numbers: seed them first.

    Args:
        network: `torch.nn.Module`; it is changed, and left in evaluation mode.
        loss_of: function of (network, `SceneBatch`) that returns the loss, a scalar tensor.
        data: a `SceneBatch` with all scenes.
        epochs: passes over the data.
        learning_rate: the peak.
        batch: scenes per step.

    Returns:
        The mean loss of each epoch, floats.
    """
    steps = -(-len(data.x) // batch)
    optimiser = torch.optim.Adam(network.parameters(), lr=learning_rate)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, learning_rate, epochs * steps)
    losses = []
    for _ in range(epochs):
        network.train()
        total = 0.0
        for some in torch.randperm(len(data.x)).split(batch):
            chances = torch.randint(2, (3,)).bool().tolist()
            colours = torch.randperm(3).tolist()
            loss = loss_of(
                network, turned(SceneBatch(*(part[some] for part in data)), *chances, colours)
            )
            take_step(loss, optimiser, cycle)
            total += loss.item() * len(some)
        losses.append(total / len(data.x))
    network.eval()
    return losses
