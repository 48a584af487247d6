"""Train the network of `DigitPad`, in a few minutes, and say how good it is.

Prints one table and one JSON line. With --save the weights are stored where `DigitPad` finds them:

    python benchmarks/digit_network.py --save

It learns from the 1,437 digits of `load_digits` and from each of them moved by one pixel in the
eight directions, so that it forgives a drawing that isn't quite in the middle.
"""

import json
import sys
import time

import numpy as np
from safetensors.numpy import save_file

from cnnedu.data.digits import load_digits
from cnnedu.models.digit_network import WEIGHTS, digit_network
from cnnedu.nn import Adam, evaluate, fit, one_cycle

EPOCHS, BATCH_SIZE = 12, 64


def moved(x, down, right):
    """Return the pictures moved by at most one pixel; what leaves them is lost."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return padded[:, :, 1 - down : 9 - down, 1 - right : 9 - right]


def main():
    (x, y), held_out = load_digits()
    moves = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    many_x, many_y = np.concatenate([moved(x, *move) for move in moves]), np.tile(y, len(moves))
    rng = np.random.default_rng(0)
    network = digit_network(rng)
    steps = EPOCHS * -(-len(many_x) // BATCH_SIZE)
    begin = time.perf_counter()
    fit(
        network,
        (many_x, many_y),
        Adam(network.parameters(), lr=0.01),
        EPOCHS,
        BATCH_SIZE,
        schedule=one_cycle(0.01, steps),
        rng=rng,
        progress=lambda *_: None,
    )
    seconds = time.perf_counter() - begin
    held_x, held_y = held_out
    apart = [evaluate(network, moved(held_x, *m), held_y)[1] for m in moves if m != (0, 0)]
    result = {
        "benchmark": "digit_network",
        "parameters": sum(parameter.value.size for parameter in network.parameters()),
        "seconds": round(seconds, 1),
        "held_out_accuracy": round(evaluate(network, *held_out)[1], 4),
        "held_out_accuracy_moved": round(float(np.mean(apart)), 4),
    }
    for name, value in result.items():
        print(f"  {name:<26}{value:>14}")
    print(json.dumps(result))
    if "--save" in sys.argv:
        weights = {
            f"parameter_{number}": parameter.value.astype(np.float32)
            for number, parameter in enumerate(network.parameters())
        }
        firsts = [np.flatnonzero(held_y == digit)[0] for digit in range(10)]
        weights["examples"] = (16 * held_x[firsts, 0]).astype(np.uint8)
        save_file(weights, WEIGHTS, {"trained_by": "benchmarks/digit_network.py", **_text(result)})


def _text(result):
    return {name: str(value) for name, value in result.items()}


if __name__ == "__main__":
    main()
