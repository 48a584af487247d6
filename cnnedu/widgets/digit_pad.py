"""`DigitPad`: draw a digit, and a network of `cnnedu.nn` answers while you draw."""

import numpy as np
import traitlets

from cnnedu import nn
from cnnedu.kernels import softmax
from cnnedu.models.digit_network import trained_digit_network
from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.page_layers import page_layers
from cnnedu.widgets.traits import Matrix


class DigitPad(Widget):
    """Let the reader draw an 8×8 digit; ten bars show at once what a network makes of it.

    The chalk marks pixels of a hidden 32×32 board, and each of the 8×8 numbers counts the marked
    pixels in a block of 4×4: this is how the digits of `load_digits` were made. The page computes
    the whole forward pass itself.

    Equation
        answer = softmax(model(picture / 16))

    Args:
        model: a `cnnedu.nn.Sequential` from (1, 1, 8, 8) to scores (1, 10); by default a small
            network trained on 1,437 real digits. The pad copies its weights; if you train it
            further, make another pad.
        picture: what is on the pad at first, shape (8, 8), chalk from 0 to 16; empty by default.

    `picture` is a trait: read it to see what was drawn, or set it and the page follows.

    Raises:
        TypeError: `model` isn't a `Sequential`, or has a layer that the page can't compute.
        ValueError: `model` doesn't take (1, 1, 8, 8) to (1, 10), or `picture` isn't as above.

    >>> pad = DigitPad()
    >>> pad.picture = pad.examples[3]
    >>> pad
    DigitPad(3, probability 1.00)
    """

    _esm = module("digit_pad")
    _css = stylesheet("digit_pad")

    picture = Matrix(least=8, most=8, low=0, high=16)
    layers = traitlets.List(read_only=True).tag(sync=True)
    weights = Numbers(dtype="float32", ndim=1)
    examples = Numbers(dtype="uint8", ndim=3)

    def __init__(self, model=None, picture=None):
        trained, examples = trained_digit_network()
        self.model = trained if model is None else model
        layers, weights = _for_page(self.model)
        self.set_trait("layers", layers)
        super().__init__(
            weights=weights,
            picture=np.zeros((8, 8), int) if picture is None else picture,
            examples=examples,
        )

    @property
    def answer(self):
        """The probabilities of 0 … 9 for the picture, computed by the network: shape (10,)."""
        x = self.picture[None, None] / np.float32(16)
        with nn.evaluating(self.model):
            return softmax(self.model(x))[0]

    def draw(self):
        """Return a figure of the pad and the ten probabilities."""
        import matplotlib.pyplot as plt

        from cnnedu.plots.grids import draw_grid
        from cnnedu.plots.style import style

        answer = self.answer
        with style():
            figure, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.8))
            draw_grid(left, np.maximum(self.picture, 0))
            left.set(title="picture, 8 × 8", xticks=[], yticks=[])
            colours = ["#0072B2" if k == answer.argmax() else "#bbbbbb" for k in range(10)]
            bars = right.barh(range(10), 100 * answer, color=colours)
            right.bar_label(bars, fmt="%.0f %%", padding=3)
            right.set(title="answer: probability", xlim=(0, 120), yticks=range(10))
            right.invert_yaxis()
            right.spines[:].set_visible(False)
            right.tick_params(length=0, labelbottom=False)
        return figure

    def __repr__(self):
        if not self.picture.any():
            return "DigitPad(empty)"
        return f"DigitPad({self.answer.argmax()}, probability {self.answer.max():.2f})"


def _for_page(model):
    """Return a network's layers and weights for the page, or raise a one-line error."""
    if not isinstance(model, nn.Sequential):
        raise TypeError(f"DigitPad: model must be a cnnedu.nn.Sequential, but is {model!r:.60}")
    layers, weights = page_layers("DigitPad", model)
    try:
        with nn.evaluating(model):
            shape = model(np.zeros((1, 1, 8, 8), np.float32)).shape
    except ValueError as problem:
        raise ValueError(f"DigitPad: model doesn't take pictures (1, 1, 8, 8): {problem}") from None
    if shape != (1, 10):
        raise ValueError(
            f"DigitPad: model must give scores (1, 10) for a picture, but gives {shape}"
        )
    return layers, weights
