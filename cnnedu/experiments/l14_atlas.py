"""Lesson 14: an atlas of EfficientNet-Lite0, pictures drawn for its units and patches they like.

The units are spread evenly over each stage's maps; none was chosen by its looks. A drawing has to
excite the place in the middle of the map; photographs are searched for the place where the map is
largest. The control is the same network with random weights.
"""

import io
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image

from cnnedu.data.photos import NAMES, middle_square, photo, shrink, square
from cnnedu.experiments.store import Experiment, Part
from cnnedu.explain.excitation import colour_directions, visualise_diversely
from cnnedu.explain.randomisation import randomised
from cnnedu.models.normalise import Normalise
from cnnedu.models.pretrained import load_pretrained

GREY = "brick", "camera", "coins", "grass", "gravel", "moon"  # CC0 or without known copyright
UNITS = {"trained": 5, "random weights": 2}  # of each stage
DRAWINGS, PATCHES = 3, 2  # of each unit; the patches are from as many photographs
DIVERSITY = 1.0
STEPS = 128, 256, 512  # where we look; the last is how many there are
LATEST = 16  # steps, over which a value is averaged, for each has another shift
SIDE = 224  # pixels of the squares that are searched
SHEET, QUALITY = 96, 80  # pixels of a stored drawing, and JPEG's quality


class Depth(NamedTuple):
    """How the units of a stage are drawn, and how much of a photograph is shown for them."""

    size: int  # pixels along each side of a drawing
    jitter: int
    patch: int  # pixels along each side of a patch


# An early unit sees little: 19 pixels in stage3, 147 in stage5, the whole picture from stage6 on.
STAGES = {
    "stage3": Depth(32, 2, 20),
    "stage5": Depth(80, 4, 80),
    "stage7": Depth(112, 5, 160),
    "stage9": Depth(128, 6, 224),
}


class Unit(NamedTuple):
    """One unit of the atlas."""

    number: int
    drawings: list  # uint8 (SHEET, SHEET, 3) each
    patches: list  # uint8 (patch, patch, 3), the most exciting first
    gain: float  # what it puts out for its drawings, on average, divided by that for the best patch
    climb: np.ndarray | tuple = ()  # what it put out after as many steps as in STEPS, on average


def front(trained, stage):
    """Return the network from pictures between 0 and 1 to a stage's maps.

    The last stage's ReLU6 is left out: a unit at 0 or at 6 has no gradient to climb.
    """
    stages = trained.network[: int(stage.removeprefix("stage"))]
    last = stages[-1][:-1] if stage == "stage9" else stages[-1]
    return torch.nn.Sequential(Normalise(trained.mean, trained.std), *stages[:-1], last)


def photographs():
    """Return the square in the middle of each photograph: uint8 (H, H, 3) of each."""
    from skimage import data

    grey = [np.repeat(getattr(data, name)()[:, :, None], 3, axis=2) for name in GREY]
    return [middle_square(picture) for picture in [*map(photo, NAMES), *grey]]


