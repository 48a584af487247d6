"""`ReceptiveField`: what one unit of a network sees of the picture, and what it really uses."""

import numpy as np
import traitlets

from cnnedu.data import photo, shrink, square
from cnnedu.explain.effective_field import effective_field
from cnnedu.models.accounting import chain, ledger, receptive_field
from cnnedu.models.descriptions import BatchNorm, Elementwise, describe, parts_of
from cnnedu.nn import Layer
from cnnedu.widgets.arrays import decode, encode
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.stack import PRESETS
from cnnedu.widgets.traits import Flag, nearest_place, place_among

MOST_PIXELS = 96  # rows and columns of the input


class ReceptiveField(Widget):
    """Show what one output unit of a stack of layers sees of the picture.

    The reader picks a layer and a unit of its output; a frame on the picture shows the unit's
    theoretical receptive field. If the network has weights, the picture is tinted by the effective
    field: the gradient with respect to each pixel, averaged over some pictures. It is measured for
    the unit in the middle of each layer, and moves along with the frame.

    Equation
        theoretical, along each axis: pixels start + i·jump ± (size − 1) / 2
        effective: mean over pictures x of  Σ_c |∂ Σ_f out[f, i, j] / ∂ x[c, p, q]|

    Args:
        network: a list of descriptions from `cnnedu.models.accounting` (no weights, so no
            effective field), or a Sequential of `torch.nn` or of `cnnedu.nn`; None for the
            classic CIFAR-10 stack. From the first Flatten on, layers see everything and are left
            out.
        input_shape: (C, H, W) of one picture, H and W from 4 to 96.
        pictures: array (N, C, H, W), the network's input, of which the first is shown; None for
            sixteen pictures of normal noise, with a cat shown instead. Only for a network with
            weights.
        layer: the number of the layer shown first, counted from 1; None for the last.
        unit: (i, j), the row and column of the unit shown first; None for the middle.

    `layer`, `unit` and `show_effective` are traits.

    Raises:
        TypeError, ValueError: an argument of the wrong kind or size, or a layer that doesn't fit.

    Source
        Luo et al., "Understanding the effective receptive field in deep convolutional neural
        networks" (2016).

    >>> field = ReceptiveField(layer=7)
    >>> field
    ReceptiveField(input 32×32, layer 7 Conv, unit (2, 2) of 4×4 sees 18×18 pixels)
    >>> field.seen
    ((8, 25), (8, 25))
    """

    _esm = module("receptive_field")
    _css = stylesheet("receptive_field")

    levels = traitlets.List(read_only=True).tag(sync=True)
    background = traitlets.Dict(read_only=True).tag(sync=True)
    layer = traitlets.Int().tag(sync=True)
    unit = traitlets.Any((0, 0)).tag(sync=True)
    show_effective = Flag(True)

    def __init__(self, network=None, input_shape=None, *, pictures=None, layer=None, unit=None):
        if network is None:
            network = PRESETS["Classic CIFAR-10"][1]
        stack, parts = _taken_apart(network)
        shape = _checked_shape((3, 32, 32) if input_shape is None else input_shape)
        if parts is None and pictures is not None:
            raise ValueError(
                "ReceptiveField: pictures are for a network with weights; a list of layers has none"
            )
        fields = receptive_field(stack, shape)
        if not fields:
            raise ValueError("ReceptiveField: the network has no layer before its first Flatten")
        rows = ledger(stack[: len(fields)], shape)
        shown = None if pictures is None else _checked_pictures(pictures, shape)
        levels = [
            {
                "layer": number,
                "name": row.name,
                "output": row.output[1:],
                "size": field.size,
                "jump": field.jump,
                # the first row and column that the first unit sees
                "low": [
                    round(start - (size - 1) / 2)
                    for start, size in zip(field.start, field.size, strict=True)
                ],
            }
            for number, (layer, row, field) in enumerate(
                zip(stack[: len(fields)], rows, fields, strict=True), start=1
            )
            if not isinstance(layer, (Elementwise, BatchNorm))
        ]
        if parts is not None:
            _add_effective(levels, parts, _noise(shape) if shown is None else shown)
        self.set_trait("levels", levels)
        self.set_trait("background", _background(shape, shown))
        layer = levels[-1]["layer"] if layer is None else layer
        super().__init__(layer=layer)
        self.unit = _middle(self._level) if unit is None else unit

    @property
    def _level(self):
        return next(level for level in self.levels if level["layer"] == self.layer)

    @property
    def seen(self):
        """The theoretical field, ((top, bottom), (left, right)); it may reach into the padding."""
        return _seen(self._level, self.unit)

    @traitlets.validate("layer")
    def _layer_exists(self, proposal):
        numbers = [level["layer"] for level in self.levels]
        if proposal.value not in numbers:
            raise ValueError(
                f"ReceptiveField: layer must be the number of a layer with a window, one of "
                f"{', '.join(map(str, numbers))}, but is {proposal.value!r}"
            )
        return proposal.value

    @traitlets.validate("unit")
    def _unit_exists(self, proposal):
        of = f"outputs of layer {self.layer}"
        return place_among(self._level["output"], self, "unit", proposal.value, of)

    @traitlets.observe("layer")
    def _keep_unit(self, change):
        """Move to the nearest unit that is left when the layer has fewer than the one before."""
        self.unit = nearest_place(self._level["output"], self.unit)

    @property
    def _is_tinted(self):
        return self.show_effective and "effective" in self._level

    def draw(self):
        """Return a figure of the picture with both fields, and of the layer's output."""
        from cnnedu.plots.receptive_field import show_fields

        level = self._level
        return show_fields(
            decode(self.background),
            self.seen,
            decode(level["effective"]) if self._is_tinted else None,
            tuple(level["output"]),
            self.unit,
            f"layer {level['layer']}, {level['name']}",
        )

    def __repr__(self):
        level = self._level
        sizes = [self.background["shape"], level["output"], level["size"]]
        picture, output, size = ("×".join(map(str, pair)) for pair in sizes)
        return (
            f"ReceptiveField(input {picture}, layer {level['layer']} {level['name']}, "
            f"unit {self.unit} of {output} sees {size} pixels)"
        )


