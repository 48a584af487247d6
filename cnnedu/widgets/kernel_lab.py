"""`KernelLab`: a photograph through a kernel of the reader's own, ReLU and max pooling."""

import numpy as np
import traitlets

from cnnedu.data import photo, square
from cnnedu.kernels import conv2d, max_pool2d, relu
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.traits import Choice, Matrix, Picture, nearest_place, place_among

SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


class KernelLab(Widget):
    """Filter a photograph with a kernel the reader edits: response → ReLU → 2×2 max pooling.

    The reader chooses or types a kernel, switches between cross-correlation and convolution
    (which flips the kernel), drags a window over the photograph to see the numbers behind one
    output, and can open a picture of their own, which goes nowhere but to the notebook's kernel.

    Equation
        response[i, j] = Σ_u Σ_v  x[i + u, j + v] · w[u, v]
        pooled[i, j] = max over u, v in {0, 1} of max(0, response[2i + u, 2j + v])

    Args:
        picture: x, uint8 array (H, W), or (H, W, 3), which is turned into its luminance; a square
            of `photo("cat")` by default. A picture of more than 300 pixels along a side is scaled
            down to 300.
        kernel: w, shape (3, 3) or (5, 5), numbers from −999 to 999; Sobel's detector of
            vertical edges by default.
        operation: "cross-correlation" uses the kernel as it is; "convolution" flips it in both
            axes first.
        position: (i, j), the row and column of the output shown in the close-up, from 0; the one
            in the middle by default.

    All of them are traits: read them after playing with the widget, or set them and the page
    follows.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction
            and whenever a trait is set.

    >>> lab = KernelLab(operation="convolution")
    >>> lab
    KernelLab(picture 300×300, kernel 3×3, convolution, response 298×298, pooled 149×149)
    >>> lab.applied_kernel
    array([[ 1,  0, -1],
           [ 2,  0, -2],
           [ 1,  0, -1]])
    """

    _esm = module("kernel_lab")
    _css = stylesheet("maps", "kernel_lab")

    picture = Picture(least=8, most=300)
    kernel = Matrix(least=3, most=5)
    operation = Choice("cross-correlation", "convolution")
    position = traitlets.Any().tag(sync=True)

    def __init__(self, picture=None, kernel=None, *, operation="cross-correlation", position=None):
        if picture is None:
            picture = square(photo("cat"), top=0, left=70, size=300)
        super().__init__(
            picture=picture, kernel=SOBEL if kernel is None else kernel, operation=operation
        )
        self.position = (self._size - 1) // 2 if position is None else position

    @property
    def applied_kernel(self):
        """The kernel as it meets the picture: flipped in both axes for convolution."""
        return self.kernel[::-1, ::-1] if self.operation == "convolution" else self.kernel

    @property
    def response(self):
        """All outputs, computed by `cnnedu.kernels.conv2d`: an array of shape (OH, OW)."""
        return conv2d(
            self.picture[None, None].astype(np.float64),
            self.applied_kernel[None, None].astype(np.float64),
        )[0, 0]

    @property
    def pooled(self):
        """The response after ReLU and 2×2 max pooling: an array of shape (OH // 2, OW // 2)."""
        return max_pool2d(relu(self.response)[None, None], 2)[0, 0]

    @property
    def _size(self):
        """The rows and columns of the response."""
        return np.subtract(self.picture.shape, self.kernel.shape) + 1

    @traitlets.validate("kernel")
    def _kernel_is_square(self, proposal):
        if proposal.value.shape not in [(3, 3), (5, 5)]:
            raise ValueError(
                f"KernelLab: kernel must be (3, 3) or (5, 5), but has shape {proposal.value.shape}"
            )
        return proposal.value

    @traitlets.validate("position")
    def _position_exists(self, proposal):
        return place_among(self._size, self, "position", proposal.value)

    @traitlets.observe("picture", "kernel")
    def _keep_position(self, change):
        """Move to the nearest position that is left when there are fewer outputs than before."""
        if self.position is not None:
            self.position = nearest_place(self._size, self.position)

    def draw(self):
        """Return a figure of the photograph, the kernel, and the response up to its pooling."""
        import matplotlib.pyplot as plt

        from cnnedu.plots.grids import draw_grid
        from cnnedu.plots.style import SIGNED, style

        response = self.response
        size = np.abs(response)
        limit = np.quantile(size, 0.995) or size.max() or 1  # as on the page
        with style():
            figure, axes = plt.subplots(2, 3, figsize=(7.6, 5.6))
            draw_grid(axes[0, 1], self.applied_kernel, 1.5 * np.abs(self.kernel).max() or 1)
            axes[0, 1].set(title=f"kernel w, {self.operation}", xticks=[], yticks=[])
            for ax, values, title in [
                (axes[0, 0], self.picture, f"picture x, {_sizes(self.picture.shape)}"),
                (axes[0, 2], response, f"filtered, {_sizes(response.shape)}"),
            ]:
                ax.imshow(_coarser(values), cmap="gray", vmin=0, vmax=255)
                ax.set_title(title)
                ax.set_axis_off()
            for ax, values, title in [
                (axes[1, 0], response, f"response, {_sizes(response.shape)}"),
                (axes[1, 1], relu(response), f"ReLU, {_sizes(response.shape)}"),
                (axes[1, 2], self.pooled, f"max pool, {_sizes(self.pooled.shape)}"),
            ]:
                ax.imshow(_coarser(values), cmap=SIGNED, vmin=-limit, vmax=limit)
                ax.set_title(title)
                ax.set_axis_off()
        return figure

    def __repr__(self):
        kernel, size = _sizes(self.kernel.shape), self._size
        return (
            f"KernelLab(picture {_sizes(self.picture.shape)}, kernel {kernel}, {self.operation}, "
            f"response {_sizes(size)}, pooled {_sizes(size // 2)})"
        ).replace(" × ", "×")


def _sizes(shape):
    return " × ".join(map(str, shape))


def _coarser(values, most=100):
    """Return means of square blocks: the stored picture stays small, and thin lines stay whole."""
    step = -(-max(values.shape) // most)
    rows, columns = np.array(values.shape) // step
    blocks = values[: rows * step, : columns * step].reshape(rows, step, columns, step)
    return blocks.mean(axis=(1, 3))
