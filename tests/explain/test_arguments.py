"""What is wrong with an argument is said in one line that names it and says how to mend it."""

import re

import numpy as np
import pytest
import torch
from torch import nn

from cnnedu.explain.attack import fgsm, pgd
from cnnedu.explain.calibration import best_temperature, expected_calibration_error, reliability
from cnnedu.explain.effective_field import effective_field
from cnnedu.explain.excitation import most_exciting, visualise_diversely, visualise_feature
from cnnedu.explain.faithfulness import (
    cover_hottest,
    deletion_curve,
    edge_strength,
    rank_correlation,
)
from cnnedu.explain.grad_cam import grad_cam
from cnnedu.explain.hi_res_cam import hi_res_cam
from cnnedu.explain.occlusion import occlusion
from cnnedu.explain.probing import layer_features
from cnnedu.explain.saliency import guided_backpropagation, saliency, smooth_grad
from cnnedu.models.classic import classic
from cnnedu.models.pretrained import load_pretrained

X = torch.rand(3, 32, 32, generator=torch.Generator().manual_seed(0))
Y = torch.tensor([4])
CURVE = (torch.ones(32, 32), [0, 0.5])

# Each is called with the network, one picture and a class.
OF_ONE_PICTURE = {
    grad_cam: lambda n, x, k: grad_cam(n, x, k, "conv3"),
    hi_res_cam: lambda n, x, k: hi_res_cam(n, x, k, "conv3"),
    occlusion: occlusion,
    saliency: saliency,
    smooth_grad: lambda n, x, k: smooth_grad(n, x, k, samples=2),
    guided_backpropagation: guided_backpropagation,
    deletion_curve: lambda n, x, k: deletion_curve(n, x, k, *CURVE),
}
# Each is called with the network and a batch.
OF_A_BATCH = {
    fgsm: lambda n, x: fgsm(n, x, Y, 0.1),
    pgd: lambda n, x: pgd(n, x, Y, 0.1, 0.05, 2),
    most_exciting: lambda n, x: most_exciting(n, x, "conv3", 0),
    layer_features: lambda n, x: layer_features(n, x, ["conv3"]),
}


def refused(call, *arguments):
    """Return the one line with which a call is refused; it begins with the function's name."""
    with pytest.raises((TypeError, ValueError)) as caught:
        call(*arguments)
    message = str(caught.value)
    assert "\n" not in message and len(message) < 400
    return message


def by_name(function):
    return function.__name__


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return classic()


@pytest.mark.parametrize("function", OF_ONE_PICTURE, ids=by_name)
@pytest.mark.parametrize(
    ("spoil", "target", "words"),
    [
        (lambda x: x[None], 4, r"shape \(1, 3, 32, 32\): it is a batch, so pass .* such as x\[0\]"),
        (lambda x: x[0], 4, r"has shape \(32, 32\): add the axis of the channels, x\[None\]"),
        (lambda x: x.numpy(), 4, r"x must be a tensor, but is a ndarray: use torch.as_tensor\(x\)"),
        (lambda x: (255 * x).byte(), 4, r"must hold fractions, but is torch.uint8: scale or norm"),
        (lambda x: x.double(), 4, r"float64, but .* torch.float32: use x.to\(torch.float32\)"),
        (lambda x: x.to("meta"), 4, r'is on meta, but the network is on cpu: use x.to\("cpu"\)'),
        (lambda x: x.permute(1, 2, 0), 4, r"channels last, .* use x.permute\(2, 0, 1\)"),
        (lambda x: x, 10, "target must be from 0 to 9, but is 10"),
        (lambda x: x, -1, "target must be from 0 to 9, but is -1"),
        (lambda x: x, "cat", "target must be a whole number, the index of one, but is 'cat'"),
        (lambda x: x, 4.0, "target must be a whole number"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_picture_or_class(network, function, spoil, target, words):
    message = refused(OF_ONE_PICTURE[function], network, spoil(X), target)
    assert message.startswith(f"{function.__name__}: ") and re.search(words, message), message


@pytest.mark.parametrize("function", OF_A_BATCH, ids=by_name)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda x: x.numpy(), "x must be a tensor, but is a ndarray"),
        (lambda x: (255 * x).byte(), "must hold fractions, but is torch.uint8"),
        (lambda x: x.double(), "use x.to(torch.float32)"),
        (lambda x: x[:0], "must be a batch of pictures (N, C, H, W), but has shape (0, 3, 32, 32)"),
    ],
)
def test_what_is_wrong_with_a_batch(network, function, spoil, words):
    message = refused(OF_A_BATCH[function], network, spoil(X[None]))
    assert message.startswith(f"{function.__name__}: ") and words in message


