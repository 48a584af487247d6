"""What training keeps of a network is what PyTorch really saves on this machine."""

import pytest
import torch
from models.test_architectures import NETWORKS as FAMOUS
from models.test_architectures import on_paper
from torch import nn

from cnnedu.experiments.l12_blocks import NETWORKS as BLOCKS
from cnnedu.models.training_memory import kept_for_training

NETWORKS = {name: (build, shape) for name, (build, shape, *_) in FAMOUS.items()}
NETWORKS |= {name: (build, (3, 16, 16)) for name, build in BLOCKS.items()}
ON_PAPER = {name for name in FAMOUS if FAMOUS[name][1][1] == 224}


def saved(network, shape, count):
    """Count the bytes that a pass saves, told apart by where they lie in memory."""
    weights = {t.data_ptr() for t in [*network.parameters(), *network.buffers()]}
    found, alive = {}, []

    def pack(tensor):
        memory = tensor.untyped_storage()
        if memory.data_ptr() not in weights:
            found[memory.data_ptr()] = memory.nbytes()
            alive.append(tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        network(torch.randn(count, *shape))
    return sum(found.values())


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_kept_is_what_the_hooks_see(name):
    """The ledger is made of shapes alone, the comparison of real numbers."""
    build, shape = NETWORKS[name]
    if name == "VGG-16":
        shape = (3, 32, 32)  # its convolutions; the dense layers would take half a gigabyte
        real, paper = build()[0], on_paper(build)[0]
    else:
        real, paper = build(), on_paper(build) if name in ON_PAPER else build()
    expected = saved(real, shape, 3) - saved(real, shape, 2)
    assert sum(kept_for_training(paper, shape).values()) == expected


def test_each_tensor_counts_once_and_for_the_layer_that_first_needs_it():
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Conv2d(2, 3, 3), nn.ReLU6())
    # the picture; the ReLU's output, which the second convolution needs, too; a ReLU6's input
    assert kept_for_training(network, (1, 8, 8)) == {"0": 256, "1": 288, "3": 192}


def test_what_is_frozen_keeps_nothing():
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(72, 2))
    network[0].requires_grad_(False)
    assert kept_for_training(network, (1, 8, 8)) == {"3": 4 * 72}


def test_the_network_and_the_random_numbers_are_left_alone():
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Dropout(0.5)).eval()
    before = torch.random.get_rng_state()
    kept_for_training(network, (1, 8, 8))
    assert torch.equal(torch.random.get_rng_state(), before)
    assert not network.training and network[1].num_batches_tracked == 0
    assert not network[0]._forward_hooks and not network[0]._forward_pre_hooks