@cache
def squares():
    """Return ten squares of each photograph: uint8 (photographs, 10, SIDE, SIDE, 3).

    The first is the whole; the others overlap and cover it at up to twice the size.
    """
    found = []
    for picture in photographs():
        side = min(len(picture), 2 * SIDE)
        large, corners = shrink(picture, side), [0, (side - SIDE) // 2, side - SIDE]
        parts = [square(large, top, left, SIDE) for top in corners for left in corners]
        found.append([shrink(picture, SIDE), *parts])
    return np.array(found)


@torch.no_grad()
def favourites(part, searched):
    """Search photographs for every unit of a stage.

    Args:
        part: as from `front`.
        searched: as from `squares`.

    Returns:
        (values, places): of the PATCHES photographs that excite a unit most, in falling order, the
        largest value, (units, PATCHES), and where it is: photograph, square, and the middle's row
        and column in pixels, int (units, PATCHES, 4).
    """
    best, where = [], []
    for pictures in searched:
        maps = part(torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255)
        value, place = maps.transpose(0, 1).flatten(1).max(dim=1)
        number, row, column = np.unravel_index(place.numpy(), (len(maps), *maps.shape[2:]))
        pixels = SIDE / maps.shape[2]
        best.append(value)
        where.append([number, (row + 0.5) * pixels, (column + 0.5) * pixels])
    values, order = torch.stack(best, dim=1).topk(PATCHES)
    order = order.numpy()
    rest = np.array(where).transpose(2, 0, 1)[np.arange(len(order))[:, None], order]
    return values.numpy(), np.concatenate([order[..., None], rest.astype(int)], axis=2)


def cut(searched, place, side):
    """Return the patch (side, side, 3) around a place as from `favourites`, within its square."""
    photograph, number, *middle = place
    top, left = (min(max(at - side // 2, 0), SIDE - side) for at in middle)
    return square(searched[photograph, number], top, left, side)


def draw(part, unit, depth, colours, steps=STEPS[-1]):
    """Draw pictures for a unit: tensors (DRAWINGS, 3, size, size) from 0 to 1, (steps, DRAWINGS).

    The second holds what the unit puts out for each of them at every step.
    """
    return visualise_diversely(
        part,
        str(len(part) - 1),
        unit,
        (3, depth.size, depth.size),
        DRAWINGS,
        DIVERSITY,
        steps,
        depth.jitter,
        colours=colours,
    )


def photographs_colours(searched):
    """Return the directions of colour of all squares, as from `colour_directions`."""
    few = torch.from_numpy(searched[: len(NAMES), 0, ::4, ::4])
    return colour_directions(few.permute(0, 3, 1, 2) / 255)


@torch.no_grad()
def in_the_middle(part, unit, pictures):
    """Return what a unit puts out for pictures from 0 to 1, in the middle of its map: (N,)."""
    maps = part(pictures)[:, unit]
    return maps[:, maps.shape[1] // 2, maps.shape[2] // 2]


def with_random_weights(trained, searched):
    """Return a copy that has learnt nothing; its batch norms know ten photographs."""
    ten = trained.prepare(searched[: len(NAMES), 0].transpose(0, 3, 1, 2))
    return replace(trained, network=randomised(trained.network, pictures=ten))


def atlas():
    """Draw for every unit, and search the photographs for it.

    Returns:
        {"sheet": the drawings as one JPEG file, uint8 (bytes,), a row for each stage} and arrays
        (stages, units, …), the trained network's units before those with random weights: "units",
        their numbers, (); "places", of their patches, (PATCHES, 4), as from `favourites`; "best",
        what they put out for the best patch, (); "drawn", for each drawing, (DRAWINGS,); "climb",
        for each on the way, (DRAWINGS, len(STEPS)): means of the LATEST steps.
    """
    trained, searched = load_pretrained("imagenet"), squares()
    networks = dict(zip(UNITS, [trained, with_random_weights(trained, searched)], strict=True))
    colours, found, drawings = photographs_colours(searched), [], []
    for stage, depth in STAGES.items():
        for name, network in networks.items():
            part = front(network, stage)
            best, places = favourites(part, searched)
            units = np.linspace(0, len(best), UNITS[name], endpoint=False).astype(int)
            for unit in units:
                pictures, values = draw(part, unit, depth, colours)
                drawings.append(for_sheet(pictures))
                climb = [values[steps - LATEST : steps].mean(dim=0).numpy() for steps in STEPS]
                found.append(
                    {
                        "units": unit,
                        "places": places[unit],
                        "best": best[unit, 0],
                        "drawn": in_the_middle(part, unit, pictures).numpy(),
                        "climb": np.transpose(climb),
                    }
                )
    rows = len(STAGES), sum(UNITS.values())
    arrays = {name: np.array([unit[name] for unit in found]) for name in found[0]}
    arrays = {name: values.reshape(*rows, *values.shape[1:]) for name, values in arrays.items()}
    return {"sheet": jpeg(np.concatenate(drawings, axis=0), rows), **arrays}


def jpeg(drawings, rows):
    """Return drawings (N, SHEET, SHEET, 3) as one JPEG file, uint8 (bytes,)."""
    sheet = drawings.reshape(rows[0], -1, SHEET, SHEET, 3).swapaxes(1, 2)
    sheet, file = sheet.reshape(rows[0] * SHEET, -1, 3), io.BytesIO()
    Image.fromarray(sheet).save(file, "jpeg", quality=QUALITY, optimize=True)
    return np.frombuffer(file.getvalue(), np.uint8)


def for_sheet(pictures):
    """Return pictures (N, 3, size, size) from 0 to 1 as uint8 (N, SHEET, SHEET, 3)."""
    light = (255 * pictures).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
    size, way = (SHEET, SHEET), Image.Resampling.LANCZOS
    return np.array([np.array(Image.fromarray(one).resize(size, way)) for one in light])


def opened(found):
    """Return {network: {stage: list of `Unit`}} from what `atlas` returns."""
    sheet, searched = np.array(Image.open(io.BytesIO(found["sheet"].tobytes()))), squares()
    networks, first = {}, 0
    for name, count in UNITS.items():
        networks[name] = {
            stage: [
                _unit(found, sheet, searched, row, column) for column in range(first, first + count)
            ]
            for row, stage in enumerate(STAGES)
        }
        first += count
    return networks


def _unit(found, sheet, searched, row, column):
    """Return the `Unit` in one place of what `atlas` returns."""
    side = list(STAGES.values())[row].patch
    lefts = SHEET * (DRAWINGS * column + np.arange(DRAWINGS))
    return Unit(
        int(found["units"][row, column]),
        [square(sheet, row * SHEET, left, SHEET) for left in lefts],
        [cut(searched, place, side) for place in found["places"][row, column]],
        float(found["drawn"][row, column].mean() / found["best"][row, column]),
        found["climb"][row, column].mean(axis=0),
    )


figures = Experiment(
    "l14_atlas",
    "pictures drawn for units of the ImageNet network, and the patches of photographs they like",
    {"atlas": Part(atlas, minutes=16, arrange=opened, needs_cifar10=False)},
)
