import subprocess
import sys

import numpy as np
import pytest
import torch

from cnnedu import nn


def networks(training):
    """Return our network and torch's, with the same weights in float64."""
    rng = np.random.default_rng(0)
    mine = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1, bias=False, rng=rng),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 8, (3, 1), stride=2, groups=2, rng=rng),
        nn.GELU(),
        nn.AvgPool2d(2, stride=1, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(8, 4, 1, rng=rng),
        nn.Tanh(),
        nn.Flatten(),
        nn.Linear(4 * 3 * 4, 6, rng=rng),
        nn.Sigmoid(),
        nn.Linear(6, 5, bias=False, rng=rng),
    )
    theirs = torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, padding=1, bias=False),
        torch.nn.BatchNorm2d(8),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(8, 8, (3, 1), stride=2, groups=2),
        torch.nn.GELU(),
        torch.nn.AvgPool2d(2, stride=1, padding=1),
        torch.nn.LeakyReLU(0.2),
        torch.nn.Conv2d(8, 4, 1),
        torch.nn.Tanh(),
        torch.nn.Flatten(),
        torch.nn.Linear(4 * 3 * 4, 6),
        torch.nn.Sigmoid(),
        torch.nn.Linear(6, 5, bias=False),
    ).double()
    with torch.no_grad():
        for parameter, tensor in zip(mine.parameters(), theirs.parameters(), strict=True):
            parameter.value = parameter.value.astype(np.float64)
            tensor.copy_(torch.tensor(parameter.value))
    return mine.train(training), theirs.train(training)


@pytest.mark.parametrize("training", [True, False])
def test_a_network_and_its_gradients_are_those_of_torch(training):
    mine, theirs = networks(training)
    x = np.random.default_rng(1).standard_normal((6, 3, 11, 12))
    tensor = torch.tensor(x, requires_grad=True)
    for _ in range(2):  # twice, so that the running statistics matter
        out, expected = mine(x), theirs(tensor)
        np.testing.assert_allclose(out, expected.detach().numpy(), atol=1e-6)
    dout = np.random.default_rng(2).standard_normal(out.shape)
    theirs.zero_grad()
    expected.backward(torch.tensor(dout))
    np.testing.assert_allclose(mine.backward(dout), tensor.grad.numpy(), atol=1e-6)
    for parameter, reference in zip(mine.parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(parameter.grad, reference.grad.numpy(), atol=1e-6)
    norm, reference = mine.layers[1], theirs[1]
    np.testing.assert_allclose(norm.running_mean, reference.running_mean.numpy(), atol=1e-6)
    np.testing.assert_allclose(norm.running_var, reference.running_var.numpy(), atol=1e-6)


def test_global_pooling_and_dropout_as_layers():
    x = np.random.default_rng(0).standard_normal((2, 3, 4, 4))
    pool = nn.GlobalAvgPool2d()
    np.testing.assert_allclose(pool(x), x.mean((2, 3), keepdims=True))
    np.testing.assert_allclose(pool.backward(np.ones((2, 3, 1, 1))), np.full(x.shape, 1 / 16))
    dropout = nn.Dropout(0.5, rng=np.random.default_rng(0))
    out = dropout(x)
    np.testing.assert_array_equal(dropout.backward(x), out)
    assert 0 < (out == 0).mean() < 1
    model = nn.Sequential(dropout).eval()
    np.testing.assert_array_equal(model(x), x)
    assert model.train().layers[0].training


def test_initialisation_has_the_promised_variance():
    w, variance = nn.he_normal((64, 32, 3, 3), np.random.default_rng(0)), 2 / (32 * 9)
    assert w.dtype == np.float32
    assert abs(w.var() / variance - 1) < 0.03
    assert abs(w.mean()) < 3 * np.sqrt(variance / w.size)


def test_he_keeps_the_signal_alive_through_twenty_relu_layers():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((100, 256)).astype(np.float32)
    layers = [nn.Sequential(nn.Linear(256, 256, rng=rng), nn.ReLU()) for _ in range(20)]
    out = nn.Sequential(*layers)(x)
    assert 0.3 < (out**2).mean() / (x**2).mean() < 3


def test_layers_refuse_sizes_that_do_not_fit():
    with pytest.raises(ValueError, match="3 groups can't share 4 channels"):
        nn.Conv2d(4, 6, 3, groups=3)
    with pytest.raises(ValueError, match="each size in shape must be at least 1"):
        nn.Linear(0, 3)


def test_nn_and_kernels_import_numpy_and_the_standard_library_alone():
    code = (
        "import sys; import numpy; before = set(sys.modules); import cnnedu.nn, cnnedu.kernels;"
        "new = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - set(sys.stdlib_module_names) - {'numpy', 'cnnedu'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
