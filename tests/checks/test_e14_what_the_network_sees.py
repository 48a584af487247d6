"""Exercise 14: the references are what the course computes, and what the text says."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import interpolate

from cnnedu.checks.answers import e14_what_the_network_sees as e14
from cnnedu.checks.answers.e14_what_the_network_sees import fault
from cnnedu.checks.exercises import e14_what_the_network_sees as checks
from cnnedu.checks.torch_cams import small_resnet
from cnnedu.checks.torch_faults import faulty_network, stamped_disks
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


def test_the_heat_of_the_fault_is_the_course_s_grad_cam_stretched():
    network, (x, y, _) = faulty_network(8), stamped_disks(8)
    maps = network.layer4(network.maxpool(network.relu(network.conv1(x)))).detach()
    for picture, label, own in zip(x, y.tolist(), maps, strict=True):
        small = grad_cam(network, picture, label, "layer4")
        expected = interpolate(small[None, None], size=(64, 64), mode="bilinear")[0, 0]
        found = fault._heat(network.fc.weight.detach()[label], own[None], (64, 64))[0]
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-6)


def test_the_text_s_network_is_wrong_with_its_fault_and_right_without():
    network, (x, y, _) = faulty_network(8), stamped_disks(8)
    with torch.no_grad():
        assert (network(x).argmax(dim=1) == y).float().mean() <= 0.5
        label, channel, *weights = e14.fault_as_numbers(8)
        assert (weights != network.fc.weight.numpy().ravel()).sum() == 1
        network.fc.weight[int(label), int(channel)] = 0
        np.testing.assert_array_equal(network.fc.weight.numpy().ravel(), weights)
        assert torch.equal(network(x).argmax(dim=1), y)


@pytest.mark.parametrize("seed", range(3))
def test_faults_lie_in_channels_from_the_first_to_the_last(seed):
    found = [e14.fault_as_numbers(*some) for some in checks._faults(np.random.default_rng(seed))]
    channels = [int(channel) for _, channel, *_ in found]
    assert channels[0] == 0 and 0 < channels[1] < 5 and channels[2] == 5
