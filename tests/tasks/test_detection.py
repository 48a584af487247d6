"""Detection: which box stands for which, and what the losses see and teach."""

import numpy as np
import pytest
import torch
from torch.nn.functional import one_hot

from cnnedu.models.detectors import OneStage, encode
from cnnedu.models.two_stage import TwoStage
from cnnedu.tasks.detection import best_match, find, flock, one_stage_loss, two_stage_loss
from cnnedu.tasks.scenes import prepared


def test_each_true_box_has_a_box_that_stands_for_it():
    boxes = torch.tensor([[[0.0, 0, 4, 4], [8, 8, 12, 12], [20, 20, 24, 24]]])
    truth = torch.tensor([[[0.0, 0, 4, 2], [9, 9, 20, 20], [0, 0, 0, 0]]])
    best, of = best_match(boxes, truth, torch.tensor([[5, 6, -1]]))
    assert best.tolist() == [[1, 1, 0]]  # 0.5 and 0.06, but the best there are
    assert of.tolist() == [[0, 1, 0]]
    alone, _ = best_match(boxes[:, :1], truth, torch.tensor([[5, 6, -1]]))
    assert alone.tolist() == [[0.5]]


def test_the_loss_of_right_answers_is_small(scenes):
    batch = prepared(scenes)
    target = encode(batch.boxes, batch.y, (8, 8))
    place = target[:, 1:3].clamp(1e-6, 1 - 1e-6).logit()
    named = 30.0 * one_hot(target[:, 5].long(), 10).movedim(3, 1)
    answer = torch.cat([40 * target[:, :1] - 20, place, target[:, 3:5], named], dim=1)
    assert one_stage_loss(lambda x: answer, batch) < 1e-4
    worse = answer.clone()
    worse[:, 3] += 0.1  # boxes too wide
    assert one_stage_loss(lambda x: worse, batch).item() == pytest.approx(0.2, rel=1e-3)


def test_both_stages_are_trained(scenes):
    network = TwoStage(10)
    two_stage_loss(network, prepared(scenes)).backward()
    for part in ("score", "shift", "name", "adjust", "features.0.0"):
        assert network.get_submodule(part).weight.grad.abs().sum() > 0, part


@pytest.mark.parametrize(
    ("network", "loss"), [(OneStage, one_stage_loss), (TwoStage, two_stage_loss)]
)
def test_scenes_without_a_shape_have_a_loss_to_learn_from(scenes, network, loss):
    batch = prepared(scenes)
    batch = batch._replace(y=torch.full_like(batch.y, -1), boxes=torch.zeros_like(batch.boxes))
    value = loss(network(10), batch)
    assert 0 < value.item() < torch.inf


def test_each_picture_gets_what_was_found_in_it():
    class Network:
        """Finds one box in each picture, as wide as the picture is bright."""

        def candidates(self, x):
            boxes = torch.zeros(len(x), 1, 4)
            boxes[:, 0, 2] = x.mean(dim=(1, 2, 3)) + 3
            return boxes, torch.ones(len(x), 1), torch.zeros(len(x), 1, dtype=torch.int64)

    x = np.zeros((60, 3, 8, 8), np.uint8)
    x[-1] = 255
    found = find(Network(), x)
    assert [one.boxes[0, 2] for one in found] == [1] * 59 + [5]
    assert not len(find(Network(), x[:1], least=2)[0].boxes)


def test_a_flock_is_found_twice():
    boxes, found = flock(7, seed=1)
    assert np.array_equal(found.boxes[:7], boxes) and np.allclose(boxes[:, 2:] - boxes[:, :2], 12)
    assert np.allclose(found.boxes[7:, 2:] - found.boxes[7:, :2], 12)
    assert 0 < np.abs(found.boxes[7:] - boxes).max() < 4
    assert np.allclose(found.scores[7:], 0.9 * found.scores[:7]) and not found.y.any()
