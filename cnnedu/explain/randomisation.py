"""Does an explanation depend on what was learnt? Make the network forget, and look again."""

import copy

import torch

from cnnedu.explain.faithfulness import rank_correlation
from cnnedu.explain.layers import evaluating, find_layer


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
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for name in names:
            part = network.get_submodule(name)
            if hasattr(part, "reset_parameters"):
                part.reset_parameters()
    return network


def sanity_check(explain, network, seed=0):
    """Compare a network's map with those of copies that forget more and more, from the end.

    A map that explains what was learnt must change; one that stays the same only describes the
    picture.

    Equation
        ρ = correlation of rank(|map|) and rank(|map of the copy|)     (Spearman)

    Args:
        explain: function that takes a network and returns a map, a tensor; for example
            `lambda net: saliency(net, x, target)`.
        network: any `torch.nn.Module`.
        seed: for the fresh weights.

    Returns:
        {layer: ρ}, from the last layer with weights to the first; ρ is 1 for the same map and
        about 0 for an unrelated one.

    Source
        Adebayo, Gilmer, Muelly, Goodfellow, Hardt, Kim, "Sanity checks for saliency maps",
        NeurIPS 2018.
    """
    with evaluating(network):
        before = explain(network)
    learnt = [name for name, part in network.named_modules() if hasattr(part, "reset_parameters")]
    return {
        name: rank_correlation(before.abs(), explain(randomised(network, name, seed)).abs())
        for name in reversed(learnt)
    }
