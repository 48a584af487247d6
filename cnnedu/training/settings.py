"""The settings of a training run, and the error that all its parts raise."""

import math
from dataclasses import dataclass
from numbers import Real


class TrainingError(RuntimeError):
    """A run can't start or continue; the message says in one line what to do."""


@dataclass(frozen=True)
class Settings:
    """The values that, together with the network and the data, decide how a run ends.

    The defaults are those of the recipe `classic`, which leaves everything optional off.

    Args:
        epochs: passes over the training pictures, at least 1.
        seed: for the initial weights, the shuffling and the augmentation, from 0 to 10¹².
        held_out: share of the training pictures to keep aside for validation, above 0 and below
            1. Keep enough of them while there are still choices to make: an accuracy of 88 % has
            a standard error of half a point on 5,000 pictures, and of one point on 1,000.
        batch_size: pictures per step, over all processes together, at least 1.
        optimizer: "adam"; "nesterov", which is SGD with Nesterov's momentum; or "muon" for the
            convolutions' filters and "nesterov" for the rest. The last two need a network whose
            convolutions are followed by batch norm and whose last layer is dense.
        whitened: set the first filters to those that decorrelate the pictures' patches, and
            freeze them: see `cnnedu.models.whitened.Whitened.whiten_patches`.
        learning_rate: the peak, for Adam or for the filters.
        momentum: for the filters, from 0 to below 1.
        rest_momentum: for the shifts and the dense layer, from 0 to below 1.
        shift_rate: peak learning rate for batch norm's shifts and other vectors.
        dense_rate: peak learning rate for the last, dense layer.
        weight_decay: for all that SGD trains, which is the shifts, the dense layer and, with
            "nesterov", the filters: the share that a step at the peak learning rate subtracts.
        warm_up: share of the steps during which the learning rate rises, from 0 to below 1; then
            it falls in a straight line to 0.
        left_out: share of the pictures that each epoch leaves out, from 0 to 1/2; they are easy
            ones, see `cnnedu.training.batches.without_easy`.
        label_smoothing: share of the target spread evenly over all classes, from 0 to below 1.
        flip: when to mirror pictures: "never", "random" or "alternating".
        shift: largest shift in each direction, from 0 to 31 pixels of a 32×32 picture.
        cutout: side of the square to cover, from 0 to 32 pixels of a 32×32 picture.
        sizes: pairs (pixels, share of the run): pictures are shrunk to that size until that share
            of the run is over; the last pair is (32, 1).
        average: how much of itself the running average of the weights keeps at each step, from 0
            to below 1: it spans about the last 1 / (1 − average) steps. The averaged weights are
            the ones that are measured and saved.
        views: how many views of a test picture share the answer, see
            `cnnedu.training.evaluate.logits_of_views`: 1, 2 or 6.
        precision: "float32", or "bfloat16" to use it where the device computes faster in it.

    Raises:
        TrainingError: a value is out of its range.

    >>> Settings(epochs=3).label_smoothing
    0.0
    """

    epochs: int = 10
    seed: int = 0
    held_out: float = 0.1
    batch_size: int = 32
    whitened: bool = False
    optimizer: str = "adam"
    learning_rate: float = 1e-3
    momentum: float = 0.0
    rest_momentum: float = 0.0
    shift_rate: float = 0.0
    dense_rate: float = 0.0
    weight_decay: float = 0.0
    warm_up: float = 0.0
    left_out: float = 0.0
    label_smoothing: float = 0.0
    flip: str = "never"
    shift: int = 0
    cutout: int = 0
    sizes: tuple = ((32, 1.0),)
    average: float = 0.0
    views: int = 1
    precision: str = "float32"

    def __post_init__(self):
        for name, (least, most) in WHOLE.items():
            value = getattr(self, name)
            if not isinstance(value, int) or not least <= value <= most:
                raise TrainingError(
                    f"{name} must be a whole number from {least} to {most:,}, but is {value!r}"
                )
        self._must("learning_rate", lambda n: 0 < n < math.inf, "above 0")
        self._must("held_out", lambda n: 0 < n < 1, "above 0 and below 1")
        for name in ("momentum", "rest_momentum", "warm_up", "label_smoothing", "average"):
            self._must(name, lambda n: 0 <= n < 1, "from 0 to below 1")
        self._must("left_out", lambda n: 0 <= n <= 0.5, "from 0 to 0.5")
        for name in ("shift_rate", "dense_rate", "weight_decay"):
            self._must(name, lambda n: 0 <= n < math.inf, "at least 0")
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise TrainingError(
                    f"{name} must be one of {', '.join(map(str, choices))}, but is "
                    f"{getattr(self, name)!r}"
                )
        if not _are_stages(self.sizes):
            raise TrainingError(
                "sizes must be pairs (pixels, share of the run), pixels whole numbers from 8 to "
                f"32, shares rising, the last (32, 1), but is {self.sizes!r}"
            )

    def _must(self, name, fits, wanted):
        """Raise an error unless a setting is a number that fits."""
        value = getattr(self, name)
        if not isinstance(value, Real) or not fits(value):
            raise TrainingError(f"{name} must be {wanted}, but is {value!r}")


# The least and the most. A shift of 32 would leave nothing of a picture to see.
WHOLE = {
    "epochs": (1, 10**12),
    "seed": (0, 10**12),
    "batch_size": (1, 10**12),
    "shift": (0, 31),
    "cutout": (0, 32),
}
CHOICES = {
    "whitened": (False, True),
    "optimizer": ("adam", "nesterov", "muon"),
    "flip": ("never", "random", "alternating"),
    "views": (1, 2, 6),
    "precision": ("float32", "bfloat16"),
}


def _are_stages(sizes):
    """Return whether every moment of the run has a size, and the end the pictures' own."""
    try:
        shares = [share for pixels, share in sizes if isinstance(pixels, int)]
        small = all(8 <= pixels <= 32 for pixels, _ in sizes)
        rising = shares == sorted(shares) and shares[:1] > [0]
        return small and rising and len(shares) == len(sizes) and tuple(sizes[-1]) == (32, 1)
    except (TypeError, ValueError):
        return False