def _taken_apart(network):
    """Return a network's descriptions and its layers, or None if it has no weights."""
    if isinstance(network, (list, tuple)):
        return list(network), None
    if isinstance(network, Layer):
        parts = parts_of(network)
        return [describe(part) for part in parts], parts
    if not hasattr(network, "children"):
        raise TypeError(
            "ReceptiveField: network must be a list of layers such as Conv(8, 3), or a Sequential "
            f"of torch.nn or cnnedu.nn, but is {network!r}"
        )
    return chain(network), parts_of(network)


def _checked_shape(shape):
    """Return (C, H, W)."""
    if (
        isinstance(shape, (tuple, list))
        and [type(size) for size in shape] == [int] * 3
        and shape[0] >= 1
        and all(4 <= size <= MOST_PIXELS for size in shape[1:])
    ):
        return tuple(shape)
    raise ValueError(
        f"ReceptiveField: input_shape must be (C, H, W), H and W from 4 to {MOST_PIXELS}, but is "
        f"{shape!r}"
    )


def _checked_pictures(pictures, shape):
    """Return float32 pictures (N, C, H, W)."""
    pictures = np.asarray(pictures)
    if pictures.dtype.kind not in "biuf":
        raise TypeError(f"ReceptiveField: pictures must hold numbers, not {pictures.dtype}")
    if pictures.ndim != 4 or pictures.shape[1:] != shape or not len(pictures):
        raise ValueError(
            f"ReceptiveField: pictures must be (N, C, H, W) = (N, {', '.join(map(str, shape))}) "
            f"like input_shape, but has shape {pictures.shape}"
        )
    return pictures.astype(np.float32)


def _noise(shape):
    return np.random.default_rng(0).normal(size=(16, *shape)).astype(np.float32)


def _add_effective(levels, parts, pictures):
    """Give each level the effective field of its middle unit, scaled to the bytes 0 to 255.

    It is cut to the box that the unit sees, with zeros where that reaches beyond the picture.
    """
    height, width = pictures.shape[2:]
    for level in levels:
        unit = _middle(level)
        field = effective_field(parts[: level["layer"]], pictures, unit)
        field *= 255 / max(field.max(), 1e-30)
        (top, bottom), (left, right) = _seen(level, unit)
        rows = slice(max(top, 0), min(bottom + 1, height))
        columns = slice(max(left, 0), min(right + 1, width))
        box = np.zeros(level["size"], np.uint8)
        box[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] = field[
            rows, columns
        ].round()
        level["effective"] = encode(box)


def _middle(level):
    return tuple(count // 2 for count in level["output"])


def _seen(level, unit):
    """Return ((top, bottom), (left, right)) of what a unit sees."""
    axes = zip(level["low"], level["jump"], level["size"], unit, strict=True)
    return tuple((low + jump * at, low + jump * at + size - 1) for low, jump, size, at in axes)


def _background(shape, pictures):
    """Return the picture to show, in grey: the first one given, or else the cat."""
    if pictures is None:
        cat = shrink(square(photo("cat"), top=0, left=110, size=230), max(shape[1:]))
        grey = cat[: shape[1], : shape[2]] @ np.array([0.299, 0.587, 0.114])
    else:
        grey = pictures[0].mean(axis=0)
        grey = 255 * (grey - grey.min()) / max(np.ptp(grey), 1e-30)
    return encode(grey.round().astype(np.uint8))
