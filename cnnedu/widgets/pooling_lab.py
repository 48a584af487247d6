"""`PoolingLab`: pooling of sixteen numbers, and what pooling does to a picture that moves."""

import numpy as np
import traitlets

from cnnedu.data import smiley
from cnnedu.kernels import avg_pool2d, conv2d, global_avg_pool2d, max_pool2d
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Choice, Flag, Matrix

NUMBERS = [[1, 3, 2, 1], [4, 2, 0, 5], [6, 1, 1, 2], [0, 2, 4, 3]]
SHEET = 14  # pixels along each side of the sheet the picture moves on
FARTHEST = 6  # pixels the picture can be moved to each side
BLUR = np.outer([1, 2, 1], [1, 2, 1]) / 16


class PoolingLab(Widget):
    """Pool 4×4 numbers by hand; then move a picture and watch which outputs change.

    Above, the reader edits sixteen numbers and sees their 2×2 maxima, their 2×2 means, and the mean
    of all. Below, a small picture moves pixel by pixel over a sheet of 14×14 pixels, which a layer
    halves to 7×7. Three outputs are shown side by side: the one before the move; the same one moved
    along, which is what a translation-equivariant layer would give; and the real one.

    Equation
        equivariant: pool(shift(x, s)) = shift(pool(x), s / 2)
        invariant: pool(shift(x, s)) = pool(x)

    A move by an odd number of pixels ends halfway between two outputs: there the expected output is
    the mean of the two (linear interpolation).

    Args:
        numbers: the 4×4 numbers, from −99 to 99.
        picture: what moves, shape (H, W) with 2 to 8 rows and columns, numbers from 0 to 9; the
            8×8 smiley by default.
        pooling: "max" or "average" over 2×2 windows with stride 2; "stride", the top left pixel of
            every window, as in a convolution with stride 2; "global average", one number.
        blur: anti-aliasing. The 2×2 windows then move by one pixel, and a 3×3 binomial filter with
            stride 2 runs over their outputs, so that nothing falls between two outputs.
        shift: (down, right), how far the picture has moved, from −6 to 6 pixels.

    All of them are traits: read them after playing with the widget, or set them and the page
    follows.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction
            and whenever a trait is set.

    Source
        Zhang, "Making convolutional networks shift-invariant again" (2019), section 3.

    >>> lab = PoolingLab(shift=(0, 1))
    >>> lab
    PoolingLab(max, picture 8×8 moved 0 down and 1 right, output 7×7)
    """

    _esm = module("pooling_lab")
    _css = stylesheet("pooling_lab")

    numbers = Matrix(least=4, most=4, low=-99, high=99)
    picture = Matrix(least=2, most=8, low=0, high=9)
    pooling = Choice("max", "average", "stride", "global average")
    blur = Flag(False)
    shift = traitlets.Any((0, 0)).tag(sync=True)

    def __init__(self, numbers=None, picture=None, *, pooling="max", blur=False, shift=(0, 0)):
        super().__init__(
            numbers=NUMBERS if numbers is None else numbers,
            picture=smiley() if picture is None else picture,
            pooling=pooling,
            blur=blur,
            shift=shift,
        )

    @property
    def sheet(self):
        """The sheet with the picture in its new place: shape (14, 14), 0 everywhere else."""
        return self._sheet(self.shift)

    @property
    def before(self):
        """The output before the move: shape (7, 7), or (1, 1) for the global average."""
        return self._pool(self._sheet((0, 0)))

    @property
    def output(self):
        """The output after the move, of the same shape."""
        return self._pool(self.sheet)

    @property
    def expected(self):
        """What an equivariant layer would give: `before`, moved by half the shift."""
        before = self.before
        if before.size == 1:
            return before
        for axis, moved in enumerate(self.shift):
            whole, half = divmod(moved, 2)
            here = _moved(before, whole, axis)
            before = (here + _moved(before, whole + 1, axis)) / 2 if half else here
        return before

    def _sheet(self, shift):
        """Return the sheet with the picture moved by `shift`; what leaves the sheet is cut off."""
        height, width = self.picture.shape
        wide = np.zeros((SHEET + 2 * FARTHEST,) * 2)
        top, left = (
            FARTHEST + (SHEET - size) // 2 + moved
            for size, moved in zip((height, width), shift, strict=True)
        )
        wide[top : top + height, left : left + width] = self.picture
        return wide[FARTHEST:-FARTHEST, FARTHEST:-FARTHEST]

    def _pool(self, sheet):
        """Return the layer's output for a sheet."""
        x = sheet[None, None]
        if self.pooling == "global average":
            return global_avg_pool2d(x)[0, 0]
        step = 1 if self.blur else 2
        if self.pooling == "max":
            x = max_pool2d(x, 2, step)
        elif self.pooling == "average":
            x = avg_pool2d(x, 2, step)
        elif not self.blur:
            x = x[:, :, ::2, ::2]
        return conv2d(x, BLUR[None, None], stride=2, padding=1)[0, 0] if self.blur else x[0, 0]

    @traitlets.validate("shift")
    def _shift_exists(self, proposal):
        match proposal.value:
            case (int(down), int(right)) if max(abs(down), abs(right)) <= FARTHEST:
                return (down, right)
        raise ValueError(
            f"PoolingLab: shift must be (down, right), whole numbers from −{FARTHEST} to "
            f"{FARTHEST}, but is {proposal.value!r}"
        )

    def draw(self):
        """Return a figure of the numbers, how they pool, the sheet and the three outputs."""
        import matplotlib.pyplot as plt

        from cnnedu.plots.grids import INK, draw_grid
        from cnnedu.plots.style import style

        x = self.numbers[None, None].astype(float)
        top = [
            ("4 × 4 numbers", self.numbers),
            ("max", max_pool2d(x, 2)[0, 0]),
            ("average", avg_pool2d(x, 2)[0, 0]),
            ("global average", global_avg_pool2d(x)[0, 0]),
        ]
        down, right = self.shift
        below = [
            (f"moved {down} down, {right} right".replace("-", "−"), self.sheet),
            ("before the move", self.before),
            ("moved along", self.expected),
            (f"after: {self._layer()}", self.output),
        ]
        limit = 1.5 * max(np.abs(self.numbers).max(), 1)
        with style():
            figure, axes = plt.subplots(2, 4, figsize=(7.6, 4.2))
            for ax, (title, values) in zip(axes[0], top, strict=True):
                draw_grid(ax, values, limit)
                ax.set_title(title)
            for ax, (title, values) in zip(axes[1], below, strict=True):
                ax.imshow(values, cmap=INK, vmin=0, vmax=self.picture.max() or 1)
                ax.spines[:].set_visible(True)
                ax.set_title(title)
            for ax in axes.flat:
                ax.set(xticks=[], yticks=[])
        return figure

    def _layer(self):
        """Return the name of the layer."""
        return f"{self.pooling}, blurred" if self.blur and self.output.size > 1 else self.pooling

    def __repr__(self):
        rows, columns = self.picture.shape
        down, right = self.shift
        return (
            f"PoolingLab({self._layer()}, picture {rows}×{columns} moved {down} down and {right} "
            f"right, output {'×'.join(map(str, self.output.shape))})"
        )


def _moved(values, by, axis):
    """Return `values` moved by whole places along an axis, with zeros moved in."""
    size = values.shape[axis]
    padding = [(0, 0), (0, 0)]
    padding[axis] = (size, size)
    return np.pad(values, padding).take(np.arange(size - by, 2 * size - by), axis)
