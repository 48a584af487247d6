"""Exercise 14: each well-known mistake is named; the references are what the course computes."""

import re

import numpy as np
import pytest
import torch
from checks.told import message
from torch import nn

from cnnedu import explain
from cnnedu.checks import Case, CheckFailed, check_value
from cnnedu.checks.exercises import e14_what_the_network_sees as seeing


@pytest.mark.parametrize("number", range(len(seeing.BY_HAND)))
def test_mistakes_on_paper_are_named(number):
    wrong, says = seeing.BY_HAND[number]
    right = seeing.numbers_by_hand()
    with pytest.raises(CheckFailed, match=re.escape(says)):
        check_value("by_hand", {"by_hand": wrong}, right, mistakes=seeing.BY_HAND)
    assert right == [1, 0, -2, 1, 1, 0]


CASES = {
    "occlusion": Case(
        "occlusion_map",
        lambda rng: [(rng.normal(size=(7, 6)), rng.normal(size=(2, 3)), 3, 2, 0.7)],
        seeing.occlusion_map,
        mistakes=seeing.OCCLUSION,
    ),
    "saliency": Case(
        "saliency",
        lambda rng: [
            (
                rng.normal(size=(3, 4, 5)),
                rng.normal(size=(12, 60)),
                5 * rng.normal(size=12),
                rng.normal(size=(4, 12)),
                2,
            )
        ],
        seeing.saliency,
        mistakes=seeing.SALIENCY,
    ),
    "Grad-CAM": Case(
        "grad_cam",
        lambda rng: [(rng.normal(size=(6, 4, 5)), rng.normal(size=(6, 4, 5)))],
        seeing.grad_cam,
        mistakes=seeing.GRAD_CAM,
    ),
    "deletion": Case(
        "deletion",
        lambda rng: [(rng.normal(size=(3, 4, 5)), rng.normal(size=(4, 5)), [3, 7, 1], 0.5)],
        seeing.deletion,
        mistakes=seeing.DELETION,
    ),
}


@pytest.mark.parametrize(
    ("name", "number"), [(n, k) for n, case in CASES.items() for k in range(len(case.mistakes))]
)
def test_mistakes_are_named(name, number):
    mistake = CASES[name].mistakes[number]
    assert mistake.says in message(mistake.wrong, CASES[name])


def test_the_references_are_what_the_course_computes():
    rng = np.random.default_rng(0)
    x, w1, b1, w2, target = CASES["saliency"].inputs(rng)[0]
    network = nn.Sequential(nn.Flatten(), nn.Linear(60, 12), nn.ReLU(), nn.Linear(12, 4)).double()
    with torch.no_grad():
        network[1].weight.copy_(torch.from_numpy(w1))
        network[1].bias.copy_(torch.from_numpy(b1))
        network[3].weight.copy_(torch.from_numpy(w2))
    expected = explain.saliency(network, torch.from_numpy(x), target).amax(dim=0)
    np.testing.assert_allclose(seeing.saliency(x, w1, b1, w2, target), expected, rtol=1e-12)

    class Weighted(nn.Module):
        """Its score has the gradient `self.slopes` by the first layer's maps."""

        def __init__(self, slopes):
            super().__init__()
            self.maps, self.slopes = nn.Identity(), torch.from_numpy(slopes)

        def forward(self, x):
            return (self.maps(x) * self.slopes).sum(dim=(1, 2, 3))[:, None]

    maps, gradients = CASES["Grad-CAM"].inputs(rng)[0]
    expected = explain.grad_cam(Weighted(gradients), torch.from_numpy(maps), 0, "maps")
    np.testing.assert_allclose(seeing.grad_cam(maps, gradients), expected, rtol=1e-12)


def test_a_patch_on_paper():
    x = np.array([[1.0, 0, 3, 2]])
    found = seeing.occlusion_map(x, np.array([[-1.0, 1]]), size=1, stride=1, fill=0.0)
    assert found.tolist() == [[0, 0, 1, 0]]


def test_deletion_on_paper():
    x, heat = np.array([[[5.0, 6, 7]]]), np.array([[0.1, 0.9, 0.5]])
    assert seeing.deletion(x, heat, [0, 2], 0.0)[:, 0, 0].tolist() == [[5, 6, 7], [5, 0, 0]]
