"""`KernelSearch`: a picture and its map are given; find the kernel, by hand or downhill."""

import numpy as np
import traitlets

from cnnedu.data import photo, shrink, square
from cnnedu.kernels import conv2d
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Flag, Matrix, Picture

SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
NUDGE = 0.01  # how far a weight is tried up and down for its slope


class KernelSearch(Widget):
    """Search for a hidden 3×3 kernel with nine sliders, until the two maps are alike.

    The reader moves one weight after another and watches the error. Slopes say which way lowers it,
    and "One step downhill" moves all nine weights at once, so the search by hand becomes gradient
    descent. The slopes need no calculus: each weight is tried a little higher and a little lower.

    Equation
        x = (picture − mean(picture)) / std(picture)
        target = x ⋆ kernel,  response = x ⋆ weights
        error = √E,  E(weights) = mean((response − target)²)
        slope[u, v] = (E(weights[u, v] + 0.01) − E(weights[u, v] − 0.01)) / 0.02
        downhill: weights ← weights − rate · slope

    Without the mean taken off, the sum of the weights would count far more than their pattern. With
    a spread of 1, one rate suits all photographs: each of the nine weights meets pixels whose mean
    square is about 1, and no step overshoots as long as the rate is below about 1/9 = 0.11.

    Args:
        picture: uint8 array (H, W), or (H, W, 3), which is turned into its luminance; a cat of
            48×48 pixels by default. A picture of more than 100 pixels along a side is scaled down.
        kernel: the hidden one, shape (3, 3), not all 0; Sobel's detector of vertical edges by
            default.
        weights: the reader's, shape (3, 3), where the search begins; all 0 by default.
        rate: how far a step goes, above 0 and at most 1.

    `picture`, `kernel`, `weights`, `rate`, `hints` (whether slopes are shown), `revealed` (whether
    the hidden kernel is shown) and `errors` (after each move) are traits.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction
            and whenever a trait is set.

    >>> search = KernelSearch(weights=[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    >>> search.error
    0.0
    >>> search
    KernelSearch(picture 48×48, hidden kernel 3×3, 0 moves, error 0.000)
    """

    _esm = module("kernel_search")
    _css = stylesheet("chart", "maps", "kernel_search")

    picture = Picture(least=8, most=100)
    kernel = Matrix(least=3, most=3)
    weights = Matrix(least=3, most=3)
    rate = traitlets.Any(0.1).tag(sync=True)
    hints = Flag(False)
    revealed = Flag(False)
    errors = traitlets.List(traitlets.Float()).tag(sync=True)

    def __init__(self, picture=None, kernel=None, *, weights=None, rate=0.1):
        if picture is None:
            picture = shrink(square(photo("cat"), top=0, left=70, size=300), 48)
        super().__init__(
            picture=picture,
            kernel=SOBEL if kernel is None else kernel,
            weights=np.zeros((3, 3)) if weights is None else weights,
            rate=rate,
        )
        self.errors = [self.error]

    @property
    def x(self):
        """The picture with its mean taken off and a standard deviation of 1: shape (H, W)."""
        return (self.picture - self.picture.mean()) / self.picture.std()

    @property
    def target(self):
        """The map of the hidden kernel: shape (H − 2, W − 2)."""
        return _map(self.x, self.kernel)

    @property
    def response(self):
        """The map of the reader's weights, of the same shape."""
        return _map(self.x, self.weights)

    @property
    def error(self):
        """The root of the mean squared difference of the two maps."""
        return float(np.sqrt(np.mean((self.response - self.target) ** 2)))

    @property
    def slopes(self):
        """How fast the mean square grows with each weight, by trying: shape (3, 3)."""
        x, target, found = self.x, self.target, np.zeros((3, 3))
        for place in np.ndindex(3, 3):
            nudge = np.zeros((3, 3))
            nudge[place] = NUDGE
            more, less = (
                np.mean((_map(x, self.weights + by) - target) ** 2) for by in (nudge, -nudge)
            )
            found[place] = (more - less) / (2 * NUDGE)
        return found

    @traitlets.validate("picture")
    def _picture_varies(self, proposal):
        if proposal.value.min() == proposal.value.max():
            raise ValueError(
                "KernelSearch: picture must have pixels of different values, but all are "
                f"{proposal.value.max()}"
            )
        return proposal.value

    @traitlets.validate("kernel")
    def _kernel_does_something(self, proposal):
        if not proposal.value.any():
            raise ValueError("KernelSearch: kernel must not be all 0: its map would be empty")
        return proposal.value

    @traitlets.validate("rate")
    def _rate_in_range(self, proposal):
        rate = proposal.value
        if isinstance(rate, bool) or not isinstance(rate, (int, float)):
            raise TypeError(f"KernelSearch: rate must be a number, but is {rate!r}")
        if not 0 < rate <= 1:
            raise ValueError(f"KernelSearch: rate must be above 0 and at most 1, but is {rate}")
        return rate

    @traitlets.observe("picture", "kernel")
    def _begin_again(self, change):
        """Forget the errors of another search."""
        if self.errors:
            self.errors = [self.error]

    def draw(self):
        """Return a figure of the picture, the three maps, both kernels and the errors."""
        from cnnedu.plots.kernel_search import show_kernel_search

        error = self.error
        is_now = np.isclose(self.errors[-1], error)
        return show_kernel_search(
            self.picture,
            self.target,
            self.response,
            self.weights,
            self.kernel if self.revealed else None,
            self.errors if is_now else [*self.errors, error],
        )

    def __repr__(self):
        size = "×".join(map(str, self.picture.shape))
        moves = len(self.errors) - 1
        return (
            f"KernelSearch(picture {size}, hidden kernel 3×3, {moves} "
            f"move{'s' if moves != 1 else ''}, error {self.error:.3f})"
        )


def _map(x, w):
    """Return x ⋆ w; with `conv2d`, since `correlate2d` loops over the outputs in Python."""
    return conv2d(x[None, None], w[None, None].astype(float))[0, 0]
