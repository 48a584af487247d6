"""`HeatmapViewer` on the Python side: whose maps it holds."""

import numpy as np
import pytest
import torch
from widgets.refusal import assert_refused

from cnnedu.data.photos import middle_squares
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.randomisation import randomised
from cnnedu.explain.saliency import saliency
from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets import HeatmapViewer
from cnnedu.widgets.arrays import decode


@pytest.fixture(scope="module")
def viewer():
    return HeatmapViewer()


def test_the_maps_are_those_of_explain(viewer):
    trained = load_pretrained("classic")
    x = trained.prepare(viewer.picture.transpose(2, 0, 1)[None].copy())[0]
    expected = {
        ("Grad-CAM", "conv3"): grad_cam(trained.network, x, 3, "conv3"),
        ("Occlusion", ""): occlusion(trained.network, x, 3),
        ("Saliency", ""): saliency(trained.network, x, 3).amax(dim=0),
    }
    maps = {(row["method"], row["layer"]): row for row in viewer.maps}
    for key, wanted in expected.items():
        np.testing.assert_allclose(decode(maps[key]["trained"]), wanted, atol=1e-6)
        assert not np.allclose(decode(maps[key]["random"]), wanted)
    layers = "conv1 relu1 pool1 conv2 relu2 pool2 conv3 relu3".split()
    assert [layer for method, layer in maps if method == "Grad-CAM"] == layers


def test_the_random_network_s_batch_norms_are_measured_on_photographs():
    fast = load_pretrained("fast")
    picture = middle_squares(32)[1, :28]
    viewer = HeatmapViewer(fast, picture, target=3, layers=["block3.conv1"])
    photographs = fast.prepare(middle_squares(32)[:, 2:30].transpose(0, 3, 1, 2).copy())
    random = randomised(fast.network, pictures=photographs)
    x = fast.prepare(picture.transpose(2, 0, 1)[None].copy())[0]
    expected = saliency(random, x, 3).amax(dim=0)
    viewer.method = "Saliency"
    np.testing.assert_allclose(viewer.shown[1], expected, atol=1e-6)


def test_random_weights_leave_everything_else_alone():
    trained = load_pretrained("classic")
    before = {key: value.clone() for key, value in trained.network.state_dict().items()}
    torch.manual_seed(5)
    expected = torch.rand(2)
    torch.manual_seed(5)
    one, two = (HeatmapViewer(trained, layers=["conv3"], seed=seed) for seed in (1, 1))
    assert torch.equal(torch.rand(2), expected)
    assert one.maps == two.maps
    assert one.maps != HeatmapViewer(trained, layers=["conv3"], seed=2).maps
    torch.testing.assert_close(trained.network.state_dict(), before)


def test_what_is_shown_follows_the_traits(viewer):
    viewer.set_state({"method": "Grad-CAM", "layer": "conv2"})
    assert viewer.shown[0].shape == viewer.shown[1].shape == (13, 13)
    assert repr(viewer) == "HeatmapViewer(Grad-CAM at conv2, class cat, picture 32×32)"
    viewer.method = "Saliency"
    assert viewer.shown[0].shape == (32, 32)


@pytest.mark.parametrize("arguments, error, message", [
    (dict(network=3), TypeError, "network must be a torch.nn.Module"),
    (dict(picture=np.zeros((32, 32, 3))), TypeError, "picture must be uint8"),
    (dict(target=10), ValueError, "target must be a whole number from 0 to 9, but is 10"),
    (dict(layers=["conv9"]), ValueError, "no layer 'conv9'; choose one of conv1"),
    (dict(layers=["dense1"]), ValueError, "feature maps"),
    (dict(network=torch.nn.Flatten()), ValueError, "no layer of the network produces feature maps"),
])  # fmt: skip
def test_wrong_arguments(arguments, error, message):
    assert_refused(lambda: HeatmapViewer(**arguments), error, message)


def test_wrong_traits(viewer):
    with pytest.raises(ValueError, match=r"layer must be one of conv1, .* but is 'dense1'"):
        viewer.layer = "dense1"
    for name, value in (("method", "LIME"), ("opacity", 2.0), ("same_scale", "yes")):
        with pytest.raises(Exception, match=name):
            setattr(viewer, name, value)
