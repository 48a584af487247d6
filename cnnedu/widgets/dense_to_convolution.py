"""`DenseToConvolution`: cut and tie the weights of a dense layer until a convolution is left."""

import numpy as np
import traitlets

from cnnedu.data import edge_kernel, smiley
from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Flag, Matrix, Whole, place_among

SPREAD = 3  # an output's own weights differ from their mean by at most this


class DenseToConvolution(Widget):
    """Turn a dense layer into a convolution: cut what is far, then tie what is equal.

    The layer has one output for each 3×3 window of the picture, and at first every output weighs
    every pixel. *Cut* removes the weights of the pixels that are farther than `reach` from the
    middle of the output's window. *Tie* gives all outputs the same weights: those at the same place
    around the middle are replaced by their mean. With a reach of 1, what is left is the convolution
    with `kernel`.

    Equation, for output k and pixel p, which lies (down, right) of the middle of k's window
        M[k, p] = 0                                     if |down| or |right| > reach
                  W[k, p], weights of its own           if not tied
                  mean of all W[k', p'] at (down, right) if tied
        out = M x,  with x the pixels row by row

    Args:
        picture: x, shape (H, W) with 4 to 8 rows and columns, numbers from 0 to 9; the 8×8 smiley
            by default.
        kernel: what the weights next to the middle are on average, shape (3, 3), numbers from −9 to
            9; the detector of vertical edges by default.
        reach: from 1, the 3×3 window, to the default, max(H, W) − 2, the whole picture.
        tied: whether all outputs have the same weights.
        position: (i, j), the row and column of the output that is shown first.

    `reach`, `tied` and `position` are traits: read them after playing with the widget, or set them
    and the page follows.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction and
            whenever a trait is set.

    >>> layer = DenseToConvolution()
    >>> layer
    DenseToConvolution(picture 8×8, reach 6, own weights: 2,304 multiplications, 2,304 parameters)
    >>> layer.reach, layer.tied = 1, True
    >>> layer.multiplications, layer.parameters, layer.output[3].tolist()
    (324, 9, [-2.0, 1.0, 0.0, 0.0, -1.0, 2.0])
    """

    _esm = module("dense_to_convolution")
    _css = stylesheet("maps", "dense_to_convolution")

    picture = Matrix(least=4, most=8, low=0, high=9)
    kernel = Matrix(least=3, most=3, low=-9, high=9)
    weights = Numbers(dtype="float32", ndim=2)
    reach = Whole(1, least=1, most=6)
    tied = Flag(False)
    position = traitlets.Any((0, 0)).tag(sync=True)

    def __init__(self, picture=None, kernel=None, *, reach=None, tied=False, position=(0, 0)):
        super().__init__(
            picture=smiley() if picture is None else picture,
            kernel=edge_kernel() if kernel is None else kernel,
            tied=tied,
        )
        self.weights = self._own_weights()
        self.reach = self._farthest if reach is None else reach
        self.position = position

    @property
    def matrix(self):
        """M, shape (outputs, pixels): zero where a connection was cut."""
        weights = self.weights.astype(float)
        if self.tied:
            _, places = np.unique(self._offsets.reshape(2, -1), axis=1, return_inverse=True)
            places = places.ravel()
            means = np.bincount(places, weights.ravel()) / np.bincount(places)
            weights = means[places].reshape(weights.shape)
        return np.where(self.kept, weights, 0)

    @property
    def kept(self):
        """Whether each connection is left: booleans of shape (outputs, pixels)."""
        return np.abs(self._offsets).max(axis=0) <= self.reach

    @property
    def output(self):
        """M x, shape (H − 2, W − 2)."""
        return (self.matrix @ self.picture.ravel()).reshape(self._outputs)

    @property
    def multiplications(self):
        """How many connections are left; each costs one multiplication."""
        return int(self.kept.sum())

    @property
    def parameters(self):
        """How many different weights there are to choose."""
        places = self._offsets[:, self.kept]
        return len(np.unique(places, axis=1).T) if self.tied else self.multiplications

    @property
    def _outputs(self):
        return tuple(size - 2 for size in self.picture.shape)

    @property
    def _farthest(self):
        return max(self._outputs)

    @property
    def _offsets(self):
        """How far below and right of its window's middle each pixel lies: (2, outputs, pixels)."""
        middles = np.indices(self._outputs).reshape(2, -1, 1) + 1
        return np.indices(self.picture.shape).reshape(2, 1, -1) - middles

    def _own_weights(self):
        """Return whole numbers whose means at each place around the middle are the kernel's.

        Beyond the kernel the means are whole numbers from −2 to 2.
        """
        rng = np.random.default_rng(0)
        offsets = self._offsets
        weights = np.zeros(offsets.shape[1:])
        for down, right in np.unique(offsets.reshape(2, -1), axis=1).T:
            there = (offsets[0] == down) & (offsets[1] == right)
            near = max(abs(down), abs(right)) <= 1
            mean = self.kernel[down + 1, right + 1] if near else rng.integers(-2, 3)
            half = rng.integers(1, SPREAD + 1, there.sum() // 2)
            spread = np.concatenate([half, -half, np.zeros(there.sum() % 2)])
            weights[there] = mean + rng.permutation(spread)
        return weights

    @traitlets.validate("reach")
    def _reach_exists(self, proposal):
        if proposal.value > self._farthest:
            height, width = self.picture.shape
            raise ValueError(
                f"DenseToConvolution: reach must be from 1 to {self._farthest} on a picture of "
                f"{height}×{width} pixels, but is {proposal.value}"
            )
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal):
        return place_among(self._outputs, self, "position", proposal.value)

    def draw(self):
        """Return a figure of the matrix, one output's weights and pixels, and all outputs."""
        from cnnedu.plots.dense_layers import show_cut_and_tied

        return show_cut_and_tied(
            self.picture, self.matrix, self.kept, self.position, self.reach, self._counts()
        )

    def _counts(self):
        return f"{self.multiplications:,} multiplications, {self.parameters:,} parameters"

    def __repr__(self):
        rows, columns = self.picture.shape
        whose = "tied" if self.tied else "own"
        return (
            f"DenseToConvolution(picture {rows}×{columns}, reach {self.reach}, {whose} weights: "
            f"{self._counts()})"
        )
