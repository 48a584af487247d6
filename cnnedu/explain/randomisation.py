"""Does an explanation depend on what was learnt? Make the network forget, and look again."""

import copy

import torch

from cnnedu.explain.layers import find_layer


def randomised(network, layer=None, seed=0, pictures=None):
    """Return a copy of a network with fresh weights in one layer and all the layers after it.

    Args:
        network: any `torch.nn.Module`; its layers are taken in the order of `named_modules()`.
            Layers that it lists in an attribute `computed` keep their weights: those were never
            learnt, but computed from pictures, as the whitening of `cnnedu.models.whitened`.
        layer: name of the first layer to forget; None for all.
        seed: for the fresh weights.
        pictures: normalised pictures (N, C, H, W) on which each batch norm measures its mean and
            variance anew, as in training; None leaves them at 0 and 1, with which the numbers of a
            deep network fade away.

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
    names = [name for name in names if name not in getattr(network, "computed", ())]
    network = copy.deepcopy(network).eval()
    devices = {p.device.index for p in network.parameters() if p.device.type == "cuda"}
    with torch.random.fork_rng(devices=devices):
        torch.manual_seed(seed)
        for name in names:
            part = network.get_submodule(name)
            if hasattr(part, "reset_parameters"):
                part.reset_parameters()
    if pictures is not None:
        _measure_statistics(network, pictures)
    return network


@torch.no_grad()
def _measure_statistics(network, pictures):
    """Set the running mean and variance of each batch norm to those of these pictures."""
    norms = [part for part in network.modules() if isinstance(part, torch.nn.BatchNorm2d)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # so that all pictures count alike
        norm.train()
    network(pictures)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
        norm.eval()
