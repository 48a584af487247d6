"""Lesson 17: coins on a photograph, found by networks that learnt from half of it.

The upper twelve coins teach and the lower twelve test; then the other way round.
"""

import numpy as np
import torch
import torch.nn.functional as F

from cnnedu.data.coins import cleaned, coins, half_size
from cnnedu.data.shapes import box_of
from cnnedu.experiments.store import Experiment, Part, by_two_names
from cnnedu.kernels.boxes import box_iou
from cnnedu.kernels.overlap import mask_overlap
from cnnedu.models.detectors import OneStage
from cnnedu.models.pretrained import load_network
from cnnedu.models.unet import UNet
from cnnedu.tasks.detection import find, one_stage_loss
from cnnedu.tasks.scenes import SceneBatch, learn, pixels
from cnnedu.tasks.segmentation import segment
from cnnedu.training.fitting import seeded

HALVES = slice(0, 76), slice(76, 152)  # rows of the photograph at half size: twelve coins each
SIDE, CROPS, EPOCHS, BATCH, RATE = 48, 320, 8, 16, 1e-2
SPECK = 75  # pixels: a smaller region of an answer is dropped
AROUND = 3  # pixels around a coin's box in which its mask is judged


def learnt(seed):
    """Return {network: figures}, each coin judged by a network that learnt from the other half."""
    mask, boxes = by_halves(_unet, seed)
    _, found = by_halves(_detector, seed)
    return {"U-Net": of_mask(mask) | of_boxes(boxes), "one-stage detector": of_boxes(found)}


def controls():
    """Return the same for the other half's best threshold, and for networks of generated scenes."""
    answers = {"threshold": by_halves(_threshold), "U-Net of the scenes": by_halves(_scenes_unet)}
    _, found = by_halves(_scenes_detector)
    return {name: of_mask(mask) | of_boxes(boxes) for name, (mask, boxes) in answers.items()} | {
        "one-stage detector of the scenes": of_boxes(found)
    }


def answers():
    """Return arrays to draw: masks and boxes, of seed 0."""
    (unet, round_unet), (threshold, round_threshold) = by_halves(_unet, 0), by_halves(_threshold)
    return {
        "U-Net": unet,
        "threshold": threshold,
        "boxes of the U-Net": round_unet,
        "boxes of the threshold": round_threshold,
        "boxes of the detector": by_halves(_detector, 0)[1],
    }


def crops(picture, numbers, seed):
    """Return random squares of a photograph, each made lighter or darker, as a `SceneBatch`.

    A coin counts as an object of a square if its centre lies in it; its box ends where the square
    ends.

    Args:
        picture: uint8 (H, W).
        numbers: int (H, W), from `cnnedu.data.coins`.
        seed: whole number.
    """
    rng, count = np.random.default_rng(seed), len(np.unique(numbers)) - 1
    x = np.zeros((CROPS, 3, SIDE, SIDE), np.uint8)
    masks, boxes = np.zeros((CROPS, SIDE, SIDE), np.int64), torch.zeros(CROPS, count, 4)
    y = torch.full((CROPS, count), -1)
    whole = boxes_of(numbers)
    centres = (whole[:, :2] + whole[:, 2:]) / 2  # across, down
    for n in range(CROPS):
        top, left = (rng.integers(side - SIDE + 1) for side in picture.shape)
        part = slice(top, top + SIDE), slice(left, left + SIDE)
        light = rng.uniform(0.7, 1.3) * picture[part] + rng.uniform(-20, 20)
        x[n] = light.round().clip(0, 255)
        masks[n] = numbers[part] > 0
        within = ((centres >= [left, top]) & (centres < [left + SIDE, top + SIDE])).all(axis=1)
        for place, coin in enumerate(np.unique(numbers)[1:][within]):
            boxes[n, place] = torch.tensor(box_of(numbers[part] == coin)).float()
            y[n, place] = 0
    return SceneBatch(pixels(x), torch.from_numpy(masks), boxes, y)


