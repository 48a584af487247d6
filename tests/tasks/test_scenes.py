"""Scenes: boxes and masks turn with the picture, and the loop learns from all of them."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnedu.data.shapes import box_of
from cnnedu.tasks.scenes import learn, prepared, turned


def test_boxes_and_masks_turn_with_the_picture(scenes):
    batch = prepared(scenes)
    for ways in np.ndindex(2, 2, 2):
        out = turned(batch, *map(bool, ways), colours=[2, 0, 1])
        for n, labels in enumerate(scenes.y):
            for k, label in enumerate(labels):
                left, top, right, bottom = out.boxes[n, k].long().tolist()
                inside = out.masks[n, top:bottom, left:right] == 1 + label
                assert box_of(inside.numpy()) == (0, 0, right - left, bottom - top)
            assert (out.boxes[n, len(labels) :] == 0).all()
    straight = turned(batch, False, False, False, [2, 0, 1])
    assert torch.equal(straight.x[:, 0], batch.x[:, 2])
    assert torch.equal(straight.boxes, batch.boxes)


def test_the_loop_shows_every_scene_once_an_epoch_and_returns_each_mean_loss(scenes):
    data, network, shown = prepared(scenes), nn.Conv2d(3, 1, 1), []
    nn.init.ones_(network.bias)

    def loss_of(network, batch):
        assert network.training
        loss = network.bias.square().sum()  # falls at every step, whatever the scenes
        shown.append((len(batch.x), loss.item()))
        return loss

    losses = learn(network, loss_of, data, 3, batch=4)
    assert [scenes for scenes, _ in shown] == [4, 2] * 3 and not network.training
    means = [
        (4 * first + 2 * second) / 6
        for (_, first), (_, second) in zip(shown[::2], shown[1::2], strict=True)
    ]
    assert losses == pytest.approx(means) and losses[0] > losses[1] > losses[2]


def test_a_constant_loss_is_its_own_mean(scenes):
    network = nn.Linear(1, 1)
    losses = learn(network, lambda net, _: 0 * net.weight.sum() + 7, prepared(scenes), 1, batch=4)
    assert losses == [pytest.approx(7)]
