"""`ShiftLab`: drag a photograph, and watch a feature map, its pooled map and the class move."""

import numpy as np
import traitlets

from cnnedu.data import photo, shrink, square
from cnnedu.kernels import avg_pool2d, conv2d, max_pool2d, relu
from cnnedu.nn import evaluating
from cnnedu.widgets.arrays import Numbers
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget
from cnnedu.widgets.classifier import as_classifier
from cnnedu.widgets.traits import Choice, Matrix

SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
BLUR = np.outer([1, 2, 1], [1, 2, 1]) / 16
WINDOW = 32  # pixels along each side of what the network sees
MARGIN = 2  # pixels around the window that filter, pooling and blur look at
FARTHEST = 8  # pixels
BATCH = 64


class ShiftLab(Widget):
    """Drag a photograph under a window, and watch what pooling does about it.

    The window shows 32×32 pixels of a larger photograph. What comes in at its border is real, as
    when a camera turns. Side by side stand a feature map (filter, ReLU) and the map that a pooling
    layer makes of it: now; how much they differ from home, so whether they stay; and how much they
    differ from those at home moved along, so whether they move along. A trained network says what
    it sees at every place.

    Equation
        map = ReLU(x ⋆ kernel), pooled = the layer's output, half as high and wide
        change = ‖now − home‖ / ‖home‖
        left over = ‖now − home moved along‖ / ‖home moved along‖, where both maps have numbers

    A pooled map can only move by whole outputs, each of two pixels. Of those nearest to the move
    the one that leaves least over is taken.

    Args:
        photograph: uint8 array (H, W, 3), H and W at least 38; what is kept is the middle, up to
            52×52 pixels, so that the window can move by up to 8 pixels in each direction. A cat of
            52×52 pixels by default.
        network: a `torch.nn.Module` for pictures (N, 3, 32, 32), or what `load_pretrained` returns;
            the course's `classic` by default.
        classes, mean, std: for a module, as for `NetworkExplorer`.
        kernel: the filter of the feature map, shape (3, 3), not all 0; Sobel's detector of vertical
            edges by default.
        pooling: "max pool", "average pool", "stride 2", or "max + blur": the maximum at every
            place, then a 3×3 binomial filter with stride 2.
        shift: (down, right), how far the photograph has moved, in pixels.

    `pooling`, `shift` and `kernel` are traits: read them after playing with the widget, or set them
    and the page follows. The network's answers for all shifts are computed when the widget is made.

    Raises:
        TypeError, ValueError: an argument of the wrong kind, size or shape, at construction
            and whenever a trait is set.

    Source
        Zhang, "Making convolutional networks shift-invariant again" (2019).

    >>> lab = ShiftLab(shift=(0, 2))
    >>> lab
    ShiftLab(max pool, photograph moved 0 down and 2 right, answer cat)
    >>> lab.left_over
    {'map': 0.0, 'pooled': 0.0}
    """

    _esm = module("shift_lab")
    _css = stylesheet("chart", "maps", "shift_lab")

    photograph = Numbers(dtype="uint8", ndim=3)
    probabilities = Numbers(dtype="float32", ndim=3)  # (down, right, class), all shifts
    classes = traitlets.List(read_only=True).tag(sync=True)
    kernel = Matrix(least=3, most=3)
    pooling = Choice("max pool", "average pool", "stride 2", "max + blur")
    shift = traitlets.Any((0, 0)).tag(sync=True)

    def __init__(
        self,
        photograph=None,
        network=None,
        *,
        classes=None,
        mean=None,
        std=None,
        kernel=None,
        pooling="max pool",
        shift=(0, 0),
    ):
        if photograph is None:
            photograph = shrink(square(photo("cat"), top=0, left=62, size=300), 52)
        photograph = _middle(photograph)
        classifier = as_classifier("ShiftLab", network, classes, mean, std)
        answers = _answers(classifier, photograph)
        names = classifier.classes or [str(k) for k in range(answers.shape[2])]
        if len(names) != answers.shape[2]:
            raise ValueError(
                f"ShiftLab: classes has {len(names)} names, but the network has "
                f"{answers.shape[2]} outputs"
            )
        super().__init__(
            photograph=photograph,
            probabilities=answers,
            kernel=SOBEL if kernel is None else kernel,
            pooling=pooling,
        )
        self.set_trait("classes", list(names))
        self.shift = shift

    @property
    def window(self):
        """What the network sees: uint8, shape (32, 32, 3)."""
        return _window(self.photograph, self.shift, 0)

    @property
    def feature_map(self):
        """The map after filter and ReLU: shape (32, 32)."""
        return self._map(self.shift, 0)

    @property
    def pooled(self):
        """The map after the pooling layer: shape (16, 16)."""
        return self._pooled(self.shift)

    @property
    def change(self):
        """‖now − home‖ / ‖home‖ of the feature map and of the pooled map."""
        return self._compared(self.shift)[0]

    @property
    def left_over(self):
        """The same, where home has been moved along with the photograph."""
        return self._compared(self.shift)[1]

    def _compared(self, shift):
        """Return the change and what is left over at a shift."""
        home = (0, 0)
        maps = self._map(shift, 0), self._map(home, 0)
        pooled = self._pooled(shift), self._pooled(home)
        rows, columns = ((by // 2, -(-by // 2)) for by in shift)
        change = {"map": _change(*maps), "pooled": _change(*pooled)}
        left_over = {
            "map": _left_over(*maps, shift),
            "pooled": min(_left_over(*pooled, (i, j)) for i in rows for j in columns),
        }
        return change, left_over

    def _map(self, shift, margin):
        """Return the map of the window at a shift, with some pixels around it."""
        x = _window(self.photograph, shift, margin + 1).mean(axis=2) / 255
        return relu(conv2d(x[None, None], self.kernel[None, None].astype(float)))[0, 0]

    def _pooled(self, shift):
        """Return the pooled map of the window at a shift."""
        wide = self._map(shift, 1)[None, None]
        inner = wide[:, :, 1:-1, 1:-1]
        match self.pooling:
            case "max pool":
                return max_pool2d(inner, 2)[0, 0]
            case "average pool":
                return avg_pool2d(inner, 2)[0, 0]
            case "stride 2":
                return inner[0, 0, ::2, ::2]
            case "max + blur":
                return conv2d(max_pool2d(wide, 2, stride=1), BLUR[None, None], stride=2)[0, 0]

    @traitlets.validate("kernel")
    def _kernel_does_something(self, proposal):
        if not proposal.value.any():
            raise ValueError("ShiftLab: kernel must not be all 0: its map would be empty")
        return proposal.value

    @traitlets.validate("shift")
    def _shift_exists(self, proposal):
        most_down, most_right = (size // 2 for size in self.probabilities.shape[:2])
        match proposal.value:
            case (int(down), int(right)) if abs(down) <= most_down and abs(right) <= most_right:
                return (down, right)
        raise ValueError(
            f"ShiftLab: shift must be (down, right), whole numbers up to ±{most_down} and "
            f"±{most_right}, but is {proposal.value!r}"
        )

    @property
    def answers(self):
        """The network's probabilities for what it sees now: float32, shape (K,)."""
        return self._answers_at(self.shift)

    def _answers_at(self, shift):
        rows, columns, _ = self.probabilities.shape
        return self.probabilities[rows // 2 + shift[0], columns // 2 + shift[1]]

    def draw(self):
        """Return a figure of the window, both maps, their differences, and the answers."""
        from cnnedu.plots.shifts import show_shift

        down, right = self.shift
        said = self._answers_at((0, 0)).argmax()
        reach = self.probabilities.shape[1] // 2
        shifts = range(-reach, reach + 1)
        compared = [self._compared((down, by)) for by in shifts]
        curves = {
            title: {of: [100 * both[k][of] for both in compared] for of in ("map", "pooled")}
            for k, title in enumerate(
                ("Does it stay? Change, %", "Does it move along? Left over, %")
            )
        }
        name = f"Does the answer stay? “{self.classes[said]}”, %"
        row = self.probabilities[len(self.probabilities) // 2 + down, :, said]
        return show_shift(
            self.window,
            {"feature map": self.feature_map, self.pooling: self.pooled},
            shifts,
            curves | {name: {"answer": 100 * row}},
            right,
        )

    def __repr__(self):
        down, right = self.shift
        answer = self.classes[int(self.answers.argmax())]
        return (
            f"ShiftLab({self.pooling}, photograph moved {down} down and {right} right, "
            f"answer {answer})"
        ).replace("-", "−")


def _middle(photograph):
    """Return the middle of a photograph, as much of it as the window can reach."""
    dtype, shape = getattr(photograph, "dtype", type(photograph).__name__), np.shape(photograph)
    if dtype != np.uint8:
        raise TypeError(f"ShiftLab: photograph must be uint8, from 0 to 255, but is {dtype}")
    if len(shape) != 3 or shape[2] != 3:
        raise ValueError(f"ShiftLab: photograph must be (H, W, 3), but has shape {shape}")
    around = [min(FARTHEST, (side - WINDOW) // 2 - MARGIN) for side in shape[:2]]
    if min(around) < 1:
        raise ValueError(
            f"ShiftLab: photograph must have {WINDOW + 2 * MARGIN + 2} or more rows and columns, "
            f"but has shape {shape}"
        )
    kept = [WINDOW + 2 * (MARGIN + reach) for reach in around]
    top, left = ((side - keep) // 2 for side, keep in zip(shape[:2], kept, strict=True))
    return photograph[top : top + kept[0], left : left + kept[1]]


def _window(photograph, shift, margin):
    """Return the window at a shift with some pixels around it: (32 + 2 · margin, …, 3)."""
    top, left = (
        (side - WINDOW) // 2 - by - margin
        for side, by in zip(photograph.shape, shift, strict=False)
    )
    size = WINDOW + 2 * margin
    return photograph[top : top + size, left : left + size]


def _answers(classifier, photograph):
    """Return the network's probabilities at all shifts: float32 (downs, rights, K)."""
    import torch

    reach = [(side - WINDOW) // 2 - MARGIN for side in photograph.shape[:2]]
    downs, rights = (range(-most, most + 1) for most in reach)
    seen = [_window(photograph, (down, right), 0) for down in downs for right in rights]
    x = torch.cat([classifier.prepare(window) for window in seen])
    with torch.no_grad(), evaluating(classifier.network):
        rows = [classifier.network(batch).softmax(dim=1) for batch in x.split(BATCH)]
    return torch.cat(rows).numpy().reshape(len(downs), len(rights), -1)


def _change(after, before):
    """Return ‖after − before‖ / ‖before‖."""
    return float(np.linalg.norm(after - before) / (np.linalg.norm(before) or 1))


def _left_over(after, before, by):
    """Return the change that is left when `before` moves by whole places, where both have any."""
    here, there = (
        tuple(slice(max(0, sign * step), min(0, sign * step) or None) for step in by)
        for sign in (1, -1)
    )
    return _change(after[here], before[there])
