"""Measure what transfer is worth by pictures per class; print it as table and JSON.

    CNNEDU_DATA=… python benchmarks/transfer.py [--anew] [--seconds S]

The network of the recipe `fast` learns ten generated shapes: a linear probe, its last block,
everything, and a fresh one from scratch; 5, 20 and 100 pictures per class, three seeds. Then rates
per layer, and what batch norm forgets of CIFAR-10. Each run is added to
`cnnedu/training/transfer.json` at once: what is there isn't run again, unless with --anew; with
--seconds it stops after so long, and goes on when called again. About six minutes on one CPU core.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from cnnedu.experiments.l16_transfer import STORED, measure


class Enough(Exception):
    """The time is over."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--seconds", type=float, default=np.inf)
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    path, end = Path(str(STORED)), time.monotonic() + wanted.seconds
    found = {} if wanted.anew or not path.exists() else json.loads(path.read_text())

    def save(found):
        path.write_text(json.dumps(found) + "\n", encoding="utf-8")
        if time.monotonic() > end:
            raise Enough

    try:
        measure(found, save)
    except Enough:
        print("stopped; call it again to go on")
    for way, by_shots in found["curve"].items():
        row = [f"{shots:>4}: {_spread(runs)}" for shots, runs in by_shots.items() if runs]
        print(f"{way:<24}", *row)
    for rates, runs in found["rates"].items():
        print(f"{rates:<24}", _spread(runs))
    print(json.dumps({"benchmark": "transfer"} | found))


def _spread(runs):
    return f"{100 * np.mean(runs):5.1f} ({100 * min(runs):.1f} to {100 * max(runs):.1f}) %"


if __name__ == "__main__":
    main()
