"""`FeatureAtlas`: pictures drawn for units of a network, beside what they like in photographs."""

import io

import numpy as np
import traitlets

from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import place_among

TILE, COLUMNS, QUALITY = 96, 12, 75  # pixels of each picture; pictures side by side; JPEG's quality


class FeatureAtlas(Widget):
    """Look at units one by one: pictures drawn for them, and patches of photographs they like.

    A row of the atlas is a stage of the network. Each unit is there with the first of its drawings;
    the one that is pointed at or chosen is shown large, with all of them and with its patches. The
    other networks of the atlas, such as one with random weights, are a click away. All pictures
    travel to the page as one JPEG file.

    Args:
        networks: {network: {stage: list of units}}, with the same stages for each network. A unit
            has a `number`, `drawings` and `patches`, which are lists of square pictures, uint8
            (h, h, 3), and a `gain`: what it puts out for its drawings, divided by that for the
            best patch.
        network: name of the network to show first; the first one by default.
        place: (stage, unit), both counted from 0, of the unit to show first.

    `network` and `place` are traits. Where the network has fewer units, its last one is shown.

    Raises:
        TypeError, ValueError: networks that don't fit together; no such network or place.

    >>> from types import SimpleNamespace
    >>> grey = np.full((9, 9, 3), 100, np.uint8)
    >>> unit = SimpleNamespace(number=7, drawings=[grey], patches=[grey], gain=2.5)
    >>> FeatureAtlas({"trained": {"stage1": [unit]}})
    FeatureAtlas(trained, stage1, map 7)
    """

    _esm = module("feature_atlas")
    _css = stylesheet("feature_atlas")

    sheet = Numbers(dtype="uint8", ndim=1)  # the bytes of a JPEG file
    tile = traitlets.Int(TILE, read_only=True).tag(sync=True)
    networks = traitlets.List(read_only=True).tag(sync=True)  # with the pictures' places in it
    network = traitlets.Unicode().tag(sync=True)
    place = traitlets.Tuple(default_value=(0, 0)).tag(sync=True)

    def __init__(self, networks, *, network=None, place=(0, 0)):
        _must_fit(networks)
        self._units, pictures = networks, []
        self.set_trait("networks", [_placed(*one, pictures) for one in networks.items()])
        super().__init__(
            sheet=_sheet(pictures),
            network=next(iter(networks)) if network is None else network,
            place=place,
        )

    @traitlets.validate("network")
    def _is_there(self, proposal):
        if proposal.value not in self._units:
            raise ValueError(
                f"FeatureAtlas: network must be one of {', '.join(map(repr, self._units))}, but is "
                f"{proposal.value!r}"
            )
        return proposal.value

    @traitlets.validate("place")
    def _is_a_unit(self, proposal):
        rows = [row for stages in self._units.values() for row in stages.values()]
        shape = len(next(iter(self._units.values()))), max(map(len, rows))
        return place_among(shape, self, "place", proposal.value, of="units")

    @property
    def shown(self):
        """The stage and the unit on show."""
        stage, units = list(self._units[self.network].items())[self.place[0]]
        return stage, units[min(self.place[1], len(units) - 1)]

    def draw(self):
        """Return a figure of the atlas, with the chosen unit large."""
        from cnnedu.plots.atlas import show_chosen_unit

        return show_chosen_unit(self._units[self.network], *self.shown, self.network)

    def __repr__(self):
        stage, unit = self.shown
        return f"FeatureAtlas({self.network}, {stage}, map {unit.number})"


def _placed(name, stages, pictures):
    """Return a network as the page reads it; add its pictures to the list of all."""

    def added(some):
        pictures.extend(some)
        return list(range(len(pictures) - len(some), len(pictures)))

    rows = [
        {
            "stage": stage,
            "units": [
                {
                    "number": unit.number,
                    "gain": round(unit.gain, 2),
                    "drawings": added(unit.drawings),
                    "patches": added(unit.patches),
                }
                for unit in units
            ],
        }
        for stage, units in stages.items()
    ]
    return {"name": name, "rows": rows}


def _sheet(pictures):
    """Return the bytes of a JPEG file with all pictures, COLUMNS side by side."""
    from PIL import Image

    sheet = Image.new("RGB", (COLUMNS * TILE, -(-len(pictures) // COLUMNS) * TILE))
    for k, picture in enumerate(pictures):
        tile = Image.fromarray(picture).resize((TILE, TILE), Image.Resampling.LANCZOS)
        sheet.paste(tile, (k % COLUMNS * TILE, k // COLUMNS * TILE))
    file = io.BytesIO()
    sheet.save(file, "jpeg", quality=QUALITY, optimize=True)
    return np.frombuffer(file.getvalue(), np.uint8)


def _must_fit(networks):
    """Raise an error unless all networks have the same stages, and a unit in each."""
    if not isinstance(networks, dict) or not networks:
        raise TypeError(
            "FeatureAtlas: networks must be a dict {network: {stage: units}} with a network or "
            f"more, but is {networks!r:.40}"
        )
    stages = list(next(iter(networks.values())))
    for name, rows in networks.items():
        if not rows or list(rows) != stages:
            raise ValueError(
                f"FeatureAtlas: all networks must have the same stages, but {name!r} has "
                f"{', '.join(map(str, rows)) or 'none'}"
            )
        for stage, units in rows.items():
            if not units or not all(unit.drawings and unit.patches for unit in units):
                raise ValueError(
                    f"FeatureAtlas: {stage!r} of {name!r} must have units, each with a drawing "
                    "and a patch or more"
                )
            for picture in (p for unit in units for p in [*unit.drawings, *unit.patches]):
                _must_be_a_square(picture, stage)


def _must_be_a_square(picture, stage):
    shape, dtype = np.shape(picture), getattr(picture, "dtype", None)
    if dtype != np.uint8 or len(shape) != 3 or shape[0] != shape[1] or shape[2] != 3:
        raise ValueError(
            f"FeatureAtlas: pictures must be uint8 (h, h, 3), but one of {stage!r} has shape "
            f"{shape} and dtype {dtype}"
        )
