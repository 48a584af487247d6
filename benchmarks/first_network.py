"""Measure what lesson 10 says of CIFAR-10 and the classic network; print it as table and JSON.

    CNNEDU_DATA=… python benchmarks/first_network.py [--save] [--runs FOLDER] [PART …]

With --save the parts measured replace those in `cnnedu/training/first_network.json`. The runs
(5 × 10 epochs and one of 20) are kept in FOLDER, and finished ones are used again.
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from cnnedu.data import cifar10
from cnnedu.experiments.l10_first_network import PARTS, STORED
from cnnedu.experiments.store import save_parts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--runs", default="runs/first_network", type=Path)
    wanted = parser.parse_args()
    data = cifar10.load()
    found = {}
    for name in wanted.parts or PARTS:
        found[name] = PARTS[name](data, wanted.runs)
        print(f"{name}\n    {json.dumps(found[name])}", flush=True)
    if wanted.save:
        save_parts(STORED, found)
    print(json.dumps({"benchmark": "first_network"} | found))


if __name__ == "__main__":
    main()
