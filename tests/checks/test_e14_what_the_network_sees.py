"""Exercise 14: each well-known mistake is named; the references are what the course computes."""

import numpy as np
import pytest
import torch
from checks.told import message
from torch import nn

from cnnedu.checks import Case
from cnnedu.checks.exercises import e14_what_the_network_sees as e14
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.saliency import saliency

CASES = {
    "occlusion": Case(
        "occlusion_map",
        lambda rng: [(rng.normal(size=(7, 6)), rng.normal(size=(2, 3)), 3, 2, 0.7)],
        e14.occlusion_map,
        mistakes=e14.MISTAKES["occlusion_map"],
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
        e14.saliency,
        mistakes=e14.MISTAKES["saliency"],
    ),
    "Grad-CAM": Case(
        "grad_cam",
        lambda rng: [(rng.normal(size=(6, 4, 5)), rng.normal(size=(6, 4, 5)))],
        e14.grad_cam,
        mistakes=e14.MISTAKES["grad_cam"],
    ),
    "deletion": Case(
        "deletion",
        lambda rng: [(rng.normal(size=(3, 4, 5)), rng.normal(size=(4, 5)), [3, 7, 1], 0.5)],
        e14.deletion,
        mistakes=e14.MISTAKES["deletion"],
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
    expected = saliency(network, torch.from_numpy(x), target).amax(dim=0)
    np.testing.assert_allclose(e14.saliency(x, w1, b1, w2, target), expected, rtol=1e-12)

    class Weighted(nn.Module):
        """Its score has the gradient `self.slopes` by the first layer's maps."""

        def __init__(self, slopes):
            super().__init__()
            self.maps, self.slopes = nn.Identity(), torch.from_numpy(slopes)

        def forward(self, x):
            return (self.maps(x) * self.slopes).sum(dim=(1, 2, 3))[:, None]

    maps, gradients = CASES["Grad-CAM"].inputs(rng)[0]
    expected = grad_cam(Weighted(gradients), torch.from_numpy(maps), 0, "maps")
    np.testing.assert_allclose(e14.grad_cam(maps, gradients), expected, rtol=1e-12)


def test_a_patch_on_paper():
    x = np.array([[1.0, 0, 3, 2]])
    found = e14.occlusion_map(x, np.array([[-1.0, 1]]), size=1, stride=1, fill=0.0)
    assert found.tolist() == [[0, 0, 1, 0]]


def test_deletion_on_paper():
    x, heat = np.array([[[5.0, 6, 7]]]), np.array([[0.1, 0.9, 0.5]])
    assert e14.deletion(x, heat, [0, 2], 0.0)[:, 0, 0].tolist() == [[5, 6, 7], [5, 0, 0]]
