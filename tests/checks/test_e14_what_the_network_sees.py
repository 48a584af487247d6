"""Exercise 14: the references are what the course computes, and what the text says."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import interpolate

from cnnedu.checks.answers import e14_what_the_network_sees as e14
from cnnedu.checks.torch_cams import small_resnet
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


def test_the_map_of_a_network_is_the_course_s_grad_cam_stretched():
    x = np.random.default_rng(1).normal(size=(3, 40, 29))
    picture = torch.tensor(x, dtype=torch.float32)
    small = grad_cam(small_resnet(seed=3), picture, 2, "layer4")
    expected = interpolate(small[None, None], size=(40, 29), mode="bilinear")[0, 0]
    for training in (False, True):
        found = e14.cam_as_numbers(x, 3, training, 2)
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_the_small_network_has_torchvision_s_names():
    names = [name for name, _ in small_resnet(seed=0).named_children()]
    assert names == ("conv1 bn1 relu maxpool layer1 layer2 layer3 layer4 avgpool fc".split())
    one, same, other = (small_resnet(seed).state_dict() for seed in (0, 0, 1))
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert not torch.equal(one["conv1.weight"], other["conv1.weight"])


def test_patches_on_paper():
    x = np.array([[2, 1, 4]])
    found = e14.occlusion_map(x, np.array([[-1, 1]]), size=1, stride=1, fill=0)
    assert found.tolist() == [[-1, -1, 3]]
    found = e14.occlusion_map(smiley(), edge_kernel(), size=2, stride=2, fill=0)
    assert (found[4:6, 6:8] == 4).all()


def test_deletion_on_paper():
    x = np.array([[[5, 6, 7]]])
    for heat, second in (([0.1, 0.9, 0.5], [5, 0, 0]), ([0.5, 0.9, 0.5], [0, 0, 7])):
        out = e14.deletion(x, np.array([heat]), [0, 2], 0)
        assert out[:, 0, 0].tolist() == [[5, 6, 7], second]
