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
            signed values, any other as light: 0 is black.
        kernel: w, shape (KH, KW) with 1 to 5 rows and columns, numbers from −999 to 999;
            the detector of vertical edges by default.
        stride: pixels the window moves between two outputs, 1 to 4.
        padding: rings of zeros laid around the picture, 0 to 2.
        position: (i, j), the row and column of the output that is shown first, from 0; by default
            the first place asked for, or else (0, 0).
        ask: True to let the reader type each output before it appears, or a list of the places
            (i, j) to ask for. The page says which slip a wrong number looks like, and hides the
            rest of the output until every place asked for is settled.

    All of them are traits: read them after playing with the widget, or set them and the page
    follows. `filled` counts the outputs the reader has seen so far, in reading order; `solved`
    holds the places that the reader answered rightly, `given` those where the page gave the answer.

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
    ask = traitlets.Any(False).tag(sync=True)
    solved = traitlets.Any(()).tag(sync=True)
    given = traitlets.Any(()).tag(sync=True)

    def __init__(self, picture=None, kernel=None, *, stride=1, padding=0, position=None, ask=False):
        super().__init__(
            picture=smiley() if picture is None else picture,
            kernel=edge_kernel() if kernel is None else kernel,
            stride=stride,
            padding=padding,
            position=(0, 0),
            ask=ask,
        )
        if position is None:
            position = self.ask[0] if isinstance(self.ask, tuple) and self.ask else (0, 0)
        self.position = position

    @property
    def output(self):
        """All outputs, computed by `cnnedu.kernels.correlate2d`: an array of shape (OH, OW)."""
        # At construction, traitlets may validate `position` or `ask` before `kernel`.
        _require_fit(self.picture.shape, self.kernel.shape, self.padding)
        return correlate2d(self.picture, self.kernel, self.stride, self.padding)

    @traitlets.validate("picture", "kernel", "padding")
    def _kernel_fits(self, proposal):
        state = {name: getattr(self, name) for name in ("picture", "kernel", "padding")}
        state[proposal.trait.name] = proposal.value
        _require_fit(state["picture"].shape, state["kernel"].shape, state["padding"])
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal):
        return place_among(self.output.shape, self, "position", proposal.value)

    @traitlets.validate("ask", "solved", "given")
    def _places_exist(self, proposal):
        name, places = proposal.trait.name, proposal.value
        if name == "ask" and isinstance(places, bool):
            return places
        if not np.iterable(places) or isinstance(places, str):
            wanted = "True, False or a list" if name == "ask" else "a list"
            raise TypeError(
                f"ConvolutionStepper: {name} must be {wanted} of places (row, column), "
                f"but is {places!r}"
            )
        return tuple(place_among(self.output.shape, self, name, place) for place in places)

    @traitlets.observe("picture", "kernel", "stride", "padding")
    def _start_anew(self, change):
        """Ask again, and keep what is asked for and shown among the outputs that are left."""
        rows, columns = self.output.shape
        self.position = nearest_place((rows, columns), self.position)
        self.solved = self.given = ()

    def _waiting(self):
        """Return whether each output is asked for and not yet settled: an array of booleans."""
        waiting = np.full(self.output.shape, self.ask is True)
        for place in () if isinstance(self.ask, bool) else self.ask:
            if np.all(np.less(place, waiting.shape)):
                waiting[place] = True
        for place in self.solved + self.given:
            waiting[place] = False
        return waiting

    def draw(self):
        """Return a figure of the picture, the kernel, the products and the outputs.

        As on the page, what a question asks for stays hidden until it is settled.
        """
        import matplotlib.pyplot as plt

        from cnnedu.plots.grids import draw_grid, frame, mark_padding
        from cnnedu.plots.style import style

        padded = np.pad(self.picture, self.padding)
        top, left = np.multiply(self.position, self.stride)
        height, width = self.kernel.shape
        products = padded[top : top + height, left : left + width] * self.kernel
        waiting = self._waiting()
        shown, hidden = products, waiting
        if waiting.any():
            hidden = np.ones_like(waiting)
            for place in (self.position, *self.solved, *self.given):
                hidden[place] = waiting[place]
            if waiting[self.position]:
                shown = np.full(products.shape, np.nan)
        # The place of each grid, in pixels of the picture: columns from the left, rows down.
        middle = padded.shape[1] + 3.2
        right = middle + width + 2.2
        grids = [
            ("picture x", padded, 1, 1.2),
            ("kernel w", self.kernel, middle, 1.2),
            ("window × kernel", shown, middle, height + 3.2),
            ("output", np.where(hidden, np.nan, self.output), right, 1.2),
        ]
        # The figure is shown at a fixed width: a small picture isn't drawn larger than the smiley.
        columns = max(right + self.output.shape[1] + 0.4, 22)
        rows = max(down + grid.shape[0] for _, grid, _, down in grids) + 2.2
        with style():
            figure = plt.figure(figsize=(0.42 * columns, 0.42 * rows), layout="none")
            for title, grid, across, down in grids:
                size = (grid.shape[1] / columns, grid.shape[0] / rows)
                ax = figure.add_axes((across / columns, 1 - down / rows - size[1], *size))
                signed = title != "picture x" or grid.min() < 0
                # A range half as large again keeps numbers off the darkest ends of the map.
                limit = 1.5 * np.nanmax(np.abs(grid), initial=0) or 1
                draw_grid(ax, grid, limit if signed else None)
                ax.set_title(f"{title}, {grid.shape[0]} × {grid.shape[1]}")
                if title == "picture x":
                    ax.set_title(self._picture_title())
                    mark_padding(ax, grid.shape, self.padding)
                    frame(ax, (top, left), self.kernel.shape)
                if title == "output":
                    frame(ax, self.position, (1, 1))
                    for i, j in np.argwhere(waiting):
                        ax.text(j + 0.5, i + 0.5, "?", ha="center", va="center")
            figure.text(0.5, 0.5 / rows, self._equation(products), ha="center", fontsize=13)
        return figure

    def _picture_title(self):
        height, width = self.picture.shape
        extra = f", padding {self.padding}" if self.padding else ""
        return f"picture x, {height} × {width}{extra}"

    def _equation(self, products):
        """Return the sum at the current position, written out, unless it is asked for."""
        i, j = self.position
        if self._waiting()[i, j]:
            return f"out[{i}, {j}] = ?"
        terms = [f"{value:.4g}" for value in products.flat]
        terms = " + ".join(f"({term})" if term[0] == "-" else term for term in terms)
        return f"out[{i}, {j}] = {terms} = {products.sum():.4g}".replace("-", "−")

    def __repr__(self):
        shapes = [
            f"{name} {rows}×{columns}"
            for name in ("picture", "kernel", "output")
            for rows, columns in [getattr(self, name).shape]
        ]
        shapes[2:2] = [f"stride {self.stride}", f"padding {self.padding}"]
        return f"ConvolutionStepper({', '.join(shapes)})"


def _require_fit(picture, kernel, padding):
    """Raise a one-line error unless a kernel of one shape fits a padded picture of another."""
    padded = tuple(size + 2 * padding for size in picture)
    if any(np.greater(kernel, padded)):
        raise ValueError(
            f"ConvolutionStepper: the kernel {kernel} is larger than the padded picture {padded}; "
            "use a smaller kernel or more padding"
        )
