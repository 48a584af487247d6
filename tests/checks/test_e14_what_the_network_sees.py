"""Exercise 14: the references are what the course computes, and what the text says."""

import numpy as np
import torch
from torch import nn

from cnnedu.checks.answers import e14_what_the_network_sees as e14
from cnnedu.data import edge_kernel, smiley
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.saliency import saliency


def test_the_references_are_what_the_course_computes():
    rng = np.random.default_rng(0)
    x, w1, w2 = (rng.normal(size=shape) for shape in ((3, 4, 5), (12, 60), (4, 12)))
    b1 = 5 * rng.normal(size=12)
    network = nn.Sequential(nn.Flatten(), nn.Linear(60, 12), nn.ReLU(), nn.Linear(12, 4)).double()
    with torch.no_grad():
        network[1].weight.copy_(torch.from_numpy(w1))
        network[1].bias.copy_(torch.from_numpy(b1))
        network[3].weight.copy_(torch.from_numpy(w2))
    expected = saliency(network, torch.from_numpy(x), 2).amax(dim=0)
    np.testing.assert_allclose(e14.saliency(x, w1, b1, w2, 2), expected, rtol=1e-12)

    class Weighted(nn.Module):
        """Its score has the gradient `self.slopes` by the first layer's maps."""

        def __init__(self, slopes):
            super().__init__()
            self.maps, self.slopes = nn.Identity(), torch.from_numpy(slopes)

        def forward(self, x):
            return (self.maps(x) * self.slopes).sum(dim=(1, 2, 3))[:, None]

    maps, gradients = rng.normal(size=(2, 6, 4, 5))
    expected = grad_cam(Weighted(gradients), torch.from_numpy(maps), 0, "maps")
    np.testing.assert_allclose(e14.grad_cam(maps, gradients), expected, rtol=1e-12)


def test_patches_on_paper():
    x = np.array([[1, 0, 3, 2]])
    found = e14.occlusion_map(x, np.array([[-1, 1]]), size=1, stride=1, fill=0)
    assert found.tolist() == [[0, 0, 1, 0]]
    found = e14.occlusion_map(smiley(), edge_kernel(), size=2, stride=2, fill=0)
    assert (found[4:6, 6:8] == 4).all()


def test_deletion_on_paper():
    x = np.array([[[5, 6, 7]]])
    for heat, second in (([0.1, 0.9, 0.5], [5, 0, 0]), ([0.5, 0.9, 0.5], [0, 0, 7])):
        out = e14.deletion(x, np.array([heat]), [0, 2], 0)
        assert out[:, 0, 0].tolist() == [[5, 6, 7], second]
