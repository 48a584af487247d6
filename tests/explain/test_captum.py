"""The explanations equal Captum's, for every method that Captum has."""

import pytest
import torch
from captum.attr import (
    GuidedBackprop,
    IntegratedGradients,
    LayerAttribution,
    LayerGradCam,
    NoiseTunnel,
    Occlusion,
    Saliency,
)
from captum.robust import FGSM, PGD
from torch import nn

from cnnedu.explain.attack import fgsm, pgd
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.saliency import (
    guided_backpropagation,
    integrated_gradients,
    saliency,
    smooth_grad,
)
from cnnedu.models.classic import classic
from cnnedu.models.resnet import cifar_resnet

pytestmark = [
    pytest.mark.filterwarnings("ignore:Setting backward hooks on ReLU"),
    pytest.mark.filterwarnings("ignore:Input Tensor 0 did not already require gradients"),
]


# In float64: in float32, two orders of summation differ in the last digits, which is more than 1e-5
# of a small change in probability and can flip the sign of a gradient that is nearly 0.
@pytest.fixture(params=[classic, lambda: cifar_resnet(8)], ids=["classic", "ResNet-8"])
def network(request):
    torch.manual_seed(0)
    return request.param().double().eval()


@pytest.fixture
def x():
    generator = torch.Generator().manual_seed(1)
    return torch.randn(3, 32, 32, dtype=torch.float64, generator=generator)


def same(found, expected):
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5 * expected.abs().max().item())


def test_saliency(network, x):
    same(saliency(network, x, 3), Saliency(network).attribute(x[None], target=3)[0])


def test_smooth_grad(network, x):
    deviation = 0.2 * (x.max() - x.min()).item()
    torch.manual_seed(5)  # Captum draws from PyTorch's global generator
    theirs = NoiseTunnel(Saliency(network)).attribute(
        x[None], nt_type="smoothgrad", nt_samples=4, stdevs=deviation, target=3, abs=False
    )
    same(smooth_grad(network, x, 3, noise=0.2, samples=4, seed=5), theirs[0].abs())


def test_integrated_gradients(network, x):
    theirs = IntegratedGradients(network).attribute(
        x[None], target=3, n_steps=7, method="riemann_middle"
    )
    same(integrated_gradients(network, x, 3, steps=7), theirs[0])


def test_guided_backpropagation(network, x):
    theirs = GuidedBackprop(network).attribute(x[None], target=3)
    same(guided_backpropagation(network, x, 3), theirs[0])


def test_grad_cam(network, x):
    layer = "conv2" if hasattr(network, "conv2") else "4.norm2"
    theirs = LayerGradCam(network, network.get_submodule(layer))
    expected = theirs.attribute(x[None], target=3, relu_attributions=True)
    assert LayerAttribution.interpolate(expected, (32, 32)).shape == (1, 1, 32, 32)
    same(grad_cam(network, x, 3, layer), expected[0, 0].detach())


def test_occlusion(network, x):
    probability = nn.Sequential(network, nn.Softmax(dim=1))
    theirs = Occlusion(probability).attribute(
        x[None], target=3, sliding_window_shapes=(3, 8, 8), strides=(3, 4, 4)
    )
    same(occlusion(network, x, 3, size=8, stride=4), theirs[0, 0].detach())


def test_fgsm_and_pgd(network):
    generator = torch.Generator().manual_seed(2)
    x = torch.rand(2, 3, 32, 32, dtype=torch.float64, generator=generator)
    y = torch.tensor([1, 7])
    loss = nn.CrossEntropyLoss(reduction="none")
    attack = FGSM(network, loss, lower_bound=0, upper_bound=1)
    attack.zero_thresh = 0  # Captum treats gradients below 1e-6 as 0
    theirs = attack.perturb(x, 0.03, target=y)
    same(fgsm(network, x, y, 0.03), theirs.detach())
    attack = PGD(network, loss, lower_bound=0, upper_bound=1)
    attack.fgsm.zero_thresh = 0
    theirs = attack.perturb(x, radius=0.03, step_size=0.01, step_num=5, target=y)
    same(pgd(network, x, y, 0.03, step=0.01, steps=5), theirs.detach())
