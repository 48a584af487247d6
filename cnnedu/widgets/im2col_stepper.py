"""`Im2colStepper`: every window of a picture as a column, the kernel as a row."""

import numpy as np
import traitlets

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import conv2d, im2col
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Matrix, Whole, nearest_place, place_among


class Planes(Matrix):
    """One or two channels: matrices of equal shape; a single matrix is one channel."""

    def validate(self, widget, value):
        """Return `value` as a read-only array (C, H, W), or raise a one-line error."""
        matrix = super().validate
        try:
            channels = len(value) if np.ndim(value) == 3 else None
        except ValueError:  # rows of unequal length: `matrix` says so
            channels = None
        if channels is not None and not 1 <= channels <= 2:
            raise ValueError(
                f"{type(widget).__name__}: {self.name} must have 1 or 2 channels, "
                f"but has shape {np.shape(value)}"
            )
        planes = [value] if channels is None else value
        stacked = np.stack([matrix(widget, plane) for plane in planes])
        stacked.setflags(write=False)
        return stacked


class Im2colStepper(Widget):
    """Turn a convolution into a matrix product: windows as columns, the kernel as a row.

    The reader drags the window and sees which column it becomes, or marks a pixel and sees all
    its copies. Below the columns stands their product with the kernel's row.

    Equation
        columns[(c·KH + u)·KW + v, i·OW + j] = x[c, i·stride + u, j·stride + v]
        out = w as a row · columns

    Args:
        picture: x, shape (H, W) or (C, H, W), 1 or 2 channels with 3 to 8 rows and columns,
            numbers from −999 to 999; the 8×8 smiley by default.
        kernel: w, as many channels with 1 to 3 rows and columns; the detector of vertical edges
            by default.
        stride: pixels the window moves between two outputs, 1 to 3.
        position: (i, j), the row and column of the output whose window is framed, from 0.
        pixel: (c, row, column) of the marked pixel, or None.

    All of them are traits: read them after playing with the widget, or set them and the page
    follows.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction
            and whenever a trait is set.

    Source
        Chellapilla, Puri, Simard, "High performance convolutional neural networks for document
        processing" (2006), section 2.1.

    >>> Im2colStepper(position=(3, 0))
    Im2colStepper(picture 1×8×8, kernel 1×3×3, stride 1, columns 9×36, window (3, 0) framed)
    >>> stepper = Im2colStepper(position=(3, 0), pixel=(0, 3, 2))
    >>> stepper.output[0, 18], stepper.copies
    (np.int64(-2), 9)
    """

    _esm = module("im2col_stepper")
    _css = stylesheet("steppers", "im2col_stepper")

    picture = Planes(least=3, most=8)
    kernel = Planes(least=1, most=3)
    stride = Whole(1, least=1, most=3)
    position = traitlets.Any((0, 0)).tag(sync=True)
    pixel = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(self, picture=None, kernel=None, *, stride=1, position=(0, 0), pixel=None):
        super().__init__(
            picture=smiley() if picture is None else picture,
            kernel=edge_kernel() if kernel is None else kernel,
            stride=stride,
            position=position,
            pixel=pixel,
        )

    @property
    def columns(self):
        """The windows as columns, by `cnnedu.kernels.im2col`: shape (C·KH·KW, OH·OW)."""
        return im2col(self.picture[None], self.kernel.shape[1:], self.stride)[0]

    @property
    def output(self):
        """The product of the kernel's row with the columns: shape (1, OH·OW)."""
        return self.kernel.reshape(1, -1) @ self.columns

    @property
    def copies(self):
        """In how many columns the marked pixel stands; 0 if none is marked."""
        if self.pixel is None:
            return 0
        marked = np.zeros(self.picture.shape)
        marked[self.pixel] = 1
        return int(im2col(marked[None], self.kernel.shape[1:], self.stride).sum())

    @property
    def _places(self):
        """The rows and columns of outputs, (OH, OW)."""
        # At construction, traitlets may validate `position` before `kernel`.
        _require_fit(self.picture.shape, self.kernel.shape)
        return conv2d(self.picture[None], self.kernel[None], stride=self.stride).shape[2:]

    @traitlets.validate("picture", "kernel")
    def _kernel_fits(self, proposal):
        state = {name: getattr(self, name) for name in ("picture", "kernel")}
        state[proposal.trait.name] = proposal.value
        _require_fit(state["picture"].shape, state["kernel"].shape)
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal):
        return place_among(self._places, self, "position", proposal.value)

    @traitlets.validate("pixel")
    def _pixel_exists(self, proposal):
        if proposal.value is None:
            return None
        match tuple(proposal.value) if np.iterable(proposal.value) else ():
            case (int() | np.integer() as channel, row, column) if 0 <= channel < len(self.picture):
                at = (row, column)
                place = place_among(self.picture.shape[1:], self, "pixel", at, of="pixels")
                return (int(channel), *place)
        raise ValueError(
            f"Im2colStepper: pixel must be the (channel, row, column), from 0, of a pixel, or "
            f"None, but is {proposal.value!r}"
        )

    @traitlets.observe("picture", "kernel", "stride")
    def _keep_position(self, change):
        """Stay inside when there are fewer outputs or pixels than before."""
        self.position = nearest_place(self._places, self.position)
        if self.pixel is not None and any(np.greater_equal(self.pixel, self.picture.shape)):
            self.pixel = None

    def draw(self):
        """Return a figure of the picture, the columns, the kernel's row and the outputs."""
        from cnnedu.plots.fast_convolution import show_columns

        return show_columns(self.picture, self.kernel, self.position, self.stride, self.pixel)

    def __repr__(self):
        shapes = [
            f"{name} {'×'.join(map(str, getattr(self, name).shape))}"
            for name in ("picture", "kernel", "columns")
        ]
        shapes.insert(2, f"stride {self.stride}")
        shapes.append(f"window {self.position} framed")
        if self.pixel is not None:
            shapes.append(f"{self.copies} copies of pixel {self.pixel} marked")
        return f"Im2colStepper({', '.join(shapes)})"


def _require_fit(picture, kernel):
    """Raise a one-line error unless a kernel of one shape (C, H, W) fits a picture of another."""
    if kernel[0] != picture[0]:
        raise ValueError(
            f"Im2colStepper: the kernel must have as many channels as the picture, but has "
            f"{kernel[0]}, and the picture {picture[0]}"
        )
    if any(np.greater(kernel, picture)):
        raise ValueError(
            f"Im2colStepper: the kernel {kernel[1:]} is larger than the picture {picture[1:]}"
        )
