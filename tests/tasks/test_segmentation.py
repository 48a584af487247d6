"""Segmentation: the weight of the background, the likeliest class, and borders."""

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from cnnedu.tasks.scenes import prepared
from cnnedu.tasks.segmentation import BACKGROUND, at_border, segment, segmentation_loss


def test_a_background_pixel_counts_less(scenes):
    batch = prepared(scenes)
    logits = torch.randn(6, 11, 64, 64, generator=torch.Generator().manual_seed(0))
    each = cross_entropy(logits, batch.masks, reduction="none")
    weight = torch.where(batch.masks == 0, BACKGROUND, 1.0)
    expected = (weight * each).sum() / weight.sum()
    assert segmentation_loss(lambda x: logits, batch).item() == pytest.approx(expected.item())


def test_each_pixel_gets_its_likeliest_class():
    x = np.random.default_rng(0).integers(0, 256, (52, 3, 4, 4), np.uint8)
    assert np.array_equal(segment(lambda pictures: pictures, x), x.argmax(axis=1))


def test_a_lone_pixel_and_its_four_neighbours_are_at_a_border():
    masks = np.zeros((1, 5, 5), int)
    masks[0, 2, 2] = 4
    rows, columns = np.nonzero(at_border(masks)[0])
    found = set(zip(rows.tolist(), columns.tolist(), strict=True))
    assert found == {(2, 2), (1, 2), (3, 2), (2, 1), (2, 3)}
