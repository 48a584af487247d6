"""`ConvolutionStepper`: slide a kernel over a picture, one position at a time."""

import numpy as np
import traitlets

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Matrix, Whole, nearest_place, place_among


class ConvolutionStepper(Widget):
    """Show cross-correlation at work: the window, the products, their sum, the output.

    The reader paints the picture, edits the kernel, and steps or plays through the
    positions; at each one the page shows window × kernel and fills in one output.

    Equation
        out[i, j] = Σ_u Σ_v  x[i·stride + u, j·stride + v] · w[u, v]

    Args:
        picture: x, shape (H, W) with 3 to 12 rows and columns, numbers from −999 to 999;
            the 8×8 smiley by default. A picture with negative numbers is drawn in the colours of
            signed values, any other as ink on paper.
        kernel: w, shape (KH, KW) with 1 to 5 rows and columns, numbers from −999 to 999;
            the detector of vertical edges by default.
        stride: pixels the window moves between two outputs, 1 to 4.
        padding: rings of zeros laid around the picture, 0 to 2.
        position: (i, j), the row and column of the output that is shown first, from 0.

    All of them are traits: read them after playing with the widget, or set them and the page
    follows. `filled` counts the outputs the reader has seen so far, in reading order.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction
            and whenever a trait is set.

    >>> stepper = ConvolutionStepper(position=(0, 5))
    >>> stepper
    ConvolutionStepper(picture 8×8, kernel 3×3, stride 1, padding 0, output 6×6)
    >>> stepper.stride = 2
    >>> stepper.output.shape, stepper.position
    ((3, 3), (0, 2))
    """

    _esm = module("convolution_stepper")
    _css = stylesheet("steppers", "convolution_stepper")

    picture = Matrix(least=3, most=12)
    kernel = Matrix(least=1, most=5)
    stride = Whole(1, least=1, most=4)
    padding = Whole(0, least=0, most=2)
    position = traitlets.Any((0, 0)).tag(sync=True)
    filled = Whole(1, least=1, most=256)

    def __init__(self, picture=None, kernel=None, *, stride=1, padding=0, position=(0, 0)):
        super().__init__(
            picture=smiley() if picture is None else picture,
            kernel=edge_kernel() if kernel is None else kernel,
            stride=stride,
            padding=padding,
            position=position,
        )

    @property
    def output(self):
        """All outputs, computed by `cnnedu.kernels.correlate2d`: an array of shape (OH, OW)."""
        return correlate2d(self.picture, self.kernel, self.stride, self.padding)

    @traitlets.validate("picture", "kernel", "padding")
    def _kernel_fits(self, proposal):
        state = {name: getattr(self, name) for name in ("picture", "kernel", "padding")}
        state[proposal.trait.name] = proposal.value
        padded = tuple(size + 2 * state["padding"] for size in state["picture"].shape)
        if any(np.greater(state["kernel"].shape, padded)):
            raise ValueError(
                f"ConvolutionStepper: the kernel {state['kernel'].shape} is larger than the padded "
                f"picture {padded}; use a smaller kernel or more padding"
            )
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal):
        return place_among(self.output.shape, self, "position", proposal.value)

    @traitlets.observe("picture", "kernel", "stride", "padding")
    def _keep_position(self, change):
        """Move to the nearest position that is left when there are fewer outputs than before."""
        self.position = nearest_place(self.output.shape, self.position)

    def draw(self):
        """Return a figure of the picture, the kernel, the products and every output."""
        import matplotlib.pyplot as plt

        from cnnedu.plots.grids import draw_grid, frame
        from cnnedu.plots.style import style

        padded = np.pad(self.picture, self.padding)
        top, left = np.multiply(self.position, self.stride)
        height, width = self.kernel.shape
        products = padded[top : top + height, left : left + width] * self.kernel
        # The place of each grid, in pixels of the picture: columns from the left, rows down.
        middle = padded.shape[1] + 3.2
        right = middle + width + 2.2
        grids = [
            ("picture x", padded, 1, 1.2),
            ("kernel w", self.kernel, middle, 1.2),
            ("window × kernel", products, middle, height + 3.2),
            ("output", self.output, right, 1.2),
        ]
        columns = right + self.output.shape[1] + 0.4
        rows = max(down + grid.shape[0] for _, grid, _, down in grids) + 2.2
        with style():
            figure = plt.figure(figsize=(0.42 * columns, 0.42 * rows), layout="none")
            for title, grid, across, down in grids:
                size = (grid.shape[1] / columns, grid.shape[0] / rows)
                ax = figure.add_axes((across / columns, 1 - down / rows - size[1], *size))
                signed = title != "picture x" or grid.min() < 0
                # A range half as large again keeps numbers off the darkest ends of the map.
                limit = 1.5 * np.abs(grid).max() or 1
                draw_grid(ax, grid, limit if signed else None)
                ax.set_title(f"{title}, {grid.shape[0]} × {grid.shape[1]}")
                if title == "picture x":
                    frame(ax, (top, left), self.kernel.shape)
                if title == "output":
                    frame(ax, self.position, (1, 1))
            figure.text(0.5, 0.5 / rows, self._equation(products), ha="center", fontsize=13)
        return figure

    def _equation(self, products):
        """Return the sum at the current position, written out."""
        terms = [f"{value:.4g}" for value in products.flat]
        terms = " + ".join(f"({term})" if term[0] == "-" else term for term in terms)
        i, j = self.position
        return f"out[{i}, {j}] = {terms} = {products.sum():.4g}".replace("-", "−")

    def __repr__(self):
        shapes = [
            f"{name} {rows}×{columns}"
            for name in ("picture", "kernel", "output")
            for rows, columns in [getattr(self, name).shape]
        ]
        shapes[2:2] = [f"stride {self.stride}", f"padding {self.padding}"]
        return f"ConvolutionStepper({', '.join(shapes)})"
