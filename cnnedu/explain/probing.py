"""Linear probes: what a linear map can read from a layer."""

from contextlib import ExitStack

import torch
from torch.nn.functional import adaptive_avg_pool2d

from cnnedu.explain.arguments import check_batch
from cnnedu.explain.layers import outputs_of
from cnnedu.nn import evaluating

PIXELS = 250 * 32 * 32  # at a time, which bounds the memory
STRENGTHS = 10.0 ** torch.arange(-4, 3)  # candidates for the penalty on the weights


@torch.no_grad()
def layer_features(network, x, layers, grid=7):
    """Return what layers compute from pictures, as one row of numbers per picture.

    Maps of more than `grid`×`grid` pixels are averaged over `grid`×`grid` cells, so that a layer
    gains nothing from having large maps.

    Args:
        network: any `torch.nn.Module` that takes pictures (N, C, H, W).
        x: normalised pictures, tensor (N, C, H, W).
        layers: names of layers whose output is feature maps (N, F, h, w).
        grid: largest number of cells along each side.

    Returns:
        {layer: tensor (N, F · cells)}.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: `x` isn't a batch, or there is no such layer, or it has no feature maps.

    >>> network = torch.nn.Sequential(torch.nn.Conv2d(3, 5, 3))
    >>> layer_features(network, torch.zeros(2, 3, 9, 9), ["0"], grid=2)["0"].shape
    torch.Size([2, 20])
    """
    check_batch("layer_features", network, x)
    if isinstance(layers, str):
        raise TypeError(f"layer_features: layers must be a list of names, such as [{layers!r}]")
    rows = {layer: [] for layer in layers}
    with evaluating(network), ExitStack() as hooks:
        kept = {
            layer: hooks.enter_context(outputs_of(network, layer, "layer_features"))
            for layer in layers
        }
        for part in x.split(max(1, PIXELS // (x.shape[2] * x.shape[3]))):
            network(part)
            for layer in layers:
                maps = kept[layer].pop()
                if maps.ndim != 4:
                    raise ValueError(
                        f"layer_features: the output of {layer!r} has shape {tuple(maps.shape)}, "
                        "but feature maps (N, F, h, w) are needed; choose another layer"
                    )
                cells = min(grid, maps.shape[2])
                rows[layer].append(adaptive_avg_pool2d(maps, cells).flatten(1))
    return {layer: torch.cat(parts) for layer, parts in rows.items()}


def linear_probe(features, targets, known, validation):
    """Predict numbers from features with a linear map (ridge regression).

    Equation
        minimise  Σ_n (target[n] − w · feature[n] − b)² + strength · |w|²

    over the first rows; for each target, the strength that does best on the next rows is used.
    First the features are scaled to mean 0 and standard deviation 1.

    Args:
        features: tensor (N, D).
        targets: tensor (N, T); for classes, 1 in the column of the class and 0 elsewhere.
        known: how many rows to learn from.
        validation: how many of the next rows to choose the strength with.

    Returns:
        Predictions for the remaining rows, float64 (N − known − validation, T).

    Raises:
        ValueError: no row is left to predict, or `known` or `validation` is 0.

    >>> line = torch.arange(12.0)[:, None]
    >>> linear_probe(line, 2 * line + 1, known=6, validation=4).round(decimals=1).ravel()
    tensor([21., 23.], dtype=torch.float64)
    """
    seen = known + validation
    if not 0 < known < seen < len(features):
        raise ValueError(
            f"linear_probe: of {len(features)} rows {known} to learn from and {validation} for "
            "validation leave none to predict, or one of them is 0"
        )
    deviation, middle = torch.std_mean(features[:known], dim=0)
    rows = (features - middle) / (deviation + 1e-6 + 0.01 * deviation.mean())
    gram = (rows @ rows[:known].T).double() / rows.shape[1]
    targets = targets.double()
    level = targets[:known].mean(dim=0)
    best, least = None, None
    for strength in STRENGTHS:
        left = gram[:known] + strength * torch.eye(known, dtype=torch.float64)
        weights = torch.cholesky_solve(targets[:known] - level, torch.linalg.cholesky(left))
        guesses = gram[known:] @ weights + level
        error = (guesses[:validation] - targets[known:seen]).square().mean(dim=0)
        better = torch.ones_like(error, dtype=torch.bool) if best is None else error < least
        best = guesses if best is None else torch.where(better, guesses, best)
        least = error if least is None else torch.where(better, error, least)
    return best[validation:]


def r_squared(predictions, targets):
    """Return R², the share of the targets' variance that predictions explain.

    Equation
        1 − Σ (prediction − target)² / Σ (target − mean)²

    Args:
        predictions, targets: tensors (N, T).

    Returns:
        1 for perfect predictions, 0 for those no better than the mean; it can be negative.

    >>> r_squared(torch.tensor([[1.0], [1.0]]), torch.tensor([[0.0], [2.0]]))
    0.0
    """
    targets = targets.double()
    spread = (targets - targets.mean(dim=0)).square().sum()
    return 1 - ((predictions - targets).square().sum() / spread).item()