@pytest.mark.parametrize("function", [most_exciting, layer_features], ids=by_name)
def test_one_picture_is_no_batch(network, function):
    assert "make a batch of one picture, x[None]" in refused(OF_A_BATCH[function], network, X)


@pytest.mark.parametrize("function", OF_ONE_PICTURE | OF_A_BATCH, ids=by_name)
def test_a_network_in_its_wrapping(function):
    trained = load_pretrained("classic")
    call = (OF_ONE_PICTURE | OF_A_BATCH)[function]
    message = refused(call, trained, *((X, 4) if function in OF_ONE_PICTURE else (X[None],)))
    assert message == (
        f"{function.__name__}: network must be a torch.nn.Module, but is a Pretrained: pass its "
        ".network"
    )


class Pair(nn.Module):
    """A network with an idle layer, a layer that gives two tensors, and one cut off the score."""

    def __init__(self):
        super().__init__()
        self.idle, self.both, self.cut = nn.Conv2d(3, 4, 3), Both(), nn.Conv2d(3, 4, 3)

    def forward(self, x):
        self.both(x)
        self.cut(x)
        return x.mean(dim=(2, 3))


class Both(nn.Module):
    """Give the input twice."""

    def forward(self, x):
        """Give the input twice."""
        return x, x


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("idle", "score doesn't depend on 'idle'"),
        ("cut", "score doesn't depend on 'cut'"),
        ("both", "the output of 'both' is a tuple, not a tensor"),
        ("conv9", "there is no layer 'conv9'; choose one of idle, both, cut"),
        (nn.ReLU(), "layer must be a name, but is of type ReLU, one of idle, both, cut"),
        (3, "layer must be a name, but is of type int"),
    ],
)
def test_a_layer_that_cannot_be_shown(layer, words):
    network = Pair()
    for cam in (grad_cam, hi_res_cam):
        message = refused(cam, network, X, 0, layer)
        assert message.startswith(f"{cam.__name__}: ") and words in message
    assert "pass its name, 'cut'" in refused(grad_cam, network, X, 0, network.cut)
    assert not any(part._forward_hooks for part in network.modules())


@pytest.mark.parametrize(
    "network",
    [Both(), nn.Conv2d(3, 4, 3), nn.Sequential(nn.Flatten(0), nn.Linear(3072, 10))],
    ids=["two tensors", "maps", "no batch"],
)
def test_a_network_that_gives_no_logits(network):
    for function in (occlusion, saliency):
        assert "must give logits (N, K), but gives " in refused(function, network, X, 0)


@pytest.mark.parametrize(
    ("y", "words"),
    [
        ([4], "y must be a tensor of whole numbers (int64), but is list"),
        (torch.tensor([4.0]), "but is torch.float32: use torch.as_tensor(y).long()"),
        (torch.tensor([4, 4]), "one label for each of the 1 pictures, but has shape (2,)"),
        (torch.tensor(4), "one label for each of the 1 pictures, but has shape ()"),
        (torch.tensor([10]), "from 0 to 9, because the network gives 10 scores, but reach from 10"),
    ],
)
def test_labels_for_an_attack(network, y, words):
    assert words in refused(fgsm, network, X[None], y, 0.1)
    assert words in refused(pgd, network, X[None], y, 0.1, 0.05, 2)


