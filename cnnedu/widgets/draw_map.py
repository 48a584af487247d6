"""`DrawMap`: sketch the feature map of a small picture, then compare it with the true one."""

import numpy as np
import traitlets

from cnnedu.data import edge_kernel, smiley
from cnnedu.kernels import correlate2d
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Flag, Matrix


class DrawMap(Widget):
    """Let the reader sketch a feature map before it is revealed.

    The reader colours a square for each output with mouse, finger or keys: strongly negative,
    negative, zero, positive, strongly positive. The true map then appears beside the sketch; the
    page marks each wrong sign, counts the right ones and names the biggest miss.

    Equation
        out[i, j] = Σ_u Σ_v  x[i + u, j + v] · w[u, v]

    Args:
        picture: x, shape (H, W) with 3 to 12 rows and columns, numbers from −999 to 999; the 8×8
            smiley by default. 0 is black, unless there are negative numbers.
        kernel: w, shape (KH, KW) with 1 to 5 rows and columns, no larger than the picture; the
            detector of vertical edges by default.

    Both are traits. So are `sketch`, whole numbers from −2 to 2 of shape (H − KH + 1, W − KW + 1),
    and `revealed`; another picture or kernel clears the sketch.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction
            and whenever a trait is set.

    >>> drawing = DrawMap([[0, 1, 0]] * 3, [[-1, 1]])
    >>> drawing
    DrawMap(picture 3×3, kernel 1×2, map 3×2, not revealed)
    >>> drawing.output[0], drawing.sketch[0]
    (array([ 1, -1]), array([0, 0]))
    """

    _esm = module("draw_map")
    _css = stylesheet("draw_map")

    picture = Matrix(least=3, most=12)
    kernel = Matrix(least=1, most=5)
    sketch = Matrix(least=1, most=12, low=-2, high=2)
    revealed = Flag(False)

    def __init__(self, picture=None, kernel=None):
        picture = smiley() if picture is None else picture
        kernel = edge_kernel() if kernel is None else kernel
        super().__init__(picture=picture, kernel=kernel)
        self.sketch = np.zeros(self.output.shape, dtype=int)

    @property
    def output(self):
        """The true map, computed by `cnnedu.kernels.correlate2d`: an array of shape (OH, OW)."""
        return correlate2d(self.picture, self.kernel)

    @traitlets.validate("picture", "kernel")
    def _kernel_fits(self, proposal):
        state = {name: getattr(self, name) for name in ("picture", "kernel")}
        state[proposal.trait.name] = proposal.value
        if any(np.greater(state["kernel"].shape, state["picture"].shape)):
            raise ValueError(
                f"DrawMap: the kernel {state['kernel'].shape} is larger than the picture "
                f"{state['picture'].shape}; use a smaller kernel"
            )
        return proposal.value

    @traitlets.validate("sketch")
    def _sketch_fits(self, proposal):
        sketch = proposal.value
        if sketch.shape != self.output.shape:
            raise ValueError(
                f"DrawMap: sketch must have the map's shape {self.output.shape}, "
                f"but has {sketch.shape}"
            )
        if not np.array_equal(sketch, np.rint(sketch)):
            raise ValueError("DrawMap: sketch must hold whole numbers from −2 to 2")
        return sketch

    @traitlets.observe("picture", "kernel")
    def _start_anew(self, change):
        """Clear the sketch and hide the map."""
        self.sketch, self.revealed = np.zeros(self.output.shape, dtype=int), False

    def draw(self):
        """Return a figure of the picture, the kernel, the sketch and, once revealed, the map."""
        import matplotlib.pyplot as plt

        from cnnedu.plots.grids import CELL_INCHES, draw_grid
        from cnnedu.plots.style import style

        # Until something is drawn, the squares stay empty; then the others count as 0.
        sketch = self.sketch if self.sketch.any() else np.full(self.sketch.shape, np.nan)
        grids = {"picture x": self.picture, "kernel w": self.kernel, "your sketch": sketch}
        if self.revealed:
            grids["the map"] = self.output
        limits = {title: np.abs(grid).max() or 1 for title, grid in grids.items()}
        limits["your sketch"] = 2
        if self.picture.min() >= 0:
            limits["picture x"] = None
        widths = [grid.shape[1] + 1.2 for grid in grids.values()]
        rows = max(grid.shape[0] for grid in grids.values()) + 2.4
        with style():
            size = (CELL_INCHES * (sum(widths) + 0.6), CELL_INCHES * rows)
            figure, axes = plt.subplots(1, len(grids), figsize=size, width_ratios=widths)
            for ax, (title, grid) in zip(axes, grids.items(), strict=True):
                draw_grid(ax, grid, limits[title])
                ax.set_title(f"{title}\n{grid.shape[0]} × {grid.shape[1]}")
        return figure

    def __repr__(self):
        shapes = [
            f"{name} {rows}×{columns}"
            for name, array in (
                ("picture", self.picture),
                ("kernel", self.kernel),
                ("map", self.output),
            )
            for rows, columns in [array.shape]
        ]
        return f"DrawMap({', '.join(shapes)}, {'' if self.revealed else 'not '}revealed)"
