"""`NetworkExplorer` on the Python side: networks it can show, and what it says of others."""

import numpy as np
import pytest
import torch
from torch import nn
from widgets.refusal import assert_refused

import cnnedu.nn as numpy_nn
from cnnedu.models.classic import classic
from cnnedu.models.pretrained import load_pretrained
from cnnedu.widgets import NetworkExplorer
from cnnedu.widgets.page_layers import page_layers

PICTURE = np.random.default_rng(0).integers(0, 256, (8, 10, 3), dtype=np.uint8)


def small(*more):
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), *more)


def test_the_default_is_the_course_s_network_on_its_cat():
    explorer = NetworkExplorer()
    trained = load_pretrained("classic")
    assert explorer.classes == list(trained.classes)
    assert explorer.classes[explorer.logits.argmax()] == "cat"
    assert explorer.outputs["conv2"].shape == (64, 13, 13)
    assert len(explorer.weights) == 122_570


def test_layers_inside_layers_and_layers_that_do_nothing():
    network = nn.Sequential(
        nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4)),
        nn.Dropout(),
        nn.Identity(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(4, 2),
    )
    explorer = NetworkExplorer(network, PICTURE, classes=["no", "yes"])
    assert [layer["name"] for layer in explorer.layers] == ["0.0", "0.1", "3", "4", "5"]
    np.testing.assert_allclose(explorer.outputs["5"], explorer.logits, atol=1e-6)
    assert explorer.mean == [0, 0, 0] and explorer.std == [1, 1, 1]


def test_weights_lie_one_after_another():
    network = small(nn.Flatten(), nn.Linear(4, 2, bias=False))
    layers, weights = page_layers("NetworkExplorer", network)
    expected = torch.cat([network[0].weight.ravel(), network[0].bias, network[3].weight.ravel()])
    np.testing.assert_array_equal(weights[:-2], expected.detach())
    np.testing.assert_array_equal(weights[-2:], 0)
    assert layers[0] | {"name": "0"} == {
        "name": "0", "kind": "conv", "stride": 1, "padding": 0,
        "filters": 4, "channels": 3, "height": 3, "width": 3,
    }  # fmt: skip


def test_both_libraries_give_the_page_the_same():
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Sequential(nn.Conv2d(3, 4, (3, 2), stride=2, padding=1), nn.BatchNorm2d(4), nn.Tanh()),
        nn.Dropout(),
        nn.MaxPool2d(3, 2),
        nn.AvgPool2d(2),
        nn.GELU(),
        nn.Sigmoid(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(4, 5, bias=False),
    )
    network[0][1].running_mean.copy_(torch.rand(4))
    network[0][1].running_var.copy_(torch.rand(4))
    mine = numpy_nn.Sequential(
        numpy_nn.Sequential(
            numpy_nn.Conv2d(3, 4, (3, 2), stride=2, padding=1),
            numpy_nn.BatchNorm2d(4),
            numpy_nn.Tanh(),
        ),
        numpy_nn.Dropout(),
        numpy_nn.MaxPool2d(3, 2),
        numpy_nn.AvgPool2d(2),
        numpy_nn.GELU(),
        numpy_nn.Sigmoid(),
        numpy_nn.GlobalAvgPool2d(),
        numpy_nn.Flatten(),
        numpy_nn.Linear(4, 5, bias=False),
    )
    for ours, theirs in zip(mine.parameters(), network.parameters(), strict=True):
        ours.value = theirs.detach().numpy()
    norm, wanted = mine.layers[0].layers[1], network[0][1]
    norm.running_mean, norm.running_var = wanted.running_mean.numpy(), wanted.running_var.numpy()
    layers, weights = page_layers("NetworkExplorer", network)
    other_layers, other_weights = page_layers("NetworkExplorer", mine)
    assert layers == other_layers
    np.testing.assert_array_equal(weights, other_weights)
    kinds = "conv scale tanh max average gelu sigmoid mean flatten dense".split()
    assert [layer["kind"] for layer in layers] == kinds


