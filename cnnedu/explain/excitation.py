"""What excites a unit most, among given pictures and among all pictures that could exist."""

import torch

from cnnedu.explain.arguments import check_batch, whole_from
from cnnedu.explain.layers import outputs_of
from cnnedu.nn import evaluating

BATCH = 256
CONTRAST = 2.0  # of a drawn picture, before the sigmoid


@torch.no_grad()
def most_exciting(network, x, layer, unit, count=9):
    """Find the pictures, and the places in them, where a feature map is largest.

    Args:
        network: any `torch.nn.Module` that takes pictures (N, C, H, W).
        x: normalised pictures, tensor (N, C, H, W).
        layer: name of a layer that puts out feature maps (N, F, h, w) or rows of numbers (N, F).
        unit: which of the F.
        count: how many pictures to find.

    Returns:
        (value, picture, place): the largest values, tensor (count,), in falling order; the
        indices of the pictures, (count,); row and column in the feature map, (count, 2).

    Raises:
        ValueError: there is no such layer or unit.

    Source
        Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014.
    """
    check_batch("most_exciting", network, x)
    if count < 1:
        raise ValueError(f"most_exciting: count must be at least 1, but is {count}")
    largest = []
    with evaluating(network), outputs_of(network, layer, "most_exciting") as kept:
        for part in x.split(BATCH):
            network(part)
            maps = _unit("most_exciting", kept.pop(), layer, unit)
            largest.append(maps.flatten(1).max(dim=1))
    value, place = (torch.cat(parts) for parts in zip(*largest, strict=True))
    value, picture = value.topk(min(count, len(x)))
    place, width = place[picture], maps.shape[2]
    return value, picture, torch.stack([place // width, place % width], dim=1)


@torch.no_grad()
def colour_directions(pictures):
    """Return uncorrelated directions of colour, each as long as pictures vary along it.

    Equation
        covariance of the channels = U diag(v) Uᵀ,  out = U diag(√v) / √(largest v)

    The first column is close to grey: photographs differ most in brightness.

    Args:
        pictures: tensor (N, C, H, W).

    Returns:
        Tensor (C, C): a column for each direction, the strongest first.

    Raises:
        ValueError: `pictures` isn't a batch.

    >>> grey = torch.linspace(0, 1, 5)[None, None, None].expand(1, 3, 1, 5)
    >>> colour_directions(grey)[:, 0].abs()
    tensor([0.5774, 0.5774, 0.5774])
    """
    check_batch("colour_directions", None, pictures)
    pixels = pictures.transpose(0, 1).flatten(1)
    variances, directions = torch.linalg.eigh(torch.cov(pixels))
    lengths = variances.clamp(min=0).sqrt()
    return (directions * lengths / lengths[-1]).flip(1)


def visualise_feature(
    network, layer, unit, shape, steps=256, jitter=2, lr=0.05, seed=0, colours=None
):
    """Start from noise and draw a picture that excites a unit as strongly as possible.

    Equation
        maximise  A[unit, h // 2, w // 2](shift(x)),
        x = sigmoid(2 · colours · s / √mean(s²)),  s = irfft2(z / frequency)

    over z, with Adam: the feature map's number at one place, as in `most_exciting`. The picture is
    a sum of waves, and the higher a wave's frequency, the less its coefficient counts; otherwise
    fine noise would fill the picture. Its contrast is held, so that it can't end in black and
    white. Before every step the picture is shifted at random by up to `jitter` pixels, so tuning a
    single pixel doesn't pay. With `colours` the waves make up amounts of uncorrelated colours, so
    that the picture's colours vary as photographs' do.

    Args:
        network: any `torch.nn.Module` that takes pictures (N, C, H, W) with values from 0 to 1; if
            it expects normalised pictures, put the normalisation in front of it.
        layer, unit: as for `most_exciting`.
        shape: (C, H, W) of the picture.
        steps: how many steps Adam takes, at least 1.
        jitter: largest shift in pixels, in each of the four directions.
        lr: Adam's learning rate.
        seed: for the first noise and the shifts.
        colours: tensor (C, C) as from `colour_directions`; None for red, green and blue.

    Returns:
        (picture, history): tensor (C, H, W) from 0 to 1, and the unit's value at each step.

    Raises:
        ValueError: there is no such layer or unit, or `shape` doesn't have three axes.

    Source
        Olah, Mordvintsev, Schubert, "Feature visualization", Distill (2017).
    """
    if not (isinstance(shape, (tuple, list, torch.Size)) and len(shape) == 3 and min(shape) >= 1):
        raise ValueError(f"visualise_feature: shape must be (C, H, W), but is {shape}")
    if steps < 1:
        raise ValueError(f"visualise_feature: steps must be at least 1, but is {steps}")
    generator = torch.Generator().manual_seed(seed)
    height, width = shape[1:]
    frequency = torch.hypot(torch.fft.fftfreq(height)[:, None], torch.fft.rfftfreq(width))
    scale = 1 / frequency.clamp(min=1 / max(height, width))
    device = next((p.device for p in network.parameters()), "cpu")
    scale = scale.to(device)
    colours = torch.eye(shape[0]) if colours is None else colours
    colours = colours.to(device)
    waves = 0.01 * torch.randn(shape[0], *frequency.shape, 2, generator=generator).to(device)
    waves.requires_grad_()
    optimizer, history = torch.optim.Adam([waves], lr), []
    with evaluating(network), outputs_of(network, layer, "visualise_feature") as kept:
        for _ in range(steps):
            shifts = torch.randint(-jitter, jitter + 1, (2,), generator=generator).tolist()
            picture = _picture(waves, scale, (height, width), colours)
            network(picture.roll(shifts, dims=(1, 2))[None])
            maps = _unit("visualise_feature", kept.pop(), layer, unit)
            score = maps[0, maps.shape[1] // 2, maps.shape[2] // 2]
            (waves.grad,) = torch.autograd.grad(-score, waves)
            optimizer.step()
            history.append(score.item())
    return _picture(waves, scale, (height, width), colours).detach(), history


def _picture(waves, scale, size, colours):
    """Add the waves up to a picture with values from 0 to 1."""
    spectrum = torch.view_as_complex(waves) * scale
    amounts = torch.fft.irfft2(spectrum, s=size, norm="ortho")
    amounts = CONTRAST * amounts / amounts.square().mean().sqrt()
    return torch.einsum("ck,khw->chw", colours, amounts).sigmoid()


def _unit(caller, out, layer, unit):
    """Return one unit's maps (N, h, w) from a layer's output; a number counts as a 1×1 map."""
    if out.ndim not in (2, 4):
        raise ValueError(
            f"{caller}: the output of {layer!r} has shape {tuple(out.shape)}, which are no feature "
            "maps; choose another layer"
        )
    whole_from("unit", caller, unit, out.shape[1])
    return out[:, unit] if out.ndim == 4 else out[:, unit, None, None]
