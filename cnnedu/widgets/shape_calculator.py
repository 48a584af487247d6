"""`ShapeCalculator`: build a stack of layers and see what each one costs."""

import traitlets

from cnnedu.models.accounting import ledger, totals
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.stack import MOST_LAYERS, PRESETS, RANGES, Stack, for_page
from cnnedu.widgets.traits import Whole

MOST_CHANNELS, MOST_PIXELS = 4096, 1024


class ShapeCalculator(Widget):
    """Follow the shape of a picture through a stack of layers that the reader edits.

    For each layer the page shows the shape of the output, as numbers and as a block drawn to
    scale, the parameters, the multiply-adds, the memory of the output (float32) and the
    receptive field. The page counts as `cnnedu.models.accounting` does. If a layer doesn't fit
    the one before it, the page says where, why, and how to fix it.

    Args:
        layers: the name of a well-known stack ("32×32×3 → 16×16×12",
            "224×224×3 → 200,704", "Classic CIFAR-10", "LeNet-5", "AlexNet", "VGG-16"), or a
            list of at most 60 descriptions from `cnnedu.models.accounting`: Conv, Pool,
            GlobalPool, BatchNorm, Elementwise, Flatten, Dense, with square windows.
        input_shape: (C, H, W) of one picture, C up to 4,096, H and W up to 1,024; None for
            that of the named stack, or (3, 32, 32) for a list.

    All of them are traits, and so is `selected`, the number of the layer being edited, counted
    from 1.

    Raises:
        TypeError, ValueError: an argument of the wrong kind or range. A stack that doesn't
            fit isn't an error: read `problem`.

    >>> calculator = ShapeCalculator("LeNet-5")
    >>> calculator
    ShapeCalculator(input 1×32×32, 12 layers, 61,706 parameters)
    >>> calculator.input_shape = (1, 12, 12)
    >>> calculator.problem.partition(";")[0]
    'Layer 4, Conv: the kernel covers 5 pixels along H, but the padded input has 4'
    """

    _esm = module("shape_calculator")
    _css = stylesheet("shape_calculator")

    layers = Stack()
    input_shape = traitlets.Any().tag(sync=True)
    selected = Whole(1, least=0, most=MOST_LAYERS)
    presets = traitlets.Dict(read_only=True).tag(sync=True)
    ranges = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, layers="32×32×3 → 16×16×12", input_shape=None):
        if isinstance(layers, str):
            if layers not in PRESETS:
                raise ValueError(
                    f"ShapeCalculator: there is no stack {layers!r}; choose one of "
                    f"{', '.join(map(repr, PRESETS))}, or give a list of layers"
                )
            quoted, layers = PRESETS[layers]
        else:
            quoted = (3, 32, 32)
        self.set_trait(
            "presets",
            {
                name: {"input_shape": list(shape), "layers": for_page(stack)}
                for name, (shape, stack) in PRESETS.items()
            },
        )
        self.set_trait("ranges", {name: list(range_) for name, range_ in RANGES.items()})
        super().__init__(layers=layers, input_shape=quoted if input_shape is None else input_shape)

    @traitlets.validate("input_shape")
    def _is_a_picture(self, proposal):
        shape, most = proposal.value, (MOST_CHANNELS, MOST_PIXELS, MOST_PIXELS)
        if (
            isinstance(shape, (tuple, list))
            and [type(size) for size in shape] == [int] * 3
            and all(1 <= size <= limit for size, limit in zip(shape, most, strict=True))
        ):
            return tuple(shape)
        raise ValueError(
            f"ShapeCalculator: input_shape must be (C, H, W), C up to {MOST_CHANNELS}, H and W up "
            f"to {MOST_PIXELS}, but is {shape!r}"
        )

    @property
    def rows(self):
        """The ledger, a list of `cnnedu.models.accounting.Row`, of the layers that fit."""
        return ledger(self.layers[: self._fitting], self.input_shape)

    @property
    def problem(self):
        """Where and why the stack doesn't fit; "" if it does."""
        try:
            ledger(self.layers[: self._fitting + 1], self.input_shape)
        except ValueError as error:
            return f"Layer {self._fitting + 1}, {error}"
        return ""

    @property
    def _fitting(self):
        """The number of layers before the first that doesn't fit."""
        for count in range(1, len(self.layers) + 1):
            try:
                ledger(self.layers[:count], self.input_shape)
            except ValueError:
                return count - 1
        return len(self.layers)

    def draw(self):
        """Return a figure of the blocks, with the ledger of all layers below."""
        from cnnedu.plots.ledger import show_ledger

        return show_ledger(self.layers, self.rows, self.input_shape, self.problem)

    def __repr__(self):
        parts = [f"input {'×'.join(map(str, self.input_shape))}", f"{len(self.layers)} layers"]
        parts.append(self.problem or f"{totals(self.rows)['parameters']:,} parameters")
        return f"ShapeCalculator({', '.join(parts)})"
