"""Lesson 04: how much features change when a camera moves over a photograph, pixel by pixel.

In the control, the window's content is shifted as a ring instead: what leaves on one side comes in
on the other.
"""

import numpy as np
import torch
from torch.nn import functional as F

from cnnedu.experiments.store import Experiment, Part

PHOTOGRAPHS = (  # what scikit-image brings along of at least 172 × 172 pixels
    *("astronaut", "brick", "camera", "cat", "cell", "clock", "coffee", "coins", "grass"),
    *("gravel", "hubble_deep_field", "immunohistochemistry", "moon", "page", "retina", "rocket"),
    *("stereo_motorcycle", "text"),
)
WINDOW, MARGIN, FARTHEST = 128, 14, 8  # pixels
PLACES = 10  # windows in each photograph
SEEDS = 5  # sets of random filters
SHIFTS = np.arange(FARTHEST + 1)
HALVINGS = ("nothing", "stride 2", "max pool", "average pool", "max + blur")
DIRECTIONS = ("right", "down")
BORDERS = ("photograph", "ring")
BLUR = torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16


def halve(x, way):
    """Halve maps, or leave them as they are.

    Args:
        x: maps (N, C, H + 2, W + 2), with a margin of one pixel; H and W are even.
        way: one of `HALVINGS`.

    Returns:
        (N, C, H/2, W/2), or (N, C, H, W) for "nothing".

    >>> x = torch.arange(16.0).reshape(1, 1, 4, 4)
    >>> [halve(x, way).item() for way in ("stride 2", "max pool", "average pool")]
    [5.0, 10.0, 7.5]
    """
    inner = x[:, :, 1:-1, 1:-1]
    match way:
        case "nothing":
            return inner
        case "stride 2":
            return inner[:, :, ::2, ::2]
        case "max pool":
            return F.max_pool2d(inner, 2)
        case "average pool":
            return F.avg_pool2d(inner, 2)
        case "max + blur":
            blur = BLUR.expand(x.shape[1], 1, 3, 3)
            return F.conv2d(F.max_pool2d(x, 2, 1), blur, stride=2, groups=x.shape[1])


def sobel():
    """Return four Sobel filters, one for each direction of an edge: (4, 1, 3, 3)."""
    right = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return torch.stack([right, -right, right.T, -right.T])[:, None]


def edges(x, way):
    """Return the halved edge maps of pictures (N, 1, H + 4, W + 4): (N, 4, H/2, W/2)."""
    return halve(F.conv2d(x, sobel()).relu(), way)


def describe(x, way, filters):
    """Return the description of pictures (N, 1, H + 28, W + 28): their last maps' means (N, F).

    Args:
        x: pictures with a margin of 14 pixels; H and W can be divided by 8.
        way: one of `HALVINGS`.
        filters: (F, C, 3, 3) of each stage: filter → ReLU → halve.
    """
    if way == "nothing":  # needs less of the margin
        spare = MARGIN - 2 * len(filters)
        x = x[:, :, spare:-spare, spare:-spare]
    for w in filters:
        x = halve(F.conv2d(x, w).relu(), way)
    return x.mean(dim=(2, 3))


def random_filters(seed):
    """Return three stages of filters: the Sobel filters, then twice eight random ones."""
    generator = torch.Generator().manual_seed(seed)
    return [sobel()] + [
        torch.randn(8, channels, 3, 3, generator=generator) * np.sqrt(2 / (9 * channels))
        for channels in (4, 8)
    ]


def photograph(name):
    """Return a photograph that comes with scikit-image, as light from 0 to 1: float32 (H, W)."""
    from skimage import data

    found = getattr(data, {"cat": "chelsea"}.get(name, name))()
    found = found[0] if isinstance(found, tuple) else found
    grey = found.mean(axis=2) if found.ndim == 3 else found
    return (grey / 255).astype(np.float32)


def corners(picture, seed):
    """Draw the top left corners of `PLACES` windows in which there is something to see.

    The window's grey levels differ by a standard deviation of 0.02 or more.
    """
    rng, kept = np.random.default_rng(seed), []
    while len(kept) < PLACES:
        most = np.array(picture.shape) - WINDOW - MARGIN - FARTHEST
        top, left = rng.integers(MARGIN, most + 1)
        if picture[top : top + WINDOW, left : left + WINDOW].std() >= 0.02:
            kept.append((int(top), int(left)))
    return kept


