"""Does an explanation depend on what was learnt? Make the network forget, and look again."""

import copy

import torch

from cnnedu.explain.layers import find_layer


def randomised(network, layer=None, seed=0):
    """Return a copy of a network with fresh weights in one layer and all the layers after it.

    Args:
        network: any `torch.nn.Module`; its layers are taken in the order of `named_modules()`.
        layer: name of the first layer to forget; None for all.
        seed: for the fresh weights.

    Returns:
        The copy, in evaluation mode. The network and PyTorch's random state are left unchanged.

    Raises:
        ValueError: there is no such layer.

    >>> network = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Linear(1, 1))
    >>> half = randomised(network, "1")
    >>> [bool(a.weight == b.weight) for a, b in zip(network, half)]
    [True, False]
    """
    names = [name for name, _ in network.named_modules()]
    if layer is not None:
        find_layer(network, layer, "randomised")
        names = names[names.index(layer) :]
    network = copy.deepcopy(network).eval()
    devices = {p.device.index for p in network.parameters() if p.device.type == "cuda"}
    with torch.random.fork_rng(devices=devices):
        torch.manual_seed(seed)
        for name in names:
            part = network.get_submodule(name)
            if hasattr(part, "reset_parameters"):
                part.reset_parameters()
    return network
