"""Lesson 15 on photographs: what is done to them, and what is stored about it."""

import pytest
import torch

from cnnedu.data.photos import NAMES
from cnnedu.experiments import l15_photographs as photographs
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.distortions import FromPixels


@pytest.mark.parametrize("push", photographs.PUSHES)
def test_no_pixel_moves_further_than_epsilon(push):
    network = FromPixels(load_pretrained("fast"))
    x = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    out = photographs.pushed(network, x, torch.tensor([3, 5]), 2, push)
    assert 1.9 / 255 < (out - x).abs().max() <= 2 / 255 + 1e-6


def test_a_pixel_at_32_is_the_mean_of_its_block():
    x = torch.rand(1, 3, 224, 224)
    small = photographs.reduced(x)
    assert small.shape == (1, 3, 32, 32)
    assert small[0, 1, 2, 3].item() == pytest.approx(x[0, 1, 14:21, 21:28].mean().item(), abs=1e-6)


def test_cuts_are_five_different_squares_of_one_photograph():
    cuts = photographs.cuts("rocket", size=32)
    assert cuts.shape == (5, 3, 32, 32)
    assert len({cut.tobytes() for cut in cuts}) == 5


def test_stored_figures_have_all_their_points_and_begin_with_what_was_not_changed():
    found = photographs.figures
    for curve in found["attack"].values():
        assert len(curve) == len(photographs.EPSILONS)
        assert curve[0] == 1
    for kind, amounts in photographs.AMOUNTS.items():
        for rows in found["distortions"][kind].values():
            assert [len(row) for row in rows] == [len(amounts)] * len(NAMES)
        if amounts[0] == 0:
            assert {row[0] for row in found["distortions"][kind]["same"]} == {1}
