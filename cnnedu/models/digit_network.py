"""The network behind `DigitPad`, unless it is given another one."""

from pathlib import Path

from safetensors.numpy import load_file

from cnnedu.models.stored import reading
from cnnedu.nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential

WEIGHTS = Path(__file__).parent / "pretrained/digits.safetensors"


def digit_network(rng=None):
    """Return an untrained network for 8×8 digits: (N, 1, 8, 8) → logits (N, 10), 6,090 parameters.

    Args:
        rng: the `numpy.random.Generator` that draws the initial weights; None for a new one.

    >>> sum(parameter.value.size for parameter in digit_network().parameters())
    6090
    """
    return Sequential(
        Conv2d(1, 16, 3, padding=1, rng=rng),
        ReLU(),
        MaxPool2d(2),
        Conv2d(16, 32, 3, padding=1, rng=rng),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear(128, 10, rng=rng),
    )


def trained_digit_network():
    """Return `digit_network` with the stored weights, and ten digits.

    The digits, uint8 of shape (10, 8, 8) from 0 to 16, are the first 0, 1 … 9 of those
    held out by `load_digits`. The card `pretrained/digits.md` says how the weights were trained.

    Raises:
        ValueError: the file of weights is damaged or missing.

    >>> import numpy as np
    >>> network, examples = trained_digit_network()
    >>> network(examples[:, None] / np.float32(16)).argmax(axis=1)
    array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    network = digit_network()
    with reading(WEIGHTS):
        stored = load_file(WEIGHTS)
        for number, parameter in enumerate(network.parameters()):
            parameter.value = stored[f"parameter_{number}"]
        return network.eval(), stored["examples"]
