"""Measure what lesson 14 says of CIFAR-10 and the network `fast`; print it as table and JSON.

    CNNEDU_DATA=… python benchmarks/seeing.py [--save] [PART …]

With --save the parts measured replace those in `cnnedu/training/seeing.json`. All in all some five
minutes on one CPU core.
"""

import argparse
import json

import torch

from cnnedu.data import cifar10
from cnnedu.experiments.l14_seeing import PARTS, STORED
from cnnedu.experiments.store import save_parts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--save", action="store_true")
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    data, found = cifar10.load(), {}
    for name in wanted.parts or PARTS:
        found[name] = PARTS[name](data)
        print(name)
        for row, values in found[name].items():
            print(f"    {row:<26}{values}", flush=True)
    if wanted.save:
        save_parts(STORED, found)
    print(json.dumps({"benchmark": "seeing"} | found))


if __name__ == "__main__":
    main()