RELU, ZEROS = [nn.ReLU()], np.zeros((1, 1, 4, 4), np.float32)
P, LOGITS = [[0.5, 0.5]], [[1.0, 2.0]]
OTHERS = [
    (most_exciting, (classic(), X[None], "conv3", 99), "unit must be from 0 to 63, but is 99"),
    (most_exciting, (classic(), X[None], "conv3", "3"), "unit must be a whole number"),
    (most_exciting, (classic(), X[None], "conv3", 0, 0), "count must be at least 1, but is 0"),
    (visualise_feature, (classic(), "conv3", 0, 32), "shape must be (C, H, W), but is 32"),
    (visualise_feature, (classic(), "conv3", 0, (3, 0, 9)), "shape must be (C, H, W), but is (3"),
    (visualise_feature, (classic(), "conv3", 0, (3, 9, 9), 0), "steps must be at least 1"),
    (visualise_diversely, (classic(), "conv3", 0, (3, 9, 9), 1), "count must be at least 2"),
    (visualise_diversely, (classic(), "conv3", 0, (3, 9, 9), 2, -1), "diversity must be at least"),
    (layer_features, (classic(), X[None], "conv3"), "a list of names, such as ['conv3']"),
    (
        layer_features,
        (classic(), X[None], ["dense1"]),
        "of 'dense1' has shape (1, 64), but feature",
    ),
    (effective_field, (Pair(), ZEROS, (0, 0)), "parts must be a list of layers, but is one"),
    (effective_field, (RELU, torch.zeros(1, 1, 4, 4), (0, 0)), "use np.asarray(pictures, np.floa"),
    (effective_field, (RELU, ZEROS[0], (0, 0)), "pictures must be (N, C, H, W)"),
    (effective_field, (RELU, ZEROS, (4, 0)), "which has no unit (4, 0); count rows and columns fr"),
    (cover_hottest, (X, torch.ones(3, 32, 32), 0.5), "largest value over the channels, heat.amax("),
    (cover_hottest, (X, torch.ones(32, 32), 50), "share must be from 0 to 1, but is 50"),
    (cover_hottest, (X[None], torch.ones(32, 32), 0.5), "it is a batch, so pass one picture"),
    (edge_strength, (X[None],), "x must be one picture, a tensor (C, H, W), not (1, 3, 32, 32)"),
    (rank_correlation, (X, X[0]), "must have one shape, but have (3, 32, 32) and (32, 32)"),
    (reliability, (P, [2]), "labels must be from 0 to 1, but reach from 2 to 2"),
    (expected_calibration_error, (P, [-1]), "labels must be from 0 to 1"),
    (reliability, (P, [0.0]), "y must hold whole numbers, but is float64"),
    (reliability, (P, [0], 0), "bins must be at least 1, but is 0"),
    (best_temperature, (LOGITS, [0, 1]), "must be (N, K) and y (N,), but have the shapes (1, 2)"),
    (best_temperature, (LOGITS, [2]), "labels must be from 0 to 1, but reach from 2 to 2"),
]


@pytest.mark.parametrize("function, arguments, words", OTHERS, ids=lambda part: None)
def test_what_is_wrong_elsewhere(function, arguments, words):
    message = refused(function, *arguments)
    assert words in message and message.split(": ")[0] in (function.__name__, "reliability")


@pytest.mark.parametrize("function", OF_ONE_PICTURE, ids=by_name)
def test_a_network_in_training_mode_answers_as_in_evaluation(function):
    torch.manual_seed(1)
    network = nn.Sequential()
    network.conv3, network.relu, network.drop = nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Dropout()
    network.norm, network.flat, network.dense = (
        nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(3600, 10),
    )  # fmt: skip
    call = OF_ONE_PICTURE[function]
    expected = call(network.eval(), X, 4)
    torch.testing.assert_close(call(network.train(), X, 4), expected)
    assert network.training and network.norm.num_batches_tracked == 0
