"""Lesson 08: the network that answers in `DigitPad`, trained in a few minutes.

It learns from the 1,437 digits of `load_digits` and from each of them moved by one pixel in the
eight directions, so that it forgives a drawing that isn't quite in the middle.
"""

import time

import numpy as np
from safetensors.numpy import save_file

from cnnedu.data.digits import load_digits
from cnnedu.experiments.store import Experiment, Part
from cnnedu.models.digit_network import WEIGHTS, digit_network
from cnnedu.nn import Adam, evaluate, fit, one_cycle

EPOCHS, BATCH_SIZE = 12, 64
MOVES = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]


def moved(x, down, right):
    """Return the pictures moved by at most one pixel; what leaves them is lost."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return padded[:, :, 1 - down : 9 - down, 1 - right : 9 - right]


def train():
    """Train the network; return its figures and the network."""
    (x, y), (held_x, held_y) = load_digits()
    many = np.concatenate([moved(x, *move) for move in MOVES]), np.tile(y, len(MOVES))
    rng = np.random.default_rng(0)
    network = digit_network(rng)
    schedule = one_cycle(0.01, EPOCHS * -(-len(many[1]) // BATCH_SIZE))
    begin = time.perf_counter()
    optimiser = Adam(network.parameters(), lr=0.01)
    fit(network, many, optimiser, EPOCHS, BATCH_SIZE, schedule, rng=rng, progress=lambda *_: None)
    seconds = time.perf_counter() - begin
    apart = [evaluate(network, moved(held_x, *m), held_y)[1] for m in MOVES if m != (0, 0)]
    return {
        "parameters": sum(parameter.value.size for parameter in network.parameters()),
        "seconds": round(seconds, 1),
        "held_out_accuracy": round(evaluate(network, held_x, held_y)[1], 4),
        "held_out_accuracy_moved": round(float(np.mean(apart)), 4),
    }, network


def _save(network, found):
    """Keep the weights where `DigitPad` finds them, with one digit of each class."""
    weights = {
        f"parameter_{number}": parameter.value.astype(np.float32)
        for number, parameter in enumerate(network.parameters())
    }
    x, y = load_digits()[1]
    firsts = [np.flatnonzero(y == digit)[0] for digit in range(10)]
    weights["examples"] = (16 * x[firsts, 0]).astype(np.uint8)
    about = {"trained_by": "cnnedu experiment l08_digits --save"} | found
    save_file(weights, WEIGHTS, {name: str(value) for name, value in about.items()})


figures = Experiment(
    "l08_digits",
    "the network of DigitPad, and how good it is on digits kept aside, in place and moved",
    {"digits": Part(train, minutes=5, needs_cifar10=False, save_weights=_save)},
)
