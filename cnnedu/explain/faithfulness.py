"""Is a map true to the network? Cover what it marks as important, and compare it with edges."""

import torch
from torch.nn.functional import conv2d, interpolate, pad

from cnnedu.data import edge_kernel
from cnnedu.explain.arguments import check_picture, check_target, logits_of
from cnnedu.nn import evaluating


def cover_hottest(x, heat, share):
    """Cover the pixels where a map is hottest with mean grey.

    Args:
        x: one normalised picture, tensor (C, H, W).
        heat: map, tensor (h, w); a small one is stretched over the picture.
        share: which share of the pixels to cover, from 0 to 1.

    Returns:
        Tensor (C, H, W) in which round(share · H · W) pixels are 0 in every channel.

    Raises:
        TypeError, ValueError: `x` isn't one picture, `heat` isn't one map, or `share` isn't from 0
            to 1.

    >>> cover_hottest(torch.ones(1, 1, 3), torch.tensor([[5.0, 9.0, 7.0]]), share=2 / 3)
    tensor([[[1., 0., 0.]]])
    """
    check_picture("cover_hottest", None, x)
    if not isinstance(heat, torch.Tensor) or heat.ndim != 2:
        found = getattr(heat, "shape", type(heat).__name__)
        raise ValueError(
            f"cover_hottest: heat must be one map, a tensor (h, w), but is {found}; take the "
            "largest value over the channels, heat.amax(dim=0)"
        )
    if not 0 <= share <= 1:
        raise ValueError(f"cover_hottest: share must be from 0 to 1, but is {share}")
    size = tuple(x.shape[1:])
    if tuple(heat.shape) != size:
        heat = interpolate(heat[None, None], size=size, mode="bilinear")[0, 0]
    hottest = heat.flatten().argsort(descending=True, stable=True)[: round(share * heat.numel())]
    out = x.clone().flatten(1)
    out[:, hottest] = 0
    return out.reshape(x.shape)


@torch.no_grad()
def deletion_curve(network, x, target, heat, shares):
    """Return a class's probability as more and more of the hottest pixels are covered.

    The faster it falls, the better the map shows what the network uses.

    Args:
        network: any `torch.nn.Module` that gives logits (N, K) for pictures (N, C, H, W).
        x, heat: as for `cover_hottest`.
        target: the class's index.
        shares: the shares of the pixels to cover, each from 0 to 1.

    Returns:
        Tensor (len(shares),) of probabilities.

    Raises:
        TypeError, ValueError: as from `cover_hottest`, or there is no such class.

    Source
        Petsiuk, Das, Saenko, "RISE: Randomized input sampling for explanation of black-box
        models", BMVC 2018.
    """
    check_picture("deletion_curve", network, x)
    covered = torch.stack([cover_hottest(x, heat, share) for share in shares])
    with evaluating(network):
        logits = logits_of("deletion_curve", network, covered)
    check_target("deletion_curve", target, logits)
    return logits.softmax(dim=1)[:, target]


def edge_strength(x):
    """Return how strong the edges are at each pixel, whatever their direction; no network is used.

    Equation
        g = grey ⋆ edge kernel of lesson 01, h = grey ⋆ its transpose, out = √(g² + h²)

    Args:
        x: one picture, tensor (C, H, W).

    Returns:
        Tensor (H, W). Beyond the border, the pixels at the border are repeated.

    Raises:
        ValueError: `x` isn't one picture.

    >>> edge_strength(torch.tensor([[[0.0, 0.0, 1.0]]]))
    tensor([[0., 3., 3.]])
    """
    if not isinstance(x, torch.Tensor) or x.ndim != 3:
        found = tuple(x.shape) if hasattr(x, "shape") else type(x).__name__
        raise ValueError(f"edge_strength: x must be one picture, a tensor (C, H, W), not {found}")
    grey = pad(x.float().mean(dim=0)[None, None], (1, 1, 1, 1), mode="replicate")
    kernel = torch.tensor(edge_kernel(), dtype=torch.float32)
    return conv2d(grey, torch.stack([kernel, kernel.T])[:, None])[0].norm(dim=0)


def rank_correlation(one, other):
    """Return Spearman's ρ of two maps: 1 if they rank the pixels alike, 0 if they are unrelated.

    Args:
        one, other: tensors of the same shape.

    Returns:
        A number from −1 to 1; 0 if a map is constant.

    Raises:
        ValueError: the shapes differ.

    >>> rank_correlation(torch.tensor([1.0, 2.0, 9.0]), torch.tensor([10.0, 30.0, 20.0]))
    0.5
    """
    if one.shape != other.shape:
        raise ValueError(
            f"rank_correlation: the maps must have one shape, but have {tuple(one.shape)} and "
            f"{tuple(other.shape)}"
        )
    from scipy.stats import rankdata

    ranks = [torch.from_numpy(rankdata(map.flatten().numpy())) for map in (one, other)]
    return torch.corrcoef(torch.stack(ranks))[0, 1].nan_to_num(0.0).item()
