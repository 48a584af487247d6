"""The tools that test maps (covering, edges, ranks), and HiResCAM."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnedu.data import edge_kernel, smiley
from cnnedu.data.edges import make_edges
from cnnedu.explain.faithfulness import (
    cover_hottest,
    deletion_curve,
    edge_strength,
    rank_correlation,
)
from cnnedu.explain.hi_res_cam import hi_res_cam
from cnnedu.kernels import correlate2d
from cnnedu.models.pretrained import load_pretrained


def test_as_many_pixels_are_covered_as_asked_in_every_channel():
    x, heat = torch.ones(3, 6, 10), torch.rand(6, 10, generator=torch.Generator().manual_seed(0))
    out = cover_hottest(x, heat, 0.25)
    covered = out[0] == 0
    assert covered.sum() == 15
    assert heat[covered].min() > heat[~covered].max()
    assert (out == out[:1]).all()
    assert (x == 1).all()


def test_a_small_map_is_stretched():
    out = cover_hottest(torch.ones(1, 8, 8), torch.tensor([[0.0, 1.0], [0.0, 0.0]]), 0.1)
    assert (out[0, :, :4] == 1).all()


def test_the_curve_falls_at_once_where_the_map_is_right():
    network = nn.Sequential(nn.Flatten(), nn.Linear(4, 2, bias=False))
    with torch.no_grad():
        network[1].weight.copy_(torch.tensor([[0.0, 0, 9, 0], [0, 0, 0, 0]]))
    x = torch.ones(1, 2, 2)
    right, wrong = torch.tensor([[0.0, 1], [9, 2]]), torch.tensor([[9.0, 2], [0, 1]])
    assert deletion_curve(network, x, 0, right, [0, 0.25])[1] == 0.5
    assert deletion_curve(network, x, 0, wrong, [0, 0.75])[1] > 0.99


def test_edge_strength_is_the_length_of_two_detectors_answers():
    face, w = smiley(), edge_kernel()
    expected = np.hypot(correlate2d(face, w), correlate2d(face, w.T))
    found = edge_strength(torch.from_numpy(face)[None])
    np.testing.assert_allclose(found[1:-1, 1:-1], expected, rtol=1e-6)


def test_ranks_ignore_scale():
    one = torch.arange(20.0)
    assert rank_correlation(one, one.exp()) == pytest.approx(1)
    assert rank_correlation(one, -one) == pytest.approx(-1)
    assert rank_correlation(one, torch.ones(20)) == 0


def test_the_map_of_the_last_layer_adds_up_to_the_logit():
    network = load_pretrained("fast").network
    x = torch.randn(3, 32, 32, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        logits = network(x[None])[0]
    for target in (0, 7):
        total = hi_res_cam(network, x, target, "block3.gelu2").sum()
        torch.testing.assert_close(total, logits[target], rtol=1e-4, atol=1e-4)
    with pytest.raises(ValueError, match="choose a layer before the flattening"):
        hi_res_cam(network, x, 0, "dense")


def test_an_edge_runs_where_its_angle_says():
    x, angle = make_edges(50, seed=3)
    differ = 0
    for picture, direction in zip(x.astype(float), angle, strict=True):
        down, right = np.gradient(picture, axis=(1, 2))
        squares = np.array([[(right**2).sum(), (right * down).sum()], [0, (down**2).sum()]])
        normal = np.linalg.eigh(squares, UPLO="U")[1][:, -1]  # the direction of most change
        differ += abs(normal @ [np.cos(direction), np.sin(direction)]) < 0.95
    assert differ <= 5  # noise hides a few
    assert (make_edges(3, seed=1)[0] == make_edges(3, seed=1)[0]).all()
