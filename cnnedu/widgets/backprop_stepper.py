"""`BackpropStepper`: the backward pass of a convolution, one output at a time."""

import numpy as np
import traitlets

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import conv2d_backward
from cnnedu.kernels.geometry import output_size
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Matrix, Whole, place_among


class BackpropStepper(Widget):
    """Show how each number of `dout` scatters into `dx` and gathers into `dw`.

    The reader steps or plays through the outputs; at each one the page adds the kernel, times
    one number of `dout`, to a window of `dx`, and the window of `x`, times the same number, to
    `dw`.

    Equation
        dx[i·stride + u, j·stride + v] += dout[i, j] · w[u, v]
        dw[u, v] += dout[i, j] · x[i·stride + u, j·stride + v]
        db += dout[i, j]

    Args:
        picture: x, shape (H, W) with 3 to 10 rows and columns, numbers from −999 to 999; the
            8×8 smiley by default.
        kernel: w, shape (KH, KW) with 1 to 5 rows and columns; the detector of vertical edges
            by default.
        dout: the gradient of the loss with respect to each output, of the output's shape; whole
            numbers from −2 to 2, the same every time, by default.
        stride: pixels the window moves between two outputs, 1 to 4.
        padding: rings of zeros laid around the picture, 0 to 2.
        position: (i, j), the row and column of the output that is shown first, from 0.

    All of them are traits; `filled` counts the outputs that have been added up, in reading
    order.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape.

    >>> stepper = BackpropStepper([[1, 2, 3]] * 3, [[10, 20]], dout=[[1, 0]] * 3)
    >>> stepper
    BackpropStepper(x 3×3, w 1×2, dout 3×2, stride 1, padding 0)
    >>> dx, dw, db = stepper.gradients
    >>> dx[0], dw, db
    (array([10., 20.,  0.]), array([[3., 6.]]), np.float64(3.0))
    """

    _esm = module("backprop_stepper")
    _css = stylesheet("steppers", "backprop_stepper")

    picture = Matrix(least=3, most=10)
    kernel = Matrix(least=1, most=5)
    dout = Matrix(least=1, most=14)
    stride = Whole(1, least=1, most=4)
    padding = Whole(0, least=0, most=2)
    position = traitlets.Any((0, 0)).tag(sync=True)
    filled = Whole(1, least=1, most=196)

    def __init__(
        self, picture=None, kernel=None, dout=None, *, stride=1, padding=0, position=(0, 0)
    ):
        picture = smiley() if picture is None else picture
        kernel = edge_kernel() if kernel is None else kernel
        if dout is None:  # if an argument is wrong, its trait says so below
            shape = _output_shape(np.shape(picture), np.shape(kernel), stride, padding)
            dout = np.random.default_rng(0).integers(-2, 3, shape or (1, 1))
        super().__init__(
            picture=picture,
            kernel=kernel,
            dout=dout,
            stride=stride,
            padding=padding,
            position=position,
        )

    @property
    def gradients(self):
        """dx (H, W), dw (KH, KW) and db, computed by `cnnedu.kernels.conv2d_backward`."""
        arrays = (array[None, None] for array in (self.dout, self.picture, self.kernel))
        dx, dw, db = conv2d_backward(*arrays, self.stride, self.padding)
        return dx[0, 0], dw[0, 0], db[0]

    @traitlets.validate("picture", "kernel", "dout", "stride", "padding")
    def _shapes_fit(self, proposal):
        names = ("picture", "kernel", "dout", "stride", "padding")
        state = {name: getattr(self, name) for name in names} | {
            proposal.trait.name: proposal.value
        }
        sizes = state["picture"].shape, state["kernel"].shape
        shape = _output_shape(*sizes, state["stride"], state["padding"])
        if shape is None:
            raise ValueError(
                f"BackpropStepper: the kernel {sizes[1]} is larger than the padded picture; use a "
                "smaller kernel or more padding"
            )
        if state["dout"].shape != shape:
            raise ValueError(
                f"BackpropStepper: dout must have the output's shape {shape}, but has "
                f"{state['dout'].shape}"
            )
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal):
        return place_among(self.dout.shape, self, "position", proposal.value)

    def draw(self):
        """Return a figure of dout, x, w, and the finished dx and dw."""
        from cnnedu.plots.backward import show_backward

        window = np.multiply(self.position, self.stride) - self.padding
        return show_backward(
            (self.dout, self.picture, self.kernel, *self.gradients[:2]),
            self.position,
            window,
        )

    def __repr__(self):
        shapes = [
            f"{name} {rows}×{columns}"
            for name, array in (("x", self.picture), ("w", self.kernel), ("dout", self.dout))
            for rows, columns in [array.shape]
        ]
        return f"BackpropStepper({', '.join(shapes)}, stride {self.stride}, padding {self.padding})"


def _output_shape(picture, kernel, stride, padding):
    """Return the output's shape, or None if the sizes are invalid or don't fit."""
    try:
        return tuple(
            output_size(size, window, stride, padding)
            for size, window in zip(picture, kernel, strict=True)
        )
    except (TypeError, ValueError):
        return None
