"""What a training run is asked to do."""

import math
from dataclasses import dataclass


class TrainingError(RuntimeError):
    """A run can't start or go on; the message says in one line what to do."""


@dataclass(frozen=True)
class Settings:
    """The numbers that, with the network and the data, decide how a run ends.

    Args:
        epochs: how often each training picture is seen, at least 1.
        seed: of the first weights and of the shuffling, at least 0.
        batch_size: pictures per step, at least 1.
        learning_rate: Adam's step size at the start; it falls in a straight line to 0.

    Raises:
        TrainingError: a number out of its range.

    >>> Settings(epochs=3)
    Settings(epochs=3, seed=0, batch_size=32, learning_rate=0.001)
    """

    epochs: int = 10
    seed: int = 0
    batch_size: int = 32
    learning_rate: float = 1e-3

    def __post_init__(self):
        for name, least in (("epochs", 1), ("seed", 0), ("batch_size", 1)):
            value = getattr(self, name)
            if not isinstance(value, int) or value < least:
                raise TrainingError(
                    f"{name} must be a whole number of at least {least}, but is {value!r}"
                )
        if not 0 < self.learning_rate < math.inf:
            raise TrainingError(f"learning_rate must be above 0, but is {self.learning_rate!r}")
