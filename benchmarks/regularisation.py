"""Measure what each remedy against over-fitting is worth on CIFAR-10; print it as table and JSON.

    CNNEDU_DATA=… python benchmarks/regularisation.py [--save]

The classic network learns 1,000 pictures in 40 epochs, with each remedy of lesson 11 alone and with
many together, three seeds each, and is judged on 5,000 others. With --save the result replaces
`cnnedu/training/regularisation.json`. All in all about 20 minutes on one CPU core.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from cnnedu.data import cifar10
from cnnedu.experiments.l11_regularisation import STORED, measure


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    found = measure(cifar10.load(), lambda *run: print(*run, flush=True))
    print("remedy             training   validation (%), mean ± standard deviation")
    for name, runs in found["runs"].items():
        known, kept = (100 * np.array([run[k] for run in runs]) for k in ("training", "validation"))
        print(f"{name:<18}{known.mean():9.1f}{kept.mean():9.1f} ± {kept.std(ddof=1):.1f}")
    if wanted.save:
        Path(str(STORED)).write_text(json.dumps(found) + "\n", encoding="utf-8")
    print(json.dumps({"benchmark": "regularisation"} | found))


if __name__ == "__main__":
    main()