def test_a_layer_in_two_places_is_computed_twice():
    relu = nn.ReLU()
    explorer = NetworkExplorer(
        nn.Sequential(nn.Conv2d(3, 4, 3), relu, nn.Conv2d(4, 2, 3), relu), PICTURE
    )
    assert [layer["kind"] for layer in explorer.layers] == ["conv", "relu", "conv", "relu"]
    assert list(explorer.outputs) == ["0", "1", "2", "3"]
    assert explorer.outputs["3"].min() == 0


def test_what_the_page_sends_is_taken():
    explorer = NetworkExplorer()
    explorer.set_state({"focus": [3, 17, 4, 6]})
    assert explorer.focus == (3, 17, 4, 6)
    explorer.set_state({"trail": [[11, 3, 0, 0, 34, 0, 0]], "term": [2, 1, 0]})
    assert (explorer.trail, explorer.term) == (((11, 3, 0, 0, 34, 0, 0),), (2, 1, 0))
    explorer.set_state({"focus": [], "trail": [], "term": []})
    assert (explorer.focus, explorer.trail, explorer.term) == ((), (), ())
    sent = explorer.get_state(["picture"])["picture"]
    explorer.set_state({"picture": sent | {"data": "A" * len(sent["data"].rstrip("="))}})
    assert explorer.picture.max() == 0


class Branching(nn.Module):
    pass


@pytest.mark.parametrize("make, error, message", [
    (lambda: NetworkExplorer("classic"), TypeError, "network must be a torch.nn.Module .* str"),
    (lambda: NetworkExplorer(Branching()), TypeError, "a Sequential, .* is a Branching"),
    (lambda: NetworkExplorer(small(nn.SiLU()), PICTURE), TypeError, "compute layer '2', SiLU"),
    (lambda: NetworkExplorer(nn.Sequential(nn.Conv2d(3, 3, 3, groups=3))), TypeError, "groups"),
    (lambda: NetworkExplorer(small(nn.Linear(192, 20_000))), ValueError, "has 3,860,112"),
    (lambda: NetworkExplorer(picture=PICTURE), ValueError, r"can't take a picture .*\(8, 10, 3\)"),
    (lambda: NetworkExplorer(picture=PICTURE / 255), TypeError, "picture must be uint8"),
    (lambda: NetworkExplorer(picture=PICTURE[..., 0]), ValueError, r"must be \(H, W, 3\)"),
    (lambda: NetworkExplorer(classic(), classes=["cat"]), ValueError, "1 names, .* 10 outputs"),
    (lambda: NetworkExplorer(focus=(12, 0, 0, 0)), ValueError, "focus must be .* 12 layers"),
    (lambda: NetworkExplorer(focus=(0, 32, 0, 0)), ValueError, "focus must be"),
    (lambda: NetworkExplorer(focus=(11, 9, 0, 1)), ValueError, "focus must be"),
    (lambda: NetworkExplorer(focus=3), ValueError, "focus must be"),
    (lambda: setattr(NetworkExplorer(), "trail", [(11, 3, 0, 0)]), ValueError, "trail must hold"),
    (lambda: setattr(NetworkExplorer(), "trail", 7), ValueError, "trail must hold"),
    (lambda: setattr(NetworkExplorer(), "term", (1, 2)), ValueError, "term must be"),
    (lambda: setattr(NetworkExplorer(), "term", (-1,)), ValueError, "term must be"),
])  # fmt: skip
def test_wrong_arguments(make, error, message):
    assert_refused(make, error, message)


def test_a_picture_of_another_size_is_refused_later_too():
    explorer = NetworkExplorer()
    with pytest.raises(ValueError, match=r"picture must have the shape \(32, 32, 3\)"):
        explorer.picture = PICTURE
    with pytest.raises(TypeError, match="uint8"):
        explorer.picture = np.zeros((32, 32, 3))
