"""U-Net, detectors and embedding: shapes, inverses, and what pooling a box reads."""

import numpy as np
import pytest
import torch

from cnnedu.kernels.boxes import box_iou
from cnnedu.models.detectors import OneStage, decode, detect, encode
from cnnedu.models.embedding import Embedding
from cnnedu.models.two_stage import (
    TwoStage,
    anchors,
    apply_offsets,
    offsets_to,
    proposals,
    roi_align,
)
from cnnedu.models.unet import UNet


def test_a_unet_keeps_height_and_width():
    x = torch.randn(2, 3, 16, 24)
    for skips in (True, False):
        network = UNet(5, channels=(4, 6, 8), skips=skips)
        assert network(x).shape == (2, 5, 16, 24)
    with pytest.raises(ValueError, match=r"multiples of 4, but x is \(1, 3, 18, 24\)"):
        network(torch.zeros(1, 3, 18, 24))


def test_the_skip_carries_what_pooling_loses():
    """With the path through the bottom cut, a single pixel reaches the output only by the skip."""
    for skips in (True, False):
        torch.manual_seed(0)
        network = UNet(2, channels=(4, 6), skips=skips).eval()
        torch.nn.init.zeros_(network.enlarge[0].weight)
        x = torch.zeros(1, 3, 8, 8)
        blank = network(x)
        x[0, :, 3, 4] = 1
        assert torch.equal(network(x), blank) == (not skips)


def test_targets_come_back_as_boxes():
    boxes = torch.tensor([[[3.0, 5, 19, 17], [30, 40, 50, 64]], [[8.0, 8, 24, 24], [0, 0, 0, 0]]])
    y = torch.tensor([[2, 0], [1, -1]])
    target = encode(boxes, y, (8, 8))
    assert target[:, 0].sum(dim=(1, 2)).tolist() == [2, 1]
    assert target[0, 0, 1, 1] == target[0, 0, 6, 5] == target[1, 0, 2, 2] == 1
    named = torch.nn.functional.one_hot(target[:, 5].long(), 3).movedim(3, 1)
    place = target[:, 1:3].clamp(1e-6, 1 - 1e-6).logit()
    answer = torch.cat([20 * target[:, :1] - 10, place, target[:, 3:5], 30.0 * named], dim=1)
    found, scores, classes = decode(answer)
    for n in range(2):
        there = scores[n] > 0.5
        order = found[n][there][:, 0].argsort()
        expected = boxes[n][y[n] >= 0]
        assert torch.allclose(found[n][there][order], expected, atol=1e-3)
        assert classes[n][there][order].tolist() == y[n][y[n] >= 0].tolist()


def test_detections_are_likely_and_not_duplicated():
    torch.manual_seed(0)
    x = torch.randn(2, 3, 32, 32)
    for network in (OneStage(4).eval(), TwoStage(4).eval()):
        found = detect(network, x, least=0.01, threshold=0.3)
        assert len(found) == 2
        for one in found:
            assert one.boxes.shape == (len(one.scores), 4) and one.y.shape == one.scores.shape
            assert (np.diff(one.scores) <= 0).all() and one.scores.min() >= 0.01
            shared = box_iou(one.boxes, one.boxes)
            assert (shared[~np.eye(len(shared), dtype=bool)] <= 0.3).all()
        assert all(len(one.boxes) == 0 for one in detect(network, x, least=1.1))


def test_anchors_cover_the_picture_and_offsets_lead_back():
    start = anchors((16, 24))
    assert start.shape == (18, 4)
    centres = ((start[:, :2] + start[:, 2:]) / 2)[::3]
    assert centres.tolist() == [[4, 4], [12, 4], [20, 4], [4, 12], [12, 12], [20, 12]]
    truth = torch.tensor([3.0, 2, 12, 20]).expand(18, 4)
    assert torch.allclose(apply_offsets(start, offsets_to(start, truth)), truth, atol=1e-4)


def test_the_network_answers_in_the_order_of_the_anchors():
    network = TwoStage(4).eval()
    with torch.no_grad():
        network.score.weight.zero_(), network.shift.weight.zero_()
        network.score.bias.copy_(torch.tensor([1.0, 2, 3]))
        network.shift.bias.copy_(torch.arange(12.0))
        logits, offsets = network.propose(network.features(torch.zeros(1, 3, 16, 16)))
    assert logits[0].tolist() == [1.0, 2, 3] * 4
    assert offsets[0, :3].tolist() == torch.arange(12.0).view(3, 4).tolist()


def test_proposals_are_the_best_anchors_cut_to_the_picture():
    logits = torch.full((1, 12), -9.0)
    logits[0, 5], logits[0, 0] = 3.0, 2.0
    boxes, picture = proposals(logits, torch.zeros(1, 12, 4), (16, 16), most=2)
    assert boxes.tolist() == [[0.0, 0, 16, 16], [0, 0, 9, 9]]
    assert picture.tolist() == [0, 0]


def test_pooling_a_box_reads_the_map_between_its_cells():
    """A map that rises evenly is read exactly, wherever the box lies."""
    rows, columns = torch.meshgrid(torch.arange(6.0), torch.arange(5.0), indexing="ij")
    features = torch.stack([rows, columns])[None].repeat(2, 1, 1, 1) * 4 + 2  # centres, in pixels
    features[1] += 100
    boxes = torch.tensor([[4.0, 5, 15, 19], [3.0, 3, 11, 9]])
    out = roi_align(features, boxes, torch.tensor([0, 1]), pooled=2)
    assert torch.allclose(out[0, 0], torch.tensor([[8.5, 8.5], [15.5, 15.5]]))
    assert torch.allclose(out[0, 1], torch.tensor([[6.75, 12.25], [6.75, 12.25]]))
    assert torch.allclose(out[1, 0], torch.tensor([[104.5, 104.5], [107.5, 107.5]]))


def test_points_lie_on_the_sphere():
    points = Embedding(features=7)(torch.randn(3, 1, 21, 21))
    assert points.shape == (3, 7)
    assert torch.allclose(points.norm(dim=1), torch.ones(3))