def moved(picture, corner, direction, border):
    """Return what the camera sees at each of `SHIFTS`, with a margin around: (9, 1, 156, 156).

    Args:
        picture: (H, W).
        corner: the window's top left pixel before the move.
        direction: "right" or "down", where the camera moves.
        border: "photograph" for the real surroundings, "ring" for a window closed to a ring.
    """
    top, left = corner
    seen = []
    for shift in SHIFTS:
        down, right = (shift, 0) if direction == "down" else (0, shift)
        if border == "ring":
            window = picture[top : top + WINDOW, left : left + WINDOW]
            window = np.roll(window, (-down, -right), axis=(0, 1))
            seen.append(np.pad(window, MARGIN, mode="wrap"))
        else:
            first, size = (top - MARGIN + down, left - MARGIN + right), WINDOW + 2 * MARGIN
            seen.append(picture[first[0] : first[0] + size, first[1] : first[1] + size])
    return torch.from_numpy(np.stack(seen)[:, None])


def moved_for_edges(picture, corner, direction, border):
    """Return the same with the margin that `edges` needs: (9, 1, 132, 132)."""
    spare = MARGIN - 2
    return moved(picture, corner, direction, border)[:, :, spare:-spare, spare:-spare]


def change(after, before):
    """Return ‖after − before‖ / ‖before‖."""
    return ((after - before).norm() / before.norm()).item()


def left_over(after, before, axis):
    """Return what is left of the change when `before` moves along as well as whole steps can.

    Steps go from 0 to 8; only what both maps show is compared.
    """
    size = before.shape[axis]
    return min(
        change(after.narrow(axis, 0, size - d), before.narrow(axis, d, size - d))
        for d in range(FARTHEST + 1)
    )


def features():
    """Measure the edge maps of moved photographs after one halving.

    Returns:
        Arrays float16 (photographs, places, directions, ways, shifts): `stays` and `stays_ring`,
        the change of the maps; `moves_along`, what is left of it after the best fit. `other`
        (photographs, places, ways) is the change to another place of the same photograph.
    """
    shape = len(PHOTOGRAPHS), PLACES, len(DIRECTIONS), len(HALVINGS), len(SHIFTS)
    found = {name: np.zeros(shape) for name in ("stays", "stays_ring", "moves_along")}
    found["other"] = np.zeros((*shape[:2], len(HALVINGS)))
    for photo, place, picture, corner, another in _places():
        elsewhere = moved_for_edges(picture, another, "right", "photograph")[:1]
        for along, direction in enumerate(DIRECTIONS):
            x = moved_for_edges(picture, corner, direction, "photograph")
            ring = moved_for_edges(picture, corner, direction, "ring")
            axis = 1 + (direction == "right")
            for k, way in enumerate(HALVINGS):
                at, maps, ring_maps = (photo, place, along, k), edges(x, way), edges(ring, way)
                found["stays"][at] = [change(after, maps[0]) for after in maps]
                found["stays_ring"][at] = [change(after, ring_maps[0]) for after in ring_maps]
                found["moves_along"][at] = [left_over(after, maps[0], axis) for after in maps]
                found["other"][photo, place, k] = change(edges(elsewhere, way)[0], maps[0])
    return {name: values.astype(np.float16) for name, values in found.items()}


def descriptions():
    """Measure the descriptions of moved photographs by networks with random filters.

    Returns:
        Arrays float16 of the change, (seeds, photographs, places, directions, ways, shifts):
        `photograph` with real surroundings and `ring` as the control. `other` (seeds, photographs,
        places, ways) is the change to another place of the same photograph.
    """
    shape = SEEDS, len(PHOTOGRAPHS), PLACES, len(DIRECTIONS), len(HALVINGS), len(SHIFTS)
    found = {border: np.zeros(shape) for border in BORDERS}
    found["other"] = np.zeros((*shape[:3], len(HALVINGS)))
    filters = [random_filters(seed) for seed in range(SEEDS)]
    for photo, place, picture, corner, another in _places():
        here, there = (moved(picture, at, "right", "photograph")[:1] for at in (corner, another))
        for seed in range(SEEDS):
            for k, way in enumerate(HALVINGS):
                rows = [describe(x, way, filters[seed]) for x in (there, here)]
                found["other"][seed, photo, place, k] = change(*rows)
        for along, direction in enumerate(DIRECTIONS):
            for border in BORDERS:
                x = moved(picture, corner, direction, border)
                for seed in range(SEEDS):
                    for k, way in enumerate(HALVINGS):
                        rows = describe(x, way, filters[seed])
                        changes = [change(row, rows[0]) for row in rows]
                        found[border][seed, photo, place, along, k] = changes
    return {name: values.astype(np.float16) for name, values in found.items()}


def _places():
    """Yield (photograph's number, place's number, picture, corner, another corner)."""
    for photo, name in enumerate(PHOTOGRAPHS):
        picture = photograph(name)
        found = corners(picture, seed=photo)
        for place, corner in enumerate(found):
            yield photo, place, picture, corner, found[place - 1]


figures = Experiment(
    "l04_shifts",
    "features and descriptions of photographs that move, under five ways to halve a map",
    {
        "features": Part(features, minutes=1, needs_cifar10=False),
        "descriptions": Part(descriptions, minutes=5, needs_cifar10=False),
    },
)
