"""Occlusion, saliency and Grad-CAM in cases that can be worked out on paper."""

import pytest
import torch
from torch import nn

from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.saliency import saliency
from cnnedu.models.classic import classic


class Score(nn.Module):
    """Two classes: the first logit is `function` of the picture, the second is 0."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        score = self.function(x)
        return torch.stack([score, torch.zeros_like(score)], dim=1)


def hooks(network):
    return sum(len(module._forward_hooks) for module in network.modules())


def test_occlusion_by_hand():
    """One pixel decides: covering it costs everything, covering others nothing."""
    network = Score(lambda x: 2 * x[:, 0, 1, 2])
    x = torch.zeros(1, 4, 4)
    x[0, 1, 2] = 1.5
    loss = torch.sigmoid(torch.tensor(3.0)) - 0.5
    expected = torch.zeros(4, 4)
    expected[:2, 2:] = loss
    torch.testing.assert_close(occlusion(network, x, 0, size=2, stride=2), expected)
    torch.testing.assert_close(occlusion(network, x, 1, size=2, stride=2), -expected)
    single = torch.zeros(4, 4)
    single[1, 2] = loss
    torch.testing.assert_close(occlusion(network, x, 0, size=1, stride=1), single)


def test_occlusion_is_the_mean_over_the_patches_that_cover_a_pixel():
    network = Score(lambda x: x.sum(dim=(1, 2, 3)))
    x = torch.tensor([[[1.0, 2.0, 4.0]] * 3])
    found = occlusion(network, x, 0, size=2, stride=1)
    p = torch.sigmoid(torch.tensor(21.0))
    left, right = (p - torch.sigmoid(torch.tensor(21.0 - lost)) for lost in (6.0, 12.0))
    torch.testing.assert_close(found[0], torch.stack([left, (left + right) / 2, right]))


def test_occlusion_leaves_places_that_no_patch_reaches_at_zero():
    found = occlusion(Score(lambda x: x.mean(dim=(1, 2, 3))), torch.ones(1, 5, 5), 0, 2, 2)
    assert (found[4] == 0).all() and (found[:, 4] == 0).all() and (found[:4, :4] > 0).all()


@pytest.mark.parametrize("size, stride", [(33, 2), (0, 2), (2, 0)])
def test_occlusion_refuses_what_does_not_fit(size, stride):
    with pytest.raises(ValueError, match="occlusion: size must be from 1 to 32"):
        occlusion(classic(), torch.zeros(3, 32, 32), 0, size, stride)


def test_saliency_of_a_linear_network_is_its_weights():
    torch.manual_seed(0)
    network = nn.Sequential(nn.Flatten(), nn.Linear(2 * 3 * 4, 5))
    weights = network[1].weight[3].reshape(2, 3, 4).abs()
    torch.testing.assert_close(saliency(network, torch.randn(2, 3, 4), 3), weights)


def test_saliency_of_a_product_is_the_other_factor():
    x = torch.tensor([[[2.0, -3.0]]])
    found = saliency(Score(lambda x: x[:, 0, 0, 0] * x[:, 0, 0, 1]), x, 0)
    torch.testing.assert_close(found, torch.tensor([[[3.0, 2.0]]]))


def test_grad_cam_by_hand():
    """Two maps have the weights +2 and −1, each divided by the 4 places of the average."""
    network = nn.Sequential(nn.Identity(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 2))
    network[3].weight.data = torch.tensor([[2.0, -1.0], [0.0, 0.0]])
    x = torch.tensor([[[1.0, 0.0], [3.0, 4.0]], [[0.0, 5.0], [2.0, 8.0]]])
    expected = torch.tensor([[2.0, 0.0], [4.0, 0.0]]) / 4  # 2·1, −5 cut, 2·3 − 2, 8 − 8
    torch.testing.assert_close(grad_cam(network, x, 0, "0"), expected)
    torch.testing.assert_close(grad_cam(network, x, 1, "0"), torch.zeros(2, 2))


def test_grad_cam_equals_finite_differences():
    """The weight of a map is the mean slope of the logit along it."""
    torch.manual_seed(1)
    network = classic().double().eval()
    x = torch.randn(3, 32, 32, dtype=torch.float64)
    head = network[8:]  # what follows relu3
    maps = network[:8](x[None]).detach()
    step, weights = 1e-6, torch.zeros(64, dtype=torch.float64)
    for k in range(64):
        there, back = maps.clone(), maps.clone()
        there[0, k] += step
        back[0, k] -= step
        weights[k] = (head(there) - head(back))[0, 5] / (2 * step) / 16
    expected = torch.einsum("k,khw->hw", weights, maps[0]).relu()
    torch.testing.assert_close(grad_cam(network, x, 5, "relu3"), expected, rtol=1e-5, atol=1e-8)


def test_grad_cam_before_a_relu_that_works_in_place():
    torch.manual_seed(2)
    x = torch.randn(3, 32, 32)
    expected = grad_cam(network := classic(), x, 0, "conv2")
    for module in network.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = True
    torch.testing.assert_close(grad_cam(network, x, 0, "conv2"), expected)


def test_frozen_weights_and_no_grad_change_nothing():
    torch.manual_seed(3)
    network, x = classic(), torch.randn(3, 32, 32)
    expected = grad_cam(network, x, 0, "conv3"), saliency(network, x, 0)
    network.requires_grad_(False)
    with torch.no_grad():
        found = grad_cam(network, x, 0, "conv3"), saliency(network, x, 0)
    torch.testing.assert_close(found, expected)
    assert all(parameter.grad is None for parameter in network.parameters())


def test_a_wrong_layer_lists_the_right_ones():
    with pytest.raises(ValueError, match=r"no layer 'conv9'; choose one of conv1, relu1, pool1,"):
        grad_cam(classic(), torch.zeros(3, 32, 32), 0, "conv9")
    with pytest.raises(ValueError, match=r"output of 'dense1' has shape \(1, 64\)"):
        grad_cam(network := classic(), torch.zeros(3, 32, 32), 0, "dense1")
    assert hooks(network) == 0


def test_hooks_are_gone_even_after_an_error():
    network = classic()
    grad_cam(network, torch.zeros(3, 32, 32), 0, "conv1")
    assert hooks(network) == 0
    with pytest.raises(RuntimeError):
        grad_cam(network, torch.zeros(3, 8, 8), 0, "conv1")  # too small to pool twice
    assert hooks(network) == 0