def of_mask(mask):
    """Return {"mask IoU": for each coin the IoU of a mask (152, 192) in and around its box}."""
    _, numbers = half_size(*coins())
    found = []
    for coin, (left, top, right, bottom) in enumerate(boxes_of(numbers), 1):
        rows = slice(max(0, top - AROUND), bottom + AROUND)
        columns = slice(max(0, left - AROUND), right + AROUND)
        iou, _ = mask_overlap(numbers[rows, columns] == coin, mask[rows, columns])
        found.append(round(iou, 4))
    return {"mask IoU": found}


def of_boxes(boxes):
    """Return {"box IoU": of each coin with its best box, "false boxes": count}.

    A box is false if its IoU with every coin is below 0.5.
    """
    shared = box_iou(boxes_of(half_size(*coins())[1]), boxes)
    return {
        "box IoU": shared.max(axis=1, initial=0).round(4).tolist(),
        "false boxes": int((shared.max(axis=0, initial=0) < 0.5).sum()),
    }


def boxes_of(numbers):
    """Return the box of each number but 0, in their order, int64 (n, 4)."""
    found = [box_of(numbers == n) for n in np.unique(numbers) if n]
    return np.array(found, np.int64).reshape(-1, 4)


def by_halves(method, *seed):
    """Return mask and boxes of the whole photograph, each half by what the other has taught.

    Args:
        method: function of (picture, numbers, *seed) that returns a function of another picture;
            that one returns a mask and boxes.
        seed: at most one whole number.
    """
    picture, numbers = half_size(*coins())
    mask, boxes = np.zeros(picture.shape, bool), []
    for known, other in (HALVES, HALVES[::-1]):
        answer = method(picture[known], numbers[known], *seed)
        mask[other], found = answer(picture[other])
        boxes.append(np.add(found, [0, other.start, 0, other.start]))
    return mask, np.vstack(boxes)


def _unet(picture, numbers, seed):
    with seeded(seed):
        network = UNet(2)
        learn(network, _pixel_loss, crops(picture, numbers, seed), EPOCHS, RATE, BATCH)
    return lambda other: _with_boxes(segment(network, _three(other))[0] == 1)


def _detector(picture, numbers, seed):
    with seeded(seed):
        network = OneStage(1)
        learn(network, one_stage_loss, crops(picture, numbers, seed), EPOCHS, RATE, BATCH)
    return _detections(network)


def _threshold(picture, numbers):
    tried = {t: mask_overlap(numbers > 0, _with_boxes(picture > t)[0])[0] for t in range(20, 200)}
    best = max(tried, key=tried.get)
    return lambda other: _with_boxes(other > best)


def _scenes_unet(_picture, _numbers):
    """Return the U-Net of the scenes in a function; every shape counts as a coin."""
    network, _ = load_network("unet")
    return lambda other: _with_boxes(segment(network, _three(other))[0] > 0)


def _scenes_detector(_picture, _numbers):
    return _detections(load_network("one_stage")[0])


def _detections(network):
    """Return a function of a picture: no mask, and the boxes that a detector is surest of."""
    return lambda other: (False, find(network, _three(other), least=0.5)[0].boxes)


def _pixel_loss(network, batch):
    return F.cross_entropy(network(batch.x), batch.masks)


def _with_boxes(mask):
    """Return a mask without holes and specks, and the box of each of its regions."""
    numbers = cleaned(mask, SPECK)
    return numbers > 0, boxes_of(numbers)


def _three(picture):
    """Return a grey picture as a batch of one in colour, uint8 (1, 3, H, W)."""
    return np.repeat(picture[None, None], 3, axis=1)


figures = Experiment(
    "l17_coins",
    "coins on a photograph: a U-Net and a detector taught by one half, tested on the other",
    {
        "learnt": Part(
            learnt, minutes=6, seeds=(0, 1, 2), arrange=by_two_names, needs_cifar10=False
        ),
        "controls": Part(controls, minutes=1, needs_cifar10=False),
        "answers": Part(answers, minutes=2, needs_cifar10=False),
    },
)
