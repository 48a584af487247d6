"""Boxes, masks and the U of a U-Net are drawn where they belong."""

import numpy as np
import pytest
import torch
from matplotlib.colors import to_rgba

from cnnedu.models.unet import UNet
from cnnedu.plots.ranking import show_precision_recall, show_roc, show_views
from cnnedu.plots.scenes import (
    INKS,
    SAID,
    TRUE,
    show_boxes,
    show_candidates,
    show_masks,
    show_outlines,
)
from cnnedu.plots.unet import show_unet


def frames(ax, colour):
    """Return (left, top, right, bottom) of the frames of one colour."""
    patches = [p for p in ax.patches if p.get_edgecolor() == to_rgba(colour)]
    boxes = [(*p.get_xy(), p.get_width(), p.get_height()) for p in patches]
    return [(x, y, x + width, y + height) for x, y, width, height in boxes]


def test_boxes_are_framed_and_named():
    pictures = np.zeros((2, 3, 16, 16), np.uint8)
    boxes = [np.array([[2, 3, 6, 8]]), np.zeros((0, 4))]
    figure = show_boxes(pictures, boxes, [["star"], []], ["one", "none"], [[[1, 1, 5, 5]], []])
    left, right = figure.axes
    assert frames(left, SAID) == [(2, 3, 6, 8)] and frames(left, TRUE) == [(1, 1, 5, 5)]
    assert not right.patches and right.get_title() == "none"
    assert [text.get_text() for text in left.texts] == ["star"]
    stages = show_candidates(pictures[0], {"before": boxes[0], "after": boxes[1]})
    assert [len(frames(ax, SAID)) for ax in stages.axes] == [1, 0]


def test_only_classes_in_sight_are_in_the_legend():
    masks = np.zeros((2, 4, 4), int)
    masks[0, 1] = 3
    figure = show_masks(np.zeros((2, 3, 4, 4), np.uint8), masks, {"net": masks * 0 + 1})
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["ground", "disk", "crescent"]
    assert len(figure.axes) == 6 and len(INKS) == 11


def test_an_outline_runs_around_its_mask():
    mask = np.zeros((8, 12), bool)
    mask[2:5, 0:4] = True
    answers = {"mask": (mask, [[0, 2, 4, 5]]), "boxes": (None, [])}
    left, right = show_outlines(np.zeros((8, 12), np.uint8), answers).axes
    corners = left.collections[0].get_paths()[0].vertices
    assert np.allclose(corners.min(axis=0), (0, 2)) and np.allclose(corners.max(axis=0), (4, 5))
    assert frames(left, SAID) == [(0, 2, 4, 5)] and left.get_xlim() == (0, 12)
    assert not right.collections and not right.patches


@pytest.mark.parametrize("channels", [(4, 8), (4, 6, 8)])
def test_the_u_has_a_skip_for_each_level_but_the_last(channels):
    figure = show_unet(UNet(5, channels), torch.zeros(1, 3, 32, 16))
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts.count("skip: append") == len(channels) - 1
    assert f"{channels[-1]}×{32 >> len(channels) - 1}×{16 >> len(channels) - 1}" in texts
    assert "5×32×16" in texts


def test_curves():
    figure = show_precision_recall(np.array([1, 0.5, 2 / 3]), np.array([0.5, 0.5, 1]))
    steps = figure.axes[0].lines[0].get_ydata()
    assert steps.tolist() == [1, 1, 2 / 3, 2 / 3]
    roc = show_roc({"a": ([0, 1], [0, 1])}).axes[0]
    assert roc.lines[0].get_ydata().tolist() == [0, 100]
    faces = np.random.default_rng(0).random((3, 5, 5))
    assert len(show_views(faces, [faces, faces]).axes) == 9
