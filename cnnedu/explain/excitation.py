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
    pictures, values = _drawn(
        "visualise_feature", network, layer, unit, shape, 1, steps, jitter, lr, seed, colours, 0.0
    )
    return pictures[0], values[:, 0].tolist()


def visualise_diversely(
    network,
    layer,
    unit,
    shape,
    count=3,
    diversity=1.0,
    steps=256,
    jitter=2,
    lr=0.05,
    seed=0,
    colours=None,
):
    """Draw several pictures at once that excite a unit as strongly as possible and aren't alike.

    Equation
        maximise  mean_n a_n − diversity · |mean_n a_n| · mean_{m≠n} likeness[m, n]

    where a_n is what the unit puts out for picture n, as in `visualise_feature`, and `likeness` is
    that of what all the layer's maps hold at this place. The factor |mean a| counts as a constant:
    with it, the same `diversity` suits units of any size.

    Args:
        count: how many pictures, at least 2.
        diversity: weight of the penalty on likeness, 0 or more.
        network, layer, unit, shape, steps, jitter, lr, seed, colours: as for `visualise_feature`.

    Returns:
        (pictures, values): tensors (count, C, H, W) from 0 to 1, and (steps, count).

    Raises:
        ValueError: as `visualise_feature` does; `count` or `diversity` is too small.

    Source
        Olah, Mordvintsev, Schubert, "Feature visualization", Distill (2017), "Diversity":
        there the Gram matrices of whole maps are compared. Here the place of the unit alone counts;
        elsewhere a picture could change and the unit wouldn't notice.
    """
    caller = "visualise_diversely"
    if count < 2:
        raise ValueError(f"{caller}: count must be at least 2, but is {count}")
    if diversity < 0:
        raise ValueError(f"{caller}: diversity must be at least 0, but is {diversity}")
    return _drawn(
        caller, network, layer, unit, shape, count, steps, jitter, lr, seed, colours, diversity
    )


def likeness(numbers):
    """Return how alike what several pictures give at one place of a layer is.

    Equation
        G_n = a_n a_nᵀ,  out[m, n] = ⟨G_m, G_n⟩ / (‖G_m‖ ‖G_n‖) = (a_m · a_n)² / (‖a_m‖² ‖a_n‖²)

    Args:
        numbers: a_n, tensor (N, F): what the F maps hold at the place, for each picture.

    Returns:
        Tensor (N, N), from 0 to 1; 1 on its diagonal.

    Source
        Olah, Mordvintsev, Schubert, "Feature visualization", Distill (2017), "Diversity".

    >>> likeness(torch.tensor([[1.0, 0.0], [2.0, 2.0]]))
    tensor([[1.0000, 0.5000],
            [0.5000, 1.0000]])
    """
    ways = torch.nn.functional.normalize(numbers)
    return (ways @ ways.T).square()


def _drawn(caller, network, layer, unit, shape, count, steps, jitter, lr, seed, colours, diversity):
    """Draw `count` pictures together: tensors (count, C, H, W), and their values (steps, count)."""
    if not (isinstance(shape, (tuple, list, torch.Size)) and len(shape) == 3 and min(shape) >= 1):
        raise ValueError(f"{caller}: shape must be (C, H, W), but is {shape}")
    if steps < 1:
        raise ValueError(f"{caller}: steps must be at least 1, but is {steps}")
    generator = torch.Generator().manual_seed(seed)
    height, width = shape[1:]
    frequency = torch.hypot(torch.fft.fftfreq(height)[:, None], torch.fft.rfftfreq(width))
    scale = 1 / frequency.clamp(min=1 / max(height, width))
    device = next((p.device for p in network.parameters()), "cpu")
    scale = scale.to(device)
    colours = (torch.eye(shape[0]) if colours is None else colours).to(device)
    size = count, shape[0], *frequency.shape, 2
    waves = (0.01 * torch.randn(size, generator=generator)).to(device).requires_grad_()
    optimizer, history = torch.optim.Adam([waves], lr), []
    with evaluating(network), outputs_of(network, layer, caller) as kept:
        for _ in range(steps):
            shifts = torch.randint(-jitter, jitter + 1, (2,), generator=generator).tolist()
            pictures = _pictures(waves, scale, (height, width), colours)
            network(pictures.roll(shifts, dims=(2, 3)))
            out = kept.pop()
            maps = _unit(caller, out, layer, unit)
            middle = maps.shape[1] // 2, maps.shape[2] // 2
            values = maps[:, *middle]
            score = values.mean()
            if diversity:
                numbers = out[:, :, *middle] if out.ndim == 4 else out
                score = score - diversity * score.abs().detach() * _mean_likeness(numbers)
            (waves.grad,) = torch.autograd.grad(-score, waves)
            optimizer.step()
            history.append(values.detach())
    return _pictures(waves, scale, (height, width), colours).detach(), torch.stack(history)


def _mean_likeness(numbers):
    """Return the mean likeness of two different pictures."""
    alike, count = likeness(numbers), len(numbers)
    return (alike.sum() - count) / (count * (count - 1))


def _pictures(waves, scale, size, colours):
    """Add the waves up to pictures with values from 0 to 1."""
    spectrum = torch.view_as_complex(waves) * scale
    amounts = torch.fft.irfft2(spectrum, s=size, norm="ortho")
    spread = amounts.square().mean(dim=(1, 2, 3), keepdim=True).sqrt()
    return torch.einsum("ck,nkhw->nchw", colours, CONTRAST * amounts / spread).sigmoid()


def _unit(caller, out, layer, unit):
    """Return one unit's maps (N, h, w) from a layer's output; a number counts as a 1×1 map."""
    if out.ndim not in (2, 4):
        raise ValueError(
            f"{caller}: the output of {layer!r} has shape {tuple(out.shape)}, which are no feature "
            "maps; choose another layer"
        )
    whole_from("unit", caller, unit, out.shape[1])
    return out[:, unit] if out.ndim == 4 else out[:, unit, None, None]
