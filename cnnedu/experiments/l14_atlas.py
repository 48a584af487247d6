"""Lesson 14: an atlas of EfficientNet-Lite0, pictures made for its units and patches they like.

The units are spread evenly over each stage's maps; none was chosen by its looks. A made picture has
to excite the place in the middle of the map; photographs are searched for the place where the map
is largest.
"""

import io
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image

from cnnedu.data.photos import NAMES, middle_square, photo, shrink, square
from cnnedu.experiments.store import Experiment, Part
from cnnedu.explain.excitation import colour_directions, visualise_feature
from cnnedu.models.normalise import Normalise
from cnnedu.models.pretrained import load_pretrained

GREY = "brick", "camera", "coins", "grass", "gravel", "moon"  # CC0 or without known copyright
UNITS, PATCHES = 5, 2  # of each stage; of each unit, from as many photographs
SIDE = 224  # pixels of the squares that are searched
SHEET, QUALITY = 112, 85  # pixels of a stored picture, and JPEG's quality


class Depth(NamedTuple):
    """How the units of a stage are drawn, and how much of a photograph is shown for them."""

    size: int  # pixels along each side of the made picture
    jitter: int
    patch: int  # pixels along each side of a patch


# An early unit sees little: 19 pixels in stage3, 147 in stage5, the whole picture from stage6 on.
STAGES = {
    "stage3": Depth(32, 2, 20),
    "stage5": Depth(80, 4, 80),
    "stage7": Depth(112, 5, 160),
    "stage9": Depth(128, 6, 224),
}
STEPS = 128


class Unit(NamedTuple):
    """One unit of the atlas."""

    number: int
    made: np.ndarray  # uint8 (SHEET, SHEET, 3)
    patches: list  # uint8 (patch, patch, 3), the most exciting first
    gain: float  # what it puts out for the made picture, divided by that for the best patch


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


def draw(part, unit, depth, colours, steps=STEPS):
    """Make a picture for a unit: tensor (3, size, size) from 0 to 1."""
    shape = (3, depth.size, depth.size)
    return visualise_feature(
        part, str(len(part) - 1), unit, shape, steps, depth.jitter, colours=colours
    )[0]


def photographs_colours(searched):
    """Return the directions of colour of all squares, as from `colour_directions`."""
    few = torch.from_numpy(searched[: len(NAMES), 0, ::4, ::4])
    return colour_directions(few.permute(0, 3, 1, 2) / 255)


@torch.no_grad()
def in_the_middle(part, unit, picture):
    """Return what a unit puts out for a picture from 0 to 1, in the middle of its map."""
    maps = part(picture[None])[0, unit]
    return maps[maps.shape[0] // 2, maps.shape[1] // 2].item()


def atlas():
    """Draw every unit, and search the photographs for it.

    Returns:
        {"sheet": the made pictures as one JPEG file, uint8 (bytes,), a row for each stage; "units":
        their numbers, (stages, UNITS); "places": of their patches, (stages, UNITS, PATCHES, 4), as
        from `favourites`; "values": what each puts out for its made picture and for its best patch,
        (stages, UNITS, 2)}.
    """
    trained, searched = load_pretrained("imagenet"), squares()
    colours, found = photographs_colours(searched), {"units": [], "places": [], "values": []}
    sheet = Image.new("RGB", (UNITS * SHEET, len(STAGES) * SHEET))
    for row, (stage, depth) in enumerate(STAGES.items()):
        part = front(trained, stage)
        best, places = favourites(part, searched)
        units = np.linspace(0, len(best), UNITS, endpoint=False).astype(int)
        values = []
        for column, unit in enumerate(units):
            made = draw(part, unit, depth, colours)
            sheet.paste(Image.fromarray(for_sheet(made)), (column * SHEET, row * SHEET))
            values.append([in_the_middle(part, unit, made), best[unit, 0]])
        for name, of_stage in {"units": units, "places": places[units], "values": values}.items():
            found[name].append(of_stage)
    file = io.BytesIO()
    sheet.save(file, "jpeg", quality=QUALITY, optimize=True)
    arrays = {name: np.array(of_stages) for name, of_stages in found.items()}
    return {"sheet": np.frombuffer(file.getvalue(), np.uint8), **arrays}


def for_sheet(made):
    """Return a picture (3, size, size) from 0 to 1 as uint8 (SHEET, SHEET, 3)."""
    light = (255 * made).round().to(torch.uint8).permute(1, 2, 0).numpy()
    return np.array(Image.fromarray(light).resize((SHEET, SHEET), Image.Resampling.LANCZOS))


def opened(found):
    """Return {stage: list of `Unit`} from what `atlas` returns."""
    sheet, searched = np.array(Image.open(io.BytesIO(found["sheet"].tobytes()))), squares()
    rows = {}
    for row, (stage, depth) in enumerate(STAGES.items()):
        rows[stage] = [
            Unit(
                int(number),
                square(sheet, row * SHEET, column * SHEET, SHEET),
                [cut(searched, place, depth.patch) for place in found["places"][row, column]],
                float(np.divide(*found["values"][row, column])),
            )
            for column, number in enumerate(found["units"][row])
        ]
    return rows


figures = Experiment(
    "l14_atlas",
    "pictures made for units of the ImageNet network, and the patches of photographs they like",
    {"atlas": Part(atlas, minutes=2, arrange=opened, needs_cifar10=False)},
)
