"""Lesson 08: train the network behind `DigitPad`, in a few minutes.

It learns from the 1,437 digits of `load_digits`, each also shifted by one pixel in all eight
directions, so that a drawing needn't be exactly in the middle.
"""

import time

import numpy as np
from safetensors.numpy import save

from cnnedu.data.digits import load_digits
from cnnedu.data.whole_file import write_whole
from cnnedu.experiments.store import Experiment, Part
from cnnedu.models.digit_network import WEIGHTS, digit_network
from cnnedu.nn import Adam, evaluate, fit, one_cycle

EPOCHS, BATCH_SIZE = 12, 64
SHIFTS = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]


def shifted(x, down, right):
    """Shift 8×8 pictures by at most one pixel each way, with zeros in the gap."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return padded[:, :, 1 - down : 9 - down, 1 - right : 9 - right]


def train():
    """Train the network; return (figures, network)."""
    (x, y), (held_x, held_y) = load_digits()
    many = np.concatenate([shifted(x, *by) for by in SHIFTS]), np.tile(y, len(SHIFTS))
    rng = np.random.default_rng(0)
    network = digit_network(rng)
    schedule = one_cycle(0.01, EPOCHS * -(-len(many[1]) // BATCH_SIZE))
    begin = time.perf_counter()
    optimiser = Adam(network.parameters(), lr=0.01)
    fit(network, many, optimiser, EPOCHS, BATCH_SIZE, schedule, rng=rng, progress=lambda *_: None)
    seconds = time.perf_counter() - begin
    apart = [evaluate(network, shifted(held_x, *by), held_y)[1] for by in SHIFTS if any(by)]
    return {
        "parameters": sum(parameter.value.size for parameter in network.parameters()),
        "seconds": round(seconds, 1),
        "held_out_accuracy": round(evaluate(network, held_x, held_y)[1], 4),
        "held_out_accuracy_moved": round(float(np.mean(apart)), 4),
    }, network


def _save(network, found):
    """Save the weights where `DigitPad` looks for them, with one digit of each class."""
    weights = {
        f"parameter_{number}": parameter.value.astype(np.float32)
        for number, parameter in enumerate(network.parameters())
    }
    x, y = load_digits()[1]
    firsts = [np.flatnonzero(y == digit)[0] for digit in range(10)]
    weights["examples"] = (16 * x[firsts, 0]).astype(np.uint8)
    about = {"trained_by": "cnnedu experiment l08_digits --save"} | found
    write_whole(WEIGHTS, save(weights, {name: str(value) for name, value in about.items()}))


figures = Experiment(
    "l08_digits",
    "the network behind DigitPad, and its accuracy on held-out digits, in place and shifted",
    {"digits": Part(train, minutes=5, needs_cifar10=False, save_weights=_save)},
)
