"""Transfer: a new head, a probe, and parts that learn while all others stay."""

import copy

import pytest
import torch
from torch.nn.functional import cross_entropy

from cnnedu.models.whitened import Whitened
from cnnedu.tasks.transfer import after_each_block, features, fine_tune, fit_probe, with_head


@pytest.fixture
def network():
    torch.manual_seed(0)
    return Whitened((8, 8, 16))


def pictures(count=20):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(count, 3, 32, 32, generator=generator), torch.arange(count) % 3


def test_a_new_head_leaves_the_network_it_was_copied_from_alone(network):
    before = copy.deepcopy(network.state_dict())
    changed = with_head(network, 3)
    changed.block1.conv1.weight.data.zero_()
    assert all(torch.equal(before[name], value) for name, value in network.state_dict().items())
    assert (changed.dense.weight == 0).all() and changed.dense.bias.shape == (3,)


def test_features_are_what_the_last_layer_sees(network):
    x, _ = pictures()
    found = features(network, x)
    assert torch.allclose(network.scale(network.dense(found)), network.eval()(x), atol=1e-5)
    assert not network.training


def test_after_the_last_block_the_largest_numbers_are_the_features(network):
    x, _ = pictures()
    found = after_each_block(network.eval(), x)
    assert torch.allclose(found["block3"], features(network, x), atol=1e-5)
    first = network.block1(network.gelu(network.whiten(x)))
    assert torch.allclose(found["block1"], first.amax(dim=(2, 3)), atol=1e-5)
    assert not found["block2"].requires_grad


def test_a_probe_ends_where_the_loss_is_flat():
    generator = torch.Generator().manual_seed(0)
    found, y = torch.randn(60, 5, generator=generator), torch.arange(60) % 3
    probe = fit_probe(found, y, 3, decay=0.1).requires_grad_(True)
    loss = cross_entropy(probe(found), y) + 0.05 * probe.weight.square().sum()
    loss.backward()
    assert probe.weight.grad.abs().max() < 1e-4 and probe.bias.grad.abs().max() < 1e-4


def test_only_the_named_parts_learn_and_the_others_keep_their_statistics(network):
    network = with_head(network, 3)
    before = copy.deepcopy(network.state_dict())
    out = fine_tune(network, pictures(), {"block3": 1e-2, "dense": 1e-1}, epochs=2)
    assert out is network and not network.training
    changed = {name for name, v in network.state_dict().items() if not torch.equal(before[name], v)}
    assert {name.split(".")[0] for name in changed} == {"block3", "dense"}
    trained = {"block3.conv1.weight", "block3.norm1.running_mean", "dense.weight", "dense.bias"}
    assert trained <= changed
    assert network.block1.conv1.weight.grad is None, "no gradient is computed in vain"


def test_the_seed_decides_what_is_learnt(network):
    heads = []
    for seed in (1, 1, 2):
        tuned = fine_tune(with_head(network, 3), pictures(40), {"dense": 1e-2}, epochs=1, seed=seed)
        heads.append(tuned.dense.weight)
    assert torch.equal(heads[0], heads[1]) and not torch.equal(heads[0], heads[2])


@pytest.mark.parametrize(
    ("rates", "named"), [({}, "none"), ({"dense": 1, "head": 1}, "dense, head")]
)
def test_rates_that_name_nothing_to_train(network, rates, named):
    with pytest.raises(ValueError, match=rf"block3, dense; it names {named}$"):
        fine_tune(network, pictures(), rates)
